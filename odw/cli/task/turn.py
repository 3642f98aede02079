"""One turn of a session: what is asked of the executor, and the work on it until the report is written."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import trio

from odw.cli.task.lines import event_line
from odw.cli.task.report import error_json, state_after, usage_report, usage_told
from odw.cli.task.store import TaskSession
from odw.errors import ExecutorError, OdwError
from odw.runtime.abc import CallRequest, Event, Executor, Failure, PlanningExecutor, Report, Usage
from odw.runtime.attempt_task import failure_of, timed_out
from odw.runtime.journal.history import usage_of
from odw.runtime.process_tags import VARIABLE
from odw.runtime.redact import redactor
from odw.runtime.run_dir import iso_time
from odw.runtime.told import add_costs, told_cost, told_usage
from odw.runtime.warden import Warden

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

INTERRUPTED = Failure("cancelled", "the task was stopped", retryable=False)


class Turn(NamedTuple):
    """``said`` is the user's part of ``prompt``, which is all that the executor is given; ``session`` its own session to go
    on with, None to begin one."""

    number: int
    said: str
    prompt: str
    session: str | None
    timeout_ms: int | None


def work(session: TaskSession, turn: Turn, executor: Executor, *, show: bool) -> dict[str, Any]:
    """Run the turn to its end under the session's lock; the report, which is also on the disk. Nothing outlives it.

    ``show``: tell on standard error what the executor does.
    """
    driver = _Driver(session, turn, executor, show=show)
    try:
        trio.run(driver.run)
    finally:
        driver.close()
    return driver.report


class _Driver:
    """The turn while it is worked on."""

    def __init__(self, session: TaskSession, turn: Turn, executor: Executor, *, show: bool) -> None:
        self._session = session
        self._turn = turn
        self._executor = executor
        self._show = show
        self.report = {**session.load(), "pid": os.getpid()}
        self._events = session.appender("events.jsonl")
        # inside of an agent call of a workflow all of it belongs to that call, and ends with it
        self._tag = f"{os.environ.get(VARIABLE, '')}task{os.urandom(6).hex()}"
        self._warden = Warden(self._tag)
        self._before = usage_told(self.report["summary"]["usage"])
        self._streamed: tuple[Usage | None, float | None] = None, None
        self._interrupted = False

    async def run(self) -> None:
        settings = self.report["settings"]
        # before the process id is there to be seen: a signal that comes as soon as it is ends the turn in order, too
        with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM, signal.SIGHUP) as signals:
            self._session.save(self.report)
            task = _first_line(self._turn.said)
            self._tell({"type": "turn", "runtime": self.report["runtime"], "task": task})
            report = await self._ask(settings, signals)
            self._end(report, may_ask=bool(settings["may_ask"]))

    def close(self) -> None:
        self._warden.close()
        os.close(self._events)

    async def _ask(self, settings: Mapping[str, Any], signals: AsyncIterator[int]) -> Report:
        """The executor's report; whatever goes wrong, a deadline and a signal among it, is one with a failure."""
        milliseconds = self._turn.timeout_ms
        seconds = float("inf") if milliseconds is None else milliseconds / 1000
        report: Report | None = None
        with trio.move_on_after(seconds) as deadline:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._watch, signals, nursery.cancel_scope)
                report = await self._answer(settings)
                nursery.cancel_scope.cancel()
        if report is not None:
            return report
        if deadline.cancelled_caught and not self._interrupted:
            return Report(error=timed_out(seconds))
        return Report(error=INTERRUPTED)

    async def _watch(self, signals: AsyncIterator[int], scope: trio.CancelScope) -> None:
        async for _ in signals:
            self._interrupted = True
            scope.cancel()

    async def _answer(self, settings: Mapping[str, Any]) -> Report:
        request = self._request(settings)
        executor: Any = self._executor
        try:
            if isinstance(executor, PlanningExecutor):
                planned = executor.plan(request)
                await trio.sleep(planned.delay_ms / 1000)
                return planned.report
            if executor.capabilities.processes:
                self._warden.ensure()
            report: Report = await executor.run(request, self._told)
            return report
        except ExecutorError as error:
            hint = f" ({error.hint})" if error.hint else ""
            return Report(error=Failure(error.category, error.message + hint, error.retryable))
        except OdwError as error:
            return Report(error=Failure("configuration", error.message))
        except Exception as error:  # noqa: BLE001 - the border to executors: whatever they raise is a failed turn
            return Report(error=failure_of(error))

    def _request(self, settings: Mapping[str, Any]) -> CallRequest:
        options = {name: settings[name] for name in ("permission", "provider") if settings[name] is not None}
        if self._turn.timeout_ms is not None:
            options["timeoutMs"] = self._turn.timeout_ms
        return CallRequest(
            self._turn.prompt, options, None, settings["model"], settings["effort"], self.report["runtime"],
            self._session.name, None, self._turn.number, "0" * 64, f"task/{self._turn.number}", str(self._session.place),
            session=self._turn.session, tag=f"{self._tag}.{self._turn.number}.",
            transcript=self._session.file(f"output-{self._turn.number}.log"),
        )  # fmt: skip

    def _told(self, event: Event) -> None:
        event = redactor().json(event)
        kind = event.get("type")
        if kind == "session" and event.get("id"):
            self.report["executor_session"] = event["id"]
            self._session.save(self.report)
        elif kind == "started" and event.get("model"):
            self.report["model"] = event["model"]
        elif kind == "usage":
            self._streamed = usage_of(event.get("usage")), told_cost(event.get("cost"))
        self._tell(event)

    def _tell(self, event: Event) -> None:
        """Record an event and show it. A full disk or a closed terminal costs that, never the task."""
        event = {"ts": iso_time(time.time()), "turn": self._turn.number, **event}
        line = json.dumps(event, ensure_ascii=True, separators=(",", ":")) + "\n"
        with suppress(OSError):
            os.write(self._events, line.encode("ascii"))
        if self._show and sys.stderr is not None and (shown := event_line(event)):
            from odw.cli.terminal import say_line

            try:
                say_line(f"[task] {shown}", sys.stderr)
            except OSError:
                self._show = False

    def _end(self, report: Report, *, may_ask: bool) -> None:
        hide = redactor()
        text = hide.text(report.text)
        state, question = state_after(report._replace(text=text), may_ask=may_ask)
        usage, cost = told_usage(report.usage), told_cost(report.cost)
        if usage is None and any(self._streamed[0] or ()):  # cut off, but it had told what it used
            usage, cost = self._streamed[0], cost or self._streamed[1]
        usage, cost = self._added(usage, cost)
        ended = {
            **self.report,
            "ok": report.error is None,
            "state": state,
            "model": report.model or self.report["model"],
            "executor_session": report.session or self.report["executor_session"],
            "summary": {"last_agent_message": text, "usage": usage_report(usage, cost)},
            "ended_at": iso_time(time.time()),
            "pid": None,
        }
        if question:
            ended["question"] = question
        if report.error is not None:
            error = report.error
            ended["error"] = error_json(error._replace(message=hide.text(error.message)))
        self._session.write_text(f"answer-{self._turn.number}.txt", text)
        self.report = ended
        self._tell(
            {
                "type": "end",
                "state": state,
                **({"message": ended["error"]["message"]} if report.error else {}),
            }
        )
        self._session.save(ended)

    def _added(self, usage: Usage | None, cost: float | None) -> tuple[Usage | None, float | None]:
        """The turn's tokens and those of the turns before it."""
        before, cost_before = self._before
        if before is not None and usage is not None:
            usage = before + usage
        return usage or before, add_costs(cost_before, cost)


def _first_line(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return redactor().text(line.strip())[:200]
