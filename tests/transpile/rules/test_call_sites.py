"""The side tables that rules and, later, the graph read: call sites and uses of globals."""

from __future__ import annotations

from odw.transpile.analyze.call_sites import CallSite, find_call_sites
from odw.transpile.analyze.global_uses import find_global_uses
from odw.transpile.analyze.literal import NOT_LITERAL
from odw.transpile.analyze.scope import analyze_scopes
from odw.transpile.analyze.tree_index import TreeIndex
from odw.transpile.source import Source
from odw.transpile.syntax import parse


def sites(text: str) -> tuple[CallSite, ...]:
    program = parse(Source(text, "a.js"))
    return find_call_sites(TreeIndex(program), analyze_scopes(program))


def uses(text: str) -> list[tuple[str, str, str]]:
    program = parse(Source(text, "a.js"))
    found = find_global_uses(TreeIndex(program), analyze_scopes(program))
    return [(use.path, use.usage, use.via) for use in found]


def test_hook_prompt_options_and_phase() -> None:
    phase, first, second = sites(
        "phase('Review')\n"
        "const MODEL = 'opus', BASE = { schema: { type: 'object' }, effort: 'low' }\n"
        "await agent(`Review ${file} ` + 'now', { label: file, model: MODEL, ...BASE })\n"
        "await agent('b', { phase: 'Other', ...more })\n"
    )
    assert (phase.hook, phase.prompt) == ("phase", "Review")
    assert first.prompt == "Review ${…} now"
    assert first.options == {
        "label": NOT_LITERAL,
        "model": "opus",
        "schema": {"type": "object"},
        "effort": "low",
    }
    assert (first.phase, first.options_complete) == ("Review", True)
    assert (second.phase, second.options_complete) == ("Other", False)


def test_loops_callbacks_branches_and_nesting() -> None:
    found = sites(
        "for (const f of fs) agent('loop')\n"
        "await parallel(fs.map(f => () => agent('fan')))\n"
        "if (fs) { await agent('branch') } else fs || agent('right')\n"
        "await pipeline(fs, f => agent('stage'), (r, f, i) => parallel([() => agent('deep')]))\n"
        "while (await agent('test')) {}\n"
    )
    facts = {
        site.prompt: (site.in_loop, site.in_callback, site.conditional, site.within)
        for site in found
        if site.hook == "agent"
    }
    assert facts == {
        "loop": (True, False, False, None),
        "fan": (False, True, False, 1),
        "branch": (False, False, True, None),
        "right": (False, False, True, None),
        "stage": (False, False, False, 5),
        "deep": (False, False, False, 7),
        "test": (True, False, False, None),
    }
    assert [site.index for site in found] == list(range(len(found)))


def test_locals_are_no_call_sites_and_constants_are() -> None:
    assert sites("function f(agent) { agent('x') }\nconst o = { agent() {} }\no.agent('y')") == ()
    (site,) = sites("const ask = agent\nawait ask('x')")
    assert (site.hook, site.prompt) == ("agent", "x")
    (site,) = sites("await globalThis.agent?.('x')")
    assert site.hook == "agent"


def test_conditional_spreads_give_names_without_values() -> None:
    (site,) = sites(
        "await agent('x', { ...(m ? { model: 'a' } : {}), ...(e && { effort: 'low' }), ...null })"
    )
    assert site.options == {"model": NOT_LITERAL, "effort": NOT_LITERAL}
    assert site.options_complete


def test_paths_follow_constants_and_patterns() -> None:
    assert uses("const M = Math, { now: t } = Date; M.random(); t(); globalThis.Date.now()") == [
        ("Math", "alias", ""),
        ("Date.now", "value", "Date"),
        ("Date", "alias", ""),
        ("Math.random", "call", "Math"),
        ("Date.now", "call", "Date.now"),
        ("Date.now", "call", ""),
    ]


def test_what_changes_is_not_followed() -> None:
    assert uses("let D = Date; D = other; D.now()") == [("Date", "alias", ""), ("other", "value", "")]
    assert uses("const self = self2, a = b; const b = a; b.c") == [("self2", "alias", "")]


def test_a_long_chain_of_constants_ends() -> None:
    text = "const c0 = Math\n" + "".join(f"const c{i + 1} = c{i}\n" for i in range(500)) + "c500.random()"
    assert uses(text)[-1] == ("Math.random", "call", "Math")
