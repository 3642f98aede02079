"""Reads ``attempts*.txt`` and runs one attempt as a workflow on the mock executor."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from odw.errors import ScriptRejected
from odw.executors import mock_backend
from odw.loader import Loader, run_workflow
from odw.runtime.abc import ABSENT
from odw.runtime.fakes import EventList
from odw.runtime.options import RunOptions
from odw.settings import load_settings

META = "export const meta = { name: 'attempt', description: 'An attempt to get out.' }\n"
HOSTILE_ARGS = json.loads(
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'
)


class Attempt(NamedTuple):
    """One entry of attempts.txt. ``expected`` is what its ``---`` line says, "" without one."""

    name: str
    body: str
    expected: str


class Result(NamedTuple):
    """How an attempt ended, in the words of a ``---`` line, and everything that the script or a person got to see."""

    ending: str
    seen: str
    error: Any


def read_attempts() -> list[Attempt]:
    texts = [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("attempts*.txt"))]
    found = []
    for entry in [entry for text in texts for entry in text.split("\n=== ")[1:]]:
        name, _, body = entry.rstrip("\n").partition("\n")
        body, _, expected = body.partition("\n--- ")
        found.append(Attempt(name, body, expected))
    return found


def run_attempt(
    body: str, args: Any = ABSENT, slice_s: float = 10, memory_mb: int = 4096, meta: str = META
) -> Result:
    """Run ``body`` as an async function of a workflow; a refusal by lint is an ending like any other."""
    source = f"{meta}const attempt = async function () {{\n{body}\n}}\nreturn await attempt()\n"
    sink = EventList()
    with tempfile.TemporaryDirectory(prefix="attempt") as place:
        root = Path(place).resolve()
        (root / "attempt.js").write_text(source, "utf-8")
        try:
            program = Loader(root, load_settings(environ={"ODW_NO_CACHE": "1"}), root).load(
                str(root / "attempt.js")
            )
        except ScriptRejected as error:
            return Result(f"rejects {error.diagnostics[0].code}", error.diagnostics[0].message, error)
        outcome = run_workflow(
            program, RunOptions(place, args, slice_s=slice_s, memory_mb=memory_mb), mock_backend(), sink
        )
    if outcome.error is None:
        ending = json.dumps(outcome.result, ensure_ascii=False)
        return Result(f"gives {ending}", "\n".join([ending, *sink.logs]), None)
    message = outcome.error.message
    report = getattr(outcome.error, "report", "").replace(str(root), "")
    return Result(f"throws {message}", "\n".join([message, report, *sink.logs]), outcome.error)
