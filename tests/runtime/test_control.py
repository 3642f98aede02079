"""Commands to a run from outside: the FIFO, what it takes, what each command does, what the client makes of the answer."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from runtime_case import Gathered

from odw.errors import UsageError
from odw.jsonvalue import JsonValue
from odw.runtime import control_client
from odw.runtime.abc import CallRequest, Report
from odw.runtime.context import RunContext
from odw.runtime.control import (
    COMMANDS,
    LINE_LIMIT,
    Command,
    Control,
    Remark,
    command_line,
    handle,
    parse_command,
)
from odw.runtime.control_client import Answer, Line, send
from odw.runtime.fakes import CoroutineProgram, EventList, FakeExecutor, FakePlanner, backend_of
from odw.runtime.options import RunOptions, RunOutcome
from odw.runtime.run import run_program_async
from odw.runtime.run_dir import RunDir

# ---- lines


NODES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IDS = st.text("0123456789abcdef", min_size=1)
COMMAND = st.one_of(
    st.builds(Command, IDS, st.sampled_from(["pause", "unpause", "stop"]), st.none()),
    st.builds(Command, IDS, st.sampled_from(["skip", "retry"]), NODES),
)


@given(COMMAND)
def test_a_command_comes_through_its_line_as_it_was(command: Command) -> None:
    line = command_line(command)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert parse_command(line[:-1]) == command


@given(st.binary(max_size=200))
def test_no_line_makes_the_parser_raise(line: bytes) -> None:
    command = parse_command(line)
    assert command is None or command.name in COMMANDS


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"stop",
        b"[]",
        b"1",
        b"\xff\xfe",
        b"\0\0",
        b"[" * 4000,
        b'{"id":"1","command":"reboot"}',
        b'{"id":"","command":"stop"}',
        b'{"id":1,"command":"stop"}',
        b'{"command":"stop"}',
        b'{"id":"1","command":["stop"]}',
        b'{"id":"1","command":"skip"}',
        b'{"id":"1","command":"skip","node":7}',
        b'{"id":"1","command":"stop","node":"7"}',
        b'{"id":"1","command":"skip","node":"%b"}' % (b"x" * LINE_LIMIT),
    ],
)
def test_what_is_no_command_is_none(line: bytes) -> None:
    assert parse_command(line) is None


# ---- the FIFO


async def heard(control: Control, written: list[bytes], count: int) -> list[Command | Remark]:
    """What ``serve`` hands on after ``written`` went into the FIFO piece by piece."""
    got: list[Command | Remark] = []
    done = trio.Event()

    def take(incoming: Command | Remark) -> None:
        got.append(incoming)
        if len(got) == count:
            done.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(control.serve, take)
        fd = os.open(control._path, os.O_WRONLY | os.O_NONBLOCK)
        for piece in written:
            os.write(fd, piece)
            await trio.testing.wait_all_tasks_blocked()
        os.close(fd)
        with trio.fail_after(10):
            await done.wait()
        nursery.cancel_scope.cancel()
    return got


@pytest.fixture
def control(tmp_path: Path) -> Any:
    made = Control(str(tmp_path / "control"))
    made.open()
    yield made
    made.close()
    assert not (tmp_path / "control").exists()


STOP = b'{"id":"1","command":"stop"}\n'


def test_the_fifo_is_for_its_owner_only(control: Control, tmp_path: Path) -> None:
    mode = (tmp_path / "control").stat().st_mode
    assert stat.S_ISFIFO(mode)
    assert stat.S_IMODE(mode) == 0o600


async def test_lines_may_come_in_pieces_and_many_at_once(control: Control) -> None:
    pieces = [STOP[:5], STOP[5:] + STOP.replace(b'"1"', b'"2"') + STOP[:1], STOP.replace(b'"1"', b'"3"')[1:]]
    got = await heard(control, pieces, 3)
    assert got == [Command(number, "stop") for number in "123"]


async def test_a_second_client_is_heard_after_the_first_has_gone(control: Control) -> None:
    assert await heard(control, [STOP], 1) == [Command("1", "stop")]
    assert await heard(control, [STOP], 1) == [Command("1", "stop")]


async def test_garbage_is_remarked_upon_and_what_follows_is_read(control: Control) -> None:
    first, second = await heard(control, [b"\0\xff garbage\n" + STOP], 2)
    assert isinstance(first, Remark)
    assert second == Command("1", "stop")


async def test_an_endless_line_takes_no_memory(control: Control) -> None:
    got = await heard(control, [b"x" * 60000, b"x" * 60000, b"x\n", STOP], 2)
    assert isinstance(got[0], Remark)
    assert got[1:] == [Command("1", "stop")]
    assert len(control._buffer) == 0


async def test_what_a_killed_run_left_is_made_anew(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "control", 0o644)
    before = (tmp_path / "control").stat().st_ino
    os.link(tmp_path / "control", tmp_path / "kept")  # or the new one might get the old one's number
    control = Control(str(tmp_path / "control"))
    control.open()
    assert (tmp_path / "control").stat().st_ino != before
    assert await heard(control, [STOP], 1) == [Command("1", "stop")]
    control.close()


@pytest.mark.parametrize("obstacle", ["file", "directory", "no place"])
async def test_a_run_without_a_fifo_says_so_and_goes_on(tmp_path: Path, obstacle: str) -> None:
    path = tmp_path / "control"
    if obstacle == "file":
        path.write_text("mine")
    elif obstacle == "directory":
        path.mkdir()
    else:
        path = tmp_path / "absent" / "control"
    control = Control(str(path))
    control.open()
    got: list[Command | Remark] = []
    with trio.fail_after(10):
        await control.serve(got.append)
    control.close()
    assert [type(incoming) for incoming in got] == [Remark]
    assert "cannot be commanded" in got[0].text  # type: ignore[union-attr]
    if obstacle == "file":
        assert path.read_text() == "mine"


# ---- what commands do


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
    assert "odw resume r1" in run.outcome.hint
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
    from odw.runtime.abc import Planned

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


# ---- the client where nobody answers


def run_dir(tmp_path: Path, status: str, pid: int, host: str | None = None) -> RunDir:
    directory = RunDir(str(tmp_path), "r1")
    directory.create()
    facts = {"status": status, "pid": pid, "host": host or os.uname().nodename}
    directory.write_json("run.json", facts)
    Path(directory.file("events.jsonl")).write_text(json.dumps({"type": "workflow_start"}) + "\n")
    return directory


def dead_pid() -> int:
    child = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(child, 0)
    return child


@pytest.mark.parametrize(
    ("status", "message", "hint"),
    [
        ("completed", "run r1 is not running (status completed)", "odw runs show r1"),
        ("failed", "run r1 is not running (status failed)", "odw resume r1"),
        ("parked", "run r1 is not running (status parked)", "odw resume r1"),
        ("running", "run r1 is not running (status dead)", "odw resume r1"),
        ("paused", "run r1 is not running (status dead)", "odw resume r1"),
    ],
)
def test_a_run_that_nobody_drives(tmp_path: Path, status: str, message: str, hint: str) -> None:
    directory = run_dir(tmp_path, status, dead_pid())
    os.mkfifo(directory.file("control"))  # left behind by a kill
    with pytest.raises(UsageError) as caught:
        send(directory, "pause")
    assert caught.value.message == message
    assert hint in caught.value.hint


def test_a_run_on_another_machine_is_not_called_dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control_client, "STARTING_S", 0.0)
    directory = run_dir(tmp_path, "running", 1, host="elsewhere")
    with pytest.raises(UsageError, match="process 1 on elsewhere does not listen"):
        send(directory, "pause")


def test_a_silent_run_is_an_error_that_says_what_to_try(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "running", os.getpid())
    control = Control(directory.file("control"))
    control.open()
    with pytest.raises(UsageError) as caught:
        send(directory, "pause", answer_s=0.0)
    control.close()
    assert caught.value.message.startswith("run r1 did not answer")
    assert f"process {os.getpid()}" in caught.value.hint
    assert "kill -CONT" in caught.value.hint


def test_a_full_queue_is_a_silent_run(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "running", os.getpid())
    control = Control(directory.file("control"))
    control.open()
    fd = control_client.open_fifo(directory.file("control"))
    assert fd is not None
    with pytest.raises(BlockingIOError):
        while True:
            os.write(fd, b"x" * 4096)
    os.close(fd)
    with pytest.raises(UsageError, match="did not answer, and has not read"):
        send(directory, "pause")
    control.close()


def test_a_regular_file_in_place_of_the_fifo_is_not_written_to(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "completed", 1)
    Path(directory.file("control")).write_text("mine")
    with pytest.raises(UsageError, match="not running"):
        send(directory, "stop")
    assert Path(directory.file("control")).read_text() == "mine"


def test_a_name_that_is_too_long_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "running", os.getpid())
    control = Control(directory.file("control"))
    control.open()
    with pytest.raises(UsageError, match="too long"):
        send(directory, "skip", "x" * 5000)
    assert control._read() == []
    control.close()


async def test_a_full_disk_ends_the_run_not_the_task(tmp_path: Path) -> None:
    from runtime_case import context

    from odw.runtime.halts import Parked

    run = context()

    def full() -> None:
        raise Parked("no space left")

    run.journal.flush = full  # type: ignore[method-assign]
    handle(run, Command("1", "pause"))
    assert isinstance(run.inbox.halted, Parked)
