"""What a run is started with, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from odw.errors import OdwError
from odw.jsonvalue import JsonValue
from odw.runtime.abc import ABSENT, HumanGate
from odw.runtime.budget_limits import BudgetLimit, Limits

EXIT_CODES = {"completed": 0, "failed": 1, "stopped": 1, "parked": 4, "interrupted": 130}


class RunOptions(NamedTuple):
    """One run's options. ``project`` is the absolute directory whose ``.odw`` holds the run; ``args`` ABSENT if none."""

    project: str
    args: Any = ABSENT
    concurrency: int = 4
    max_agents: int = 1000
    max_attempts: int = 3
    on_failure: str = "null"
    budget: Limits | BudgetLimit | None = None
    model: str | None = None
    effort: str | None = None
    timeout_ms: float | None = None
    slice_s: float = 30.0
    memory_mb: int = 2048
    max_value_mb: int = 64  # of a result, a prompt, a checkpoint
    dry_run: bool = False
    run_id: str | None = None
    resume_from: str | None = None  # ``RunDir.reference`` of the run to go on with
    recorded: Mapping[str, Any] | None = None  # for run.json: options as the user gave them
    policy: str = "call"  # which results replay on resume: "call" or "prefix"
    budget_policy: str = (
        "finish"  # what becomes of calls in flight when the budget is spent: "finish" or "cancel"
    )
    fail_on: str = "error"  # "partial": calls that failed or were dropped make the exit code 1 too
    grace_s: float = 5.0  # seconds that calls in flight get after a signal or a stop
    keep_worktrees: bool = False
    per_runtime: Mapping[str, int] = {}  # runtime -> how many of its calls may run at once
    prices: Mapping[str, Any] = {}  # model -> prices that win over the table
    human: HumanGate | None = None  # whom a workflow may ask


class RunOutcome(NamedTuple):
    """``status`` is a key of EXIT_CODES. ``error`` is set unless completed; ``patches`` counts the calls that left changes to apply."""

    status: str
    result: JsonValue
    error: OdwError | None
    run_id: str
    run_dir: str
    census: dict[str, Any]
    fail_on: str = "error"
    patches: int = 0

    @property
    def partial(self) -> bool:
        """Whether some call failed, was given up or dropped."""
        return any(self.census.get(name) for name in ("failed", "skipped", "dropped"))

    @property
    def exit_code(self) -> int:
        """0 done; 1 failed, returned ``{ok: false}``, or was partial under ``--fail-on partial``; 4 parked; 130 interrupted."""
        if self.status == "completed" and isinstance(self.result, dict) and self.result.get("ok") is False:
            return 1
        if self.status == "completed" and self.fail_on == "partial" and self.partial:
            return 1
        if self.status == "failed" and self.error is not None:
            return self.error.exit_code
        return EXIT_CODES[self.status]
