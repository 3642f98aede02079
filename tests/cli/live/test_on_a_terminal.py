"""``odw exec`` on a pseudo-terminal, looked at through a terminal emulator: what a person sees."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

DEADLINE_S = 60.0
SCRIPT = """\
export const meta = {name: 'shown', description: 'x', phases: ['Early', 'Middle', 'Late']}
const evil = '\\x1b]0;owned\\x07\\x1b[2J\\x1b[31mred\\x9b5n'
phase('Early')
log('a line of the script ' + evil)
await agent('first', {label: 'first ' + evil, mockText: evil})
phase('Middle')
await parallel([0, 1, 2, 3, 4, 5].map(n => () => agent('m' + n, {label: 'middle ' + n, mockDelayMs: HOLD * (n > 2)})))
phase('Late')
await agent('last', {mockFail: 'it broke ' + evil, maxAttempts: 1, label: 'last'})
return 'the end'
"""


class Terminal:
    """A process on a pseudo-terminal of ``columns`` by ``rows``; ``screen`` is what stands there, ``raw`` all that came."""

    def __init__(self, argv: list[str], cwd: Path, columns: int, rows: int, env: dict[str, str]) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=1000)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        self.resize(columns, rows)
        self.raw = b""
        self.process = subprocess.Popen(
            argv, cwd=cwd, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
        )
        os.close(slave)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, wanted: Callable[[list[str]], bool]) -> list[str]:
        """Read on until the screen is as wanted."""
        end = time.monotonic() + DEADLINE_S
        while not wanted(self.lines):
            assert time.monotonic() < end, "\n".join(self.lines)
            self._read(0.2)
        return self.lines

    def finish(self) -> list[str]:
        """Read to the end; what scrolled away and what stands there."""
        end = time.monotonic() + DEADLINE_S
        while self.process.poll() is None or self._read(0.0):
            assert time.monotonic() < end, "\n".join(self.lines)
            self._read(0.1)
        return self.lines

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    @property
    def lines(self) -> list[str]:
        past = [
            "".join(line[x].data for x in range(self.screen.columns)).rstrip()
            for line in self.screen.history.top
        ]
        return past + [line.rstrip() for line in self.screen.display]

    def _read(self, wait_s: float) -> bool:
        if not select.select([self._master], [], [], wait_s)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux: the other side is closed
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*words: str, columns: int = 80, rows: int = 24, hold_ms: int = 0, **env: str) -> Terminal:
        (tmp_path / "s.js").write_text(SCRIPT.replace("HOLD", str(hold_ms)))
        around = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
        around.update({"TERM": "xterm-256color", "HOME": str(tmp_path), **env})
        argv = [
            sys.executable,
            "-m",
            "odw",
            "exec",
            "s.js",
            "--backend",
            "mock",
            "--concurrency",
            "2",
            *words,
        ]
        opened.append(Terminal(argv, tmp_path, columns, rows, around))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


def test_the_tree_while_it_goes_and_at_the_end(run: Callable[..., Terminal]) -> None:
    terminal = run(hold_ms=700)
    lines = terminal.until(
        lambda lines: any("3/6" in line for line in lines) and any("queued" in line for line in lines)
    )
    shown = "\n".join(lines)
    assert "✓ Early ×1" in shown and "▸ Middle" in shown and "○ Late" in shown and "2/2 slots" in shown
    lines = terminal.finish()
    assert terminal.process.wait() == 0
    tail = [line for line in lines if line]
    assert any(line.startswith("a line of the script") for line in tail)
    assert any(line.startswith("shown  ") and "completed" in line and "8/8 agents" in line for line in tail)
    assert '[result] "the end"' in tail and any(line.startswith("[odw] report=") for line in tail)
    assert sum(line.startswith("✓ Middle ×6") for line in tail) == 1  # the tree stands there once
    assert terminal.screen.title == "" and not terminal.screen.cursor.hidden


def test_nothing_that_agents_say_reaches_the_terminal_as_an_order(run: Callable[..., Terminal]) -> None:
    terminal = run()
    terminal.finish()
    for order in (b"\x1b]", b"\x07", b"\x1b[2J", b"\x9b", b"\x1b[31mred"):
        assert order not in terminal.raw


def test_without_colour(run: Callable[..., Terminal]) -> None:
    terminal = run(hold_ms=300, NO_COLOR="1")
    terminal.finish()
    assert (
        b"\x1b[3" not in terminal.raw
        and b"\x1b[1m" not in terminal.raw
        and "✓ Middle ×6" in "\n".join(terminal.lines)
    )


def test_a_small_terminal_and_a_resize(run: Callable[..., Terminal]) -> None:
    terminal = run(columns=40, rows=10, hold_ms=900)
    terminal.until(lambda lines: any("▸ Middle" in line for line in lines))
    assert sum(bool(line) for line in terminal.screen.display) <= 10
    terminal.resize(60, 14)
    terminal.until(lambda lines: any("✓ Middle" in line for line in lines))
    lines = terminal.finish()
    assert '[result] "the end"' in lines


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"CI": "true"}])
def test_plain_lines_where_a_tree_has_no_place(run: Callable[..., Terminal], env: dict[str, str]) -> None:
    terminal = run(**env)
    lines = terminal.finish()
    assert (
        any(line.startswith("[node] done Middle / middle 0") for line in lines)
        and b"\x1b[" not in terminal.raw
    )


def test_quiet(run: Callable[..., Terminal]) -> None:
    assert [line for line in run("--quiet").finish() if line] == ['[result] "the end"']


def test_a_second_ctrl_c_gives_the_cursor_back_and_says_how_to_go_on(
    run: Callable[..., Terminal], tmp_path: Path
) -> None:
    slow = "[executors.slow]\nargv = ['sleep', '600']\nstdin = 'prompt'\n"
    (tmp_path / "odw.toml").write_text(slow)
    terminal = run("--backend", "slow")
    terminal.until(lambda lines: any("⠋" in line or "▸ Early" in line for line in lines))
    terminal.interrupt()
    terminal.until(lambda lines: any("waiting for 1 call" in line for line in lines))
    terminal.interrupt()
    lines = terminal.finish()
    assert terminal.process.wait() == 130 and not terminal.screen.cursor.hidden
    assert any(line.startswith("odw: ended at once. Resume it with: odw resume ") for line in lines)
