"""Files of one attempt: private, there as long as it lasts, gone afterwards however it ends."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

import pytest

from odw.errors import ExecutorError
from odw.executors._files import call_files


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_they_are_there_and_private(temporary: Path) -> None:
    with call_files({"prompt.txt": b"secret \xff", "schema.json": b"{}"}) as files:
        assert list(files) == ["prompt.txt", "schema.json"]
        prompt = Path(files["prompt.txt"])
        assert prompt.read_bytes() == b"secret \xff" and Path(files["schema.json"]).read_bytes() == b"{}"
        assert prompt.is_absolute() and prompt.is_relative_to(temporary)
        assert (
            stat.S_IMODE(prompt.stat().st_mode) == 0o600
            and stat.S_IMODE(prompt.parent.stat().st_mode) == 0o700
        )
    assert list(temporary.iterdir()) == []


def test_they_go_however_it_ends(temporary: Path) -> None:
    with pytest.raises(KeyboardInterrupt), call_files({"a": b""}) as files:
        Path(files["a"]).with_name("left by the program").write_text("x")
        raise KeyboardInterrupt
    assert list(temporary.iterdir()) == []
    with call_files({"a": b""}) as files:  # the program has cleaned up by itself
        Path(files["a"]).unlink()
        Path(files["a"]).parent.rmdir()


def test_no_directory_for_nothing(temporary: Path) -> None:
    with call_files({}) as files:
        assert files == {} and list(temporary.iterdir()) == []


def test_no_room(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "not there"))
    with (
        pytest.raises(ExecutorError, match="cannot write the agent's prompt into a file: No such") as raised,
        call_files({"a": b""}),
    ):
        raise AssertionError("nothing was written")
    assert (raised.value.category, raised.value.retryable) == ("transient", True)


def test_a_file_that_cannot_be_written(temporary: Path) -> None:
    with pytest.raises(ExecutorError, match="File name too long"), call_files({"n" * 300: b""}):
        raise AssertionError("nothing was written")
    assert list(temporary.iterdir()) == []
