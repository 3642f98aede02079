"""Which progress ``odw exec`` shows, and the live tree's own thread."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from json import dumps
from typing import TYPE_CHECKING, Any, TextIO

from odw.cli.terminal import PlainProgress
from odw.runtime.slice_guard import at_second_signal

if TYPE_CHECKING:
    from odw.runtime.abc import Event, EventSink
    from odw.runtime.context import RunContext

EVERY_S = 0.1  # the tree is drawn at most so often


def choose_progress(
    values: Mapping[str, Any], planned: Sequence[str], environ: Mapping[str, str] = os.environ
) -> EventSink | None:
    """The sink for ``--progress``, ``--quiet`` and ``--json``; None shows nothing.

    By itself: the tree where standard output is a terminal (standard error under ``--json``), plain lines elsewhere.
    """
    chosen = values.get("progress") or "auto"
    stream = sys.stderr if values["json"] else sys.stdout
    if values.get("quiet") or chosen == "none":
        return None
    if chosen == "auto":
        able = on_terminal(stream, environ) and not environ.get("CI")
        if not able and values["json"]:
            return None
        chosen = "tree" if able else "plain"
    if chosen == "json":
        return JsonProgress(stream)
    if chosen == "plain":
        return PlainProgress(stream)
    return LiveTree(stream, planned, colour=not environ.get("NO_COLOR"))


def on_terminal(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether ``stream`` is a terminal that can do more than print lines."""
    try:
        return stream.isatty() and environ.get("TERM", "dumb") != "dumb"
    except ValueError:  # closed
        return False


class JsonProgress:
    """Each event as a line of JSON, as in the journal but for its frame, for a program that follows the run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._open = True

    def on_event(self, event: Event) -> None:
        if not self._open:
            return
        try:
            self._stream.write(dumps(event) + "\n")
            self._stream.flush()
        except (OSError, ValueError):
            self._open = False


class LiveTree:
    """A RunWatcher that draws the tree from a thread of its own: elapsed times go on while nothing happens, and a slow terminal
    never holds up the run. Log lines of the script are written above it, and stay.
    """

    def __init__(self, stream: TextIO, planned: Sequence[str], *, colour: bool) -> None:
        from odw.cli.live.screen import Screen
        from odw.runtime.run_view import RunView

        self._screen = Screen(stream, colour)
        self._planned = planned
        self._view = RunView()
        self._run: RunContext | None = None
        self._above: list[Any] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def attach(self, run: RunContext) -> None:
        self._run = run
        words = f"odw: ended at once. Resume it with: odw resume {run.directory.reference}"
        at_second_signal(lambda: self._screen.give_back(words))
        self._thread = threading.Thread(target=self._draw_until_over, name="odw-live-tree", daemon=True)
        self._thread.start()

    def on_event(self, event: Event) -> None:
        stamped = {**event, "ts": time.time() * 1000}
        with self._lock:
            self._view.take(stamped)
            self._above += _lines_above(event)

    def close(self) -> None:
        """Draw for the last time: the tree of the whole run stays on the screen."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            with suppress(OSError, ValueError):
                self._draw(last=True)

    def _draw_until_over(self) -> None:
        while not self._over.wait(EVERY_S):
            try:
                self._draw()
            except (OSError, ValueError):  # the terminal was closed; the run goes on
                return

    def _draw(self, last: bool = False) -> None:
        from odw.cli.live.tree import tree_lines

        with self._lock:
            height = self._screen.size[1] - 1
            lines = tree_lines(self._view, self._gauges(), time.time() * 1000, height, self._planned)
            above, self._above = self._above, []
        if last:
            self._screen.draw((), [*above, *lines])
            self._screen.clear()
        else:
            self._screen.draw(lines, above)

    def _gauges(self) -> Any:
        from odw.cli.live.tree import Gauges

        run = self._run
        if run is None:
            return Gauges()
        queued = [
            (call.request.label, call.request.phase)
            for call in list(run.calls.values())
            if not call.dispatched and not call.ended
        ]
        ledger = run.ledger
        total = ledger.limit.total if ledger.limit is not None else None
        return Gauges(run.slots.size, queued, ledger.settled, total, ledger.unit, run.slots.paused)


def _lines_above(event: Event) -> list[Any]:
    """What the script says, failures included, which the runtime logs for it: worth keeping in the scrollback."""
    from odw.cli.live.cells import Span, safe

    if event["type"] not in ("log", "note"):
        return []
    style = "" if event["type"] == "log" else "dim"
    return [[Span(safe(line), style)] for line in event["message"].splitlines()]
