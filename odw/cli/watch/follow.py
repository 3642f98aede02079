"""One run as it goes: its journal read bit by bit into a RunView, and the texts that its calls name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from odw.errors import JournalDamaged
from odw.runtime.journal.history import ResultLost, read_blob, result_of
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_dir import RunDir
from odw.runtime.run_store import JOURNAL
from odw.runtime.run_view import CallView, RunView


class RunFollower:
    """Reads on at every ``poll``. ``driven`` says whether a process drives the run; ``damage`` why no more can be read."""

    def __init__(self, directory: RunDir) -> None:
        self.directory = directory
        self.view = RunView()
        self.damage = ""
        self.driven = False
        self.changed: set[int] = set()  # calls that the last poll told something about
        self._tail = tail_events(directory.file(JOURNAL), checked=True)

    def poll(self) -> bool:
        """Take what is new; whether there was anything. A new session forgets the calls of the one before."""
        driven = is_locked(self.directory.file(JOURNAL))
        self.changed = set()
        try:
            events = self._tail.poll()
        except JournalDamaged as error:
            self.damage, events = f"line {error.line}: {error.reason}", []
        if self._tail.damage is not None:
            self.damage = f"line {self._tail.damage.line}: {self._tail.damage.reason}"
        for event in events:
            self.view.take(event)
            if "index" in event:
                self.changed.add(event["index"])
        news = bool(events) or driven != self.driven
        self.driven = driven
        return news

    @property
    def status(self) -> str:
        """As in ``odw runs list``: a run that goes on without a process is dead."""
        status = self.view.status
        return "dead" if status in ("running", "paused") and not self.driven else status

    def prompt_of(self, call: CallView) -> str:
        """The whole prompt, or why it cannot be shown."""
        start = call.start
        if start is None:
            return ""
        return self._text(start.get("promptRef"), str(start.get("promptPreview", "")))

    def result_of(self, call: CallView) -> Any:
        """What the call gave the script; None if nothing."""
        if call.end is None or not call.end.get("ok"):
            return None
        try:
            return result_of(call.end, self.directory.path)
        except (ResultLost, ValueError) as lost:
            return f"(not there any more: {lost})"

    def patch_of(self, call: CallView) -> str:
        """The diff of the call's worktree."""
        patch = (call.worktree or {}).get("patch")
        return self._text(patch, "") if isinstance(patch, str) else ""

    def text_of(self, reference: str | None, text: str | None) -> str:
        """A text that an event holds, or names."""
        return self._text(reference, text or "")

    def _text(self, reference: Any, otherwise: str) -> str:
        if not isinstance(reference, str):
            return otherwise
        try:
            return read_blob(self.directory.path, reference)
        except ResultLost as lost:
            return f"{otherwise}\n(the rest is not there any more: {lost})"

    def script(self) -> bytes | None:
        """What ran, and None when it is gone."""
        for name in ("script.js", "script.py"):
            path = Path(self.directory.file(name))
            if path.is_file():
                return path.read_bytes()
        return None


def as_text(value: Any) -> str:
    """A result for people: a text as it is, else JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
