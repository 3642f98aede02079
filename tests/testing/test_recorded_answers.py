"""Recorded answers: asked once, replayed after; what a file holds, and what a call that is not in it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from odw.runtime.abc import Capabilities, Emit, Failure, Report, Usage
from odw.testing import MissingAnswer, Project, recorded
from odw.testing.recorded_entries import readable
from odw.testing.recordings import Recording

META = "export const meta = { name: 'case', description: 'A case.' }\n"
SCHEMA = "{type: 'object', required: ['n'], properties: {n: {type: 'integer'}}}"
SCRIPT = (
    META
    + f"""
const n = await agent('count the files\\nin ' + (args ?? 'src'), {{label: 'count', schema: {SCHEMA}}})
return [n, await agent('again', {{label: 'same'}}), await agent('again', {{label: 'same'}})]
"""
)


class Real:
    """Stands for a real executor; ``said`` are its reports, in turn."""

    name = "real"
    capabilities = Capabilities(backoff_s=0.0)

    def __init__(self, *said: Any) -> None:
        self.said = list(said)
        self.asked: list[str] = []

    async def run(self, request: Any, emit: Emit) -> Report:
        self.asked.append(request.prompt)
        said = self.said.pop(0)
        if callable(said):
            said = await said(request)
        return said if isinstance(said, Report) else Report(text=said)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``bench(*said)``: a project that records what a real executor says; ``bench()`` one that replays."""
    file = tmp_path / "recorded" / "case.json"

    def project(*said: Any) -> Any:
        real = Real(*said)
        monkeypatch.setattr(
            "odw.executors.mock.MockExecutor.run", lambda self, request, emit: real.run(request, emit)
        )
        made = Project(
            tmp_path / "project",
            recording=Recording(file, "pytest --odw-record case", "case"),
            record_with="mock" if said else None,
        )
        made.real = real  # type: ignore[attr-defined]
        made.file = file  # type: ignore[attr-defined]
        return made

    return project


def test_asked_once_and_replayed_after(bench: Any) -> None:
    project = bench('{"n": 3}', "first", "second")
    whole = project.run(SCRIPT, answers=recorded)
    assert whole.result == [{"n": 3}, "first", "second"]
    assert project.real.asked == ["count the files\nin src", "again", "again"]
    again = bench().run(SCRIPT, answers=recorded)
    assert again.result == whole.result
    assert [call.key for call in again.calls] == [call.key for call in whole.calls]


def test_only_what_is_missing_is_asked(bench: Any) -> None:
    bench('{"n": 3}', "first", "second").run(SCRIPT, answers=recorded)
    project = bench('{"n": 4}')
    assert project.run(SCRIPT, "lib", answers=recorded).result == [{"n": 4}, "first", "second"]
    assert project.real.asked == ["count the files\nin lib"]
    labels = [entry["label"] for entry in json.loads(project.file.read_text())["calls"]]
    assert labels == ["count", "same", "same", "count"]
    project._recording.drop_unused()
    kept = json.loads(project.file.read_text())["calls"]
    assert [entry["prompt"][-1] for entry in kept if entry["label"] == "count"] == ["in lib"]


def test_scripted_and_recorded_ones_together(bench: Any) -> None:
    project = bench("first", "second")
    answers = {"count": {"n": 1}, "same": recorded}
    assert project.run(SCRIPT, answers=answers).result == [{"n": 1}, "first", "second"]
    assert project.real.asked == ["again", "again"]
    assert bench().run(SCRIPT, answers=answers).result == [{"n": 1}, "first", "second"]


def test_the_file_can_be_read_and_has_what_was_asked(bench: Any) -> None:
    report = Report('{"n": 3}', usage=Usage(5, 7), cost=0.5, model="big")
    project = bench(report, "first\nsecond line", "third")
    project.run(SCRIPT, answers=recorded)
    content = json.loads(project.file.read_text())
    assert (content["odw"], content["version"], content["test"]) == ("recorded answers", 1, "case")
    first, second, _ = content["calls"]
    assert first["prompt"] == ["count the files", "in src"]
    assert first["schema"]["required"] == ["n"]
    assert (first["label"], first["path"]) == ("count", "a0")
    answer = first["answer"]
    assert (answer["text"], answer["usage"], answer["cost"], answer["model"]) == (
        '{"n": 3}', {"input": 5, "output": 7}, 0.5, "big",
    )  # fmt: skip
    assert second["answer"]["text"] == ["first", "second line"]
    run = bench().run(SCRIPT, answers=recorded)
    assert (run.calls[0].tokens, run.calls[0].cost, run.calls[0].model) == (7, 0.5, "big")


def test_any_character_can_be_asked_and_answered(bench: Any) -> None:
    script = META + "return await agent('🚀 \\u0000 \\ud800 ünï', {label: '✓'})\n"
    bench("fine 🚀 \x01").run(script, answers=recorded)
    assert bench().run(script, answers=recorded).result == "fine 🚀 \x01"


def test_a_missing_answer_says_what_differs(bench: Any) -> None:
    bench('{"n": 3}', "first", "second").run(SCRIPT, answers=recorded)
    with pytest.raises(MissingAnswer) as raised:
        bench().run(SCRIPT.replace("'integer'", "'number'"), "lib", answers=recorded)
    lines = str(raised.value).splitlines()
    assert lines[0] == "no recorded answer for the call 'count' (a0, made at workflow.js:3:17)"
    assert lines[1].startswith("  the nearest in ")
    assert lines[1].endswith("case.json is 'count' (a0)")
    assert lines[2:] == [
        "  what differs, recorded (-) and asked now (+):",
        "    prompt:",
        "       count the files",
        "      -in src",
        "      +in lib",
        '    schema.properties.n.type: - "integer" + "number"',
        "  Ask for real and record what comes back, which spends what the agents cost:",
        "    pytest --odw-record case",
    ]
    assert raised.traceback[-1].name == "_outcome"  # nothing of the executors' own


def test_a_question_that_is_asked_more_often_than_it_was(bench: Any) -> None:
    bench('{"n": 3}', "first", "second").run(SCRIPT, answers=recorded)
    more = SCRIPT.replace("return [n,", "await agent('again', {label: 'same'}); return [n,")
    with pytest.raises(
        MissingAnswer, match="it is the same, but was asked 2 times then, and is asked once more now"
    ):
        bench().run(more, answers=recorded)


def test_nothing_is_recorded_yet(bench: Any) -> None:
    with pytest.raises(MissingAnswer, match=r"nothing is recorded yet in .*case\.json"):
        bench().run(SCRIPT, answers=recorded)


def test_attempts_are_recorded_each(bench: Any) -> None:
    flaky = Report(error=Failure("rate_limit", "slow down", True))
    whole = bench(flaky, '{"n": "x"}', '{"n": 3}', "first", "second").run(SCRIPT, answers=recorded)
    assert whole.result[0] == {"n": 3}
    again = bench().run(SCRIPT, answers=recorded)
    assert again.result == whole.result
    for run in (whole, again):
        assert [attempt.number for attempt in run.calls[0].attempts] == [1, 2, 3]
        assert run.calls[0].attempts[0].error["category"] == "rate_limit"


def test_a_call_that_was_cut_off_is_cut_off_again(bench: Any) -> None:
    import trio

    async def hang(request: Any) -> Report:
        await trio.sleep_forever()
        raise AssertionError

    script = META + "return await agent('slow', {timeoutMs: 20, maxAttempts: 1})\n"
    for said in ([hang], []):
        run = bench(*said).run(script, answers=recorded)
        assert run.calls.one.error["category"] == "timeout"
        assert run.calls.one.error["message"] == "no answer within 0.02 s"


def test_nobody_to_ask_is_no_answer(bench: Any) -> None:
    project = bench(Report(error=Failure("authentication", "not logged in")))
    with pytest.raises(Exception, match="mock could not be asked for 'count': not logged in"):
        project.run(SCRIPT, answers=recorded)
    assert not project.file.exists()


def test_no_secret_and_no_path_is_in_a_file(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from odw.runtime import redact

    secret = "hunter2-hunter2-hunter2"
    monkeypatch.setattr(redact, "_redactor", None, raising=False)
    redact.redactor().learn({"MY_API_KEY": secret})
    script = META + f"return await agent('use {secret} in ' + args.dir, {{label: 'use'}})\n"
    project = bench(f"I used {secret} in the directory")
    args = {"dir": str(project.directory)}
    project.real.said = [f"I used {secret} in {project.directory}/a"]
    project.run(script, args, answers=recorded)
    text = project.file.read_text()
    assert secret not in text
    assert str(project.directory) not in text
    assert "<project>/a" in text
    again = bench().run(script, args, answers=recorded)
    assert f"{project.directory}/a" in again.result


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    for text in ("{", "[]", '{"version": 2, "calls": []}', '{"version": 1, "calls": [{"prompt": 3}]}'):
        file.write_text(text)
        with pytest.raises(ValueError, match=r"x\.json holds no recorded answers that this odw can read"):
            Recording(file)


def test_recorded_needs_a_file() -> None:
    with pytest.raises(TypeError, match="recorded answers need a file"):
        Project().run(SCRIPT, answers=recorded)


@pytest.mark.parametrize("value", [{"a": [1, 2]}, {"a": {"b": ["x" * 60, "y" * 60]}, "c": {}}, [], "x" * 200])
def test_json_that_people_read(value: Any) -> None:
    assert json.loads(readable(value)) == value
    assert max(map(len, readable({"a": {"b": ["x" * 60, "y" * 60]}}).splitlines())) < 80
