"""Timing whole processes: wall seconds and peak memory, best and median of several runs, commands taken in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# As installed: with bytecode on disk, even where the environment forbids writing it beside the sources.
BYTECODE = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "odw-bench-bytecode"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of wall time (best and median) and the peak resident memory in MB over all runs of one command."""

    best: float
    median: float
    peak_mb: float


def run_in_turn(
    commands: dict[str, Sequence[str]],
    runs: int = 7,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> dict[str, Sample]:
    """Run the commands A B C A B C …, so that a machine that drifts drifts for all of them; one warm-up each."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, float] = dict.fromkeys(commands, 0.0)
    for turn in range(runs + 1):
        for name, command in commands.items():
            elapsed, peak = _run(command, cwd, env)
            if turn:
                seconds[name].append(elapsed)
            memory[name] = max(memory[name], peak)
    return {
        name: Sample(min(times), statistics.median(times), memory[name])
        for name, times in seconds.items()
        if times
    }


def _run(command: Sequence[str], cwd: Path | None, env: dict[str, str] | None) -> tuple[float, float]:
    start = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **BYTECODE, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, errors = child.stderr, b""
    assert child.stderr is not None
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    elapsed = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(
            f"{' '.join(command)} failed ({child.returncode}): {errors.decode(errors='replace')[-2000:]}"
        )
    return elapsed, usage.ru_maxrss / 1024


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, the others to the right."""
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    print(f"\n{title}")
    for row in [header, ["-" * w for w in widths], *rows]:
        cells = [
            str(c).ljust(w) if i == 0 else str(c).rjust(w)
            for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        print("  " + "  ".join(cells))
