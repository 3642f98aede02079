"""The journal: opening one, resuming over it, what an event costs as it grows, and the memory of a long run."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.measure import run_in_turn, table
from bench.processes import HELLO, MANY

EVENTS = (1000, 10_000, 100_000)
OPEN_LIMIT_S, RESUME_LIMIT_S, MEMORY_LIMIT_MB = 0.3, 0.25, 200.0
FLAGS = ("--backend", "mock", "--json", "--no-report", "--max-agents", "20000")


def bench_journal() -> None:
    """Three tables: events, resume, memory."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _resumes(
            work
        )  # first, while this process is small: a child's peak begins with the memory of its parent
        _events(work)


def _events(work: Path) -> None:
    """Writing and reading 10^3, 10^4 and 10^5 events of a real run, a commit for every tenth."""
    from odw.runtime.clock import SystemClock
    from odw.runtime.journal.writer import JournalWriter

    rows = []
    (work / "nodes").mkdir()
    for count in EVENTS:
        path = str(work / f"{count}.jsonl")
        begun = time.perf_counter()
        writer = JournalWriter(path, str(work / "nodes"), SystemClock())
        for number in range(count):
            writer.append(_event(number))
            if number % 10 == 9:
                writer.commit()
        writer.close()
        written = time.perf_counter() - begun
        opened = min(_timed(partial(_open, path)) for _ in range(3))
        limit = f"{OPEN_LIMIT_S} {_verdict(opened, OPEN_LIMIT_S)}" if count == 10_000 else ""
        rows.append(
            [
                f"{count:,}",
                f"{written / count * 1e6:.1f}",
                f"{opened / count * 1e6:.1f}",
                f"{opened:.3f}",
                limit,
            ]
        )
    table("Journal", ["events", "write µs each", "open µs each", "open s", "limit s"], rows)


def _open(path: str) -> None:
    from odw.runtime.journal.history import History
    from odw.runtime.journal.reader import read_journal
    from odw.runtime.run import _rarer_collections

    with _rarer_collections():  # as in a run
        History().read(read_journal(path).events)


def _timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _event(number: int) -> dict[str, Any]:
    """Starts and ends of calls in turn, with the fields and sizes of real ones."""
    index = number // 2 + 1
    common = {
        "type": "agent_start",
        "index": index,
        "key": f"{index:064x}",
        "path": f"p0[{index}]/a0",
        "label": f"Look at item {index}",
        "phase": None,
        "runtime": "mock",
    }
    if number % 2 == 0:
        return {**common, "promptPreview": f"Look at item {index}", "config": {}, "attempt": 1}
    answer = f"Mock answer to Look at item {index}: harbor cloud amber."
    return {
        **common, "type": "agent_done", "ok": True, "durationMs": 0, "usage": {"input": 4, "output": 14},
        "result": answer, "at": 0.0,
    }  # fmt: skip


def _resumes(work: Path) -> None:
    """Whole processes: hello, the resume of 1000 finished calls, a run of 10,000 and its resume."""
    (work / "hello.js").write_text(HELLO)
    (work / "many1000.js").write_text(MANY.format(count=1000))
    (work / "many10000.js").write_text(MANY.format(count=10_000))
    odw = [sys.executable, "-m", "odw"]
    env = {"ODW_CACHE_DIR": str(work / "cache")}
    begin = {
        name: [*odw, "exec", f"{name}.js", "--run-id", name, *FLAGS] for name in ("many1000", "many10000")
    }
    run_in_turn(begin, runs=0, cwd=work, env=env)
    resumes = {
        name: ["sh", "-c", f"cp .odw/runs/{name}/kept.jsonl .odw/runs/{name}/events.jsonl && "
               f"exec {sys.executable} -m odw resume {name} --json --no-report"]
        for name in begin
    }  # fmt: skip
    for name in begin:  # each resume appends, so each begins with the journal of the first run
        journal = work / ".odw" / "runs" / name / "events.jsonl"
        (journal.parent / "kept.jsonl").write_bytes(journal.read_bytes())
        assert json.loads(journal.read_text().splitlines()[-1])["type"] == "workflow_done"
    samples = run_in_turn(
        {
            "hello": [*odw, "exec", "hello.js", *FLAGS],
            "10,000 calls": [*odw, "exec", "many10000.js", *FLAGS],
            "resume of 1,000 calls": resumes["many1000"],
            "resume of 10,000 calls": resumes["many10000"],
        },
        runs=5,
        cwd=work,
        env=env,
    )
    hello = samples["hello"].median
    rows = []
    for name, sample in samples.items():
        over = sample.median - hello
        limits = []
        if name == "resume of 1,000 calls":
            limits.append(f"+{RESUME_LIMIT_S} s {_verdict(over, RESUME_LIMIT_S)}")
        if "10,000" in name:
            limits.append(f"{MEMORY_LIMIT_MB:.0f} MB {_verdict(sample.peak_mb, MEMORY_LIMIT_MB)}")
        rows.append([name, f"{sample.median:.3f}", f"{over:.3f}", f"{sample.peak_mb:.0f}", ", ".join(limits)])
    table("Resume (whole process)", ["run", "median s", "over hello s", "peak MB", "limit"], rows)


def _verdict(found: float, limit: float) -> str:
    return "kept" if found <= limit else "EXCEEDED"
