"""Commands about runs that are over: compare them, add them up, remove them."""

from __future__ import annotations

from odw.cli.table.running import PATH, RUN
from odw.cli.table.runs import AS_JSON, STATUSES
from odw.cli.table.types import Argument, Command, Option

ARCHIVE_COMMANDS = (
    Command(
        "runs diff",
        "compare_command:diff_command",
        "Compare two runs: results, calls, tokens, cost.",
        "Calls are paired by what they asked and where they stand, as a resume pairs them. Exit codes: 0 the runs are alike; 1 they "
        "differ; 2 wrong usage.",
        (RUN, Argument("other", "RUN", "The run to compare it with.")),
        (AS_JSON, PATH),
    ),
    Command(
        "runs prune",
        "prune_command:prune_command",
        "Remove old runs, their kept worktrees and their branches.",
        "What is given must all fit. A run that goes on is never removed. Exit codes: 0 done; 1 something could not be removed; 2 "
        "wrong usage.",
        (),
        (
            Option("keep", ("--keep",), "Keep the newest N runs.", "N"),
            Option(
                "older_than", ("--older-than",), "Only runs that began longer ago, such as 30d or 12h.", "AGE"
            ),
            Option(
                "status",
                ("--status",),
                "Only runs with this status; may be given several times.",
                "STATUS",
                tuple(status for status in STATUSES if status not in ("running", "paused")),
                many=True,
            ),
            Option("yes", ("--yes", "-y"), "Do not ask."),
            AS_JSON,
            PATH,
        ),
    ),
    Command(
        "stats",
        "compare_command:stats_command",
        "Add up calls, tokens and cost of the project's runs.",
        "A result that a later session replayed counts once, where it was paid for.",
        (),
        (
            Option(
                "by",
                ("--by",),
                "What to add up by.",
                "GROUP",
                ("model", "workflow", "executor", "day"),
                default="model",
            ),
            Option(
                "since", ("--since",), "Only runs that began on this day or later, such as 2026-01-31.", "DAY"
            ),
            AS_JSON,
            PATH,
        ),
    ),
)
