"""The client of control where nobody answers: a run that is over, dead, elsewhere, stopped, or no run at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from odw.errors import UsageError
from odw.runtime import control_client
from odw.runtime.control import Control
from odw.runtime.control_client import send
from odw.runtime.run_dir import RunDir


def run_dir(tmp_path: Path, status: str, pid: int, host: str | None = None) -> RunDir:
    directory = RunDir(str(tmp_path), "r1")
    directory.create()
    facts = {"status": status, "pid": pid, "host": host or os.uname().nodename}
    directory.write_json("run.json", facts)
    Path(directory.file("events.jsonl")).write_text(json.dumps({"type": "workflow_start"}) + "\n")
    return directory


def dead_pid() -> int:
    child = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(child, 0)
    return child


@pytest.mark.parametrize(
    ("status", "message", "hint"),
    [
        ("completed", "run r1 is not running (status completed)", "odw runs show r1"),
        ("failed", "run r1 is not running (status failed)", "odw resume r1"),
        ("parked", "run r1 is not running (status parked)", "odw resume r1"),
        ("running", "run r1 is not running (status dead)", "odw resume r1"),
        ("paused", "run r1 is not running (status dead)", "odw resume r1"),
    ],
)
def test_a_run_that_nobody_drives(tmp_path: Path, status: str, message: str, hint: str) -> None:
    directory = run_dir(tmp_path, status, dead_pid())
    os.mkfifo(directory.file("control"))  # left behind by a kill
    with pytest.raises(UsageError) as caught:
        send(directory, "pause")
    assert caught.value.message == message
    assert hint in caught.value.hint


def test_a_run_on_another_machine_is_not_called_dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control_client, "STARTING_S", 0.0)
    directory = run_dir(tmp_path, "running", 1, host="elsewhere")
    with pytest.raises(UsageError, match="process 1 on elsewhere does not listen"):
        send(directory, "pause")


def test_a_silent_run_is_an_error_that_says_what_to_try(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "running", os.getpid())
    control = Control(directory.file("control"))
    control.open()
    with pytest.raises(UsageError) as caught:
        send(directory, "pause", answer_s=0.0)
    control.close()
    assert caught.value.message.startswith("run r1 did not answer")
    assert f"process {os.getpid()}" in caught.value.hint
    assert "kill -CONT" in caught.value.hint


def test_a_full_queue_is_a_silent_run(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "running", os.getpid())
    control = Control(directory.file("control"))
    control.open()
    fd = control_client.open_fifo(directory.file("control"))
    assert fd is not None
    with pytest.raises(BlockingIOError):
        while True:
            os.write(fd, b"x" * 4096)
    os.close(fd)
    with pytest.raises(UsageError, match="did not answer, and has not read"):
        send(directory, "pause")
    control.close()


def test_a_regular_file_in_place_of_the_fifo_is_not_written_to(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "completed", 1)
    Path(directory.file("control")).write_text("mine")
    with pytest.raises(UsageError, match="not running"):
        send(directory, "stop")
    assert Path(directory.file("control")).read_text() == "mine"


def test_a_name_that_is_too_long_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    directory = run_dir(tmp_path, "running", os.getpid())
    control = Control(directory.file("control"))
    control.open()
    with pytest.raises(UsageError, match="too long"):
        send(directory, "skip", "x" * 5000)
    assert control._read() == []
    control.close()
