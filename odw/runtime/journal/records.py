"""One line of the journal, to and from bytes.

    {"v":1,"seq":7,"ts":"2026-11-21T03:40:12.123Z","type":"log","message":"…","sum":"9f86d081884c7d65"}

``sum`` is the first 16 hexadecimal digits of SHA-256 over the ``sum`` of the line before and this line's bytes up to
``,"sum"``; so every line vouches for all before it. The first line continues from the empty text.
"""

from __future__ import annotations

import hashlib
import time
from json import JSONEncoder
from typing import Any

VERSION = 1
SUM_DIGITS = 16
_TAIL = len(',"sum":""}') + SUM_DIGITS
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Encoder:
    """Turns events into lines and keeps what the next line needs: the sequence number and the chain."""

    __slots__ = ("_second", "_second_text", "chain", "seq")

    def __init__(self, seq: int = 0, chain: str = "") -> None:
        self.seq = seq  # of the last line; the first line has 1
        self.chain = chain
        self._second = -1
        self._second_text = ""

    def line(self, event: dict[str, Any], wall: float) -> bytes:
        """The line for ``event`` with its newline; lone surrogates come out as U+FFFD."""
        self.seq += 1
        body = f'{{"v":{VERSION},"seq":{self.seq},"ts":"{self._timestamp(wall)}",{_encode(event)[1:-1]}'
        raw = body.encode("utf-8", "replace")
        self.chain = chain_sum(self.chain, raw)
        return b'%b,"sum":"%b"}\n' % (raw, self.chain.encode("ascii"))

    def _timestamp(self, wall: float) -> str:
        milliseconds = int(wall * 1000)
        second = milliseconds // 1000
        if second != self._second:
            self._second = second
            self._second_text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
        return f"{self._second_text}.{milliseconds % 1000:03d}Z"


def chain_sum(previous: str, body: bytes) -> str:
    """The ``sum`` of a line whose bytes up to ``,"sum"`` are ``body``."""
    return hashlib.sha256(previous.encode("ascii") + body).hexdigest()[:SUM_DIGITS]


def check_line(line: bytes, previous: str) -> str | None:
    """The ``sum`` of a line (without its newline) if it is whole and follows ``previous``; else None."""
    body, tail = line[:-_TAIL], line[-_TAIL:]
    if not tail.startswith(b',"sum":"') or not tail.endswith(b'"}'):
        return None
    found = tail[8:-2].decode("ascii", "replace")
    return found if found == chain_sum(previous, body) else None
