"""``odw task logs``: what the executor of a session told, and with --follow what it tells until the turn has ended."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from odw.cli.task.lines import event_line
from odw.cli.task.start import check_runtime, place_of
from odw.cli.task.store import TaskSession, find_session
from odw.cli.terminal import say_line

LOOK_S = 0.1


def logs_command(values: dict[str, Any]) -> int:
    """Print the events of a session. Returns the exit code."""
    session = find_session(place_of(values), values["session"])
    check_runtime(session, session.load(), values["runtime"])
    log = _Log(session)
    while True:
        driven = (
            values["follow"] and session.driven
        )  # before the events: nothing comes after the driver is gone
        for line in log.lines():
            _show(line, as_json=values["json"])
        if not driven:
            return 0
        time.sleep(LOOK_S)


class _Log:
    """The lines of ``events.jsonl``, each once, as soon as it is whole."""

    def __init__(self, session: TaskSession) -> None:
        self._path = session.file("events.jsonl")
        self._place = 0

    def lines(self) -> list[str]:
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123
                file.seek(self._place)
                data = file.read()
        except OSError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        self._place += len(whole)
        return whole.decode("ascii", "replace").splitlines()


def _show(line: str, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        return
    try:
        event = json.loads(line)
    except ValueError:
        return
    shown = event_line(event) if isinstance(event, dict) else ""
    if shown:
        say_line(f"{str(event.get('ts', ''))[11:19]} {shown}")
