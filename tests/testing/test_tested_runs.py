"""What a run under test is asked afterwards, and how it goes on."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import UTC, datetime

import pytest
import tested_flows as flows

import odw
from odw.errors import ScriptRejected, UsageError
from odw.testing import Project, Reply, RunFailed, fails, in_turn, reply

META = "export const meta = { name: 'case', description: 'A case.', phases: ['One', 'Two'] }\n"
SCRIPT = (
    META
    + """
phase('One')
const found = await parallel([1, 2, 3].map((n) => () => agent(`find ${n}`, {label: `find:${n}`, model: n > 1 ? 'big' : 'small'})))
log(`found ${found.filter(Boolean).length}`)
checkpoint('found', found)
phase('Two')
return await agent('sum up', {label: 'sum', schema: {type: 'object'}})
"""
)


def test_calls_can_be_filtered(odw_run: Project) -> None:
    run = odw_run(SCRIPT, answers={"find:2": "two", "*": {"sum": 1}})
    calls = run.calls
    assert calls.labels == ["find:1", "find:2", "find:3", "sum"]
    assert calls.labelled("find:*").with_model("big").labels == ["find:2", "find:3"]
    assert calls.in_phase("T*").one.schema == {"type": "object"}
    assert calls.asking(r"find [13]").prompts == ["find 1", "find 3"]
    assert calls[1:3].labels == ["find:2", "find:3"]
    assert calls[0].options["model"] == "small"
    assert (calls[0].path, calls[0].phase, calls[0].site) == ("p0[0]/a0", "One", [4, 57])
    assert calls.results[-1] == {"sum": 1}


def test_what_a_run_did(odw_run: Project) -> None:
    run = odw_run(SCRIPT, answers={"find:*": "x", "sum": {"n": 3}})
    assert run.result == {"n": 3}
    assert run.logs == ["found 3"]
    assert run.phases == ["One", "Two"]
    assert run.checkpoints == {"found": ["x", "x", "x"]}
    assert (run.status, run.exit_code, run.error) == ("completed", 0, None)
    assert [event["title"] for event in run.events.of("phase")] == ["One", "Two"]
    assert (run.directory / "script.js").read_text() == SCRIPT.strip()


def test_texts_that_people_read(odw_run: Project) -> None:
    run = odw_run(SCRIPT, answers={"find:3": in_turn({}, {}), "sum": "no object"}, max_attempts=2)
    assert repr(run) == "<Run case completed, 4 calls>"
    assert repr(run.calls.labelled("find:2")) == "<1 call labelled 'find:2': 2 find:2 (One)>"
    assert repr(run.calls.labelled("x").failed) == "<0 calls labelled 'x' and failed>"
    line = "4 sum (Two) failed: schema: "
    assert run.calls[-1].line().startswith(line)
    assert run.calls[-1].line().endswith(", 2 attempts")
    assert run.listing().splitlines()[0] == "case completed"
    assert run.listing().splitlines()[-2:] == ["  log: found 3", f"  log: {run.logs[1]}"]
    with pytest.raises(
        AssertionError, match=r"expected one call, found <3 calls labelled 'find:\*': 1 find:1"
    ):
        _ = run.calls.labelled("find:*").one
    with pytest.raises(IndexError, match="there is no call 7 among <4 calls"):
        _ = run.calls[7]


def test_texts_are_no_commands_to_the_terminal(odw_run: Project) -> None:
    script = META + "log('\\u001b[2Jgone\\nnext'); await agent('x', {label: '\\u001b]0;t\\u0007 a\\nb 🚀'})\n"
    run = odw_run(script, answers={"*🚀": fails("crash", "\x1b[31mred", retryable=False)})
    assert run.calls[0].label.endswith("b 🚀")
    lines = run.listing().splitlines()
    assert lines[1:] == [
        "  1  a\\nb 🚀 failed: crash: red",
        "  log: gone",
        "  log: next",
        "  log: [ a",
        "  log: b 🚀] failed: red",
    ]


def test_many_calls_are_cut_short(odw_run: Project) -> None:
    script = (
        META
        + "return await parallel(Array.from({length: 120}, (_, i) => () => agent('x', {label: `x[${i}]`})))\n"
    )
    calls = odw_run(script, answers={"x[7]": "seven", "x[[]8]": "eight"}).calls
    assert repr(calls).startswith("<120 calls: 1 x[0]; 2 x[1]; ")
    assert repr(calls).endswith("; 12 x[11]; … and 108 more>")
    assert len(calls.listing().splitlines()) == 101
    assert calls.labelled("x[7]").one.result == "seven"
    assert calls.labelled("x[[]8]").one.result == "eight"


def test_a_long_prompt_and_result_are_whole(odw_run: Project) -> None:
    script = META + "return await agent('x'.repeat(20000), {label: 'long'})\n"
    run = odw_run(script, answers="y" * 100_000)
    assert run.calls.one.prompt == "x" * 20_000
    assert run.calls.one.result == "y" * 100_000


def test_calls_of_a_sub_workflow(odw_run: Project) -> None:
    (odw_run.directory / "child.js").write_text(
        META.replace("case", "child") + "return await agent('inner', {label: 'i'})\n"
    )
    parent = META + "return [await agent('outer', {label: 'o'}), await workflow({scriptPath: 'child.js'})]\n"
    project = Project(odw_run.directory, folders=[odw_run.directory])
    run = project.run(parent, answers={"o": "1", "i": "2"})
    assert run.result == ["1", "2"]
    assert run.calls.in_workflow("child").labels == ["i"]
    assert run.calls.in_workflow("").labels == ["o"]


def test_stopped_and_gone_on_with(odw_run: Project) -> None:
    first = odw_run(SCRIPT, answers={"find:*": "x"}, stop_after=2)
    assert first.status == "stopped"
    assert first.calls.labelled("find:3").one.status == "running"
    with pytest.raises(RunFailed, match="the run of case was stopped: stopped by the test"):
        _ = first.result
    second = first.resume()
    assert second.calls.replayed.labels == ["find:1", "find:2"]
    assert second.calls.live.labels == ["find:3", "sum"]
    assert second.calls.replayed.prompts == ["find 1", "find 2"]
    assert second.calls.replayed.results == ["x", "x"]
    edited = second.resume(
        SCRIPT.replace("find ${n}", "find ${n === 2 ? 'two' : n}", 1), answers={"find:*": "y"}
    )
    assert edited.calls.live.labels == ["find:2"]
    assert edited.checkpoints == {"found": ["x", "y", "x"]}


def test_other_args_when_it_goes_on(odw_run: Project) -> None:
    answers = {flows.find: ["p"], flows.judge: {"real": False}}
    run = odw_run(flows.hunt, {"only": ["a"]}, answers=answers)
    more = run.resume(args={"only": ["a", "b"]})
    assert more.calls.live.labels == ["find b", "judge"]


def test_a_budget(odw_run: Project) -> None:
    run = odw_run(SCRIPT, answers={"find:*": reply("x", tokens=50), "sum": {}}, budget=120, concurrency=1)
    assert run.status == "parked"
    assert run.exit_code == 4
    assert run.tokens == 150
    assert "budget exhausted: spent 150" in run.error.message
    assert run.resume(budget="1k").result == {}


@pytest.mark.odw(concurrency=1, budget=60)
class TestMarked:
    def test_settings_of_a_marker(self, odw_run: Project) -> None:
        run = odw_run(SCRIPT, answers={"find:*": reply("x", tokens=50, after=10)})
        assert run.status == "parked"
        assert [call.waited for call in run.calls.live] == [0, 10]

    @pytest.mark.odw(budget=None)
    def test_the_nearest_marker_wins(self, odw_run: Project) -> None:
        assert odw_run(SCRIPT, answers={"find:*": reply("x", tokens=50)}).status == "completed"
        assert odw_run(SCRIPT, answers={"find:*": reply("x", tokens=50)}, budget=10).status == "parked"


def test_time_is_virtual(odw_run: Project) -> None:
    script = META + (
        "await new Promise((r) => setTimeout(r, 3600_000)); const t = await agent('slow', {timeout: 60, maxAttempts: 2})\n"
        "return [t, await agent('hours', {label: 'hours'})]\n"
    )
    run = odw_run(script, answers={"slow": reply("never", after=1e6), "hours": reply("done", after=7200)})
    assert run.result == [None, "done"]
    assert run.duration == 3600 + 2 * 60 + 7200
    assert run.calls.labelled("hours").one.duration == 7200
    assert run.calls.labelled("slow").one.error["category"] == "timeout"


def test_time_in_python_and_its_date(odw_run: Project) -> None:
    @odw.workflow
    async def wait() -> list[str]:
        before = odw.now()
        await odw.sleep(86_400)
        try:
            async with odw.timeout(30):
                await odw.call("slow")
        except TimeoutError:
            odw.log("too slow")
        return [before.isoformat(), odw.now().isoformat()]

    run = odw_run(wait, answers=reply("x", after=31), now=datetime(2030, 1, 1, tzinfo=UTC))
    assert run.result == ["2030-01-01T00:00:00+00:00", "2030-01-02T00:00:30+00:00"]
    assert run.logs == ["too slow"]


def test_real_steps_are_not_overtaken_by_virtual_time(odw_run: Project) -> None:
    @odw.workflow
    async def careful() -> list[str]:
        async with odw.timeout(3600):
            return await flows.areas()

    assert odw_run(careful).result == ["a", "b"]
    assert odw_run(careful).duration < 3600


@odw.workflow
async def merge() -> list[str]:
    """Ask whether to merge."""
    try:
        async with odw.timeout(86_400):
            first = await odw.human("Merge it?", choices=["yes", "no"])
    except TimeoutError:
        first = "nobody answered in a day"
    return [first, await odw.human("Why?", default="because")]


def test_a_person_is_asked(odw_run: Project) -> None:
    assert odw_run(merge, human={"Merge*": "no", "*": lambda question, choices: question.upper()}).result == [
        "no",
        "WHY?",
    ]
    run = odw_run(merge, human=in_turn(reply("yes", after=3600), "I like it"))
    assert run.result == ["yes", "I like it"]
    assert run.questions == ["Merge it?", "Why?"]
    assert run.duration == 3600
    again = run.resume(human={})
    assert (again.result, again.questions) == (run.result, [])


def test_a_person_who_does_not_answer_in_time(odw_run: Project) -> None:
    run = odw_run(merge, human={"Merge*": reply("yes", after=1e6), "Why?": "?"})
    assert run.result == ["nobody answered in a day", "?"]


@pytest.mark.parametrize(
    "human, message",
    [
        ({"Merge*": "maybe"}, "'Merge it\\?' is 'maybe', which is none of: yes, no"),
        ({"No*": "yes"}, "no answer fits the question 'Merge it\\?'; there are answers for: 'No\\*'"),
        (in_turn("yes"), r"in_turn\(\) has 1 answers, and 'Why\?' is one more question"),
        ({"*": None}, "the answer to 'Merge it\\?' is None, where text is expected"),
    ],
)
def test_an_answer_of_a_person_that_cannot_be(odw_run: Project, human: object, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        odw_run(merge, human=human)


def test_nobody_is_there_to_ask(odw_run: Project) -> None:
    assert "nobody is there to answer 'Merge it?'" in odw_run(merge).error.message


def test_without_virtual_time(odw_run: Project) -> None:
    assert odw_run(SCRIPT, virtual_time=False).status == "completed"


async def test_inside_a_trio_test(odw_run: Project) -> None:
    assert odw_run(flows.hunt, answers={flows.find: []}).result == {"real": []}


def test_inside_asyncio(odw_run: Project) -> None:
    async def main() -> object:
        return odw_run(flows.hunt, answers={flows.find: []}).result

    assert asyncio.run(main()) == {"real": []}


def test_ctrl_c_ends_the_test(odw_run: Project) -> None:
    def interrupt(request: object) -> Reply:
        os.kill(os.getpid(), signal.SIGINT)
        return reply("x", after=60)

    with pytest.raises(KeyboardInterrupt):
        odw_run(SCRIPT, answers={"find:1": interrupt})


def test_a_script_of_one_line(odw_run: Project) -> None:
    assert odw_run("export const meta = { name: 'one', description: 'One line.' }; return 1").result == 1


def test_a_workflow_in_python_as_text(odw_run: Project) -> None:
    source = """
        import odw

        @odw.workflow
        async def case(n: int = 1):
            return n + 1
    """
    assert odw_run(source, {"n": 2}).result == 3


def test_a_module_and_a_function_of_it(odw_run: Project) -> None:
    assert odw_run("tested_flows:hunt", answers={flows.find: []}).result == {"real": []}
    with pytest.raises(UsageError, match="the module tested_flows has no 'gone'"):
        odw_run("tested_flows:gone")


def test_a_workflow_that_cannot_be(odw_run: Project) -> None:
    with pytest.raises(UsageError, match="expected a workflow, found int"):
        odw_run(3)
    with pytest.raises(UsageError, match="unknown workflow: nothing-of-this-name"):
        odw_run("nothing-of-this-name")
    with pytest.raises(ScriptRejected):
        odw_run(META + "const = 3\n")
    with pytest.raises(TypeError, match="no setting 'bugdet'; did you mean budget"):
        odw_run(SCRIPT, bugdet=3)  # type: ignore[call-arg]


def test_nothing_of_the_environment_counts(odw_run: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODW_CONCURRENCY", "no number")
    monkeypatch.setenv("ODW_ON_FAILURE", "throw")
    assert odw_run(SCRIPT).status == "completed"
