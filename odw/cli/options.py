"""Every command and option of ``odw``, once: the parser, the help and the tests all read this table."""

from __future__ import annotations

from odw.cli.table.archive import ARCHIVE_COMMANDS
from odw.cli.table.executors import DOCTOR, MODELS
from odw.cli.table.guide import GUIDE_COMMANDS
from odw.cli.table.kit import EXECUTORS_COMMANDS
from odw.cli.table.report import REPORT
from odw.cli.table.running import ESTIMATE, EXEC, FORK, REPLAY, RESUME
from odw.cli.table.runs import RUNS_COMMANDS
from odw.cli.table.scripts import GRAPH, INSPECT, LINT, TRANSPILE
from odw.cli.table.task import TASK_COMMANDS
from odw.cli.table.types import Argument, Command, Option

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        EXEC,
        RESUME,
        FORK,
        REPLAY,
        ESTIMATE,
        REPORT,
        *RUNS_COMMANDS,
        *ARCHIVE_COMMANDS,
        DOCTOR,
        MODELS,
        *EXECUTORS_COMMANDS,
        *TASK_COMMANDS,
        LINT,
        INSPECT,
        GRAPH,
        TRANSPILE,
        *GUIDE_COMMANDS,
    )
}
GROUPS = {
    "runs": "See the runs of a project.",
    "journal": "Look after the journal of a run.",
    "executors": "See and test the executors.",
    "task": "Run one task through any executor, in one shape.",
}

EXIT_CODES = (
    (0, "done"),
    (1, "the workflow failed, or returned {ok: false}"),
    (2, "wrong usage"),
    (3, "the script does not parse, or has lint errors"),
    (4, "parked: the run can be resumed"),
    (130, "interrupted: the run can be resumed"),
)

# variable, what it sets
ENVIRONMENT = (
    ("ODW_CONCURRENCY", "how many agents may run at once, 1 to 1024"),
    ("ODW_MAX_AGENTS", "how many agents a run may start (1000)"),
    ("ODW_ON_FAILURE", "what a failed agent call gives: null, throw or report"),
    ("ODW_BUDGET_POLICY", "what becomes of running calls when the budget is spent: finish or cancel"),
    ("ODW_FAIL_ON", "partial: calls that failed or were dropped make the exit code 1"),
    ("ODW_GRACE_S", "seconds that calls in flight get to finish after Ctrl-C or a stop (5)"),
    ("ODW_CONFIRM_ABOVE", "on a terminal, ask before a run of more calls than this"),
    ("ODW_SCRIPT_SLICE_S", "seconds a script may compute without awaiting (30)"),
    ("ODW_SCRIPT_MEMORY_MB", "megabytes a script's values may take (2048)"),
    ("ODW_MAX_SCRIPT_BYTES", "the largest script that is read (524288)"),
    ("ODW_MAX_VALUE_MB", "megabytes that a result, a prompt or a checkpoint may have (64)"),
    ("ODW_PANDACODE_BIN", "the program of the pandacode executor"),
    ("ODW_CACHE_DIR", "where compiled scripts are kept"),
    ("ODW_NO_CACHE", "1: compile anew every time"),
    ("ODW_DEBUG", "1: show the traceback of an internal error"),
)

__all__ = [
    "COMMANDS",
    "DOCTOR",
    "ENVIRONMENT",
    "ESTIMATE",
    "EXEC",
    "EXIT_CODES",
    "FORK",
    "GROUPS",
    "LINT",
    "MODELS",
    "REPLAY",
    "RESUME",
    "TRANSPILE",
    "Argument",
    "Command",
    "Option",
]
