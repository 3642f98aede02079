"""Commands about runs that are there: see them, command them, look after their journals, take over their changes."""

from __future__ import annotations

from odw.cli.table.running import PATH, RUN
from odw.cli.table.types import Argument, Command, Option

NODE = Argument("node", "NODE", "A call: its number, its path (p0[3]/a0), or its label.")
AS_JSON = Option("json", ("--json",), "Print JSON instead of text.")
STATUSES = ("running", "paused", "completed", "failed", "parked", "interrupted", "stopped", "dead")


def _control(name: str, summary: str, details: str, *arguments: Argument) -> Command:
    return Command(name, f"control_command:{name}_command", summary, details, (RUN, *arguments), (PATH,))


RUNS_COMMANDS = (
    Command(
        "runs list",
        "runs_command:list_command",
        "List the runs of a project, the newest first.",
        "A run whose process is gone without a last word is shown as dead: it can be resumed.",
        (),
        (
            Option("status", ("--status",), "Only runs with this status.", "STATUS", STATUSES),
            Option("limit", ("--limit", "-n"), "At most N runs.", "N"),
            AS_JSON,
            PATH,
        ),
    ),
    Command(
        "runs show",
        "runs_command:show_command",
        "Sum up one run: status, census, failures first, budget.",
        "",
        (RUN,),
        (AS_JSON, PATH),
    ),
    Command(
        "runs watch",
        "runs_command:watch_command",
        "Watch runs as they go, from any terminal.",
        "On a terminal a full-screen view of all runs, or of RUN: ? shows its keys, q leaves it, and the runs go on. Elsewhere, or "
        "with --plain, the lines of RUN (default: latest) until it ends, with its exit code.",
        (RUN._replace(required=False),),
        (Option("plain", ("--plain",), "Print lines, also on a terminal."), PATH),
    ),
    Command(
        "logs",
        "logs_command:logs_command",
        "Show the events of a run, or everything about one of its calls.",
        "",
        (RUN, NODE._replace(required=False)),
        (
            Option("follow", ("--follow", "-f"), "Go on as new ones come, until the end."),
            AS_JSON,
            PATH,
        ),
    ),
    _control("pause", "Start no more calls; those in flight finish.", "odw unpause lets the run go on."),
    _control("unpause", "Let a paused run go on.", ""),
    _control(
        "stop",
        "End a run in order; it can be resumed.",
        "Calls in flight get the grace that odw exec --grace sets.",
    ),
    _control("skip", "Give up one call: the workflow gets null for it.", "Also when it is resumed.", NODE),
    _control("retry", "Start one running call over.", "The attempt that is cut off does not count.", NODE),
    Command(
        "apply",
        "apply_command:apply_command",
        "Apply the patches of a run's worktrees to the working tree.",
        "All of them, in the order of their calls, or those of the NODEs given. Either everything applies or nothing is touched. "
        "Exit codes: 0 applied; 1 conflicts; 2 wrong usage.",
        (RUN, Argument("nodes", "NODE", NODE.help, required=False, many=True)),
        (
            Option("check", ("--check",), "Only say whether they would apply."),
            Option(
                "three_way", ("--3way",), "Leave conflicts in the files, with markers, instead of refusing."
            ),
            AS_JSON,
            PATH,
        ),
    ),
    Command(
        "journal verify",
        "journal_command:verify_command",
        "Prove that a journal is whole and unaltered.",
        "Every line is checked against its checksum and the line before. Exit codes: 0 whole; 1 damaged; 2 wrong usage.",
        (RUN,),
        (AS_JSON, PATH),
    ),
    Command(
        "journal repair",
        "journal_command:repair_command",
        "Cut a damaged journal back to the lines that are whole.",
        "The rest is kept beside it. Results after the damage run again on resume.",
        (RUN,),
        (Option("yes", ("--yes", "-y"), "Ask nothing."), PATH),
    ),
)
