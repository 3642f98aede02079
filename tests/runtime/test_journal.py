"""The journal's lines and its writer."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
from pathlib import Path
from typing import Any

import pytest

from odw.runtime.fakes import FakeClock
from odw.runtime.halts import Parked
from odw.runtime.journal import writer as writer_module
from odw.runtime.journal.reader import read_journal
from odw.runtime.journal.records import Encoder, check_line
from odw.runtime.journal.writer import JournalWriter


@pytest.fixture
def nodes(tmp_path: Path) -> Path:
    (tmp_path / "nodes").mkdir()
    return tmp_path / "nodes"


def open_writer(tmp_path: Path, nodes: Path) -> JournalWriter:
    return JournalWriter(str(tmp_path / "events.jsonl"), str(nodes), FakeClock())


def test_a_line_is_json_with_version_sequence_time_and_sum() -> None:
    encoder = Encoder()
    line = encoder.line({"type": "log", "message": "a\nb \u2028 é 😀"}, 1_700_000_000.0456)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    record = json.loads(line)
    assert list(record) == ["v", "seq", "ts", "type", "message", "sum"]
    assert (record["v"], record["seq"], record["ts"]) == (1, 1, "2023-11-14T22:13:20.045Z")
    assert record["message"] == "a\nb \u2028 é 😀"


def test_lone_surrogates_do_not_break_a_line() -> None:
    assert json.loads(Encoder().line({"type": "log", "message": "x\ud800y"}, 0))["message"] == "x?y"


def test_every_line_vouches_for_those_before_it() -> None:
    encoder = Encoder()
    lines = [encoder.line({"type": "log", "message": str(n)}, n)[:-1] for n in range(3)]
    chain = ""
    for line in lines:
        found = check_line(line, chain)
        assert found is not None
        chain = found
    assert chain == encoder.chain
    first = check_line(lines[0], "")
    assert first is not None
    assert check_line(lines[2], first) is None  # a line is missing
    assert check_line(lines[1].replace(b'"1"', b'"7"'), first) is None  # one was altered
    assert check_line(lines[1][:-5], first) is None  # one is torn
    assert check_line(b"", first) is None


def test_an_encoder_continues_a_chain() -> None:
    whole, first = Encoder(), Encoder()
    events: list[dict[str, Any]] = [{"type": "log", "message": str(n)} for n in range(4)]
    lines = [whole.line(e, 0) for e in events]
    head = [first.line(e, 0) for e in events[:2]]
    rest = Encoder(first.seq, first.chain)
    assert head + [rest.line(e, 0) for e in events[2:]] == lines


def test_append_waits_flush_writes_and_files_are_private(tmp_path: Path, nodes: Path) -> None:
    journal = open_writer(tmp_path, nodes)
    path = tmp_path / "events.jsonl"
    journal.append({"type": "log", "message": "x"})
    assert path.read_bytes() == b""
    journal.flush()
    assert json.loads(path.read_text())["message"] == "x"
    name = journal.blob("much", ".txt")
    journal.close()
    journal.close()
    for file in (path, tmp_path / name):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_blob_is_named_by_its_content_and_written_once(tmp_path: Path, nodes: Path) -> None:
    journal = open_writer(tmp_path, nodes)
    names = [journal.blob(text, ".txt") for text in ("a", "b", "a")]
    assert names[0] == names[2] != names[1]
    assert len(list(nodes.iterdir())) == 2
    assert (tmp_path / names[0]).read_text() == "a"
    journal.close()


def test_short_writes_are_continued(tmp_path: Path, nodes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = open_writer(tmp_path, nodes)
    write = os.write
    monkeypatch.setattr(writer_module.os, "write", lambda fd, data: write(fd, bytes(data[:7])))
    for n in range(20):
        journal.append({"type": "log", "message": str(n)})
    journal.commit()
    monkeypatch.undo()
    journal.close()
    lines = (tmp_path / "events.jsonl").read_text().splitlines()
    assert [json.loads(line)["message"] for line in lines] == [str(n) for n in range(20)]


def test_a_failed_sync_parks_and_is_never_tried_again(
    tmp_path: Path, nodes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = open_writer(tmp_path, nodes)
    tried: list[int] = []

    def fail(fd: int) -> None:
        tried.append(fd)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(writer_module, "_sync", fail)
    journal.append({"type": "log", "message": "x"})
    with pytest.raises(Parked, match="could not be synced: Input/output error"):
        journal.commit()
    journal.append({"type": "log", "message": "y"})
    journal.commit()
    journal.close()
    assert len(tried) == 1
    assert journal.failed


def test_a_full_disk_parks(tmp_path: Path, nodes: Path) -> None:
    """RLIMIT_FSIZE: the kernel takes a part, then says EFBIG."""
    journal = open_writer(tmp_path, nodes)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    journal.append({"type": "log", "message": "x" * 5000})
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
        with pytest.raises(Parked, match="could not be written"):
            journal.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "events.jsonl").stat().st_size == 1000
    journal.close()  # the disk has room again: what was in memory is saved
    assert [event["message"] for event in read_journal(str(tmp_path / "events.jsonl")).events] == ["x" * 5000]


def test_a_disk_that_stays_full_keeps_what_was_synced(tmp_path: Path, nodes: Path) -> None:
    journal = open_writer(tmp_path, nodes)
    journal.append({"type": "log", "message": "first"})
    journal.commit()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    journal.append({"type": "log", "message": "x" * 5000})
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
        with pytest.raises(Parked, match="could not be written"):
            journal.commit()
        journal.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    kept = read_journal(str(tmp_path / "events.jsonl"))
    assert [event["message"] for event in kept.events] == ["first"]
    assert kept.torn  # a part of the line that did not fit
