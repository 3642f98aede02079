"""``resume --check``, ``replay`` and ``fork`` below the command line."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from edits import DRAFTS, INDEPENDENT, PIPELINE, SEQUENCE
from script_runs import Project, Ran, failing

from odw.errors import UsageError
from odw.loader import Loader
from odw.runtime.abc import Planned, Report
from odw.runtime.clock import SystemClock
from odw.runtime.fakes import FakePlanner, backend_of
from odw.runtime.fork import fork_run
from odw.runtime.journal.history import History
from odw.runtime.journal.reader import read_journal
from odw.runtime.options import RunOptions
from odw.runtime.reenact import Reenactment, difference, reenact
from odw.runtime.rehearsal import recorded_backend
from odw.runtime.resume_check import ResumeCheck, check_resume
from odw.runtime.run_dir import RunDir
from odw.settings import load_settings


def loaded(project: Project, source: str) -> Any:
    path = project.write("main.js", source)
    with contextlib.chdir(project.root):
        return Loader(project.root, load_settings(environ={"ODW_NO_CACHE": "1"}), project.home).load(
            path.name
        )


def directory(ran: Ran) -> RunDir:
    return RunDir.at(str(ran.dir))


def check(project: Project, ran: Ran, source: str, **options: Any) -> ResumeCheck:
    history = History().read(read_journal(str(ran.dir / "events.jsonl")).events)
    return check_resume(
        loaded(project, source),
        RunOptions(str(project.root), **options),
        backend_of(FakePlanner()),
        directory(ran),
        history,
        lambda call: "a guess",
    )


def verdicts(found: ResumeCheck) -> dict[str, list[str]]:
    return {
        v: [call.label for call in found.of(v)]
        for v in ("replays", "runs", "depends", "orphaned")
        if found.of(v)
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (INDEPENDENT, INDEPENDENT, {"replays": ["a", "b", "c", "d"]}),
        (INDEPENDENT, INDEPENDENT.replace("'b', ", ""), {"replays": ["a", "c", "d"], "orphaned": ["b"]}),
        (SEQUENCE, SEQUENCE.replace("'first'", "'the first'"), {"runs": ["a"], "depends": ["b", "c"], "orphaned": ["a"]}),
        (SEQUENCE, SEQUENCE.replace("`third after ${a}`", "`last after ${a}`"), {"replays": ["a", "b"], "runs": ["c"], "orphaned": ["c"]}),
        (DRAFTS, DRAFTS.replace("4]", "4, 5]"), {"replays": [f"draft-{i}" for i in (1, 2, 3, 4)], "runs": ["draft-5", "choose"], "orphaned": ["choose"]}),
        (PIPELINE, PIPELINE.replace("`judge ${text}`", "`judge it: ${text}`"),
         {"replays": ["read-x", "read-y", "read-z"], "runs": ["judge-x", "judge-y", "judge-z"], "orphaned": ["judge-x", "judge-y", "judge-z"]}),
    ],
)  # fmt: skip
def test_check_says_what_replays_and_what_runs(
    project: Project, go: Any, counting: Any, before: str, after: str, expected: dict[str, list[str]]
) -> None:
    first = go(before)
    counting.take()
    assert expected == verdicts(check(project, first, after))
    assert counting.take() == []


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (("'second'", "'the second'"), "the prompt differs:\n-second\n+the second"),
        (("label: 'b'", "label: 'b', model: 'opus'"), 'the model differs: not set → "opus"'),
        (("label: 'b'", "label: 'b', effort: 'high'"), 'the effort differs: not set → "high"'),
        (("label: 'b'", "label: 'b', cwd: 'src'"), 'the option cwd differs: not set → "src"'),
        (("label: 'b'", "label: 'b', schema: { type: 'string' }"), 'the schema differs:\n-(none)\n+{\n+  "type": "string"\n+}'),
    ],
)  # fmt: skip
def test_check_says_why(project: Project, go: Any, edit: tuple[str, str], reason: str) -> None:
    first = go(SEQUENCE)
    (call,) = [c for c in check(project, first, SEQUENCE.replace(*edit)).calls if c.verdict == "runs"]
    assert (reason,) == call.reasons


def test_check_says_what_failed_and_what_was_in_flight(project: Project) -> None:
    ran = project.run(SEQUENCE, lambda r: failing("timeout", "too slow") if r.label == "b" else r.label)
    (call,) = check(project, ran, SEQUENCE).of("runs")
    assert call.reasons == ("it failed: timeout: too slow",)
    journal = ran.dir / "events.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if b'"agent_start"' in line]
    journal.write_bytes(b"".join(lines[: starts[2] + 1]))
    assert "it was in flight when the run ended" in [
        c.reasons[0] for c in check(project, ran, SEQUENCE).of("runs")
    ]


def replayed(
    project: Project, ran: Ran, source: str, *, strict: bool = False, args: Any = None
) -> Reenactment:
    events = read_journal(str(ran.dir / "events.jsonl")).events
    options = RunOptions(str(project.root), **({} if args is None else {"args": args}))
    return reenact(
        loaded(project, source), options, recorded_backend(events), directory(ran), events, strict=strict
    )


@pytest.mark.parametrize("source", [INDEPENDENT, SEQUENCE, PIPELINE, DRAFTS])
def test_an_unchanged_script_re_enacts_its_run(project: Project, go: Any, source: str) -> None:
    first = go(source)
    found = replayed(project, first, source, strict=True)
    assert found.divergences == []
    assert found.ended
    assert first.result == found.result


def test_failures_and_timers_are_re_enacted_too(project: Project) -> None:
    source = """
    log('begin')
    phase('One')
    const all = await parallel(['a', 'b'].map((x) => () => agent(x, { label: x })))
    await new Promise((resolve) => setTimeout(resolve, 5))
    checkpoint('half', all.length)
    try { await agent('c', { label: 'c', onFailure: 'throw' }) } catch (e) { log(`caught ${e.message}`) }
    return all
    """
    ran = project.run(source, lambda r: failing("crash", "no luck") if r.label != "a" else "A")
    assert replayed(project, ran, source, strict=True).divergences == []


@pytest.mark.parametrize(
    ("edit", "seq", "expected", "found"),
    [
        (("'second'", "'the second'"), 5, "call 2 [b] at a1", "call 2 [b] at a1"),
        (("return [a, b, c]", "return [a, c]"), 8, 'the result has "b#2" at $[1]', '"c#3" at $[1]'),
        (("const b = await agent('second', { label: 'b' })", "const b = 'b#2'"), 5, "call 2 [b]", "does not make this call"),
        (("return [a, b, c]", "throw new Error('no')"), 8, "the workflow completes", "it fails: "),
    ],
)  # fmt: skip
def test_a_divergence_has_a_line_what_was_expected_and_what_was_found(
    project: Project, go: Any, edit: tuple[str, str], seq: int, expected: str, found: str
) -> None:
    first = go(SEQUENCE)
    divergence = replayed(project, first, SEQUENCE.replace(*edit)).divergences[0]
    assert seq == divergence.seq
    assert expected in divergence.expected
    assert found in divergence.found


@pytest.mark.parametrize(
    "after",
    [
        SEQUENCE.replace("label: 'b'", "label: 'beta'"),
        "log('new')\n" + SEQUENCE,
        SEQUENCE.replace("const a = await", "phase('P')\nconst a = await"),
        "const b = await agent('second', { label: 'b' })\n" + SEQUENCE.replace("const b = await agent('second', { label: 'b' })", ""),
    ],
)  # fmt: skip
def test_strict_also_compares_order_and_words(project: Project, go: Any, after: str) -> None:
    first = go(SEQUENCE)
    assert replayed(project, first, after).divergences == []
    assert len(replayed(project, first, after, strict=True).divergences) > 0


def test_a_killed_run_is_re_enacted_as_far_as_it_went(project: Project, go: Any) -> None:
    first = go(PIPELINE)
    journal = first.dir / "events.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    for cut in range(1, len(lines) - 1):
        journal.write_bytes(b"".join(lines[:cut]))
        found = replayed(project, first, PIPELINE, strict=True)
        assert found.divergences == [], cut
        assert not found.ended


@pytest.mark.parametrize("killed", [False, True])
def test_a_result_that_is_gone_is_named_as_the_cause(project: Project, killed: bool) -> None:
    source = """
    const a = await agent('first', { label: 'a' })
    const b = await agent(`second of ${a.length}`, { label: 'b' })
    return [a.length, b]
    """
    ran = project.run(source, lambda r: "long " * 20_000 if r.label == "a" else r.label)
    if killed:
        journal = ran.dir / "events.jsonl"
        journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    (blob,) = (ran.dir / "nodes").iterdir()
    blob.unlink()
    (divergence,) = replayed(project, ran, source, strict=True).divergences
    (done, _) = ran.of("agent_done")
    assert done["resultRef"] == f"nodes/{blob.name}"
    line = next(event for event in ran.journal if event["type"] == "agent_done")
    assert divergence.seq == line["seq"]
    assert divergence.expected.startswith("call 1 [a] at a0")
    assert divergence.found == f"the result cannot be read: nodes/{blob.name}: No such file or directory"
    found = check(project, ran, source)
    assert found.of("runs")[0].reasons == (
        f"its recorded result cannot be read: nodes/{blob.name}: No such file or directory",
    )
    assert verdicts(found)["runs"][0] == "a"


def test_difference_finds_the_first_place() -> None:
    assert difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}) is None
    assert difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == ("$.a[1].b", "2", "3")
    assert difference({"a": [0, 1]}, {"a": [0]}) == ("$.a[1]", "1", "nothing")
    assert difference(1, True) == ("$", "1", "true")


def fork(project: Project, ran: Ran, **options: Any) -> tuple[RunDir, int]:
    target = RunDir(str(project.root), "fork")
    events = read_journal(str(ran.dir / "events.jsonl")).events
    return target, fork_run(directory(ran), events, target, SystemClock(), **options)


def test_a_fork_has_results_of_its_own(project: Project, go: Any, counting: Any) -> None:
    first = go(SEQUENCE)
    counting.take()
    before = (first.dir / "events.jsonl").read_bytes()
    _, kept = fork(project, first, rerun=["b"])
    assert kept == 2
    second = project.run(SEQUENCE, executor=FakePlanner(counting), resume_from="fork")
    assert counting.take() == ["b"]
    assert first.result[0] == second.result[0]
    assert first.result[2] == second.result[2]
    assert first.result[1] != second.result[1]
    assert before == (first.dir / "events.jsonl").read_bytes()


def test_a_fork_from_a_node_runs_it_and_all_after_it(project: Project, go: Any, counting: Any) -> None:
    first = go(SEQUENCE)
    counting.take()
    for node, kept, runs in (("b", 1, ["b", "c"]), ("3", 2, ["c"]), ("a0", 0, ["a", "b", "c"])):
        target = RunDir(str(project.root), f"fork-{node}")
        events = read_journal(str(first.dir / "events.jsonl")).events
        assert kept == fork_run(directory(first), events, target, SystemClock(), from_node=node)
        project.run(SEQUENCE, executor=FakePlanner(counting), resume_from=target.run_id)
        # c's prompt has a's answer in it: where a runs again, it runs too
        assert runs == counting.take()


@pytest.mark.parametrize(("option", "value"), [("from_node", "nobody"), ("rerun", ["nobody"])])
def test_a_fork_of_what_is_not_there(project: Project, go: Any, option: str, value: Any) -> None:
    first = go(SEQUENCE)
    with pytest.raises(UsageError, match="nobody") as caught:
        fork(project, first, **{option: value})
    assert "a, b, c" in caught.value.hint
    assert not (project.root / ".odw" / "runs" / "fork").exists()


def test_the_losers_of_a_race_need_not_end(project: Project) -> None:
    source = """
    return await Promise.race(['quick', 'slow', 'waits'].map((x) => agent(x, { label: x })))
    """

    def answer(request: Any) -> Planned:
        return Planned(Report(text=request.label), 0 if request.label == "quick" else 60_000)

    ran = project.run(source, answer, concurrency=2)
    assert ran.result == "quick"
    assert replayed(project, ran, source, strict=True).divergences == []
    assert len(replayed(project, ran, source.replace("'slow'", "'lazy'")).divergences) >= 1
    assert len(replayed(project, ran, "await agent('more')\n" + source).divergences) >= 1
