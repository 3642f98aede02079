"""A dozen micro-programs in odw, Node and the quickjs wheel: the same text, the time of one call after a warm-up."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path

from bench.measure import table

PROGRAMS = Path(__file__).parent / "programs"

NODE = """
const fs = require('fs')
const out = {}
for (const file of process.argv.slice(1)) {
  const main = new Function('"use strict";' + fs.readFileSync(file, 'utf8') + '\\nreturn main')()
  let best = Infinity
  for (let i = 0; i < 3; i++) { const t = process.hrtime.bigint(); main(); best = Math.min(best, Number(process.hrtime.bigint() - t) / 1e6) }
  out[file] = [best, String(main())]
}
console.log(JSON.stringify(out))
"""


def bench_ecma() -> None:
    """Milliseconds per program and the ratio to quickjs; results are compared, so a wrong answer shows."""
    files = sorted(PROGRAMS.glob("*.js"))
    node = _node(files)
    rows = []
    for file in files:
        odw_ms, odw_result = _odw(file)
        quick_ms, quick_result = _quickjs(file)
        node_ms, node_result = node.get(str(file), (float("nan"), odw_result))
        same = "" if odw_result == quick_result == node_result else "  DIFFERENT RESULT"
        ratio = odw_ms / quick_ms if quick_ms else float("nan")
        rows.append([file.stem + same, f"{odw_ms:.1f}", f"{quick_ms:.1f}", f"{node_ms:.1f}", f"{ratio:.1f}"])
    table(
        "ECMAScript micro-programs (ms, best of 3)",
        ["program", "odw", "quickjs", "node", "odw/quickjs"],
        rows,
    )


def _odw(file: Path) -> tuple[float, str]:
    from odw.ecma.abstract_ops.type_conversion import to_string
    from odw.ecma.realm import activate
    from odw.ecma.values import undefined
    from odw.runtime.run import rarer_collections
    from odw.transpile.driver import compile_script
    from odw.transpile.emit import load
    from odw.transpile.source import Source

    realm = activate()
    text = "export const meta = { name: 'b', description: 'b' }\n" + file.read_text() + "\nreturn main\n"
    namespace = load(compile_script(Source(text, file.name)))
    from odw.ecma.abstract_ops.generator_operations import start_async

    promise = start_async(namespace["workflow"]())
    realm.jobs.run_all()
    main = promise.value
    best = float("inf")
    result = undefined
    with rarer_collections():  # as in a run
        for _ in range(3):
            start = time.perf_counter()
            result = main.call(undefined)
            best = min(best, (time.perf_counter() - start) * 1000)
    return best, to_string(result)


def _quickjs(file: Path) -> tuple[float, str]:
    import quickjs

    context = quickjs.Context()
    context.eval('"use strict";' + file.read_text() + "\nglobalThis.main = main")
    best = float("inf")
    result = ""
    for _ in range(3):
        start = time.perf_counter()
        result = context.eval("String(main())")
        best = min(best, (time.perf_counter() - start) * 1000)
    return best, str(result)


def _node(files: list[Path]) -> dict[str, tuple[float, str]]:
    if not (node := shutil.which("node")):
        return {}
    done = subprocess.run([node, "-e", NODE, *map(str, files)], capture_output=True, text=True, check=True)
    return {name: (ms, result) for name, (ms, result) in json.loads(done.stdout).items()}
