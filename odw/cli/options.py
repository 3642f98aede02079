"""Every command and option of ``odw``, once: the parser, the help and the tests all read this table.

It imports nothing, since ``odw exec`` reads it before anything else.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Option(NamedTuple):
    """``name`` is its key among the parsed values; ``flags`` all its spellings, the shown one first.

    Without ``metavar`` it is a switch. ``many``: may be given several times, the value is a list. ``comes_with``: accepted by name
    only; the feature comes with a later version and the message says which.
    """

    name: str
    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: Any = None
    many: bool = False
    comes_with: str = ""


class Argument(NamedTuple):
    """A positional argument; ``many`` takes all that are left."""

    name: str
    metavar: str
    help: str
    required: bool = True
    many: bool = False


class Command(NamedTuple):
    name: str
    summary: str
    details: str
    argument: Argument
    options: tuple[Option, ...]


EXEC = Command(
    "exec",
    "Run a workflow script.",
    "Prints progress and the result. Exit codes: 0 done; 1 the workflow failed or returned {ok: false}; 2 wrong usage; "
    "3 the script does not parse or lint; 4 parked, resumable; 130 interrupted, resumable.",
    Argument(
        "script", "SCRIPT", "A path, the name of a saved workflow, or - for standard input.", required=False
    ),
    (
        Option("script_option", ("--script",), "The same as SCRIPT.", "SCRIPT"),
        Option(
            "backend",
            ("--backend", "-b"),
            "Who answers the agent calls: mock, or native for the first executor found.",
            "NAME",
            default="native",
        ),
        Option("args", ("--args", "--input"), "The script's args: JSON, or any other text as it is.", "JSON"),
        Option(
            "args_file",
            ("--args-file", "--input-file"),
            "Read args from a file; - is standard input.",
            "FILE",
        ),
        Option(
            "arg",
            ("--arg",),
            "One entry of args; the value is JSON if it parses, else text.",
            "KEY=VALUE",
            many=True,
        ),
        Option("json", ("--json",), "Print the result only, as one line of JSON."),
        Option("dry_run", ("--dry-run",), "Run on the mock executor and write nothing into the project."),
        Option("mock_file", ("--mock-file",), "Answers for the mock executor, by prompt or label.", "FILE"),
        Option("concurrency", ("--concurrency",), "How many agents may run at once, 1 to 1024.", "N"),
        Option("max_agents", ("--max-agents",), "How many agents the run may start in all (1000).", "N"),
        Option(
            "budget",
            ("--budget",),
            "What the run may spend: 500k output tokens, 2M-total tokens, or '$5'.",
            "B",
        ),
        Option("model", ("--model", "-m"), "The model for calls that name none.", "MODEL"),
        Option("effort", ("--effort",), "The reasoning effort for calls that name none.", "EFFORT"),
        Option("timeout", ("--timeout",), "Seconds one agent call may take.", "S"),
        Option(
            "on_failure",
            ("--on-failure",),
            "What a failed agent call gives: null, an error, or a report.",
            "MODE",
            ("null", "throw", "report"),
        ),
        Option("path", ("--path",), "The project's directory (default: the current one).", "DIR"),
        Option("yes", ("--yes", "-y"), "Ask nothing."),
        Option("no_report", ("--no-report",), "Write no report at the end."),
        Option("open", ("--open",), "Open the report in a browser."),
        Option("resume", ("--resume",), "Go on with a run.", "RUN", comes_with="resume"),
        Option(
            "keep_worktrees",
            ("--keep-worktrees",),
            "Keep the agents' worktrees.",
            comes_with="worktree isolation",
        ),
    ),
)

LINT = Command(
    "lint",
    "Check workflow scripts without running them.",
    "Exit codes: 0 no errors (warnings are printed); 2 wrong usage; 3 errors. A comment silences a rule on its line or the next: "
    "// odw-allow ODW101 reason.",
    Argument("paths", "PATH", "Files, directories (all .js below), or - for standard input.", many=True),
    (
        Option(
            "format",
            ("--format", "-f"),
            "How to print what is found.",
            "FORMAT",
            ("text", "json", "sarif", "github"),
            default="text",
        ),
        Option("fix", ("--fix",), "Mend what can be mended without changing what the script means."),
    ),
)

TRANSPILE = Command(
    "transpile",
    "Show the Python that a script is compiled to.",
    "For reading: `odw exec` compiles by itself. Exit codes: 0 done; 2 wrong usage; 3 the script does not parse or lint.",
    Argument("script", "SCRIPT", "A path, or - for standard input."),
    (
        Option("output", ("--output", "-o"), "Write to a file instead of standard output.", "FILE"),
        Option(
            "format",
            ("--format", "-f"),
            "Python text, Python's tree, or the script's own tree as JSON (ESTree).",
            "FORMAT",
            ("python", "ast", "js-ast"),
            default="python",
        ),
    ),
)

COMMANDS: dict[str, Command] = {command.name: command for command in (EXEC, LINT, TRANSPILE)}

# Commands of the finished odw that this version does not have: name -> what they come with.
LATER = {
    "runs": "the run list",
    "resume": "resume",
    "report": "the report",
    "doctor": "real executors",
    "guide": "the guide",
    "spec": "the guide",
    "contract": "the guide",
    "capabilities": "the guide",
    "apply": "worktree isolation",
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
    ("ODW_SCRIPT_SLICE_S", "seconds a script may compute without awaiting (30)"),
    ("ODW_SCRIPT_MEMORY_MB", "megabytes a script's values may take (2048)"),
    ("ODW_MAX_SCRIPT_BYTES", "the largest script that is read (524288)"),
    ("ODW_CACHE_DIR", "where compiled scripts are kept"),
    ("ODW_NO_CACHE", "1: compile anew every time"),
    ("ODW_DEBUG", "1: show the traceback of an internal error"),
)
