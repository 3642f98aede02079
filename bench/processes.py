"""Whole processes: start-up, agents in parallel, lint. Yardsticks: ``import trio`` and ``node -e 0``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from bench.measure import run_in_turn, table

HELLO = """export const meta = { name: 'hello', description: 'one agent' }
return await agent('Say hello')
"""

MANY = """export const meta = {{ name: 'many', description: 'many agents at once' }}
const results = await parallel(Array.from({{ length: {count} }}, (_, i) => () => agent(`Look at item ${{i}}`)))
return results.filter(Boolean).length
"""

REVIEW = Path(__file__).parent.parent / "examples" / "js" / "deep-research.js"


def bench_start() -> None:
    """Start-up of a hello script (compiled code cached), of a 7 KB script without the cache, against ``import trio``."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "hello.js").write_text(HELLO)
        (work / "seven.js").write_text(_seven_kilobytes())
        odw = [sys.executable, "-m", "odw", "exec"]
        flags = ["--backend", "mock", "--json", "--no-report"]
        commands: dict[str, list[str]] = {
            "python -c 'import trio'": [sys.executable, "-c", "import trio"],
            "exec hello.js, cached": [*odw, "hello.js", *flags],
            "exec 7 KB script, cached": [*odw, "seven.js", *flags],
            "exec 7 KB script, no cache": ["env", "ODW_NO_CACHE=1", *odw, "seven.js", *flags],
            "odw --version": [sys.executable, "-m", "odw", "--version"],
        }
        if node := shutil.which("node"):
            commands["node -e 0"] = [node, "-e", "0"]
        env = {"ODW_CACHE_DIR": str(work / "cache")}
        samples = run_in_turn(commands, runs=11, cwd=work, env=env)
    base = samples["python -c 'import trio'"]
    table(
        "Start-up (whole process)",
        ["command", "best s", "median s", "x import trio", "peak MB"],
        [
            [name, f"{s.best:.3f}", f"{s.median:.3f}", f"{s.median / base.median:.2f}", f"{s.peak_mb:.0f}"]
            for name, s in samples.items()
        ],
    )


def bench_agents() -> None:
    """1000 and 10,000 mock agents in one ``parallel``, journaled and synced, over a hello script."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "hello.js").write_text(HELLO)
        for count in (1000, 10_000):
            (work / f"many{count}.js").write_text(MANY.format(count=count))
        odw = [sys.executable, "-m", "odw", "exec"]
        flags = ["--backend", "mock", "--json", "--no-report"]
        samples = run_in_turn(
            {
                "hello": [*odw, "hello.js", *flags],
                "1,000 agents": [*odw, "many1000.js", *flags],
                "10,000 agents": [*odw, "many10000.js", *flags, "--max-agents", "20000"],
            },
            runs=5,
            cwd=work,
            env={"ODW_CACHE_DIR": str(work / "cache")},
        )
    hello = samples["hello"].median
    thousand = samples["1,000 agents"].median - hello
    table(
        "Agents on the mock executor (journaled, fdatasync)",
        ["run", "median s", "over hello s", "x 1,000", "peak MB"],
        [
            [
                name,
                f"{s.median:.3f}",
                f"{s.median - hello:.3f}",
                f"{(s.median - hello) / thousand:.1f}" if name != "hello" else "",
                f"{s.peak_mb:.0f}",
            ]
            for name, s in samples.items()
        ],
    )


def bench_lint() -> None:
    """Lint of a 40 KB script, the whole process, against starting Python."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "forty.js").write_text(_seven_kilobytes(6))
        samples = run_in_turn(
            {
                "python -c pass": [sys.executable, "-c", "pass"],
                "odw lint, 40 KB": [sys.executable, "-m", "odw", "lint", "forty.js"],
                "odw transpile, 40 KB": [sys.executable, "-m", "odw", "transpile", "forty.js"],
            },
            runs=5,
            cwd=work,
        )
    table(
        "Front end (whole process)",
        ["command", "best s", "median s", "peak MB"],
        [[n, f"{s.best:.3f}", f"{s.median:.3f}", f"{s.peak_mb:.0f}"] for n, s in samples.items()],
    )


def _seven_kilobytes(times: int = 1) -> str:
    """A script of about 7 KB per ``times`` in the style of real ones: the research example, its body in functions."""
    source = REVIEW.read_text()
    head, body = source.split("\nconst PLAN", 1)
    body = "const PLAN" + body
    parts = [head]
    parts += [f"async function part{i}() {{\n{body}\n}}" for i in range(max(1, times * 2 - 1))]
    parts.append("return await part0()\n")
    return "\n".join(parts)
