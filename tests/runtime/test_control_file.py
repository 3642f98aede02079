"""The FIFO that a run is commanded through, and its lines."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from odw.runtime.control import Control, Remark
from odw.runtime.control_line import COMMANDS, LINE_LIMIT, Command, command_line, parse_command

NODES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IDS = st.text("0123456789abcdef", min_size=1)
COMMAND = st.one_of(
    st.builds(Command, IDS, st.sampled_from(["pause", "unpause", "stop"]), st.none()),
    st.builds(Command, IDS, st.sampled_from(["skip", "retry"]), NODES),
)


@given(COMMAND)
def test_a_command_comes_through_its_line_as_it_was(command: Command) -> None:
    line = command_line(command)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert parse_command(line[:-1]) == command


@given(st.binary(max_size=200))
def test_no_line_makes_the_parser_raise(line: bytes) -> None:
    command = parse_command(line)
    assert command is None or command.name in COMMANDS


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"stop",
        b"[]",
        b"1",
        b"\xff\xfe",
        b"\0\0",
        b"[" * 4000,
        b'{"id":"1","command":"reboot"}',
        b'{"id":"","command":"stop"}',
        b'{"id":1,"command":"stop"}',
        b'{"command":"stop"}',
        b'{"id":"1","command":["stop"]}',
        b'{"id":"1","command":"skip"}',
        b'{"id":"1","command":"skip","node":7}',
        b'{"id":"1","command":"stop","node":"7"}',
        b'{"id":"1","command":"skip","node":"%b"}' % (b"x" * LINE_LIMIT),
    ],
)
def test_what_is_no_command_is_none(line: bytes) -> None:
    assert parse_command(line) is None


async def heard(control: Control, written: list[bytes], count: int) -> list[Command | Remark]:
    """What ``serve`` hands on after ``written`` went into the FIFO piece by piece."""
    got: list[Command | Remark] = []
    done = trio.Event()

    def take(incoming: Command | Remark) -> None:
        got.append(incoming)
        if len(got) == count:
            done.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(control.serve, take)
        fd = os.open(control._path, os.O_WRONLY | os.O_NONBLOCK)
        for piece in written:
            os.write(fd, piece)
            await trio.testing.wait_all_tasks_blocked()
        os.close(fd)
        with trio.fail_after(10):
            await done.wait()
        nursery.cancel_scope.cancel()
    return got


@pytest.fixture
def control(tmp_path: Path) -> Any:
    made = Control(str(tmp_path / "control"))
    made.open()
    yield made
    made.close()
    assert not (tmp_path / "control").exists()


STOP = b'{"id":"1","command":"stop"}\n'


def test_the_fifo_is_for_its_owner_only(control: Control, tmp_path: Path) -> None:
    mode = (tmp_path / "control").stat().st_mode
    assert stat.S_ISFIFO(mode)
    assert stat.S_IMODE(mode) == 0o600


async def test_lines_may_come_in_pieces_and_many_at_once(control: Control) -> None:
    pieces = [STOP[:5], STOP[5:] + STOP.replace(b'"1"', b'"2"') + STOP[:1], STOP.replace(b'"1"', b'"3"')[1:]]
    got = await heard(control, pieces, 3)
    assert got == [Command(number, "stop") for number in "123"]


async def test_a_second_client_is_heard_after_the_first_has_gone(control: Control) -> None:
    assert await heard(control, [STOP], 1) == [Command("1", "stop")]
    assert await heard(control, [STOP], 1) == [Command("1", "stop")]


async def test_garbage_is_remarked_upon_and_what_follows_is_read(control: Control) -> None:
    first, second = await heard(control, [b"\0\xff garbage\n" + STOP], 2)
    assert isinstance(first, Remark)
    assert second == Command("1", "stop")


async def test_an_endless_line_takes_no_memory(control: Control) -> None:
    got = await heard(control, [b"x" * 60000, b"x" * 60000, b"x\n", STOP], 2)
    assert isinstance(got[0], Remark)
    assert got[1:] == [Command("1", "stop")]
    assert len(control._buffer) == 0


async def test_what_a_killed_run_left_is_made_anew(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "control", 0o644)
    before = (tmp_path / "control").stat().st_ino
    os.link(tmp_path / "control", tmp_path / "kept")  # or the new one might get the old one's number
    control = Control(str(tmp_path / "control"))
    control.open()
    assert (tmp_path / "control").stat().st_ino != before
    assert await heard(control, [STOP], 1) == [Command("1", "stop")]
    control.close()


@pytest.mark.parametrize("obstacle", ["file", "directory", "no place"])
async def test_a_run_without_a_fifo_says_so_and_goes_on(tmp_path: Path, obstacle: str) -> None:
    path = tmp_path / "control"
    if obstacle == "file":
        path.write_text("mine")
    elif obstacle == "directory":
        path.mkdir()
    else:
        path = tmp_path / "absent" / "control"
    control = Control(str(path))
    control.open()
    got: list[Command | Remark] = []
    with trio.fail_after(10):
        await control.serve(got.append)
    control.close()
    assert [type(incoming) for incoming in got] == [Remark]
    assert "cannot be commanded" in got[0].text  # type: ignore[union-attr]
    if obstacle == "file":
        assert path.read_text() == "mine"
