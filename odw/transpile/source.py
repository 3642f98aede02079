"""The text of one script: where its lines are, and how bytes from the outside become a text.

Offsets are code points into ``Source.text``. A line ends where ECMA-262 12.3 says: \\n, \\r\\n, \\r, U+2028, U+2029.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path

from odw.diagnostics import Diagnostic, Severity, Span
from odw.errors import ScriptRejected, UsageError

DEFAULT_MAX_BYTES = 512 * 1024

_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Source:
    """A script's text under the name that messages show. Nothing changes after construction."""

    __slots__ = ("_ascii", "_starts", "_wide", "file", "lines", "text")

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        starts, lines, at = [0], [], 0
        for end in _LINE_END.finditer(text):
            lines.append(text[at : end.start()])
            at = end.end()
            starts.append(at)
        lines.append(text[at:])
        self.lines: list[str] = lines
        self._starts = starts
        self._ascii = text.isascii()
        self._wide = set() if self._ascii else {i for i, line in enumerate(lines) if not line.isascii()}

    def __repr__(self) -> str:
        return f"Source({self.file!r}, {len(self.lines)} lines)"

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line, 0-based column in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1]

    def utf8_position(self, offset: int) -> tuple[int, int]:
        """1-based line, 0-based column in UTF-8 bytes: what Python's ``ast`` wants."""
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        if self._ascii or line - 1 not in self._wide:
            return line, offset - start
        return line, len(self.text[start:offset].encode("utf-8", "surrogatepass"))

    def utf8_column(self, offset: int) -> int:
        """The column of :meth:`utf8_position`."""
        return self.utf8_position(offset)[1]

    def span(self, start: int, end: int) -> Span:
        """The span from ``start`` to ``end`` (exclusive)."""
        line, column = self.position(start)
        end_line, end_column = self.position(max(start, end))
        return Span(line, column, end_line, end_column)

    def diagnostic(
        self, code: str, rule: str, severity: Severity, message: str, start: int, end: int, help: str = ""
    ) -> Diagnostic:
        """A finding about ``text[start:end]``, with the source line it begins on."""
        span = self.span(start, end)
        return Diagnostic(
            code, rule, severity, message, self.file, span, source_line=self.lines[span.line - 1], help=help
        )


def utf16(text: str) -> str:
    """``text`` as UTF-16 code units, one per character: every astral character becomes its two surrogates."""
    if text.isascii():
        return text
    return _ASTRAL.sub(lambda m: _surrogates(ord(m[0])), text)


def _surrogates(code: int) -> str:
    code -= 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def load_source(
    origin: str | Path | bytes, file: str | None = None, *, max_bytes: int = DEFAULT_MAX_BYTES
) -> Source:
    """The script at a path, or in bytes already read (then ``file`` names it in messages).

    Raises ``UsageError`` for what cannot be read (missing, a directory, no permission) and ``ScriptRejected`` for
    contents that are no script: empty, binary, over ``max_bytes``, not UTF-8.
    """
    if isinstance(origin, bytes):
        name, data = file or "<script>", origin
    else:
        name = file or str(origin)
        data = _read(Path(origin), name, max_bytes + 1)
    if len(data) > max_bytes:
        raise _refuse(
            name,
            f"the script is too large: over the limit of {_size(max_bytes)}",
            "Move long texts into files that the agents read, or raise ODW_MAX_SCRIPT_BYTES.",
        )
    if b"\0" in data:
        raise _refuse(
            name,
            f"this is a binary file (a NUL byte at offset {data.index(0)}), not a workflow script",
            "A workflow script is JavaScript text in UTF-8.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad_utf8(name, data, error) from None
    if not text.strip():
        raise _refuse(
            name, "the script is empty", "Start with: export const meta = { name: '…', description: '…' }"
        )
    return Source(text, name)


def _read(path: Path, name: str, at_most: int) -> bytes:
    """``name`` is the file as whoever asked for it wrote it: a script that names one learns nothing of the machine."""
    try:
        with path.open("rb") as stream:
            return stream.read(at_most)
    except FileNotFoundError:
        raise UsageError(f"no such file: {name}", hint="Check the path.") from None
    except IsADirectoryError:
        raise UsageError(f"{name} is a directory", hint="Name the script file inside it.") from None
    except PermissionError:
        raise UsageError(f"cannot read {name}: permission denied") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"cannot read {name}: {reason}") from None


def _bad_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> ScriptRejected:
    """``error.start`` counts from behind a byte order mark."""
    offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
    line = data.count(b"\n", 0, offset) + 1
    return _refuse(
        name,
        f"the script is not valid UTF-8: byte 0x{data[offset]:02x} at offset {offset}, line {line}",
        "Save the file as UTF-8.",
        line,
    )


def _refuse(file: str, message: str, help: str, line: int = 1) -> ScriptRejected:
    span = Span(line, 0, line, 0)
    return ScriptRejected(
        f"{file}: {message}",
        [Diagnostic("ODW202", "unreadable-script", "error", message, file, span, help=help)],
    )


def _size(count: int) -> str:
    return f"{count / 1024:.0f} KiB" if count >= 10240 else f"{count} bytes"
