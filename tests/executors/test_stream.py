"""Lines, Whole and Tail: the same whatever the chunks, within their limits, in linear time."""

from __future__ import annotations

import json
import random

import pytest

from odw.executors._stream import Lines, OutputLimit, Tail, Whole, decode

TEXT = 'ä\n\r\n{"a":"🙂"}\r\n\n\rb\r\r\n'.encode() + b"\xff\xfe\nlone \xf0\x9f\n\0" + "e\u0301".encode()
EXPECTED = ["ä", "", '{"a":"🙂"}', "", "\rb\r", "\\xff\\xfe", "lone \\xf0\\x9f", "\0e\u0301"]


def lines_of(chunks: list[bytes]) -> list[str]:
    found: list[str] = []
    lines = Lines(found.append)
    for chunk in chunks:
        lines.feed(chunk)
    lines.end()
    return found


def test_lines_do_not_depend_on_the_chunks() -> None:
    assert lines_of([TEXT]) == EXPECTED
    for cut in range(len(TEXT)):
        assert lines_of([TEXT[:cut], TEXT[cut:]]) == EXPECTED, cut
    assert lines_of([bytes([byte]) for byte in TEXT]) == EXPECTED


def test_random_bytes_in_random_chunks() -> None:
    dice = random.Random(7)
    for _ in range(200):
        data = bytes(dice.choice(b"ab\n\r\xc3\xa4\xf0\x9f\x99\x82\xff\0") for _ in range(200))
        chunks, at = [], 0
        while at < len(data):
            step = dice.randint(1, 40)
            chunks.append(data[at : at + step])
            at += step
        pieces = data.split(b"\n")
        expected = [decode(piece.removesuffix(b"\r")) for piece in pieces]
        assert lines_of(chunks) == (expected if pieces[-1] else expected[:-1])


def test_the_last_line_may_lack_its_end() -> None:
    assert lines_of([b"a\nb"]) == ["a", "b"]
    assert lines_of([b"a\n"]) == ["a"]
    assert lines_of([]) == []


@pytest.mark.parametrize("size", [1, 7, 100])
def test_lines_that_are_passed_over_are_counted(size: int) -> None:
    found: list[str] = []
    lines = Lines(found.append, line_limit=10, pass_over=True)
    data = b"a\n" + b"x" * 11 + b"\nb\n" + b"y" * 30 + b"\n" + b"z" * 10 + b"\n" + b"w" * 12
    for at in range(0, len(data), size):
        lines.feed(data[at : at + size])
    lines.end()
    assert (found, lines.passed_over) == (["a", "b", "z" * 10], 3)


@pytest.mark.parametrize(
    "chunks", [[b"x" * 11], [b"x" * 6, b"x" * 5], [b"a\n", b"x" * 11], [b"a\n" + b"x" * 11 + b"\nb\n"]]
)
def test_a_line_beyond_its_limit(chunks: list[bytes]) -> None:
    lines = Lines(lambda line: None, line_limit=10)
    with pytest.raises(OutputLimit, match="output-limit: a line of more than 10 bytes"):
        for chunk in chunks:
            lines.feed(chunk)


def test_lines_within_the_limit_may_be_many() -> None:
    lines = Lines(lambda line: None, line_limit=10)
    lines.feed((b"x" * 10 + b"\n") * 100)


def test_output_beyond_its_limit() -> None:
    whole = Whole(limit=10)
    whole.feed(b"x" * 10)
    assert whole.text == "x" * 10
    with pytest.raises(OutputLimit, match="output-limit: an output of more than 10 bytes"):
        whole.feed(b"x")
    with pytest.raises(OutputLimit):
        Lines(lambda line: None, total_limit=3).feed(b"a\nb\n")


def test_a_tail_keeps_the_end() -> None:
    tail = Tail(limit=10)
    for number in range(1000):
        tail.feed(f"{number} ".encode())
    assert tail.text == "7 998 999 "


def test_a_long_line_is_joined_once() -> None:
    """A megabyte, byte by byte: quadratic work would take minutes."""
    text = json.dumps("x" * 1_000_000)
    assert lines_of([bytes([byte]) for byte in text.encode()]) == [text]
