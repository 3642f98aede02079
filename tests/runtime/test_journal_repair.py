"""What verify finds in a damaged journal, and what repair keeps, puts aside and refuses."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from odw.errors import JournalDamaged, UsageError
from odw.runtime.journal import repair as repair_module
from odw.runtime.journal.reader import parse_journal, read_journal, tail_events
from odw.runtime.journal.records import Encoder, chain_sum
from odw.runtime.journal.repair import repair, verify

CALL = {"index": 1, "key": "k", "path": "a0", "label": "l"}
EVENTS: list[dict[str, Any]] = [
    {"type": "workflow_start", "name": "case"},
    {"type": "agent_start", **CALL},
    {"type": "agent_done", **CALL, "ok": True, "result": "one"},
    {"type": "agent_done", **CALL, "ok": False, "error": {}},
    {"type": "agent_done", **CALL, "ok": True, "result": "two"},
    {"type": "workflow_done", "name": "case"},
]


@pytest.fixture
def lines() -> list[bytes]:
    encoder = Encoder()
    return [encoder.line(event, number) for number, event in enumerate(EVENTS)]


@pytest.fixture
def path(tmp_path: Path, lines: list[bytes]) -> Path:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"".join(lines))
    return path


def asides(path: Path) -> list[Path]:
    return sorted(path.parent.glob("events.torn-*"))


def test_a_whole_journal_is_left_alone(path: Path, lines: list[bytes]) -> None:
    found = verify(str(path))
    assert (found.lines, found.seq, found.torn, found.damage) == (6, 6, 0, None)
    assert found.chain.encode() in lines[-1]
    assert repair(str(path)) == (6, 0, None, 0)
    assert path.read_bytes() == b"".join(lines)
    assert asides(path) == []


def test_an_empty_journal_is_whole(path: Path) -> None:
    path.write_bytes(b"")
    assert verify(str(path)) == (0, 0, "", 0, None, 0, 0, False)
    assert repair(str(path)).aside is None


@pytest.mark.parametrize("at", range(6))
def test_repair_keeps_the_lines_before_the_damage_and_all_bytes(
    path: Path, lines: list[bytes], at: int
) -> None:
    damaged = [*lines[:at], lines[at].replace(b'"type"', b'"tYpe"'), *lines[at + 1 :]]
    path.write_bytes(b"".join(damaged))
    found = verify(str(path))
    assert found.damage is not None
    assert (found.damage.line, found.damage.seq, found.lines) == (at + 1, at + 1, at)
    # the altered line has no type any more; of the three ends of calls one failed, and would run again in any case
    assert found.readable == 5 - at
    assert found.results == sum(EVENTS[n].get("ok") is True for n in range(at + 1, 6))
    done = repair(str(path))
    assert (done.kept, done.moved, done.results) == (at, len(b"".join(damaged[at:])), found.results)
    assert path.read_bytes() == b"".join(lines[:at])
    (aside,) = asides(path)
    assert aside.name == done.aside
    assert aside.read_bytes() == b"".join(damaged[at:])
    assert aside.stat().st_mode & 0o777 == 0o600
    assert verify(str(path)).damage is None


def test_what_was_put_aside_before_is_not_overwritten(
    path: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.strftime", lambda *_: "20260102-030405")
    for tail in (b"first", b"other", b"third"):
        path.write_bytes(b"".join(lines) + tail)
        repair(str(path))
    assert sorted(aside.read_bytes() for aside in asides(path)) == [b"first", b"other", b"third"]
    assert asides(path)[0].name == f"events.torn-20260102-030405-{len(b''.join(lines))}"


def test_what_follows_is_durable_before_the_journal_is_cut(
    path: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"".join(lines[:4]) + b"{}\n")
    steps: list[str] = []
    fsync, truncate = os.fsync, os.ftruncate

    def sync(fd: int) -> None:
        steps.append("sync")
        fsync(fd)

    def cut(fd: int, size: int) -> None:
        steps.append("cut")
        truncate(fd, size)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "ftruncate", cut)
    repair(str(path))
    assert steps == ["sync", "sync", "cut", "sync"]  # the file, its directory; the cut; the journal


def test_a_disk_that_refuses_costs_nothing(
    path: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"".join(lines) + b"torn"
    path.write_bytes(data)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(repair_module, "write_whole", full)
    with pytest.raises(UsageError, match="could not be repaired: No space left on device"):
        repair(str(path))
    assert path.read_bytes() == data


def test_a_run_that_goes_on_is_not_repaired(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"torn")
    before = path.read_bytes()
    with path.open("rb") as driver:
        fcntl.flock(driver, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with pytest.raises(UsageError, match="in use") as caught:
            repair(str(path))
    assert "odw stop" in caught.value.hint
    assert path.read_bytes() == before
    assert asides(path) == []


def test_a_newer_journal_is_not_damage_to_be_cut_off(path: Path, lines: list[bytes]) -> None:
    encoder = Encoder()
    encoder.line(EVENTS[0], 0)
    body = lines[1][:-27].replace(b'"v":1', b'"v":2')
    line = b'%b,"sum":"%b"}\n' % (body, chain_sum(encoder.chain, body).encode())
    path.write_bytes(lines[0] + line)
    found = verify(str(path))
    assert found.newer
    assert found.damage is not None
    assert found.damage.reason == "it was written by a newer odw (version 2, this one knows 1)"
    with pytest.raises(UsageError, match="not damaged: line 2 was written by a newer odw"):
        repair(str(path))
    path.write_bytes(lines[0] + lines[1].replace(b'"v":1', b'"v":3'))  # a bit flip is no version
    assert not verify(str(path)).newer
    assert repair(str(path)).kept == 1


@pytest.mark.parametrize("cut", [b"\0" * 30 + b"\n", b"\0\n\0\n", b"\0" * 4096])
def test_nul_bytes_at_the_end_cost_no_whole_line(lines: list[bytes], cut: bytes) -> None:
    journal = parse_journal(b"".join(lines) + cut, "j")
    assert (len(journal.events), journal.torn) == (6, cut)
    torn = lines[5][:30] + cut
    journal = parse_journal(b"".join(lines[:5]) + torn, "j")
    assert (len(journal.events), journal.torn) == (5, torn)


def test_nesting_without_end_is_damage_not_a_crash(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(lines[0] + b"[" * 200_000 + b"\n")
    with pytest.raises(JournalDamaged, match="not JSON"):
        read_journal(str(path))
    assert verify(str(path)).readable == 0
    assert len(tail_events(str(path)).poll()) == 1


def test_a_checked_follower_gives_what_is_whole_and_then_refuses(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(lines[:2]))
    tail = tail_events(str(path), checked=True)
    assert len(tail.poll()) == 2
    path.write_bytes(b"".join([*lines[:3], lines[4], lines[5]]))
    assert [event["seq"] for event in tail.poll()] == [3]
    assert tail.damage is not None
    with pytest.raises(JournalDamaged, match="lines are missing before it") as caught:
        tail.poll()
    assert caught.value.line == 4


def test_a_follower_begins_anew_when_the_journal_was_cut_back(path: Path, lines: list[bytes]) -> None:
    tail = tail_events(str(path), checked=True)
    assert len(tail.poll()) == 6
    path.write_bytes(b"".join(lines[:2]))
    assert [event["seq"] for event in tail.poll()] == [1, 2]
    path.write_bytes(b"".join(lines[:4]))
    assert [event["seq"] for event in tail.poll()] == [3, 4]
