"""Generated workflow scripts in odw and in the Node reference host: result, log and calls must be the same.

The agents are scripted: by the hash of its prompt and label a call fails, or is answered with an awkward text, or as the mock would.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

from parity.workflow_runs import differences, job_of, run_in_node, run_in_odw

from fuzz.choices import Choices, Seeded
from fuzz.workflow_scripts import ABSENT, WorkflowScript, workflow_script
from odw.executors.mock import MockExecutor
from odw.runtime.abc import CallRequest, Failure, Planned, Report, Usage

BATCH = 50  # scripts of one Node process
TEXTS = (
    "", "null", "{\"kind\": \"ok\"}", "[1, 2", "yes\nno\r\nmaybe", "  spaced  out ", "naïve café 🚀 done", "0", "x" * 300,
    "- one\n- two\n- three", "`code` and ${hole} and \\ back", "The verdict: ACCEPT, score 7.5/10",
)  # fmt: skip


class ScriptedMock(MockExecutor):
    """A mock that fails now and then and says odd things; always the same for the same call."""

    def plan(self, request: CallRequest) -> Planned:
        planned = super().plan(request)
        dice = crc32(f"{request.label}\0{request.prompt}".encode("utf-8", "surrogatepass"))
        if dice % 11 == 0:
            report = Report(error=Failure("mock", f"refused {dice % 5}", False), usage=Usage(3, 0))
            return planned._replace(report=report)
        if dice % 3 == 0 and request.schema is None:
            text = TEXTS[dice // 3 % len(TEXTS)]
            return planned._replace(report=planned.report._replace(text=text))
        return planned


def script_of(seed: int, number: int) -> WorkflowScript:
    return workflow_script(Choices(Seeded(f"{seed}/{number}")))


def compare(scripts: list[WorkflowScript]) -> list[list[str]]:
    """For each script what odw and Node disagree on."""
    runs: list[dict[str, Any]] = []
    jobs = []
    with tempfile.TemporaryDirectory() as folder:
        for number, script in enumerate(scripts):
            path = Path(folder) / f"{number}.js"
            path.write_text(script.source, "utf-8")
            given = {} if script.args is ABSENT else {"args": script.args}
            runs.append(run_in_odw(path, mock=ScriptedMock(), **given))
            jobs.append(job_of(str(number), path, runs[-1], **given))
    node = run_in_node(jobs)
    found = []
    for number, ran in enumerate(runs):
        there = node[str(number)]
        found.append(
            differences(ran, there) + [f"Node asked what odw did not: {p}" for p in there["unanswered"]]
        )
    return found


def report_workflows(seed: int, count: int, say: Callable[[str], None]) -> bool:
    """Compare ``count`` scripts and say what came of it. True if there was no difference."""
    wrong = calls = 0
    for start in range(0, count, BATCH):
        scripts = [script_of(seed, number) for number in range(start, min(start + BATCH, count))]
        for script, found in zip(scripts, compare(scripts), strict=True):
            calls += 1
            if found:
                wrong += 1
                say(
                    "\n".join(
                        [
                            "--- a script on which they differ",
                            *(f"  | {line}" for line in script.source.split("\n")),
                            *found,
                        ]
                    )
                )
    say(f"{calls} workflow scripts (seed {seed}), {wrong} with differences")
    return wrong == 0
