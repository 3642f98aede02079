"""Front-end passes in kilobytes of script per second, one process, best of several."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import table


def bench_passes() -> None:
    """Parse, parse + bind + lint, and the whole compilation, over the examples."""
    from odw.transpile.driver import check_script, compile_script
    from odw.transpile.source import Source
    from odw.transpile.syntax import parse

    folder = Path(__file__).parent.parent / "examples" / "js"
    sources = [Source(path.read_text(), path.name) for path in sorted(folder.glob("*.js"))]
    kilobytes = sum(len(source.text.encode()) for source in sources) / 1024
    passes: dict[str, Callable[[Source], object]] = {
        "parse": parse,
        "parse, bind, meta, lint": check_script,
        "compile (all passes)": compile_script,
    }
    rows = []
    for name, work in passes.items():
        best = min(_seconds(work, sources) for _ in range(5))
        rows.append([name, f"{best * 1000:.0f}", f"{kilobytes / best:.0f}"])
    table(f"Front end over {len(sources)} examples, {kilobytes:.0f} KB", ["passes", "ms", "KB/s"], rows)


def _seconds(work: Callable[[object], object], sources: list[object]) -> float:
    start = time.perf_counter()
    for source in sources:
        work(source)
    return time.perf_counter() - start
