"""What a call costs in a workflow in Python, beside the same workflow in JavaScript: processor time of this process, best of some runs."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.measure import table

CALLS = 10_000
RUNS = 4
_META = "export const meta = { name: 'calls', description: 'Many calls' }\n"
_HEAD = "import odw\n\n\n@odw.agent\nasync def ask(n):\n    'do {n}'\n\n\nasync def wrapped(n):\n    return await odw.call(f'do {n}')\n\n\nasync def check(text, n):\n    return await odw.call(f'check {n}')\n\n\n@odw.workflow\nasync def calls():\n"
# shape -> the body in JavaScript, and the ways to write it in Python
SHAPES = {
    "one after the other": (
        f"let n = 0\nfor (let i = 0; i < {CALLS}; i++) if (await agent(`do ${{i}}`)) n++\nreturn n",
        {"odw.call": f"    n = 0\n    for i in range({CALLS}):\n        n += bool(await odw.call(f'do {{i}}'))\n    return n\n"},
    ),
    "parallel": (
        f"return (await parallel(Array.from({{length: {CALLS}}}, (_, i) => () => agent(`do ${{i}}`)))).length",
        {
            "lambda": f"    return len(await odw.parallel_map(lambda n: odw.call(f'do {{n}}'), range({CALLS})))\n",
            "@odw.agent": f"    return len(await odw.parallel_map(ask, range({CALLS})))\n",
            "async def": f"    return len(await odw.parallel_map(wrapped, range({CALLS})))\n",
        },
    ),
    "pipeline": (
        f"return (await pipeline(Array.from({{length: {CALLS // 2}}}, (_, i) => i), (i) => agent(`do ${{i}}`), "
        "(_, i) => agent(`check ${i}`))).length",
        {
            "lambda": f"    return len(await odw.pipeline(range({CALLS // 2}), lambda n: odw.call(f'do {{n}}'), lambda t, n: odw.call(f'check {{n}}')))\n",
            "async def": f"    return len(await odw.pipeline(range({CALLS // 2}), wrapped, check))\n",
        },
    ),
}  # fmt: skip


def bench_languages() -> None:
    """One row for each shape and way to write it."""
    programs = {(shape, "JavaScript"): (_META + script, "calls.js") for shape, (script, _) in SHAPES.items()}
    for shape, (_, ways) in SHAPES.items():
        programs.update({(shape, way): (_HEAD + body, "calls.py") for way, body in ways.items()})
    best = dict.fromkeys(programs, float("inf"))
    for _ in range(RUNS):
        for name, (text, file) in programs.items():
            best[name] = min(best[name], _seconds(text, file) / CALLS * 1e6)
    rows = []
    for (shape, way), cost in sorted(best.items(), key=lambda entry: list(programs).index(entry[0])):
        script = best[shape, "JavaScript"]
        rows.append([shape, way, f"{cost:.1f}", f"{cost / script:.2f}"])
    rows.sort(key=lambda row: list(SHAPES).index(row[0]))
    table(f"{CALLS:,} mock calls", ["shape", "written as", "µs a call", "to JavaScript"], rows)


def _seconds(text: str, file: str) -> float:
    from odw.executors import mock_backend
    from odw.loader import Loader, run_workflow
    from odw.runtime.options import RunOptions
    from odw.settings import load_settings

    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        loader = Loader(project, load_settings(environ={"ODW_NO_CACHE": "1"}), project)
        program = loader.load_text(text.encode(), file, project)
        begun = time.process_time()
        outcome = run_workflow(program, RunOptions(folder, max_agents=CALLS), mock_backend())
        spent = time.process_time() - begun
    if outcome.error is not None:
        raise outcome.error
    return spent
