"""``odw task exec|run|resume|answer|status|stop|list``: what each does, prints and exits with."""

from __future__ import annotations

import functools
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from json import dumps
from typing import Any

from odw.cli.task.report import as_found, envelope, public
from odw.cli.task.start import (
    Beginning,
    begin,
    check_runtime,
    go_on,
    place_of,
    text_of_option,
    work_detached,
    work_here,
)
from odw.cli.task.store import TaskSession, find_session, sessions
from odw.cli.terminal import say, say_line
from odw.errors import OdwError, UsageError

STOP_S = 10.0  # for a driver to end in order; then it is killed
_LOOK_S = 0.02


def _enveloped(command: Callable[[dict[str, Any]], int]) -> Callable[[dict[str, Any]], int]:
    """Under ``--json`` an error is a failure envelope on standard output too."""

    @functools.wraps(command)
    def run(values: dict[str, Any]) -> int:
        try:
            return command(values)
        except OdwError as error:
            if values.get("json"):
                print_json(envelope(error))
            raise

    return run


@_enveloped
def exec_command(values: dict[str, Any]) -> int:
    """Work on a task and wait for its end."""
    return _here(begin(values), values)


@_enveloped
def run_command(values: dict[str, Any]) -> int:
    """Start a task in the background."""
    return _detached(begin(values), values)


@_enveloped
def resume_command(values: dict[str, Any]) -> int:
    """Go on with a session: a new prompt in the same conversation."""
    text = text_of_option(values, "task") or ""
    if not text.strip():
        text = "Go on with the task where you left off."
    return _next_turn(values, text)


@_enveloped
def answer_command(values: dict[str, Any]) -> int:
    """Answer what the agent asked."""
    text = text_of_option(values, "text") or ""
    if not text.strip():
        raise UsageError("there is no answer", hint="Give --text TEXT, --text-file FILE, or standard input.")
    session = find_session(place_of(values), values["session"])
    state = report_of(session)["state"]
    if state != "waiting_for_user":
        raise UsageError(
            f"the session {session.name} asks nothing: it is {state}",
            hint=f"To say something more: odw task resume --session {session.name} --task TEXT",
        )
    return _next_turn(values, text)


@_enveloped
def status_command(values: dict[str, Any]) -> int:
    """The report of a session as it stands."""
    session = find_session(place_of(values), values["session"])
    report = report_of(session)
    check_runtime(session, report, values["runtime"])
    if values["json"]:
        print_json(public(report))
    else:
        _show(report)
    return 0


@_enveloped
def stop_command(values: dict[str, Any]) -> int:
    """End what works on a session, and wait until it has ended."""
    session = find_session(place_of(values), values["session"])
    check_runtime(session, session.load(), values["runtime"])
    was_driven = session.driven
    if was_driven:
        _end_driver(session)
    report = report_of(session)
    if report["state"] == "idle":
        report = {**report, "ok": False, "state": "stopped"}
        session.save(report)
    if values["json"]:
        print_json(public(report))
    elif was_driven:
        say_line(f"{session.name}: {report['state']}")
    else:
        say_line(f"{session.name} is not at work: {report['state']}")
    return 0


@_enveloped
def list_command(values: dict[str, Any]) -> int:
    """The sessions of a directory, the last one first."""
    asked = values["runtime"]
    reports = [report_of(session) for session in sessions(place_of(values))]
    reports = [report for report in reports if asked in (None, "auto", report["runtime"])]
    if values["json"]:
        print_json({"ok": True, "sessions": [public(report) for report in reports]})
        return 0
    if not reports:
        say("no task sessions here")
    width = max((len(report["session"]) for report in reports), default=0)
    for report in reports:
        began = report["started_at"][:19].replace("T", " ")
        said = " ".join(report["summary"]["last_agent_message"].split())
        say_line(
            f"{report['session']:<{width}}  {report['state']:<16}  {report['runtime']:<10}  {began}  {said[:60]}".rstrip()
        )
    return 0


def report_of(session: TaskSession) -> dict[str, Any]:
    """The session's report, with the truth about a driver that is gone."""
    driven = session.driven  # before the report: nothing comes after the driver is gone
    return as_found(session.load(), driven=driven, last_words=session.read_text("driver.log"))


def print_json(value: Any) -> None:
    sys.stdout.write(dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _next_turn(values: dict[str, Any], text: str) -> int:
    beginning = go_on(values, text)
    return _here(beginning, values) if values["wait"] else _detached(beginning, values)


def _here(beginning: Beginning, values: dict[str, Any]) -> int:
    beginning.session.create()
    report = work_here(beginning)
    if values["json"]:
        print_json(public(report))
    else:
        _show_end(report)
    if report["ok"]:
        return 0
    return 130 if report["state"] == "stopped" else 1


def _detached(beginning: Beginning, values: dict[str, Any]) -> int:
    session = beginning.session
    session.create()
    report = as_found(
        work_detached(beginning), driven=session.driven, last_words=session.read_text("driver.log")
    )
    if values["json"]:
        print_json(public(report))
        return 0 if report["ok"] else 1
    words = f"--session {session.name}"
    if values["path"] is not None:
        words += f" --cd {shlex.quote(values['path'])}"
    say_line(f"[task] session={session.name}")
    say_line(f"[task] runtime={report['runtime']}")
    say_line(f"[task] state={report['state']}")
    say_line(f"[task] watch it:  odw task logs -f {words}")
    say_line(f"[task] stop it:   odw task stop {words}")
    return 0 if report["ok"] else 1


def _show_end(report: dict[str, Any]) -> None:
    """The answer on standard output; what went wrong, or what is asked, on standard error."""
    text = report["summary"]["last_agent_message"]
    if text:
        say(text)
    if "question" in report:
        say_line(f"[task] {report['session']} asks: {report['question']}", sys.stderr)
        say_line(
            f"[task] answer it: odw task answer --wait --session {report['session']} --text TEXT", sys.stderr
        )
    _show_error(report)


def _show_error(report: dict[str, Any]) -> None:
    if "error" not in report:
        return
    error = report["error"]
    say(f"odw: {report['state']} ({error['category']}): {error['message']}", sys.stderr)
    if error["hint"]:
        say_line(f"  {error['hint']}", sys.stderr)


def _show(report: dict[str, Any]) -> None:
    for name in (
        "session",
        "state",
        "runtime",
        "model",
        "cd",
        "turn",
        "started_at",
        "ended_at",
        "question",
        "note",
    ):
        if report.get(name) is not None:
            say_line(f"{name + ':':<12} {report[name]}")
    usage = report["summary"]["usage"]
    if "total_tokens" in usage:
        say_line(
            f"{'tokens:':<12} {usage['total_tokens']:,} ({usage['input_tokens']:,} in, {usage['output_tokens']:,} out)"
        )
    if report["summary"]["last_agent_message"]:
        say(f"\n{report['summary']['last_agent_message']}")
    _show_error(report)


def _end_driver(session: TaskSession) -> None:
    """SIGTERM, and SIGKILL if it takes too long: its warden then ends what it had started."""
    deadline = time.monotonic() + STOP_S
    signalled = None
    while session.driven and time.monotonic() < deadline:
        pid = session.load().get("pid")
        if pid is not None and signalled != pid:
            _signal(pid, signal.SIGTERM)
            signalled = pid
        time.sleep(_LOOK_S)
    if session.driven and signalled is not None:
        _signal(signalled, signal.SIGKILL)
        while session.driven and time.monotonic() < deadline + STOP_S:
            time.sleep(_LOOK_S)


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
