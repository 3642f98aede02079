"""Transcripts: private files that grow, within bounds, and never cost a call."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from odw.executors import _transcript
from odw.executors._transcript import Transcript


def test_it_grows_as_the_program_writes(tmp_path: Path) -> None:
    path = tmp_path / "nodes" / "transcripts" / "1.out"
    transcript = Transcript(str(path))
    assert not path.parent.exists()  # nothing for a program that says nothing
    transcript.write(b"")
    assert not path.exists()
    transcript.write(b"one ")
    assert path.read_bytes() == b"one "  # readable as it goes
    transcript.write(bytearray(b"two"))
    transcript.close()
    assert path.read_bytes() == b"one two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_second_process_of_the_attempt_goes_on_in_it(tmp_path: Path) -> None:
    for part in (b"first\n", b"second\n"):
        transcript = Transcript(str(tmp_path / "t"))
        transcript.write(part)
        transcript.close()
        transcript.close()  # twice does no harm
    assert (tmp_path / "t").read_bytes() == b"first\nsecond\n"


def test_what_is_too_much_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_transcript, "LIMIT", 10)
    transcript = Transcript(str(tmp_path / "t"))
    for part in (b"1234", b"56789abc", b"more"):
        transcript.write(part)
    transcript.close()
    assert (tmp_path / "t").read_bytes() == b"123456789a\n[odw: 6 bytes more were not kept]\n"


@pytest.mark.parametrize("place", ["", "file/below", "directory"])
def test_where_nothing_can_be_written_nothing_is(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "directory").mkdir()
    transcript = Transcript(str(tmp_path / place) if place else "")
    transcript.write(b"lost")
    transcript.write(b"lost")
    transcript.close()
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["directory", "file"]


def test_a_full_disk_ends_the_transcript_alone() -> None:
    if not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("no /dev/full")
    transcript = Transcript("/dev/full")
    transcript.write(b"lost")
    transcript.write(b"lost")
    transcript.close()
