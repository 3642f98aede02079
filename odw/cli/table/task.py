"""Commands about single tasks: one agent, one shape, whatever the executor."""

from __future__ import annotations

from odw.cli.table.executors import DOCTOR, MODELS
from odw.cli.table.running import MOCK_FILE
from odw.cli.table.types import Command, Option

CD = Option("path", ("--cd", "--path"), "The directory to work in (default: the current one).", "DIR")
RUNTIME = Option(
    "runtime",
    ("--runtime", "-r"),
    "The executor: its name, an alias of odw.toml, or auto for the one that the model or provider belongs to.",
    "NAME",
)
_NEW = Option("session", ("--session", "-s"), "The session's name (default: made from the time).", "NAME")
_SESSION = Option("session", ("--session", "-s"), "The session's name (default: the last one).", "NAME")
_JSON = Option("json", ("--json",), "Print one line of JSON: the report, or what went wrong.")
_WAIT = Option("wait", ("--wait",), "Wait for the end (default: in the background).")
_TASK = (
    Option("task", ("--task", "-t"), "What is to be done.", "TEXT"),
    Option("task_file", ("--task-file",), "Read the task from a file; - is standard input.", "FILE"),
)
_WISHES = (
    Option("model", ("--model", "-m"), "The model.", "MODEL"),
    Option("effort", ("--effort",), "The reasoning effort.", "EFFORT"),
    Option("provider", ("--provider",), "The provider, for runtimes that have several.", "NAME"),
    Option(
        "permission",
        ("--permission",),
        "What the agent may do: read, limited, max, or a mode of the runtime's own.",
        "MODE",
    ),
    Option("timeout_ms", ("--timeout-ms",), "Milliseconds that the task may take.", "N"),
)
_MAY_ASK = Option(
    "may_ask",
    ("--may-ask",),
    "Let the agent end with a question: the session then waits for odw task answer.",
)
_NEW_OPTIONS = (RUNTIME, _NEW, CD, *_TASK, *_WISHES, _MAY_ASK, MOCK_FILE, _JSON)
_STATES = (
    "States: completed, waiting_for_user, idle (its process is gone, it can be continued), running, timeout, stopped, "
    "blocked (login, quota or configuration), failed."
)
_EXITS = f"{_STATES} Exit codes: 0 completed, or waiting for the user; 1 any other end; 2 wrong usage; 130 stopped."


def _command(name: str, function: str, summary: str, details: str, *options: Option) -> Command:
    return Command(f"task {name}", f"task.{function}", summary, details, (), options)


TASK_COMMANDS = (
    _command(
        "exec",
        "commands:exec_command",
        "Work on one task with one agent, and wait for it.",
        _EXITS,
        *_NEW_OPTIONS,
    ),
    _command(
        "run",
        "commands:run_command",
        "Start one task in the background.",
        "odw task logs -f follows it, odw task status tells how it stands.",
        *_NEW_OPTIONS,
    ),
    _command(
        "status",
        "commands:status_command",
        "Show how a session stands, and its last answer.",
        _STATES,
        RUNTIME,
        _SESSION,
        CD,
        _JSON,
    ),
    _command(
        "logs",
        "follow:logs_command",
        "Show what the agent of a session did.",
        "",
        RUNTIME,
        _SESSION,
        CD,
        Option("follow", ("--follow", "-f"), "Go on as more comes, until the end."),
        _JSON,
    ),
    _command(
        "resume",
        "commands:resume_command",
        "Go on with a session: say more in the same conversation.",
        f"Without a task the agent is told to go on where it left off. {_EXITS}",
        RUNTIME,
        _SESSION,
        CD,
        *_TASK,
        *_WISHES,
        _WAIT,
        _JSON,
    ),
    _command(
        "answer",
        "commands:answer_command",
        "Answer what the agent asked.",
        _EXITS,
        RUNTIME,
        _SESSION,
        CD,
        Option("text", ("--text",), "The answer.", "TEXT"),
        Option("text_file", ("--text-file",), "Read the answer from a file; - is standard input.", "FILE"),
        Option("timeout_ms", ("--timeout-ms",), "Milliseconds that the agent may take now.", "N"),
        _WAIT,
        _JSON,
    ),
    _command(
        "stop",
        "commands:stop_command",
        "End what works on a session.",
        "odw task resume goes on.",
        RUNTIME,
        _SESSION,
        CD,
        _JSON,
    ),
    _command("list", "commands:list_command", "List the sessions of a directory.", "", RUNTIME, CD, _JSON),
    MODELS._replace(name="task models", options=(_JSON, CD)),
    DOCTOR._replace(name="task doctor", options=(_JSON, CD)),
)
