"""``python tests/replay/record.py``: record the histories of this version under ``histories/<version>-<name>``.

To be run once for a version whose journals differ from those of the versions before it; what is there already is never
recorded anew. Each history is the run's directory: the script, its args, the journal and the large results.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import odw

HERE = Path(__file__).parent
HISTORIES = HERE / "histories"
FAULTY = HERE.parent / "crash" / "faulty.py"
KEPT = ("events.jsonl", "script.js", "args.json", "run.json")
HEAD = "export const meta = { name: 'NAME', description: 'A history that is kept.' }\n"


class History(NamedTuple):
    """``fault``: how the first process dies; ``resumed``: whether a second one then ends the run."""

    source: str
    fault: str = ""
    resumed: bool = False
    args: str = ""
    sub: str = ""


FANS = """
phase('Look')
const seen = await parallel(args.files.map((f) => () => agent(`look at ${f}`, { label: f })))
phase('Judge')
const judged = await pipeline(seen, (text) => agent(`judge ${text}`), (text, before, i) => agent(`sum ${i} ${text}`, { label: `sum-${i}` }))
log(`${judged.length} judged`)
checkpoint('judged', judged.length)
return { seen, judged }
"""
MANY = {
    "finished": History(FANS, args='{"files": ["a.py", "b.py", "c.py"]}'),
    "killed": History(FANS, "kill@write:5:bytes=half", args='{"files": ["a.py", "b.py", "c.py"]}'),
    "resumed": History(FANS, "kill@write:6:bytes=half", resumed=True, args='{"files": ["a.py", "b.py", "c.py"]}'),
    "parked": History(FANS, "eio@sync:8", args='{"files": ["a.py", "b.py", "c.py"]}'),
    "equal": History(
        "const drafts = await parallel([4, 3, 2, 1].map((ms) => () => agent('write a draft', { mockDelayMs: ms })))\n"
        "return drafts\n"
    ),
    "race": History("""
const order = []
const note = (x) => { order.push(x); return x }
const calls = [agent('slow', { mockDelayMs: 9 }).then(note), agent('quick', { mockDelayMs: 1 }).then(note)]
const first = await Promise.race(calls)
await new Promise((resolve) => setTimeout(resolve, 4))
order.push('timer')
await Promise.all(calls)
return { first, order }
"""),
    "race-resumed": History("""
const order = []
const note = (x) => { order.push(x); return x }
const calls = [9, 1, 5, 7, 3].map((ms) => agent(`wait ${ms}`, { mockDelayMs: ms }).then(note))
const first = await Promise.race(calls)
setTimeout(() => order.push('timer'), 3)
await Promise.all(calls)
return { first, order }
""", "kill@write:7:bytes=half", resumed=True),
    "failures": History("""
const some = await parallel(['a', 'b'].map((x) => () => agent(x, { mockFail: x === 'b' ? { category: 'crash', message: 'no luck', retryable: true } : false, maxAttempts: 2 })))
let caught = ''
try { await agent('c', { mockFail: 'no', onFailure: 'throw' }) } catch (error) { caught = error.message }
const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
return { some, caught, number: await agent('a number', { schema, mockResult: { n: 3 } }) }
"""),
    "failed": History("await agent('first')\nthrow new Error('on purpose')\n"),
    "nested": History(
        "const two = await parallel([1, 2].map((n) => () => workflow({ scriptPath: 'sub.js' }, { n })))\nreturn two\n",
        sub="return [args.n, await agent(`below ${args.n}`), await agent('the same')]\n",
    ),
    "spent": History("""
const a = await agent('a', { mockTokens: 7 })
const f = await agent('f', { mockFail: { category: 'crash', message: 'no luck', retryable: true }, mockTokens: 500, retry: { maxAttempts: 3, backoff: 20 } })
return [a, f, await agent('c', { mockTokens: 9 })]
""", "kill@write:8", resumed=True, args='{"n": 1}'),
    "large": History(
        "const text = await agent('much', { mockText: 'large é '.repeat(12000) })\nreturn [text.length, await agent(`of ${text.length}`)]\n"
    ),
}  # fmt: skip


def record(name: str, history: History) -> None:
    target = HISTORIES / f"{odw.__version__}-{name}"
    if target.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "main.js").write_text(HEAD.replace("NAME", name) + history.source)
        if history.sub:
            (project / "sub.js").write_text(HEAD.replace("NAME", "sub") + history.sub)
        flags = ["--json", "--no-report"]
        odw_command = [sys.executable, "-m", "odw"]
        first = [sys.executable, str(FAULTY), history.fault] if history.fault else odw_command
        begin = [
            *first,
            "exec",
            "main.js",
            "--run-id",
            name,
            "--backend",
            "mock",
            "--concurrency",
            "4",
            *flags,
        ]
        subprocess.run(
            [*begin, *(["--args", history.args] if history.args else [])], cwd=project, check=False
        )
        if history.resumed:
            subprocess.run([*odw_command, "resume", name, *flags], cwd=project, check=True)
        run = project / ".odw" / "runs" / name
        target.mkdir(parents=True)
        for file in KEPT:
            if (run / file).exists():
                shutil.copyfile(run / file, target / file)
        facts = json.loads((target / "run.json").read_text())
        (target / "run.json").write_text(json.dumps({**facts, "host": "host", "pid": 1}, indent=2) + "\n")
        if any((run / "nodes").iterdir()):
            shutil.copytree(run / "nodes", target / "nodes")
        if history.sub:
            shutil.copyfile(project / "sub.js", target / "sub.js")
        for path in target.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


if __name__ == "__main__":
    for name, history in MANY.items():
        record(name, history)
