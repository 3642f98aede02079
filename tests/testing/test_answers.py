"""What a test can say to the calls of a run."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tested_flows as flows

import odw
from odw.errors import UsageError
from odw.testing import Project, RunFailed, fails, in_turn, reply, synthesized
from odw.testing.answers import Unanswered

META = "export const meta = { name: 'case', description: 'A case.' }\n"
TWO = META + "return await parallel(['one', 'two'].map((p) => () => agent(`say ${p}`, {label: p})))\n"
SCHEMA = "{type: 'object', required: ['n'], properties: {n: {type: 'integer'}}}"
ONE = META + f"return await agent('count', {{label: 'count', schema: {SCHEMA}}})\n"


def test_by_label_by_prompt_and_for_all(odw_run: Project) -> None:
    run = odw_run(TWO, answers={"on?": "1", re.compile(r"say t\w+$"): "2"})
    assert run.result == ["1", "2"]
    assert odw_run(TWO, answers="same").result == ["same", "same"]
    assert odw_run(TWO, answers=lambda request: request.prompt.upper()).result == ["SAY ONE", "SAY TWO"]


def test_the_first_that_fits_answers(odw_run: Project) -> None:
    assert odw_run(TWO, answers={"one": "first", "*": "rest"}).result == ["first", "rest"]
    assert odw_run(TWO, answers={"*": "rest", "one": "never"}).unused_answers == ["one"]


def test_what_nothing_fits_is_synthesized(odw_run: Project) -> None:
    run = odw_run(TWO, answers={"one": "1", "three": "3"})
    assert run.result == ["1", odw_run(TWO).result[1]]
    assert run.unused_answers == ["three"]
    assert isinstance(odw_run(ONE, answers=synthesized).result["n"], int)


def test_strict_is_an_error_then(odw_run: Project) -> None:
    with pytest.raises(Unanswered, match=r"no answer fits the call 'two' \(prompt: 'say two'\).*'one'"):
        odw_run(TWO, answers={"one": "1"}, strict=True)


def test_by_agent(odw_run: Project) -> None:
    answers = {
        flows.find: lambda area: [f"{area}1", f"{area}2"],
        flows.judge: lambda problem, strictness="low": flows.Verdict(real=problem == "a2"),
    }
    run = odw_run(flows.hunt, {"only": ["a", "b"]}, answers=answers, strict=True)
    assert run.result == {"real": ["a2"]}
    assert run.calls.labelled("judge").results[1] == {"real": True, "why": ""}


def test_by_agent_of_a_file_that_is_run_by_its_path(odw_run: Project) -> None:
    answers = {flows.find: ["x"], flows.judge: {"real": True}}
    assert odw_run("tested_flows.py:hunt", answers=answers, steps={flows.areas: ["a"]}).result == {
        "real": ["x"]
    }


def test_in_turn(odw_run: Project) -> None:
    assert odw_run(TWO, answers=in_turn("first", lambda request: request.label)).result == ["first", "two"]
    with pytest.raises(Unanswered, match=r"in_turn\(\) for '\*' has 1 answers"):
        odw_run(TWO, answers=in_turn("first"))
    with pytest.raises(TypeError, match="at least one answer"):
        in_turn()


def test_a_failure_and_another_try(odw_run: Project) -> None:
    call = odw_run(ONE, answers=in_turn(fails("rate_limit", "slow down", tokens=3), {"n": 1})).calls.one
    assert call.ok
    assert call.result == {"n": 1}
    assert [attempt.error and attempt.error["message"] for attempt in call.attempts] == ["slow down", None]
    assert call.tokens > 3


def test_a_category_that_is_misspelt() -> None:
    with pytest.raises(ValueError, match="no such category: 'ratelimit'; did you mean rate_limit"):
        fails("ratelimit")


def test_a_failure_for_good(odw_run: Project) -> None:
    run = odw_run(ONE, answers=fails("quota", "nothing left"), on_failure="throw")
    assert run.calls.failed.one.error == {"category": "quota", "message": "nothing left", "retryable": False}
    with pytest.raises(RunFailed, match=r"the run of case failed: (.|\n)*nothing left"):
        _ = run.result


def test_an_answer_that_does_not_fit_the_schema_is_asked_for_again(odw_run: Project) -> None:
    seen = []

    def answer(request: Any) -> Any:
        seen.append((request.attempt, request.feedback))
        return {"n": "x"} if request.attempt == 1 else {"n": 2}

    run = odw_run(ONE, answers=answer)
    assert run.result == {"n": 2}
    assert [attempt for attempt, _ in seen] == [1, 2]
    assert "$.n" in seen[1][1][0]
    assert odw_run(ONE, answers={"count": {"n": "x"}}).calls.one.error["category"] == "schema"


def test_usage_cost_and_model(odw_run: Project) -> None:
    run = odw_run(TWO, answers=reply("x", tokens=7, input_tokens=100, cost=0.25, model="big"))
    assert (run.tokens, run.usage.input, run.cost) == (14, 200, 0.5)
    assert run.calls.with_model("b*").labels == ["one", "two"]
    assert (run.calls[0].tokens, run.calls[0].cost, run.calls.cost) == (7, 0.25, 0.5)


def test_a_reply_without_a_value_is_synthesized(odw_run: Project) -> None:
    assert isinstance(odw_run(ONE, answers=reply(tokens=1)).result["n"], int)


def test_files_that_an_agent_writes(odw_run: Project) -> None:
    odw_run(ONE, answers=reply({"n": 1}, writes={"src/a.py": "print()", "b": "c"}))
    assert (odw_run.directory / "src" / "a.py").read_text() == "print()"
    outside = odw_run(ONE, answers=reply({"n": 1}, writes={"../x": ""})).calls.one
    assert "no path inside the agent's directory" in outside.error["message"]
    assert not (odw_run.directory.parent / "x").exists()


def test_a_worktree_gets_a_repository(odw_run: Project) -> None:
    (odw_run.directory / "a.txt").write_text("before\n")
    script = META + "return await agent('edit', {isolation: 'worktree', schema: {type: 'object'}})\n"
    run = odw_run(script, answers=reply({}, writes={"a.txt": "after\n"}))
    assert [file["path"] for file in run.result["worktree"]["files"]] == ["a.txt"]
    assert "+after" in run.result["worktree"]["diff"]
    assert (odw_run.directory / "a.txt").read_text() == "before\n"


def test_a_worktree_needs_git(odw_run: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="need git, which is not on PATH"):
        odw_run(META + "return await agent('edit', {isolation: 'worktree'})\n")


def test_what_a_function_of_the_test_raises_fails_the_test(odw_run: Project) -> None:
    def answer(request: Any) -> Any:
        raise ZeroDivisionError("in the test")

    with pytest.raises(ZeroDivisionError) as raised:
        odw_run(TWO, answers=answer)
    assert raised.traceback[-1].name == "answer"
    with pytest.raises(pytest.fail.Exception, match="nobody should ask that"):
        odw_run(TWO, answers=lambda request: pytest.fail("nobody should ask that"))


def test_answers_that_cannot_be(odw_run: Project) -> None:
    with pytest.raises(TypeError, match="a label's pattern"):
        odw_run(TWO, answers={1: "x"})
    with pytest.raises(TypeError, match=r"the answer for 'one': .*not JSON"):
        odw_run(TWO, answers={"one": object()})
    with pytest.raises(
        Unanswered, match="the answer for '\\*' to the call 'one' is None, where text is expected"
    ):
        odw_run(TWO, answers=lambda request: None)
    assert odw_run(ONE.replace("'object'", "['object', 'null']"), answers={"count": None}).result is None


def test_steps(odw_run: Project) -> None:
    answers = {flows.find: ["p"], flows.judge: {"real": True}}
    assert odw_run(flows.hunt, answers=answers).result == {"real": ["p", "p"]}
    run = odw_run(flows.hunt, answers=answers, steps={flows.areas: ["z"]})
    assert run.calls.in_phase("Find").labels == ["find z"]
    assert odw_run(flows.hunt, answers=answers, steps={"areas": lambda: ["y"]}).calls[0].label == "find y"
    assert run.resume(steps={flows.areas: ["other"]}).calls.live.labels == []  # the recorded one replays


def test_an_undecorated_function_is_a_workflow_too(odw_run: Project) -> None:
    async def double(n: int) -> int:
        return len(str(await odw.call("x", label="a"))) * n

    assert odw_run(double, {"n": 2}, answers={"a": "four"}).result == 8
