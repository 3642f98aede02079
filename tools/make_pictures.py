"""Make the pictures of the README from a real run of an example: ``python tools/make_pictures.py``.

The live tree is what a terminal emulator shows of ``odw exec`` in the middle of a run, the terminal UI is Textual's own picture of
``odw runs watch``, the report is a screenshot by Chromium, without which its two pictures are left as they are. The run is on the
mock executor, slowed down so that there is something to see.
"""

from __future__ import annotations

import asyncio
import fcntl
import io
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import pyte
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
EXAMPLE = "plan-release.js"
COLUMNS, ROWS = 96, 15
PACES = (
    ("aeiou", 700),
    ("b-m", 1100),
    ("0-9", 1600),
    (".?!", 1900),
    ("^ ", 1300),
)  # by the last letter of the prompt
SEEN_AT = 9  # calls that have ended when the picture of the live tree is taken


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for example in (ROOT / "examples" / "js").glob("*.js"):  # it calls others
            shutil.copy(example, project)
        paces = [{"promptRegex": f"[{letters}]$", "delayMs": ms, "tokens": 2 * ms} for letters, ms in PACES]
        (project / "slow.json").write_text(
            json.dumps({"version": 1, "answers": paces, "default": "synthesize"})
        )
        (PICTURES / "live-tree.svg").write_text(live_tree(project))
        (PICTURES / "watch.svg").write_text(asyncio.run(watch(project)))
        report(project)


def live_tree(project: Path) -> str:
    """The screen of ``odw exec`` as SVG, and then the run to its end."""
    master, slave = pty.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    words = ["exec", EXAMPLE, "--backend", "mock", "--mock-file", "slow.json", "--concurrency", "4"]
    env = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "odw", *words],
        cwd=project, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env={**env, "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(slave)
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    picture = ""
    while select.select([master], [], [], 60)[0]:
        try:
            stream.feed(os.read(master, 65536))
        except OSError:  # the other side is closed
            break
        if not picture and _ended(screen) >= SEEN_AT:
            picture = picture_of(screen)
    process.wait()
    os.close(master)
    if not picture:
        raise SystemExit("the run ended before there was anything to see")
    return picture


def _ended(screen: pyte.Screen) -> int:
    """How many calls the headline says have ended."""
    found = re.search(r"(\d+)/\d+ agents", "\n".join(screen.display))
    return int(found[1]) if found else 0


def picture_of(screen: pyte.Screen) -> str:
    """What a terminal shows, with its colours."""
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True)
    for row in range(ROWS):
        line = Text()
        for column in range(COLUMNS):
            cell = screen.buffer[row][column]
            colour = None if cell.fg == "default" else Color.parse(_NAMES.get(cell.fg, cell.fg))
            line.append(cell.data or " ", Style(color=colour, bold=cell.bold))
        if line.plain.strip():
            console.print(line, end="\n")
    return console.export_svg(title=f"odw exec {EXAMPLE}", unique_id="live")


_NAMES = {"brown": "yellow"}  # pyte's names where they are not rich's


async def watch(project: Path) -> str:
    """The terminal UI on the run that has ended."""
    from odw.cli.watch.app import WatchApp
    from odw.runtime.run_store import find_run

    app = WatchApp(project, find_run(project, "latest"))
    async with app.run_test(size=(COLUMNS + 24, 22)) as pilot:
        await pilot.pause(0.5)
        await pilot.press("down", "down")
        await pilot.pause(0.3)
        return app.export_screenshot(title="odw runs watch")


def report(project: Path) -> None:
    """Overview and graph of the report."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    page = project / ".odw" / "runs" / "latest" / "report.html"
    if browser is None:
        sys.stderr.write("no chromium: the pictures of the report are left as they are\n")
        return
    for name, place, height in (
        ("report", "", 900),
        ("report-graph", "#view=graph", 900),
        ("report-timeline", "#view=timeline", 700),
    ):
        with tempfile.TemporaryDirectory() as profile:
            subprocess.run(
                [
                    browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
                    f"--window-size=1280,{height}", "--virtual-time-budget=4000", f"--screenshot={PICTURES / name}.png",
                    f"{page.resolve().as_uri()}{place}",
                ],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip


if __name__ == "__main__":
    started = time.monotonic()
    main()
    sys.stderr.write(f"pictures in {PICTURES.relative_to(ROOT)}, {time.monotonic() - started:.0f} s\n")
