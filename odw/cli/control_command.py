"""``odw pause|unpause|stop|skip|retry``: commands to a run that another process drives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.cli.next_step import run_words
from odw.cli.terminal import say
from odw.errors import UsageError
from odw.runtime.control_client import Line, ended_as, send

if TYPE_CHECKING:
    from odw.runtime.abc import Event
    from odw.runtime.run_dir import RunDir


def pause_command(values: dict[str, Any]) -> int:
    """``odw pause``: start no more calls; returns the exit code."""
    event = _command(_directory(values), "pause")
    in_flight, waiting = event["inFlight"], event["waiting"]
    finish = f"{_calls(in_flight)} in flight {'finishes' if in_flight == 1 else 'finish'}"
    say(f"paused; {finish}, {waiting} {'waits' if waiting == 1 else 'wait'}")
    return 0


def unpause_command(values: dict[str, Any]) -> int:
    """``odw unpause``: go on."""
    event = _command(_directory(values), "unpause")
    say(f"going on; {_calls(event['inFlight'])} in flight, {event['waiting']} waiting")
    return 0


def stop_command(values: dict[str, Any]) -> int:
    """``odw stop``: end the run in order, and wait until it has ended."""
    directory = _directory(values)
    with Line(directory) as line:
        answer = line.send("stop")
        if not answer.ok:
            raise UsageError(f"run {directory.run_id}: {answer.message}")
        in_flight = answer.event["inFlight"]
        if in_flight:
            say(f"stopping; {_calls(in_flight)} in flight {'gets' if in_flight == 1 else 'get'} a grace")
        ending = line.wait_end()
    if ending is None:
        say("its process died while it was stopping")
    elif ended_as(ending) == "stopped":
        say("stopped")
    else:
        say(f"it ended before it could be stopped: {ended_as(ending)}")
        if ended_as(ending) == "completed":
            return 0
    say(f"Resume it with: odw resume {run_words(directory.path)}")
    return 0


def skip_command(values: dict[str, Any]) -> int:
    """``odw skip``: give one call up."""
    _command(_directory(values), "skip", values["node"])
    say(f"skipped {values['node']}: the workflow gets null for it")
    return 0


def retry_command(values: dict[str, Any]) -> int:
    """``odw retry``: start one running call over."""
    _command(_directory(values), "retry", values["node"])
    say(f"started {values['node']} over")
    return 0


def _directory(values: dict[str, Any]) -> RunDir:
    from odw.cli.launch import project_of
    from odw.runtime.run_store import find_run

    return find_run(project_of(values), values["run"])


def _command(directory: RunDir, name: str, node: str | None = None) -> Event:
    """Send a command; the event that answers it. Raises UsageError when the run refuses it, or nobody drives it."""
    answer = send(directory, name, node)
    if not answer.ok:
        raise UsageError(f"run {directory.run_id}: {answer.message}")
    return answer.event


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"
