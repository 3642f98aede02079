"""One subprocess for one attempt: its streams, its deadlines, and the end of everything that it started.

The process leads a session of its own. However the attempt ends, the group gets SIGTERM, a grace, SIGKILL; then whatever
left the group but bears the attempt's tag is killed too. There is no preexec_fn (it costs vfork, and is unsafe beside
threads) and no PR_SET_PDEATHSIG (it fires when trio's worker thread ends); the death of odw is the warden's affair.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, repeat
from math import inf
from typing import NamedTuple, TypeAlias

import trio

from odw.executors._spawn import crowd, start_process
from odw.executors._stream import Output, OutputLimit, Tail
from odw.runtime.abc import Failure
from odw.runtime.process_tags import PAUSE_S, ROUNDS, VARIABLE, strike, tagged
from odw.runtime.redact import RedactedStream, redactor

GRACE_S = 2.0
DRAIN_S = 1.0  # for the pipes after the exit; a grandchild may hold them for ever
CHUNK = 1 << 16

_POLL_S = (0.005, 0.01, 0.02, 0.05)

Take: TypeAlias = Callable[[bytes | bytearray], None]


class Ended(NamedTuple):
    """How a process ended: by itself with ``code`` or by ``signal`` (the other is None), unless ``stopped`` says why
    odw ended it: a deadline or a limit. ``stderr`` is the end of it, at most 64 KB."""

    code: int | None
    signal: int | None
    stderr: str
    stopped: Failure | None = None


class Limits(NamedTuple):
    """Seconds; None is no limit. ``idle_s`` counts from the last byte on standard output or error."""

    total_s: float | None = None
    idle_s: float | None = None
    grace_s: float = GRACE_S


NO_LIMITS = Limits()


async def run_process(
    argv: Sequence[str],
    output: Output,
    *,
    env: Mapping[str, str],
    cwd: str,
    tag: str,
    stdin: bytes | None = None,
    limits: Limits = NO_LIMITS,
    on_stderr: Take | None = None,
) -> Ended:
    """Run ``argv`` to its end and feed its standard output to ``output``.

    ``env`` is the whole environment, to which the tag is added. ``stdin`` is what it may read, None for nothing.
    ``on_stderr`` sees the bytes of standard error as they come. Raises ExecutorError (configuration,
    transient) if it cannot be started.
    """
    process = await start_process(argv, {**env, VARIABLE: tag}, cwd, stdin is not None)
    leader = _Leader(process)
    streams = _Streams(process, output, on_stderr, limits)
    try:
        stopped = await streams.run(leader, stdin)
    finally:
        try:
            with trio.CancelScope(shield=True):
                await leader.end_tree(tag, limits.grace_s)
                await process.wait()
                leader.close()
                await streams.close()
        finally:
            crowd.leave()
    code = process.returncode
    if stopped is not None or code is None:
        return Ended(None, None, streams.stderr.text, stopped)
    return Ended(code if code >= 0 else None, -code if code < 0 else None, streams.stderr.text)


class _Leader:
    """The process that was started. It stays unreaped until the end, so that its group's id cannot go to another."""

    def __init__(self, process: trio.Process) -> None:
        self._process = process
        self.pid = process.pid
        self._descriptor = -1
        with suppress(AttributeError, OSError):  # not Linux, an old kernel, or no descriptor left
            self._descriptor = os.pidfd_open(self.pid)

    async def wait(self) -> None:
        """Until it has exited."""
        if self._descriptor >= 0:
            await trio.lowlevel.wait_readable(self._descriptor)
        while not self.gone():
            await trio.sleep(_POLL_S[-1])

    def gone(self) -> bool:
        if not hasattr(os, "waitid"):  # macOS before Python 3.13
            return self._process.poll() is not None
        try:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:  # SIGCHLD is ignored: the kernel reaps
            return True

    async def end_tree(self, tag: str, grace_s: float) -> None:
        """SIGTERM, a grace that ends as soon as all are gone, SIGKILL; the same for what bears the tag elsewhere."""
        others = tagged(tag) if tag else []
        if others or not self.gone():
            self._signal_group(signal.SIGTERM)
            for pid in others:
                self._terminate_outside(pid)
            await self._all_gone(tag, grace_s)
        self._signal_group(signal.SIGKILL)  # also members that have cleared their environment
        if others:
            for _ in range(ROUNDS):
                if not strike(tag):
                    break
                await trio.sleep(PAUSE_S)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    async def _all_gone(self, tag: str, grace_s: float) -> None:
        with trio.move_on_after(grace_s):
            for pause in chain(_POLL_S, repeat(_POLL_S[-1])):
                await trio.sleep(pause)
                if self.gone() and not (tag and tagged(tag)):
                    return

    def _terminate_outside(self, pid: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if os.getpgid(pid) != self.pid:  # a second SIGTERM makes some programs skip their clean-up
                os.kill(pid, signal.SIGTERM)

    def _signal_group(self, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):  # macOS refuses a group of zombies
            os.killpg(self.pid, number)


class _Streams:
    """The tasks that feed and read one process, until it has ended or one of them ends it."""

    def __init__(self, process: trio.Process, output: Output, on_stderr: Take | None, limits: Limits) -> None:
        self._process = process
        self._output = output
        self._on_stderr = on_stderr
        self._limits = limits
        self.stderr = Tail()
        self._clean_stdout = RedactedStream(redactor())
        self._clean_stderr = RedactedStream(redactor())
        self._scope = trio.CancelScope()  # its deadline is the idle one
        self._stopped: Failure | None = None
        self._open = 2

    async def run(self, leader: _Leader, stdin: bytes | None) -> Failure | None:
        """Until the process has exited and its output is read; the failure if a deadline or a limit came first."""
        total_s = self._limits.total_s
        self._alive()
        with trio.move_on_after(inf if total_s is None else total_s) as total, self._scope:
            await self._work(leader, stdin)
        self._finish()
        if total.cancelled_caught:
            return Failure("timeout", f"no answer within {total_s:g} s", retryable=True)
        if self._scope.cancelled_caught and self._stopped is None:
            return Failure("timeout", f"no output for {self._limits.idle_s:g} s", retryable=True)
        return self._stopped

    async def close(self) -> None:
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                await stream.aclose()

    async def _work(self, leader: _Leader, stdin: bytes | None) -> None:
        async with trio.open_nursery() as nursery:
            drained = trio.Event()
            if stdin is not None:
                nursery.start_soon(self._feed, stdin)
            nursery.start_soon(self._pump, self._process.stdout, self._take_stdout, drained)
            nursery.start_soon(self._pump, self._process.stderr, self._take_stderr, drained)
            await leader.wait()
            self._scope.deadline = inf
            with trio.move_on_after(DRAIN_S):
                await drained.wait()
            nursery.cancel_scope.cancel()

    async def _feed(self, stdin: bytes) -> None:
        stream = self._process.stdin
        assert stream is not None
        with suppress(trio.BrokenResourceError):  # it need not read what it is given
            await stream.send_all(stdin)
        await stream.aclose()

    async def _pump(self, stream: trio.abc.ReceiveStream | None, take: Take, drained: trio.Event) -> None:
        assert stream is not None
        while chunk := await stream.receive_some(CHUNK):
            self._alive()
            try:
                take(chunk)
            except OutputLimit as limit:
                self._exceeded(limit)
                self._scope.cancel()
                return
        self._open -= 1
        if not self._open:
            drained.set()

    def _take_stdout(self, chunk: bytes | bytearray) -> None:
        self._output.feed(self._clean_stdout.feed(chunk))  # b"" too: it is a sign of life

    def _take_stderr(self, chunk: bytes | bytearray) -> None:
        self._keep_stderr(self._clean_stderr.feed(chunk))

    def _keep_stderr(self, clean: bytes) -> None:
        self.stderr.feed(clean)
        if self._on_stderr is not None and clean:
            self._on_stderr(clean)

    def _finish(self) -> None:
        """Pass on what was held back in the search for secrets."""
        self._keep_stderr(self._clean_stderr.end())
        try:
            if clean := self._clean_stdout.end():
                self._output.feed(clean)
            self._output.end()
        except OutputLimit as limit:
            self._exceeded(limit)

    def _exceeded(self, limit: OutputLimit) -> None:
        self._stopped = Failure("crash", str(limit))

    def _alive(self) -> None:
        if self._limits.idle_s is not None:
            self._scope.deadline = trio.current_time() + self._limits.idle_s
