"""run_process: streams, limits, deadlines, and the end of whole process trees."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import trio
from process_trees import DEADLINE_S, PYTHON, TREES, alive, kill, leaving

from odw.errors import ExecutorError
from odw.executors import _process, _spawn
from odw.executors._process import Ended, Limits, run_process
from odw.executors._stream import Lines, Whole
from odw.runtime.process_tags import sweep, tagged

ENV = {"PATH": os.environ["PATH"]}


def tag(node: str = "1.1") -> str:
    return f"test-{os.getpid()}.{node}."


async def run(code: str, output: Any = None, **options: Any) -> tuple[Ended, Any]:
    output = Whole() if output is None else output
    ended = await run_program([*PYTHON, code], output, **options)
    return ended, output


async def run_program(argv: list[str], output: Any = None, **options: Any) -> Ended:
    options = {"env": ENV, "cwd": "/", "tag": tag(), **options}
    with trio.fail_after(DEADLINE_S):
        return await run_process(argv, Whole() if output is None else output, **options)


async def test_output_and_exit_code() -> None:
    ended, output = await run("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert ended == Ended(3, None, "err\n") and output.text == "out\n"


async def test_death_by_signal() -> None:
    ended, _ = await run("import os; os.kill(os.getpid(), 11)")
    assert (ended.code, ended.signal, ended.stopped) == (None, signal.SIGSEGV, None)


async def test_the_environment_is_what_is_given_and_the_tag(tmp_path: Path) -> None:
    output = Whole()
    await run_program(["/usr/bin/env"], output, env={"A": "1"})
    assert sorted(output.text.split()) == ["A=1", f"ODW_NODE={tag()}"]
    _, output = await run("import os; print(os.getcwd())", cwd=str(tmp_path))
    assert output.text == f"{tmp_path}\n"


async def test_stdin_arrives_whole() -> None:
    prompt = "grüße 🙂\n".encode() * 100_000
    code = "import sys, hashlib; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())"
    _, output = await run(code, stdin=prompt)
    assert output.text.strip() == hashlib.sha256(prompt).hexdigest()
    _, output = await run("import sys; print(len(sys.stdin.read()))", stdin=None)
    assert output.text == "0\n"


@pytest.mark.parametrize("code", ["print('done')", "import os; os.close(0); print('done')"])
async def test_a_long_prompt_that_nobody_reads(code: str) -> None:
    ended, output = await run(code, stdin=b"x" * 10_000_000)
    assert (ended.code, output.text) == (0, "done\n")


async def test_a_character_in_two_chunks_and_bytes_that_are_no_text() -> None:
    lines: list[str] = []
    code = (
        "import os, sys\n"
        "for byte in 'ä🙂'.encode() + bytes([10, 255, 254, 13, 10, 0, 97]):\n"
        "    os.write(1, bytes([byte])); sys.stdin.buffer.raw.read(1)\n"  # the reader sets the pace
    )
    await run(code, Lines(lines.append), stdin=b"." * 64)
    assert lines == ["ä🙂", "\\xff\\xfe", "\0a"]


async def test_the_end_of_stderr_is_kept() -> None:
    ended, _ = await run("import sys; sys.stderr.write('x' * 300_000 + 'end')")
    assert len(ended.stderr) == 64 * 1024 and ended.stderr.endswith("xend")


@pytest.mark.parametrize(
    ("argv", "output", "message"),
    [
        (["yes"], Whole(4 << 20), "output-limit: an output of more than 4194304 bytes"),
        (["yes"], Lines(lambda line: None, total_limit=1 << 20), "output-limit: an output of more than"),
        (["cat", "/dev/zero"], Lines(lambda line: None), "output-limit: a line of more than 1048576 bytes"),
    ],
)
async def test_endless_output_is_cut_off(argv: list[str], output: Any, message: str) -> None:
    ended = await run_program(argv, output)
    assert ended.stopped is not None and ended.stopped.category == "crash" and not ended.stopped.retryable
    assert ended.stopped.message.startswith(message)
    assert (ended.code, ended.signal) == (None, None)
    assert tagged(tag()) == []


@pytest.mark.parametrize("limits", [Limits(total_s=0.2), Limits(idle_s=0.2), Limits(30, 0.2, 0.0)])
async def test_deadlines(limits: Limits) -> None:
    ended, _ = await run("import time; print('hello', flush=True); time.sleep(300)", limits=limits)
    assert ended.stopped is not None and (ended.stopped.category, ended.stopped.retryable) == (
        "timeout",
        True,
    )
    assert "0.2 s" in ended.stopped.message and tagged(tag()) == []


async def test_whoever_writes_is_not_idle() -> None:
    code = "import sys, time\nfor n in range(20): time.sleep(.05); print(n, file=[sys.stdout, sys.stderr][n % 2], flush=True)"
    ended, _ = await run(code, limits=Limits(idle_s=0.8))
    assert (ended.code, ended.stopped) == (0, None)


class Pids:
    """An Output that reads the ids a tree tells, and sets ``complete`` when it has all."""

    def __init__(self, expected: int) -> None:
        self.pids: list[int] = []
        self.complete = trio.Event()
        self._expected = expected
        self._lines = Lines(self._line)
        self.feed = self._lines.feed
        self.end = self._lines.end

    def _line(self, line: str) -> None:
        self.pids.append(int(line))
        if len(self.pids) == self._expected:
            self.complete.set()


@pytest.mark.parametrize("tree", TREES)
async def test_a_cancelled_attempt_leaves_no_process(tree: str) -> None:
    code, count = TREES[tree]
    output = Pids(count)
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(lambda: run(code, output, limits=Limits(grace_s=0.3)))
            with trio.fail_after(DEADLINE_S):
                await output.complete.wait()
            assert len(tagged(tag())) >= count
            nursery.cancel_scope.cancel()
        assert [pid for pid in output.pids if alive(pid)] == []
        assert tagged(tag()) == []
    finally:
        kill(output.pids)


@pytest.mark.parametrize("tree", TREES)
async def test_what_a_program_leaves_behind_is_killed(tree: str) -> None:
    """It ends by itself; what it started holds its pipes and goes on."""
    left = Pids(TREES[tree][1])
    try:
        ended, _ = await run(leaving(tree), left, limits=Limits(grace_s=0.2))
        assert ended.code == 7
        assert left.complete.is_set() and [pid for pid in left.pids if alive(pid)] == []
        assert tagged(tag()) == []
    finally:
        kill(left.pids)


async def test_a_program_may_clean_up_on_sigterm(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time, pathlib\n"
        f"def clean(*_): pathlib.Path({str(tmp_path / 'clean')!r}).write_text('yes'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, clean)\nprint(1, flush=True)\ntime.sleep(300)"
    )
    output = Pids(1)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(lambda: run(code, output, limits=Limits(grace_s=DEADLINE_S)))
        await output.complete.wait()
        nursery.cancel_scope.cancel()
    assert (tmp_path / "clean").read_text() == "yes"


async def test_node_1_does_not_take_node_11_along() -> None:
    code, count = TREES["setsid"]
    first, second = Pids(count), Pids(count)
    scope = trio.CancelScope()

    async def one() -> None:
        with scope:
            await run(code, first, tag=tag("1"))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(one)
        nursery.start_soon(lambda: run(code, second, tag=tag("11")))
        with trio.fail_after(DEADLINE_S):
            await first.complete.wait()
            await second.complete.wait()
            scope.cancel()
            while any(alive(pid) for pid in first.pids):
                await trio.sleep(0.01)
        assert all(alive(pid) for pid in second.pids)
        assert sweep(tag("11")) == count
    assert tagged(tag("11")) == []


async def test_no_descriptor_is_lost() -> None:
    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    await run("pass")
    before = count()
    await run("print(1)", stdin=b"x" * 1_000_000)
    with trio.move_on_after(0.1):
        await run("import time; time.sleep(300)", stdin=b"x" * 1_000_000)
    with pytest.raises(ExecutorError):
        await run_program(["/no/such/program"])
    assert count() == before


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return tmp_path / "agent"


async def test_programs_that_cannot_be_started(script: Path) -> None:
    async def refused(argv: list[str], **options: Any) -> str:
        with pytest.raises(ExecutorError) as raised:
            await run_program(argv, **options)
        assert (raised.value.category, raised.value.retryable) == ("configuration", False)
        return raised.value.message

    assert await refused(["no-such-odw-agent"]) == (
        "cannot start no-such-odw-agent: there is no such program on PATH"
    )
    assert await refused(["true"], cwd="/no/such/place") == (
        "cannot start true: its directory is not there: /no/such/place"
    )
    script.write_bytes(b"\x00\x01\x02 no program")
    script.chmod(0o600)
    assert await refused([str(script)]) == f"cannot start {script}: it is not executable"
    script.chmod(0o700)
    assert (
        await refused([str(script)]) == f"cannot start {script}: it is no program that this machine can run"
    )
    assert "embedded null byte" in await refused(["true", "a\0b"])
    assert await refused(["true", "x" * 3_000_000]) == (
        "cannot start true: its arguments and environment are too long"
    )


async def test_a_machine_that_is_short_of_something(monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = trio.lowlevel.open_process, [errno.EMFILE, errno.EAGAIN, errno.ETXTBSY]

    async def open_process(*args: Any, **options: Any) -> Any:
        if failures:
            raise OSError(failures[0], os.strerror(failures.pop(0)))
        return await real(*args, **options)

    monkeypatch.setattr(trio.lowlevel, "open_process", open_process)
    monkeypatch.setattr(_spawn, "_PAUSES_S", (0.0, 0.0, 0.0))
    assert (await run_program(["true"])).code == 0 and not failures

    failures.extend([errno.ENOMEM] * 4)
    with pytest.raises(ExecutorError, match="cannot start true: Cannot allocate memory") as raised:
        await run_program(["true"])
    assert (raised.value.category, raised.value.retryable) == ("transient", True)


async def test_without_a_pidfd(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old kernel, or no descriptor left for it."""

    def pidfd_open(pid: int) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(_process.os, "pidfd_open", pidfd_open)
    ended, output = await run("print('done')")
    assert (ended.code, output.text) == (0, "done\n")
