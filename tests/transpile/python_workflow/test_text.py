"""The text itself: two whole modules, names, refusals at the author's line."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_runs import written, written_of

from odw.errors import ScriptRejected
from odw.transpile.python_workflow.names import camel_case, snake_case

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.js"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_whole_modules(path: Path) -> None:
    """After a change that is meant: odw transpile --style dsl X.js -o X.py in golden/."""
    assert written(path) == path.with_suffix(".py").read_text("utf-8")


@pytest.mark.parametrize(
    ("script", "python"),
    [
        ("maxRounds", "max_rounds"),
        ("MAX", "MAX"),
        ("x", "x"),
        ("list", "list_"),
        ("parseURLNow", "parse_url_now"),
    ],
)
def test_names_are_in_snake_case(script: str, python: str) -> None:
    assert snake_case(script) == python


def test_names_go_back() -> None:
    for name in ("maxRounds", "a", "lookAgain2", "MAX_SIZE", "list"):
        assert camel_case(snake_case(name)) == name


def test_names_that_would_meet_are_told_apart_and_listed() -> None:
    text = written_of(
        "const fooBar = await agent('a'); const foo_bar = await agent(fooBar); return [fooBar, foo_bar]"
    )
    assert "foo_bar_2 = await odw.call(js.text(foo_bar))" in text
    assert "Names: foo_bar_2 was foo_bar." in text


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("const n = 1n\nreturn String(n)", "a BigInt"),
        ("return new Proxy({}, {})", "new Proxy"),
        (
            "const o = { a: 2, get a() { return 1 } }\nreturn o.a",
            "a getter or setter beside another property of its name",
        ),
        ("return Boolean([1, , 3])", "a hole in an array"),
        ("const o = { then(go) { go(1) } }\nreturn await o", "an object with a then of its own"),
        ("class A { static { log('made') } }\nreturn typeof A", "a static block"),
    ],
)
def test_what_has_no_form_is_refused_at_its_line(body: str, what: str) -> None:
    with pytest.raises(ScriptRejected) as caught:
        written_of(body)
    finding = caught.value.diagnostics[0]
    assert (finding.code, finding.span.line) == ("ODW213", 2)
    assert finding.message == f"{what} cannot be written in Python by odw"
    assert finding.help


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            "const xs = await parallel([() => agent('a'), () => agent('b')]); return xs.length",
            'lambda: odw.call("a")',
        ),
        ("const t = await agent('a') ?? ''; return t.trim().toLowerCase()", ".strip(js.WHITESPACE).lower()"),
        ("const xs = ['b', 'a']; return [...xs].sort()", "js.sorted([*xs])"),
        (
            "const xs = [{ n: 2 }, { n: 1 }]; xs.sort((a, b) => a.n - b.n); return xs",
            'xs.sort(key=lambda a: a["n"])',
        ),
        (
            "const xs = []; for (const w of ['a']) xs.push(() => agent(w)); return await parallel(xs)",
            "lambda *, w=w:",
        ),
        (
            "const f = (a = args, b) => { log(`${a}`); return b }; return [f(undefined, 1), f(2, '3')]",
            "(a=js.undefined, b: Any = js.undefined)",
        ),
        ("let i = 0; while (i < 3) { i++ } return i", "i += 1"),
        ("const s = args; return `${s}`", "js.text(s)"),
        ("const o = {}; o.a = 1; delete o.a; return o", 'o.pop("a", None)'),
        ("return args?.a?.b ?? 1", 'js.coalesce(js.maybe(args, "a", "b"), 1)'),
    ],
)
def test_idioms_and_library(body: str, line: str) -> None:
    assert line in written_of(body)
