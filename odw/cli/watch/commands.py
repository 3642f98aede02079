"""What the keys do to a run: control commands, sent from a thread so that the screen goes on, and files of the project."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from pathlib import Path

from odw.errors import OdwError
from odw.runtime.control_client import send
from odw.runtime.run_dir import RunDir

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}\Z")
_DONE = {
    "pause": "paused: nothing new starts",
    "unpause": "going on",
    "stop": "stopping",
    "skip": "given up",
    "retry": "started over",
}


class Commands:
    """``said(message, wrong)`` is called with each answer, from any thread."""

    def __init__(self, directory: RunDir, said: Callable[[str, bool], None]) -> None:
        self._directory = directory
        self._said = said

    def pause_or_go_on(self, paused: bool) -> None:
        self.send("unpause" if paused else "pause")

    def send(self, name: str, node: str | None = None) -> None:
        """Send a command, and say what the run answers."""
        threading.Thread(target=self._send, args=(name, node), daemon=True).start()

    def _send(self, name: str, node: str | None) -> None:
        try:
            answer = send(self._directory, name, node)
        except OdwError as error:
            self._said(error.message, True)
            return
        if not answer.ok:
            self._said(answer.message, True)
            return
        self._said(f"{_DONE[name]}{f': agent {node}' if node else ''}", False)

    def save(self, name: str, script: bytes) -> None:
        """Write the script to ``.odw/workflows/NAME.js`` of the project; an existing file is not overwritten."""
        if not _NAME.match(name):
            self._said(f"{name[:60]!r} is no name for a file: letters, digits, . - and _", True)
            return
        folder = Path(self._directory.project) / ".odw" / "workflows"
        path = folder / f"{name}.js"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(script)
        except FileExistsError:
            self._said(f"{path.name} is there already, and was left as it is", True)
        except OSError as error:
            self._said(f"{path.name} cannot be written: {error.strerror}", True)
        else:
            self._said(f"saved: odw exec {name}", False)

    def open_report(self) -> None:
        """Open ``report.html`` in the browser; a run that goes on gets one made first."""
        import webbrowser

        from odw.report.render import write_report

        try:
            path = write_report(Path(self._directory.path))
        except OSError as error:
            self._said(f"the report cannot be written: {error.strerror}", True)
            return
        if (
            not os.environ.get("DISPLAY")
            and not os.environ.get("WAYLAND_DISPLAY")
            and os.uname().sysname == "Linux"
        ):
            self._said(f"no browser here; the report is {path}", False)
            return
        webbrowser.open(path.absolute().as_uri())
        self._said("opened the report", False)
