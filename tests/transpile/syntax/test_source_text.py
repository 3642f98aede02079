"""Source positions, and files that are no scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from odw.diagnostics import Span
from odw.errors import ScriptRejected, UsageError
from odw.transpile.source import Source, load_source, utf16

TEXT = "ab\ncé😀d\r\nx\ry\u2028z\u2029"


def test_lines_end_where_ecmascript_says() -> None:
    assert Source(TEXT, "x").lines == ["ab", "cé😀d", "x", "y", "z", ""]
    assert Source("", "x").lines == [""]
    assert Source("a\x0bb\x0cc\x85d", "x").lines == ["a\x0bb\x0cc\x85d"]


@pytest.mark.parametrize(
    ("character", "position", "utf8"),
    [
        ("a", (1, 0), (1, 0)),
        ("c", (2, 0), (2, 0)),
        ("😀", (2, 2), (2, 3)),
        ("d", (2, 3), (2, 7)),
        ("y", (4, 0), (4, 0)),
    ],
)
def test_positions(character: str, position: tuple[int, int], utf8: tuple[int, int]) -> None:
    source = Source(TEXT, "x")
    offset = TEXT.index(character)
    assert source.position(offset) == position
    assert source.utf8_position(offset) == utf8
    assert source.utf8_column(offset) == utf8[1]


def test_a_line_terminator_belongs_to_the_line_it_ends() -> None:
    source = Source("a\r\nb", "x")
    assert [source.position(i) for i in range(5)] == [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]


def test_span_and_diagnostic() -> None:
    source = Source("one\ntwo three\nfour", "dir/x.js")
    assert source.span(8, 18) == Span(2, 4, 3, 4)
    found = source.diagnostic("ODW101", "wall-clock", "warning", "No.", 8, 13, "Yes.")
    assert (found.file, found.source_line, found.help) == ("dir/x.js", "two three", "Yes.")
    assert found.span == Span(2, 4, 2, 9)


def test_utf16() -> None:
    assert utf16("a😀é") == "a\ud83d\ude00é"
    assert utf16("\ud83d") == "\ud83d"


def test_load_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.js"
    path.write_bytes(b"\xef\xbb\xbf#!/usr/bin/env odw\r\nlog('\xc3\xa9')\r\n")
    source = load_source(path)
    assert source.file == str(path)
    assert source.lines == ["#!/usr/bin/env odw", "log('é')", ""]
    assert load_source(str(path), "shown.js").file == "shown.js"


def test_load_bytes() -> None:
    assert load_source(b"a", "<stdin>").file == "<stdin>"


def refused(data: bytes, **options: int) -> str:
    with pytest.raises(ScriptRejected) as caught:
        load_source(data, "x.js", **options)
    (found,) = caught.value.diagnostics
    assert (found.code, found.rule, found.file) == ("ODW202", "unreadable-script", "x.js")
    assert found.help
    assert caught.value.exit_code == 3
    return f"{found.span.line}: {found.message}"


def test_what_is_no_script() -> None:
    assert refused(b"") == "1: the script is empty"
    assert refused(b" \n\t\r\n") == "1: the script is empty"
    assert refused(b"\xef\xbb\xbf") == "1: the script is empty"
    assert (
        refused(b"\x7fELF\x00\x01")
        == "1: this is a binary file (a NUL byte at offset 4), not a workflow script"
    )
    assert refused(b"a\nb\nc \xff d") == "3: the script is not valid UTF-8: byte 0xff at offset 6, line 3"
    assert refused(b"\xef\xbb\xbfa\xe9") == "1: the script is not valid UTF-8: byte 0xe9 at offset 4, line 1"
    assert refused(b"\xed\xa0\x80").startswith("1: the script is not valid UTF-8")
    assert refused(b"x" * 101, max_bytes=100) == "1: the script is too large: over the limit of 100 bytes"
    assert refused(b"x" * 600_000) == "1: the script is too large: over the limit of 512 KiB"
    assert load_source(b"x" * 100, max_bytes=100).text == "x" * 100


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file: .*missing\.js"):
        load_source(tmp_path / "missing.js")
    with pytest.raises(UsageError, match="is a directory"):
        load_source(tmp_path)
    with pytest.raises(UsageError, match="cannot read"):
        load_source("a\0b")
    with pytest.raises(UsageError, match="cannot read"):
        load_source(tmp_path / ("x" * 5000))
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot read"):
        load_source(tmp_path / "file" / "x.js")


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.js"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # sparse: a terabyte that could never be read
    with pytest.raises(ScriptRejected, match="too large"):
        load_source(path)
