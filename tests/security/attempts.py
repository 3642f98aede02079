"""Reads ``attempts.txt`` and runs one attempt as a workflow on the mock executor."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from odw.executors import mock_backend
from odw.loader import Loader, run_workflow
from odw.runtime.abc import ABSENT
from odw.runtime.fakes import EventList
from odw.runtime.options import RunOptions, RunOutcome
from odw.settings import load_settings

EXPECT = "--- expect "
META = "export const meta = { name: 'attempt', description: 'An attempt to get out.' }\n"


class Attempt(NamedTuple):
    """One entry of attempts.txt. ``expected`` is the result as JSON, or ABSENT where only harmlessness is asked."""

    name: str
    body: str
    expected: Any


def read_attempts() -> list[Attempt]:
    text = (Path(__file__).parent / "attempts.txt").read_text("utf-8")
    found = []
    for entry in text.split("\n=== ")[1:]:
        name, _, body = entry.partition("\n")
        body, _, expected = body.partition(f"\n{EXPECT}")
        found.append(Attempt(name, body, json.loads(expected) if expected else ABSENT))
    return found


def run_attempt(body: str, args: Any = ABSENT) -> tuple[RunOutcome, list[str]]:
    """The outcome and the log of ``body`` as an async function of a workflow."""
    source = f"{META}const attempt = async function () {{\n{body}\n}}\nreturn await attempt()\n"
    sink = EventList()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place).resolve()
        (root / "attempt.js").write_text(source, "utf-8")
        loader = Loader(root, load_settings(environ={"ODW_NO_CACHE": "1"}), root)
        program = loader.load(str(root / "attempt.js"))
        outcome = run_workflow(program, RunOptions(place, args, slice_s=10), mock_backend(), sink)
    return outcome, sink.logs
