"""What each command does to a run."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import trio
from runtime_case import Gathered, context

from odw.jsonvalue import JsonValue
from odw.runtime import control_client
from odw.runtime.abc import CallRequest, Planned, Report
from odw.runtime.context import RunContext
from odw.runtime.control import handle
from odw.runtime.control_client import Answer, Line, send
from odw.runtime.control_line import Command
from odw.runtime.fakes import CoroutineProgram, EventList, FakeExecutor, FakePlanner, backend_of
from odw.runtime.halts import Parked
from odw.runtime.options import RunOptions, RunOutcome
from odw.runtime.run import run_program_async
from odw.runtime.run_dir import RunDir


class Driven:
    """A run that is driven in this trio loop, whose executor answers when ``release``d; commands are sent from a thread."""

    def __init__(self, folder: Path, nursery: trio.Nursery, labels: list[str], **options: Any) -> None:
        self.executor = FakeExecutor(self._answer)
        self.events = EventList()
        self.directory = RunDir(str(folder), "r1")
        self.settled: list[tuple[str, Any]] = []
        self.outcome: RunOutcome | None = None
        self._labels = labels
        self._open: dict[int, trio.Event] = {}
        self._changed = trio.Event()
        self.ended = trio.Event()
        self._options = RunOptions(str(folder), run_id="r1", grace_s=0.0, **options)
        nursery.start_soon(self._run)

    async def _run(self) -> None:
        program = CoroutineProgram(self._body)
        self.outcome = await run_program_async(program, self._options, backend_of(self.executor), self.events)
        self.ended.set()

    async def _body(self, run: RunContext) -> JsonValue:
        calls = Gathered(run)
        self.settled = calls.settled
        for number, label in enumerate(self._labels):
            calls.call(f"prompt {number}", label=label)
        await calls.all()
        return None

    async def _answer(self, request: CallRequest) -> Report:
        released = self._open[request.index] = trio.Event()
        self._tell()
        await released.wait()
        return Report(text=f"re: {request.prompt}")

    def _tell(self) -> None:
        self._changed.set()
        self._changed = trio.Event()

    async def until(self, condition: Callable[[], bool]) -> None:
        with trio.fail_after(20):
            while not condition():
                with trio.move_on_after(0.02):
                    await self._changed.wait()

    async def started(self, count: int) -> None:
        """Wait until that many attempts have begun in all."""
        await self.until(lambda: len(self.executor.seen) >= count)
        await trio.testing.wait_all_tasks_blocked(0.01)

    def release(self, *indexes: int) -> None:
        for index in indexes:
            self._open[index].set()

    async def send(self, name: str, node: str | None = None) -> Answer:
        return await trio.to_thread.run_sync(send, self.directory, name, node)

    @property
    def status(self) -> str:
        return str(self.directory.read_json("run.json")["status"])

    def control_events(self) -> list[dict[str, Any]]:
        return [
            {key: value for key, value in event.items() if key not in ("type", "id", "seq")}
            for event in self.events.of("control")
        ]


async def drive(
    folder: Path, labels: list[str], script: Callable[[Driven], Awaitable[None]], **options: Any
) -> Driven:
    """A run of one call per label, and what ``script`` does to it meanwhile."""
    with trio.fail_after(30):
        async with trio.open_nursery() as nursery:
            driven = Driven(folder, nursery, labels, **options)
            await script(driven)
            await driven.ended.wait()
    return driven


async def test_pause_lets_calls_in_flight_finish_and_starts_none(tmp_path: Path, trio_order: str) -> None:
    async def script(run: Driven) -> None:
        await run.started(2)
        answer = await run.send("pause")
        assert (answer.ok, answer.event["inFlight"], answer.event["waiting"]) == (True, 2, 3)
        assert run.status == "paused"
        run.release(1, 2)
        await run.until(lambda: len(run.settled) == 2)
        await trio.testing.wait_all_tasks_blocked(0.01)
        assert len(run.executor.seen) == 2
        answer = await run.send("unpause")
        assert (answer.ok, run.status) == (True, "running")
        await run.started(4)
        run.release(3, 4)
        await run.started(5)
        run.release(5)

    run = await drive(tmp_path, list("abcde"), script, concurrency=2)
    assert run.outcome is not None
    assert run.outcome.status == run.status == "completed"
    assert [value for _, value in run.settled] == [f"re: prompt {n}" for n in range(5)]


async def test_pausing_twice_is_pausing(tmp_path: Path) -> None:
    async def script(run: Driven) -> None:
        await run.started(1)
        assert (await run.send("unpause")).ok
        assert (await run.send("pause")).ok
        assert (await run.send("pause")).ok
        assert run.status == "paused"
        assert (await run.send("unpause")).ok
        run.release(1)

    run = await drive(tmp_path, ["a"], script)
    assert [event["command"] for event in run.control_events()] == ["unpause", "pause", "pause", "unpause"]


async def test_stop_ends_the_run_in_order(tmp_path: Path) -> None:
    async def script(run: Driven) -> None:
        await run.started(2)

        def stop() -> Any:
            with Line(run.directory) as line:
                return line.send("stop"), line.wait_end()

        answer, ending = await trio.to_thread.run_sync(stop)
        assert (answer.ok, answer.event["inFlight"], answer.event["waiting"]) == (True, 2, 1)
        assert ending["status"] == "stopped"

    run = await drive(tmp_path, list("abc"), script, concurrency=2)
    assert run.outcome is not None
    assert (run.outcome.status, run.status) == ("stopped", "stopped")
    assert not Path(run.directory.file("control")).exists()


async def test_a_paused_run_can_be_stopped(tmp_path: Path) -> None:
    async def script(run: Driven) -> None:
        await run.started(1)
        await run.send("pause")
        run.release(1)
        await run.until(lambda: len(run.settled) == 1)
        assert (await run.send("stop")).ok

    run = await drive(tmp_path, ["a", "b"], script, concurrency=1)
    assert run.status == "stopped"


@pytest.mark.parametrize("node", ["1", "first", "path"])
async def test_skip_gives_null_and_frees_the_slot(tmp_path: Path, node: str, trio_order: str) -> None:
    async def script(run: Driven) -> None:
        await run.started(1)
        path = run.executor.seen[0].path
        assert (await run.send("skip", path if node == "path" else node)).ok
        await run.started(2)
        run.release(2)

    run = await drive(tmp_path, ["first", "second"], script, concurrency=1)
    assert run.settled == [("prompt 0", None), ("prompt 1", "re: prompt 1")]
    [skipped] = run.events.of("agent_skip")
    assert (skipped["index"], skipped["cached"], skipped["skipped"]) == (1, False, True)


async def test_skip_of_a_call_that_waits_means_it_never_starts(tmp_path: Path) -> None:
    async def script(run: Driven) -> None:
        await run.started(1)
        assert (await run.send("skip", "second")).ok
        await run.until(lambda: ("prompt 1", None) in run.settled)
        run.release(1)

    run = await drive(tmp_path, ["first", "second"], script, concurrency=1)
    assert [request.label for request in run.executor.seen] == ["first"]


async def test_retry_starts_a_running_call_over(tmp_path: Path) -> None:
    async def script(run: Driven) -> None:
        await run.started(1)
        assert (await run.send("retry", "a")).ok
        await run.started(2)
        run.release(1)

    run = await drive(tmp_path, ["a"], script)
    assert [request.index for request in run.executor.seen] == [1, 1]
    assert run.settled == [("prompt 0", "re: prompt 0")]


async def test_what_cannot_be_done_is_answered_with_why(tmp_path: Path) -> None:
    answers: dict[str, str] = {}

    async def script(run: Driven) -> None:
        await run.started(2)
        run.release(1)
        await run.until(lambda: len(run.settled) == 1)
        await run.started(3)
        for command, node in [
            ("retry", "last"), ("skip", "twin"), ("skip", "1"), ("skip", "99"), ("skip", "no such"), ("retry", ""),
        ]:  # fmt: skip
            answer = await run.send(command, node)
            assert not answer.ok
            answers[f"{command} {node}"] = answer.message
        run.release(2, 3)
        await run.started(4)
        run.release(4)

    run = await drive(tmp_path, ["first", "twin", "twin", "last"], script, concurrency=2)
    paths = [request.path for request in sorted(run.executor.seen, key=lambda request: request.index)]
    left = f"2 ({paths[1]}, twin), 3 ({paths[2]}, twin), 4 ({paths[3]}, last)"
    nothing = f"; those that have not ended: {left}"
    assert answers == {
        "retry last": f"call 4 ({paths[3]}, last) cannot be started over: it waits for a slot and has not started",
        "skip twin": f"twin may be 2 ({paths[1]}, twin), 3 ({paths[2]}, twin): name one by its number",
        "skip 1": "call 1 has ended",
        "skip 99": f'no call that goes on is named "99"{nothing}',
        "skip no such": f'no call that goes on is named "no such"{nothing}',
        "retry ": f'no call that goes on is named ""{nothing}',
    }
    assert all(not event["ok"] and event["message"] for event in run.control_events())
    assert [value for _, value in run.settled] == [f"re: prompt {n}" for n in range(4)]


async def test_garbage_is_noted_once_in_the_journal(tmp_path: Path) -> None:
    async def script(run: Driven) -> None:
        await run.started(1)
        fd = control_client.open_fifo(run.directory.file("control"))
        assert fd is not None
        os.write(fd, b"garbage\nmore\n")
        os.close(fd)
        assert (await run.send("pause")).ok
        assert (await run.send("unpause")).ok
        run.release(1)

    run = await drive(tmp_path, ["a"], script)
    notes = [event["message"] for event in run.events.of("note")]
    assert len([note for note in notes if "control file" in note]) == 1


async def test_fifty_commands_at_once_are_all_answered(tmp_path: Path) -> None:
    async def script(run: Driven) -> None:
        await run.started(1)
        answers: list[Answer] = []

        async def one(name: str) -> None:
            answers.append(await run.send(name))

        async with trio.open_nursery() as nursery:
            for number in range(50):
                nursery.start_soon(one, "pause" if number % 2 else "unpause")
        assert sum(answer.ok for answer in answers) == 50
        await run.send("unpause")
        run.release(1)

    run = await drive(tmp_path, ["a"], script)
    assert len({event["id"] for event in run.events.of("control")}) == 51


async def test_a_planned_run_can_be_commanded_too(tmp_path: Path) -> None:
    planner = FakePlanner(lambda request: Planned(Report(text="late"), 60_000.0))
    ended: list[RunOutcome] = []
    began = trio.Event()

    async def body(run: RunContext) -> JsonValue:
        calls = Gathered(run)
        calls.call("slow", label="slow")
        began.set()
        return [value for _, value in await calls.all()]

    async def run_it() -> None:
        options = RunOptions(str(tmp_path), run_id="r1")
        ended.append(await run_program_async(CoroutineProgram(body), options, backend_of(planner)))

    with trio.fail_after(20):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(run_it)
            await began.wait()
            answer = await trio.to_thread.run_sync(send, RunDir(str(tmp_path), "r1"), "skip", "slow")
            assert answer.ok
    assert ended[0].result == [None]


async def test_a_full_disk_ends_the_run_not_the_task(tmp_path: Path) -> None:
    run = context()

    def full() -> None:
        raise Parked("no space left")

    run.journal.flush = full  # type: ignore[method-assign]
    handle(run, Command("1", "pause"))
    assert isinstance(run.inbox.halted, Parked)
