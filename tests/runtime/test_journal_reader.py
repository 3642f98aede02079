"""Reading a journal back: exact, or refused with the line and the reason; and the repair of what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from odw.errors import JournalDamaged, UsageError
from odw.runtime.fakes import FakeClock
from odw.runtime.journal.lock import is_locked, lock
from odw.runtime.journal.reader import parse_journal, read_journal, tail_events
from odw.runtime.journal.records import chain_sum
from odw.runtime.journal.repair import repair, verify
from odw.runtime.journal.writer import JournalBusy, JournalWriter

MESSAGES = ["first", "zweite Zeile: ä€😀", 'with "quotes" and \\n', "x" * 300, "last"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of five lines."""
    (tmp_path / "nodes").mkdir()
    writer = JournalWriter(str(tmp_path / "events.jsonl"), str(tmp_path / "nodes"), FakeClock())
    for message in MESSAGES:
        writer.append({"type": "agent_done" if message == "last" else "log", "message": message})
    writer.close()
    return tmp_path / "events.jsonl"


def messages(data: bytes) -> list[str]:
    return [event["message"] for event in parse_journal(data, "j").events]


def test_what_was_written_comes_back(path: Path) -> None:
    journal = read_journal(str(path))
    assert [event["message"] for event in journal.events] == MESSAGES
    assert (5, path.stat().st_size, b"") == (journal.seq, journal.size, journal.torn)


def test_cut_at_any_byte_gives_the_lines_before(path: Path) -> None:
    data = path.read_bytes()
    for cut in range(len(data) + 1):
        journal = parse_journal(data[:cut], "j")
        assert MESSAGES[: data[:cut].count(b"\n")] == [event["message"] for event in journal.events]
        assert data[:cut] == data[: journal.size] + journal.torn


def test_any_flipped_bit_is_refused_or_torn(path: Path) -> None:
    data = path.read_bytes()
    for at in range(len(data)):
        for bit in (0, 3, 5):
            altered = bytearray(data)
            altered[at] ^= 1 << bit
            line = data[:at].count(b"\n") + 1
            try:
                found = messages(bytes(altered))
            except JournalDamaged as damage:
                assert line <= damage.line <= line + 1
            else:  # the last newline itself: what is left of the last line is a torn tail
                assert at == len(data) - 1
                assert MESSAGES[:4] == found


def reordered(data: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    return b"".join(change(data.splitlines(keepends=True)))


def summed(body: bytes) -> bytes:
    """A first line with a right sum."""
    return b'%b,"sum":"%b"}\n' % (body, chain_sum("", body).encode())


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (lambda x: [x[0], *x[2:]], 2, r"lines are missing before it \(expected seq 2, found 3\)"),
        (lambda x: x[1:], 1, r"lines are missing before it \(expected seq 1, found 2\)"),
        (lambda x: [x[0], x[2], x[1], *x[3:]], 2, "lines are missing before it"),
        (lambda x: [*x, x[1]], 6, r"out of order \(expected seq 6, found 2\)"),
        (lambda x: [x[0], b"\n", *x[1:]], 2, "it is empty"),
        (lambda x: [x[0], b"{\n", *x[1:]], 2, "not JSON"),
        (lambda x: [x[0], b"[1]\n", *x[1:]], 2, "not a JSON object"),
        (lambda x: [x[0], b"\xff\xfe\n", *x[1:]], 2, "not UTF-8"),
        (lambda x: [line.replace(b"\n", b"\r\n") for line in x], 1, "CRLF"),
        (lambda x: [x[0], b"\0" * 80 + b"\n", *x[1:]], 2, "NUL"),
        (lambda x: [x[0].replace(b"first", b"other"), *x[1:]], 1, "checksum differs"),
        (lambda x: [summed(b'{"v":2,"seq":1,"type":"log"'), *x[1:]], 1, "newer odw"),
        (lambda x: [*x[:4], x[4].replace(b"last", b"lost")], 5, "checksum differs"),
    ],
)
def test_damage_has_a_line_and_a_reason(path: Path, change: Callable[[list[bytes]], list[bytes]], line: int, reason: str) -> None:  # fmt: skip
    with pytest.raises(JournalDamaged, match=reason) as caught:
        parse_journal(reordered(path.read_bytes(), change), "j")
    assert caught.value.line == line
    assert f"j:{line}: " in caught.value.message


def test_a_line_that_is_there_twice_counts_once(path: Path) -> None:
    assert messages(reordered(path.read_bytes(), lambda x: [x[0], x[1], x[1], *x[2:]])) == MESSAGES


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"\0" * 10 + b"\n", b'{"v":1,"seq":6,"ts"'])
def test_a_tail_that_nobody_can_have_used_is_torn(path: Path, tail: bytes) -> None:
    journal = parse_journal(path.read_bytes() + tail, "j")
    assert len(journal.events) == 5
    assert tail == journal.torn


def test_a_journal_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_journal(str(tmp_path / "none"))


def test_following_gives_whole_lines_once(path: Path) -> None:
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[:half])
    tail = tail_events(str(path))
    first = [event["message"] for event in tail.poll()]
    assert MESSAGES[: len(first)] == first
    path.write_bytes(data)
    assert MESSAGES[len(first) :] == [event["message"] for event in tail.poll()]
    assert tail.poll() == []


def test_verify_and_repair(path: Path) -> None:
    data = path.read_bytes()
    assert (verify(str(path)).lines, verify(str(path)).damage) == (5, None)
    assert repair(str(path)).aside is None
    path.write_bytes(data.replace(b"quotes", b"Quotes"))
    found = verify(str(path))
    assert found.damage is not None
    assert (found.lines, found.damage.line, found.readable, found.results) == (2, 3, 3, 1)
    done = repair(str(path))
    assert (done.kept, done.results) == (2, 1)
    assert MESSAGES[:2] == messages(path.read_bytes())
    assert done.aside is not None
    aside = path.parent / done.aside
    assert path.read_bytes() + aside.read_bytes() == data.replace(b"quotes", b"Quotes")
    assert aside.stat().st_mode & 0o777 == 0o600


def test_a_torn_tail_is_whole_but_can_be_put_aside(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b'{"v":1,')
    assert (verify(str(path)).lines, verify(str(path)).torn, verify(str(path)).damage) == (5, 7, None)
    assert repair(str(path)).moved == 7


def test_one_process_writes(path: Path) -> None:
    assert not is_locked(str(path))
    with path.open("rb") as holder:
        assert lock(holder.fileno())
        assert is_locked(str(path))
        with pytest.raises(JournalBusy):
            JournalWriter(str(path), str(path.parent / "nodes"), FakeClock())
        with pytest.raises(UsageError, match="in use"):
            repair(str(path))
        read_journal(str(path))  # readers need no lock
    assert not is_locked(str(path))


def test_going_on_keeps_the_chain(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"torn")
    writer = JournalWriter(str(path), str(path.parent / "nodes"), FakeClock())
    kept = writer.go_on_after(read_journal(str(path)))
    writer.append({"type": "log", "message": "more"})
    writer.close()
    assert [*MESSAGES, "more"] == messages(path.read_bytes())
    assert kept is not None
    assert (path.parent / kept).read_bytes() == b"torn"
    assert json.loads(path.read_bytes().splitlines()[-1])["seq"] == 6


def test_a_file_system_without_locks_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", unsupported)
    assert not is_locked(str(path))
    with pytest.raises(UsageError, match="could not be repaired: No locks available"):
        repair(str(path))
    with pytest.raises(OSError, match="No locks available"):
        JournalWriter(str(path), str(path.parent / "nodes"), FakeClock())


def mutations(lines: list[bytes]) -> list[bytes]:
    """Each line deleted, repeated, moved to each place; a block of NUL bytes over each place; each line end made CRLF."""
    found = []
    for at, line in enumerate(lines):
        rest = [*lines[:at], *lines[at + 1 :]]
        found += [
            rest,
            [*lines[:at], line, *lines[at:]],
            [*lines[:at], line[:-1] + b"\r\n", *lines[at + 1 :]],
        ]
        found += [[*rest[:to], line, *rest[to:]] for to in range(len(lines))]
        found += [[*lines[:to], line, *lines[to:]] for to in range(len(lines) + 1)]
    data = b"".join(lines)
    blocks = [
        data[:at] + b"\0" * size + data[at + size :]
        for at in range(0, len(data), 7)
        for size in (1, 40, 4096)
    ]
    return [b"".join(change) for change in found] + blocks


def test_whatever_happens_to_lines_is_refused_or_read_as_it_was_written(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    refused = exact = 0
    for data in mutations(lines):
        try:
            found = messages(data)
        except JournalDamaged as damage:
            refused += 1
            kept = data.split(b"\n")[: damage.line - 1]
            assert messages(b"".join(line + b"\n" for line in kept)) == MESSAGES[: damage.seq - 1]
            assert damage.seq <= len(MESSAGES) + 1
        else:
            exact += 1
            assert MESSAGES[: len(found)] == found
    assert refused > 100
    assert exact > 5


@pytest.mark.parametrize(
    ("journal", "run"),
    [
        ("/p/.odw/runs/r1/events.jsonl", "r1"),
        ("/p/a b/events.jsonl", "'/p/a b'"),
        ("histories/r1/events.jsonl", "histories/r1"),
        ("events.jsonl", "RUN"),
    ],
)
def test_damage_names_the_command_to_type(journal: str, run: str) -> None:
    hint = JournalDamaged(journal, 3, 3, "it is not JSON").hint
    assert f"odw journal verify {run} says more; odw journal repair {run} keeps" in hint
