"""A pattern is the same in both languages: equal prompts, places, labels, phases, log lines, and results."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from script_runs import Ran, failing, spending

from odw import patterns
from odw.loader import PATTERNS, Loader
from odw.runtime.abc import Planned, Report
from odw.settings import load_settings

SCRIPTS = sorted(PATTERNS.glob("*.js"))
ROOT = Path(__file__).parents[2]

# name -> (args of the script, the call in Python), …
USES: dict[str, list[tuple[dict[str, Any], str]]] = {
    "adversarial-verify": [
        ({"claims": ["a", "b {claim}", {"file": "x.py", "line": 3}]}, "adversarial_verify(['a', 'b {claim}', {'file': 'x.py', 'line': 3}])"),
        ({"claims": []}, "adversarial_verify([])"),
        (
            {"claims": ["a"], "voters": 2, "needed": 1, "prompt": "{claim}?", "context": "Ctx {claim}", "skeptic": {"model": "m", "label": "s {voter} {claim}", "phase": "P", "maxAttempts": 3}},
            "adversarial_verify(['a'], voters=2, needed=1, prompt='{claim}?', context='Ctx {claim}', skeptic={'model': 'm', 'label': 's {voter} {claim}', 'phase': 'P', 'retries': 2})",
        ),
    ],
    "perspective-verify": [
        ({"claims": ["a", "b", "c"]}, "perspective_verify(['a', 'b', 'c'])"),
        ({"claims": ["a"], "perspectives": ["x", "y"], "needed": 1, "context": "C", "examiner": {"effort": "low"}},
         "perspective_verify(['a'], perspectives=['x', 'y'], needed=1, context='C', examiner={'effort': 'low'})"),
    ],
    "judge-panel": [
        ({"task": "T"}, "judge_panel('T')"),
        ({"task": "T", "candidates": ["a", {"b": 1}, "c"], "refine": False}, "judge_panel('T', ['a', {'b': 1}, 'c'], refine=False)"),
        ({"task": "T", "candidates": ["a"], "judges": ["j"], "refine": "R {candidate} {strengths}", "judge": {"model": "m"}},
         "judge_panel('T', ['a'], judges=['j'], refine='R {candidate} {strengths}', judge={'model': 'm'})"),
    ],
    "tournament": [
        ({"task": "T", "candidates": list("abcde")}, "tournament('T', list('abcde'))"),
        ({"task": "T", "candidates": ["only"]}, "tournament('T', ['only'])"),
        ({"task": "T", "candidates": ["a", "b", "c"], "judges": 2}, "tournament('T', ['a', 'b', 'c'], judges=2)"),
    ],
    "loop-until-dry": [
        ({"task": "T", "rounds": 4}, "loop_until_dry('T', rounds=4)"),
        (
            {"task": "T", "schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string"}}}, "key": ["file"], "finders": 2, "dryRounds": 1, "shown": 1},
            "loop_until_dry('T', {'type': 'object', 'required': ['file'], 'properties': {'file': {'type': 'string'}}}, key=['file'], finders=2, dry_rounds=1, shown=1)",
        ),
    ],
    "loop-until-budget": [
        ({"task": "T", "rounds": 3}, "loop_until_budget('T', rounds=3)"),
        ({"task": "T", "schema": {"type": "integer"}, "batch": 2, "rounds": 2, "shown": 1}, "loop_until_budget('T', {'type': 'integer'}, batch=2, rounds=2, shown=1)"),
    ],
    "map-reduce": [
        ({"task": "T", "items": ["x", {"y": 1}, "z"], "size": 2}, "map_reduce('T', ['x', {'y': 1}, 'z'], size=2)"),
        ({"task": "T", "items": list("abcdefg"), "size": 1, "fanin": 2}, "map_reduce('T', list('abcdefg'), size=1, fanin=2)"),
        ({"task": "T", "items": ["long one", "b", "c"], "characters": 5}, "map_reduce('T', ['long one', 'b', 'c'], characters=5)"),
        ({"task": "T", "text": "one\ntwo\n\n\U0001f600\U0001f600\U0001f600\U0001f600 five", "characters": 4}, "map_reduce('T', 'one\\ntwo\\n\\n\\U0001f600\\U0001f600\\U0001f600\\U0001f600 five', characters=4)"),
        ({"task": "T", "items": []}, "map_reduce('T', [])"),
    ],
    "consensus-vote": [
        ({"question": "Q", "options": ["a", "b", "c"]}, "consensus_vote('Q', ['a', 'b', 'c'])"),
        ({"question": "Q", "options": ["a", "b"], "voters": 2, "quorum": 1}, "consensus_vote('Q', ['a', 'b'], voters=2, quorum=1)"),
    ],
    "completeness-critic": [
        ({"task": "T", "work": "W"}, "completeness_critic('T', 'W')"),
        ({"task": "T", "work": {"a": [1]}, "rounds": 1, "limit": 1}, "completeness_critic('T', {'a': [1]}, rounds=1, limit=1)"),
    ],
    "retry-until-passes": [
        ({"task": "T"}, "retry_until_passes('T')"),
        ({"task": "T", "schema": {"type": "integer"}, "attempts": 2, "checks": 1}, "retry_until_passes('T', {'type': 'integer'}, attempts=2, checks=1)"),
    ],
    "quality-gate": [
        (
            {"gates": [{"name": "a", "prompt": "A"}, {"name": "b", "command": "make test"}, {"name": "c", "prompt": "C"}], "work": {"w": 1}},
            "quality_gate([odw.patterns.Gate('a', prompt='A'), odw.patterns.Gate('b', command='make test', by_agent=True), odw.patterns.Gate('c', prompt='C')], {'w': 1})",
        ),
        (
            {"gates": [{"name": "a", "prompt": "A"}, {"name": "b", "prompt": "B"}], "inOrder": True},
            "quality_gate([odw.patterns.Gate('a', prompt='A'), odw.patterns.Gate('b', prompt='B')], in_order=True)",
        ),
    ],
    "scout-first": [
        ({"task": "T"}, "scout_first('T')"),
        ({"task": "T", "limit": 1, "resultSchema": {"type": "integer"}, "worker": {"model": "m"}}, "scout_first('T', limit=1, result_schema={'type': 'integer'}, worker={'model': 'm'})"),
    ],
}  # fmt: skip
CASES = [(name, number) for name, uses in USES.items() for number in range(len(uses))]


def synthesized(request: Any) -> Any:
    """What the mock executor would say."""
    from odw.executors.synthesize import synthesize

    if request.schema is None:
        return spending(f"re: {request.key[:8]}")
    return Planned(Report(value=synthesize(request.schema, request.key)))


def failing_some(request: Any) -> Any:
    """A third of the calls fail."""
    return failing() if int(request.key[:4], 16) % 3 == 0 else synthesized(request)


def failing_all(request: Any) -> Any:
    return failing()


def facts(ran: Ran) -> list[tuple[Any, ...]]:
    starts = sorted(ran.of("agent_start"), key=lambda event: event["index"])
    kept = ("index", "path", "key", "label", "phase", "promptPreview", "group")
    return [tuple(event.get(name) for name in kept) for event in starts]


@pytest.mark.parametrize(
    "answer", [synthesized, failing_some, failing_all], ids=["fine", "some fail", "all fail"]
)
@pytest.mark.parametrize(("name", "number"), CASES)
def test_both_languages_do_the_same(
    name: str, number: int, answer: Any, script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    args, call = USES[name][number]
    script, python = script_of(name, args, answer), python_of(call, answer)
    assert python.result == script.result
    assert facts(python) == facts(script)
    assert python.logs == script.logs
    assert facts(script) or not (
        args.get("claims", True) and args.get("items", True) and args.get("candidates") != ["only"]
    )


@pytest.mark.parametrize("name", USES)
@pytest.mark.usefixtures("trio_order")
def test_the_journal_of_one_is_gone_on_with_in_the_other(
    name: str, script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    args, call = USES[name][0]
    script = script_of(name, args, synthesized)
    python = python_of(call, synthesized, resume_from=script.dir.name)
    assert python.result == script.result
    assert python.executor.seen == []


def test_each_pattern_is_there_in_both_languages_with_a_page_and_examples() -> None:
    names = {path.stem for path in SCRIPTS}
    assert names == set(USES)
    assert len(names) == 12
    for name in names:
        assert callable(getattr(patterns, name.replace("-", "_")))
        page = (ROOT / "docs" / "patterns" / f"{name}.md").read_text()
        for heading in (
            "## When",
            "## When not",
            "## Cost",
            "## Options",
            "## Result",
            "## What can go wrong",
        ):
            assert f"\n{heading}\n" in page, (name, heading)
        for kind in ("js", "py"):
            assert (ROOT / "examples" / kind / f"pattern-{name}.{kind}").is_file(), name


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_scripts_lint_clean_and_share_their_beginning(path: Path, tmp_path: Path) -> None:
    loader = Loader(tmp_path, load_settings(environ={"ODW_NO_CACHE": "1"}), tmp_path)
    program: Any = loader.load(path.stem)
    assert program.compiled.diagnostics == ()
    assert (program.name, program.meta["name"]) == (path.stem, path.stem)
    assert set(program.meta) == {"name", "description", "whenToUse", "phases"}
    shared = re.search(r"\n// --- what all .*?\n// --- the pattern ---\n", path.read_text(), re.DOTALL)
    first = re.search(r"\n// --- what all .*?\n// --- the pattern ---\n", SCRIPTS[0].read_text(), re.DOTALL)
    assert shared is not None and first is not None and shared[0] == first[0]
