"""The closing figures of ``make test-real``: what odw costs beside the real clients that it runs.

    python -m real.figures [CALLS]        in tests/; 100 calls of each client without a number

Prints for each client the time per call, odw's own share of the CPU time, and the processes left; exit 1 if a call fails,
a process is left or the share is 5 % or more of 100 calls.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from real.clients import PACKAGES, missing
from real.project import Project, Spent
from real.script import say, structured
from real.server import ScriptedServer

CALLS = 100
MOST = 0.05  # odw's share of the CPU time
CONCURRENCY = "4"
WORKFLOW = """
export const meta = { name: 'figures', description: 'Many calls of one client.' }
const schema = { type: 'object', required: ['n'], additionalProperties: false, properties: { n: { type: 'integer' } } }
const calls = Array.from({ length: args.calls }, (_, i) => () =>
  agent(`job ${i} ${i % 4 ? 'text' : 'schema'}`, { runtime: args.client, ...(i % 4 ? {} : { schema }) }))
const answers = await parallel(calls)
return answers.filter(answer => answer !== null).length
"""


class Figures(NamedTuple):
    """One client's. ``left``: processes that are alive after the run."""

    client: str
    calls: int
    done: int
    spent: Spent
    left: int

    @property
    def share(self) -> float:
        return self.spent.own / (self.spent.own + self.spent.children)

    @property
    def good(self) -> bool:
        """With few calls odw's own start weighs too much for its share to say anything."""
        cheap = self.share < MOST or self.calls < CALLS
        return self.done == self.calls and self.left == 0 and cheap

    def __str__(self) -> str:
        spent, calls = self.spent, self.calls
        return (
            f"{self.client}: {self.done} of {calls} calls done in {spent.wall:.1f} s at {CONCURRENCY} slots "
            f"({spent.wall / calls:.2f} s and {spent.children / calls:.2f} CPU s a call); "
            f"odw itself {spent.own:.2f} CPU s = {self.share:.1%} (allowed: below {MOST:.0%}); processes left: {self.left}"
        )


def measure(client: str, calls: int, folder: Path) -> Figures:
    with ScriptedServer() as server:
        server.on(r"job \d+ text").answers(say("a text of some length, as agents write it. " * 20))
        server.on(r"job \d+ schema").answers(structured({"n": 1}))
        project = Project(folder, server.url)
        args = f'{{"calls": {calls}, "client": "{client}"}}'
        running = project.start(WORKFLOW, "--concurrency", CONCURRENCY, "--args", args)
        spent = running.spent()
        done = int(running.result())
        return Figures(client, calls, done, spent, len(project.processes()))


def main() -> int:
    if missing():
        print(f"not in the cache: {', '.join(missing())} (python -m real.clients)")
        return 3
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else CALLS
    good = True
    for client in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(client, calls, Path(folder))
        print(figures, flush=True)
        good = good and figures.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
