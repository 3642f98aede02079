"""From parsed options to a turn that is worked on: here and now, or by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from odw.cli.task.report import MAY_ASK
from odw.cli.task.runtimes import executor_of, resolve_runtime
from odw.cli.task.store import TaskSession, find_session
from odw.cli.task.turn import Turn, work
from odw.errors import UsageError
from odw.runtime.redact import redactor
from odw.runtime.run_dir import iso_time, new_run_id
from odw.settings_file import read_project_file

CARRIED_LENGTH = 50_000  # characters of an earlier task or answer that are told again
_LOOK_S = 0.02


class Beginning(NamedTuple):
    """A turn that can start: nothing about it can be the command line's fault any more."""

    session: TaskSession
    turn: Turn
    report: dict[str, Any]


def place_of(values: dict[str, Any]) -> Path:
    """``--cd``, else the current directory. Raises UsageError if there is no such directory."""
    path = values["path"]
    if path is not None and not Path(path).is_dir():
        raise UsageError(f"--cd: no such directory: {path}")
    return Path(path or ".").absolute()


def begin(values: dict[str, Any]) -> Beginning:
    """The first turn of a conversation, in a session of that name. Raises UsageError."""
    place = place_of(values)
    task = _task(values)
    file = read_project_file(place)
    runtime = resolve_runtime(values["runtime"], values["model"], values["provider"], file)
    settings = {
        "model": values["model"],
        "effort": values["effort"],
        "provider": values["provider"],
        "permission": values["permission"],
        "mock_file": str(Path(values["mock_file"]).absolute()) if values["mock_file"] else None,
        "may_ask": values["may_ask"],
    }
    executor_of(runtime, settings["provider"], settings["mock_file"], file)
    session = TaskSession.named(place, values["session"] or f"task-{new_run_id(time.time())}")
    number = int(session.load().get("turn", 0)) + 1
    timeout = milliseconds_of(values["timeout_ms"])
    return _beginning(
        session,
        Turn(number, task, _asked(task, settings), None, timeout),
        runtime,
        settings,
        {"first_turn": number},
    )


def go_on(values: dict[str, Any], text: str) -> Beginning:
    """The next turn of a conversation: in the executor's own session if it can, else with what was said until now."""
    place = place_of(values)
    session = find_session(place, values["session"])
    before = session.load()
    settings = dict(before["settings"])
    for name in ("model", "effort", "provider", "permission"):
        if values.get(name) is not None:
            settings[name] = values[name]
    runtime = before["runtime"]
    check_runtime(session, before, values["runtime"])
    executor = executor_of(runtime, settings["provider"], settings["mock_file"], read_project_file(place))
    own = before.get("executor_session") if executor.capabilities.sessions else None
    prompt = text if own else _told_again(session, before, text)
    number = int(before["turn"]) + 1
    turn = Turn(number, text, _asked(prompt, settings), own, milliseconds_of(values["timeout_ms"]))
    return _beginning(session, turn, runtime, settings, before)


def work_here(beginning: Beginning) -> dict[str, Any]:
    """Work on it in this process; the report."""
    session = beginning.session
    lock = session.take()
    try:
        _write_begin(beginning)
        report = beginning.report
        settings = report["settings"]
        file = read_project_file(session.place)
        executor = executor_of(report["runtime"], settings["provider"], settings["mock_file"], file)
        return work(session, beginning.turn, executor, show=True)
    finally:
        os.close(lock)


def work_detached(beginning: Beginning) -> dict[str, Any]:
    """Let a process of its own work on it, which gets the lock with its first breath; the report as it begins.

    The turn reaches it through a file that has no name: the prompt may hold what is not to be written down.
    """
    import tempfile

    session = beginning.session
    lock = session.take()
    try:
        _write_begin(beginning)
        log = os.open(
            session.file("driver.log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600
        )
        with tempfile.TemporaryFile() as stdin, os.fdopen(log, "wb") as output:
            stdin.write(json.dumps(beginning.turn._asdict()).encode("ascii"))
            stdin.seek(0)
            child = subprocess.Popen(
                [
                    sys.executable,
                    *_flags(),
                    "-m",
                    "odw.cli.task.driver",
                    str(session.place),
                    session.name,
                    str(lock),
                ],
                stdin=stdin,
                stdout=output,
                stderr=output,
                pass_fds=(lock,),
                start_new_session=True,
            )
    finally:
        os.close(lock)
    while (
        session.load().get("pid") is None
        and session.load().get("state") == "running"
        and child.poll() is None
    ):
        time.sleep(_LOOK_S)
    child.returncode = child.returncode or 0  # it is not waited for: init will do that
    return session.load()


def check_runtime(session: TaskSession, report: dict[str, Any], asked: str | None) -> None:
    """``--runtime`` of a session that is there. Raises UsageError for another one than its own."""
    if asked not in (None, "auto", report["runtime"]):
        raise UsageError(
            f"the session {session.name} is {report['runtime']}'s, not {asked}'s",
            hint="Leave out --runtime, or name another session.",
        )


def text_of_option(values: dict[str, Any], name: str) -> str | None:
    """``--task TEXT``, ``--task-file F``, or standard input if that is - or a pipe. None if there is nothing."""
    text, file = values[name], values[f"{name}_file"]
    if text is not None and file is not None:
        raise UsageError(f"--{name} and --{name}-file exclude each other")
    if file is not None and file != "-":
        try:
            return Path(file).read_bytes().decode("utf-8", "replace")
        except OSError as error:
            raise UsageError(f"--{name}-file: {file}: {error.strerror}") from None
    if file == "-" or (text is None and sys.stdin is not None and not sys.stdin.isatty()):
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    return None if text is None else str(text)


def _task(values: dict[str, Any]) -> str:
    task = text_of_option(values, "task")
    if task is None or not task.strip():
        raise UsageError("there is no task", hint="Give --task TEXT, --task-file FILE, or standard input.")
    return task


def _beginning(
    session: TaskSession, turn: Turn, runtime: str, settings: dict[str, Any], before: dict[str, Any]
) -> Beginning:
    report = {
        "ok": True,
        "state": "running",
        "session": session.name,
        "runtime": runtime,
        "model": settings["model"],
        "cd": str(session.place),
        "turn": turn.number,
        "executor_session": turn.session,
        "summary": {"last_agent_message": "", "usage": before.get("summary", {}).get("usage", {})},
        "started_at": iso_time(time.time()),
        "ended_at": None,
        "log": session.file("events.jsonl"),
        "pid": None,
        "settings": settings,
        "first_turn": before["first_turn"],
    }
    return Beginning(session, turn, report)


def _write_begin(beginning: Beginning) -> None:
    beginning.session.save(beginning.report)
    beginning.session.write_text(f"task-{beginning.turn.number}.txt", redactor().text(beginning.turn.said))


def _asked(prompt: str, settings: dict[str, Any]) -> str:
    return f"{prompt}\n\n{MAY_ASK}" if settings["may_ask"] else prompt


def _told_again(session: TaskSession, before: dict[str, Any], text: str) -> str:
    """The conversation so far and what comes now, for an executor that does not remember."""
    parts = []
    for number in range(int(before["first_turn"]), int(before["turn"]) + 1):
        said, answer = session.read_text(f"task-{number}.txt"), session.read_text(f"answer-{number}.txt")
        parts.append(f"The user said:\n{_cut(said)}\n\nYou answered:\n{_cut(answer)}")
    return "\n\n".join((*parts, f"Now the user says:\n{text}"))


def _cut(text: str) -> str:
    if len(text) <= CARRIED_LENGTH:
        return text
    half = CARRIED_LENGTH // 2
    return f"{text[:half]}\n[{len(text) - CARRIED_LENGTH} characters left out]\n{text[-half:]}"


def milliseconds_of(given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isdecimal() or not 0 < int(given) < 10**12:
        raise UsageError(f"--timeout-ms: expected a whole number of milliseconds above 0, found {given!r}")
    return int(given)


def _flags() -> list[str]:
    """``-P`` keeps modules in the current directory from posing as ours, unless odw itself was found that way."""
    return [] if sys.path[:1] in ([""], [str(Path.cwd())]) else ["-P"]
