"""Commands that run a workflow: exec, resume, fork, replay, estimate. Most of their options are the same."""

from __future__ import annotations

from odw.cli.table.types import Argument, Command, Option

ARGS = (
    Option("args", ("--args", "--input"), "The script's args: JSON, or any other text as it is.", "JSON"),
    Option(
        "args_file", ("--args-file", "--input-file"), "Read args from a file; - is standard input.", "FILE"
    ),
    Option(
        "arg",
        ("--arg",),
        "One entry of args; the value is JSON if it parses, else text.",
        "KEY=VALUE",
        many=True,
    ),
)
PATH = Option("path", ("--path",), "The project's directory (default: the current one).", "DIR")
JSON = Option("json", ("--json",), "Print the result only, as one line of JSON.")
MOCK_FILE = Option(
    "mock_file", ("--mock-file",), "Answers for the mock executor, by prompt or label.", "FILE"
)
PANDACODE_BIN = Option(
    "pandacode_bin",
    ("--pandacode-bin",),
    "The program of the pandacode executor (default: ODW_PANDACODE_BIN, one beside odw, or PATH).",
    "FILE",
)
MODEL = Option("model", ("--model", "-m"), "The model for calls that name none.", "MODEL")
SCRIPT = Option(
    "script", ("--script",), "Run this script instead of the one that the run recorded.", "SCRIPT"
)

WORKFLOW = Option(
    "workflow",
    ("--workflow",),
    "Which workflow of a Python file that has several: its name, or its function's.",
    "NAME",
)


def backend(default: str | None) -> Option:
    return Option(
        "backend",
        ("--backend", "-b"),
        "Who answers the agent calls: mock, the name of an executor, or native for the first one found.",
        "NAME",
        default=default,
    )


LIMITS = (
    MOCK_FILE,
    PANDACODE_BIN,
    Option("concurrency", ("--concurrency",), "How many agents may run at once, 1 to 1024.", "N"),
    Option("max_agents", ("--max-agents",), "How many agents the run may start in all (1000).", "N"),
    Option(
        "budget",
        ("--budget",),
        "What the run may spend: 500k output tokens, 2M-total tokens, or '$5'. On resume +200k adds to what it had.",
        "B",
    ),
    Option(
        "budget_policy",
        ("--budget-policy",),
        "When the budget is spent, calls in flight finish or are cancelled.",
        "POLICY",
        ("finish", "cancel"),
    ),
    MODEL,
    Option("effort", ("--effort",), "The reasoning effort for calls that name none.", "EFFORT"),
    Option("timeout", ("--timeout",), "Seconds one agent call may take.", "S"),
    Option(
        "grace", ("--grace",), "Seconds that calls in flight get to finish after Ctrl-C or a stop (5).", "S"
    ),
    Option(
        "on_failure",
        ("--on-failure",),
        "What a failed agent call gives: null, an error, or a report.",
        "MODE",
        ("null", "throw", "report"),
    ),
    Option(
        "fail_on",
        ("--fail-on",),
        "Exit with 1 also when the workflow ends well but some calls failed or were dropped (partial).",
        "WHAT",
        ("error", "partial"),
    ),
    Option("keep_worktrees", ("--keep-worktrees",), "Keep the agents' worktrees."),
    Option(
        "confirm_above",
        ("--confirm-above",),
        "On a terminal, ask before a run whose dry run makes more than N calls.",
        "N",
    ),
)
ENDING = (
    PATH,
    JSON,
    Option(
        "progress",
        ("--progress",),
        "What to show meanwhile: a live tree, plain lines, events as JSON lines, or nothing. By itself a tree on a terminal, else "
        "lines.",
        "STYLE",
        ("auto", "tree", "plain", "json", "none"),
    ),
    Option("quiet", ("--quiet", "-q"), "Show nothing but the result, and what went wrong."),
    Option("detach", ("--detach",), "Run in the background; odw runs watch shows it."),
    Option("yes", ("--yes", "-y"), "Ask nothing."),
    Option("no_report", ("--no-report",), "Write no report at the end."),
    Option("open", ("--open",), "Open the report in a browser."),
)
POLICY = Option(
    "policy",
    ("--policy",),
    "Which results replay: those of equal calls (call), or only those before the first change (prefix).",
    "POLICY",
    ("call", "prefix"),
)
RUN = Argument("run", "RUN", "A run's id or its unique beginning, its directory, or latest.")
_EXITS = (
    "Exit codes: 0 done; 1 the workflow failed or returned {ok: false}; 2 wrong usage; "
    "3 the script does not parse or lint; 4 parked, resumable; 130 interrupted, resumable."
)

EXEC = Command(
    "exec",
    "exec_command:exec_command",
    "Run a workflow script.",
    "Prints progress and the result. The parameters of a workflow in Python are options too, after SCRIPT: "
    f"odw exec review.py --dimensions bugs --dimensions perf --strict. {_EXITS}",
    (
        Argument(
            "script",
            "SCRIPT",
            "A path, the name of a saved workflow, or - for standard input.",
            required=False,
        ),
    ),
    (
        Option("script_option", ("--script",), "The same as SCRIPT.", "SCRIPT"),
        WORKFLOW,
        backend("native"),
        *ARGS,
        Option("dry_run", ("--dry-run",), "Run on the mock executor and write nothing into the project."),
        *LIMITS,
        Option(
            "resume",
            ("--resume",),
            "Go on with a run: with SCRIPT, or with the script that it recorded.",
            "RUN",
        ),
        POLICY,
        Option("run_id", ("--run-id",), "The id of the new run (default: made from the time).", "ID"),
        *ENDING,
    ),
    "parameters",
)

RESUME = Command(
    "resume",
    "resume_command:resume_command",
    "Go on with a run: what it finished replays, the rest runs.",
    "The run keeps its id, and its options unless they are given again. A call replays when nothing that its executor sees has "
    f"changed; failed and unfinished calls run again. {_EXITS}",
    (RUN,),
    (
        Option("check", ("--check",), "Only say which calls would replay, which would run, and why."),
        SCRIPT,
        backend(None),
        *ARGS,
        *LIMITS,
        POLICY,
        *ENDING,
    ),
)

FORK = Command(
    "fork",
    "fork_command:fork_command",
    "Start a new run over the results of another.",
    "The other stays as it is, and neither needs the other afterwards. What the new run begins with counts towards its --budget. "
    f"{_EXITS}",
    (RUN,),
    (
        Option("from_node", ("--from",), "Run this call, and all that were made after it, again.", "NODE"),
        Option(
            "rerun",
            ("--rerun",),
            "Run the calls with this label again; * stands for any text.",
            "LABEL",
            many=True,
        ),
        SCRIPT,
        backend(None),
        *ARGS,
        *LIMITS,
        Option("run_id", ("--run-id",), "The id of the new run (default: made from the time).", "ID"),
        *ENDING,
    ),
)

REPLAY = Command(
    "replay",
    "replay_command:replay_command",
    "Check that a script still does what a run recorded.",
    "The script is executed against the journal, and no executor is asked. For CI, on stored histories: "
    "RUN may be a directory or an events.jsonl anywhere. Exit codes: 0 the script makes the recorded calls and "
    "comes to the recorded result; 1 it diverges; 2 wrong usage; 3 the script does not parse or lint.",
    (RUN,),
    (
        SCRIPT,
        Option("strict", ("--strict",), "Also compare order, places, labels, phases and log lines."),
        *ARGS,
        PATH,
        JSON,
    ),
)

ESTIMATE = Command(
    "estimate",
    "estimate_command:estimate_command",
    "Dry-run a script and estimate its calls, tokens and cost.",
    "Calls are counted on the mock executor; tokens and cost come from earlier runs in the project where there are any.",
    (Argument("script", "SCRIPT", "A path, the name of a saved workflow, or - for standard input."),),
    (*ARGS, MOCK_FILE, MODEL, PATH, JSON),
)
