"""What a process writes, kept within bounds: whole, line by line, or only its end. Bytes in, text out; no I/O."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

LINE_LIMIT = 1 << 20
TOTAL_LIMIT = 64 << 20
TAIL = 64 << 10


class OutputLimit(Exception):
    """More than was allowed; the message says what, and begins with ``output-limit``."""


class Output(Protocol):
    """Takes the bytes of standard output as they come; ``feed`` raises OutputLimit, ``end`` comes once, at the end."""

    def feed(self, chunk: bytes | bytearray) -> None: ...

    def end(self) -> None: ...


class Lines:
    """Calls ``on_line`` with each line, without its end of line; the last one may lack it.

    Linear in the bytes, however they are cut: what is whole in a chunk is split at once, a line over many is joined once.
    A line that is too long raises OutputLimit, or is left out and counted with ``pass_over``.
    """

    __slots__ = (
        "_length", "_line_limit", "_on_line", "_parts", "_pass_over", "_total", "_total_limit", "passed_over",
    )  # fmt: skip

    def __init__(
        self,
        on_line: Callable[[str], None],
        line_limit: int = LINE_LIMIT,
        total_limit: int = TOTAL_LIMIT,
        *,
        pass_over: bool = False,
    ) -> None:
        self._pass_over = pass_over
        self.passed_over = 0
        self._on_line = on_line
        self._line_limit = line_limit
        self._total_limit = total_limit
        self._parts: list[bytes | bytearray] = []
        self._length = 0
        self._total = 0

    def feed(self, chunk: bytes | bytearray) -> None:
        self._total += len(chunk)
        _check(self._total, self._total_limit, "output")
        first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
        if first < 0:
            self._add(chunk)
            return
        self._add(chunk[:first])
        self._flush()
        if first < last:
            self._whole_lines(chunk[first + 1 : last])
        self._add(chunk[last + 1 :])

    def end(self) -> None:
        if self._length:
            self._flush()

    def _whole_lines(self, block: bytes | bytearray) -> None:
        if len(block) > self._line_limit:
            lines = block.split(b"\n")
            if self._pass_over:
                kept = [line for line in lines if len(line) <= self._line_limit]
                self.passed_over += len(lines) - len(kept)
                block = b"\n".join(kept)
            else:
                _check(max(map(len, lines)), self._line_limit, "line")
        # decoded at once: no character of UTF-8 holds the byte of a newline
        for line in decode(block).split("\n"):
            self._on_line(line.removesuffix("\r"))

    def _add(self, piece: bytes | bytearray) -> None:
        self._length += len(piece)
        if self._pass_over and self._length > self._line_limit:
            self._parts.clear()
            return
        _check(self._length, self._line_limit, "line")
        if piece:
            self._parts.append(piece)

    def _flush(self) -> None:
        line = b"".join(self._parts)
        passed_over = self._length > self._line_limit
        self._parts.clear()
        self._length = 0
        if passed_over:
            self.passed_over += 1
            return
        self._on_line(decode(line.removesuffix(b"\r")))


class Whole:
    """Keeps everything, up to a limit."""

    __slots__ = ("_limit", "_parts", "_total")

    def __init__(self, limit: int = TOTAL_LIMIT) -> None:
        self._limit = limit
        self._parts: list[bytes | bytearray] = []
        self._total = 0

    def feed(self, chunk: bytes | bytearray) -> None:
        self._total += len(chunk)
        _check(self._total, self._limit, "output")
        self._parts.append(chunk)

    def end(self) -> None:
        return

    @property
    def text(self) -> str:
        return decode(b"".join(self._parts))


class Tail:
    """Keeps the last bytes."""

    __slots__ = ("_kept", "_limit")

    def __init__(self, limit: int = TAIL) -> None:
        self._limit = limit
        self._kept = bytearray()

    def feed(self, chunk: bytes | bytearray) -> None:
        self._kept += chunk
        if len(self._kept) > 2 * self._limit:  # seldom, so that the cost per byte stays constant
            del self._kept[: -self._limit]

    @property
    def text(self) -> str:
        return decode(self._kept[-self._limit :])


def decode(data: bytes | bytearray) -> str:
    """UTF-8; a byte that is none becomes ``\\xNN``."""
    return data.decode("utf-8", "backslashreplace")


def _check(length: int, limit: int, what: str) -> None:
    if length > limit:
        raise OutputLimit(
            f"output-limit: a{'n' if what == 'output' else ''} {what} of more than {limit} bytes"
        )
