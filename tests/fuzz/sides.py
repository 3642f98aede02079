"""The two sides of a comparison: a program's lines in this process by odw, and by a Node that lives on from program to program."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from parity.parity_harness import compile_program, run_program

from odw.ecma.completion import LibraryError

HERE = Path(__file__).parent
NODE_LIMIT_S = 5.0  # a program that Node does not finish in this time is left out
ODW_LIMIT_S = 8.0  # of CPU time: other processes do not count
PROGRAMS_OF_ONE_NODE = 500  # modules are never freed
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class TooLong(BaseException):
    """odw took longer than its limit."""


def run_in_odw(source: str) -> list[str]:
    """The lines that a program prints, with the digest of ``digest.mjs`` as its ``log``. A defect of odw's own is a line too."""
    frames = sys.getrecursionlimit()
    try:
        with _time_limit(ODW_LIMIT_S):
            return run_program(source, "program.js", _digest())
    except TooLong:
        return ["odw: too long"]
    except (Exception, LibraryError) as error:  # noqa: BLE001 what is no throw completion is what a fuzzer looks for
        return [f"odw: {type(error).__name__}: {error}"]
    finally:
        sys.setrecursionlimit(frames)


@cache
def _digest() -> Any:
    return compile_program((HERE / "digest.mjs").read_text("utf-8"), "digest.mjs")


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(
        signal.ITIMER_PROF, seconds, 1
    )  # and again: a finalizer that is hit keeps what is raised in it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class Node:
    """A Node process that runs one program after the other."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        self.slow = 0  # programs that took too long

    def run(self, source: str) -> list[str] | None:
        """The program's lines; None if it takes too long."""
        self.begin(source)
        return self.lines()

    def begin(self, source: str) -> None:
        if self._process is None or self._count >= PROGRAMS_OF_ONE_NODE:
            self.close()
            self._process = self._start()
        self._count += 1
        line = json.dumps({"id": self._count, "source": source}) + "\n"
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode("utf-8", "surrogatepass"))
        self._process.stdin.flush()

    def lines(self) -> list[str] | None:
        """What the program that began last has printed; None if it takes too long."""
        assert self._process is not None and self._process.stdout is not None
        answer = b""
        while not answer.endswith(b"\n"):
            ready, _, _ = select.select([self._process.stdout], [], [], NODE_LIMIT_S)
            chunk = os.read(self._process.stdout.fileno(), 1 << 20) if ready else b""
            if not chunk:
                self.slow += 1
                self.close()
                return None
            answer += chunk
        return [_LONE_SURROGATE.sub("\ufffd", line) for line in json.loads(answer)["lines"]]

    def _start(self) -> subprocess.Popen[bytes]:
        self._count = 0
        environ = {**os.environ, "TZ": "UTC", "LANG": "en_US.UTF-8"}
        return subprocess.Popen(
            ["node", "--no-warnings", "--experimental-vm-modules", str(HERE / "node_worker.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=environ,
        )

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> Node:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def difference(source: str, node: Node) -> str | None:
    """The first line on which odw and Node disagree about a program, both versions; None if they agree (or Node takes too long)."""
    node.begin(source)  # the two run side by side
    found = _ends_last(run_in_odw(source))
    expected = node.lines()
    if expected is None:
        return None
    expected = _ends_last(expected)
    if found == expected:
        return None
    for number in range(max(len(expected), len(found))):
        theirs = expected[number] if number < len(expected) else "(no more)"
        ours = found[number] if number < len(found) else "(no more)"
        if not same_line(ours, theirs):
            return f"line {number + 1}\n  node {theirs}\n  odw  {ours}"
    return None


def _ends_last(lines: list[str]) -> list[str]:
    """What nobody caught comes when the host looks for it: no matter of the language."""
    return sorted(lines, key=lambda line: line.startswith("Uncaught ") + 2 * line.startswith("Unhandled "))


_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_UNUSABLE = re.compile(
    r"([^:]*Error: |\"?).* is not (?:a function or its return value is not iterable|(?:async )?iterable(?: \(.*\))?|a function|a constructor)"
)
_DESTRUCTURE = re.compile(r"Cannot destructure (?:property '(.*?)' of )?'.*' as it is (null|undefined)\.")


_ERROR = re.compile(r'Error:\w+\{.*\}|\w*Error: .*|"(?:[^"\\]|\\.)*"')


def same_line(ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    ours, theirs = _without_code(ours), _without_code(theirs)
    if (
        "is not usable" in ours and "before initialization" in theirs
    ):  # which of two is thrown: see docs/dialect.md
        return _ERROR.sub("", ours) == _ERROR.sub("", theirs)
    return ours == theirs


def _without_code(line: str) -> str:
    """A line without the code that messages quote: V8 prints it from its syntax tree after folding constants, odw from the text.

    How odw quotes what scripts commonly write is compared elsewhere, message by message.
    """
    line = _LITERAL.sub(lambda literal: _masked(literal[0]), line)
    return _masked(line) if line.startswith(("Uncaught", "Unhandled")) else line


def _masked(message: str) -> str:
    message = _UNUSABLE.sub(r"\1… is not usable", message)
    return _DESTRUCTURE.sub(r"Cannot read properties of \2 (reading '\1')", message)
