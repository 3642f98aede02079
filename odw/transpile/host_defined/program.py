"""A compiled script as a Program of the runtime: the loop that drives it from its first line to its result.

start the workflow's coroutine, then again and again: drain the promise jobs; done? else take one completion from the inbox.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from odw.ecma import jobs, limits, positions
from odw.ecma.abstract_ops.async_function_operations import start_async
from odw.ecma.abstract_ops.promise_operations import PromiseObject
from odw.ecma.completion import SCRIPT_ERRORS, LibraryError, NotSupportedYet, thrown_value
from odw.ecma.intrinsics.error import ErrorObject
from odw.ecma.realm import activate
from odw.errors import InternalError, ResultNotJson, UsageError, WorkflowError
from odw.jsonvalue import JsonValue
from odw.runtime.call_path import Frame, Scope
from odw.runtime.context import RunContext
from odw.runtime.primitives.log import write_log
from odw.transpile.emit import CompiledScript, load
from odw.transpile.host_defined.border import to_json_or_null
from odw.transpile.host_defined.hooks import Hooks, script_args
from odw.transpile.host_defined.script_errors import (
    HaltError,
    error_message,
    place_report,
    spot,
    uncaught,
)
from odw.transpile.host_defined.subworkflows import LoadChild, Subworkflows

# Python frames of script code: about one per JavaScript call. V8's own limit is near 11,000 for small functions.
RECURSION_LIMIT = 12_000
STACK_BYTES = 256 * 1024 * 1024  # where natives call back into scripts, the C stack grows too
NEVER = "waiting for a promise that can never settle"


class ScriptProgram:
    """A workflow written in JavaScript, ready to run."""

    def __init__(self, compiled: CompiledScript, source: str, load_child: LoadChild) -> None:
        self.name = str(compiled.meta.get("name") or compiled.file)
        self.meta = compiled.meta
        self.source = source
        self.file = compiled.file
        self.compiled = compiled
        self.diagnostics = compiled.diagnostics
        self._load_child = load_child

    def with_flags(self, flags: list[tuple[str, str | None]], args: Any) -> Any:
        """A script has no parameters that could be options. Raises UsageError."""
        raise UsageError(
            f"no such option: {flags[0][0]}",
            hint="A script's args are given with --args or --arg. See: odw exec --help",
        )

    def check_args(self, args: Any) -> None:
        """A script takes any args."""

    async def run(self, context: RunContext) -> JsonValue:
        realm = activate()
        main = Scope(Frame(self.name, self.meta, script_args(context.options.args)))
        children = Hooks(context, main).install(realm, self._load_child)
        context.guard.locate = _locate
        limits.set_host(context.guard.expect)
        try:
            with _deep_stack():
                return await self._drive(context, realm.jobs, main, children)
        except NotSupportedYet as missing:
            place = next(iter(positions.traceback_places(missing.__traceback__)), None)
            raise WorkflowError(
                str(missing), report=place_report(place, str(missing)), code="not_supported_yet"
            ) from None
        except LibraryError as error:
            raise InternalError(str(error)) from error
        finally:
            limits.set_host(None)
            if children.guests is not None:
                await children.guests.close()
            realm.jobs.close_all()

    async def _drive(
        self, run: RunContext, queue: jobs.JobQueue, main: Scope, children: Subworkflows
    ) -> JsonValue:
        with run.guard:
            workflow = load(self.compiled)["workflow"]
            promise: PromiseObject = jobs.run_in_context(main, lambda: start_async(workflow()))
            run_jobs(run, queue)
        while True:
            guests = children.guests
            if guests is not None:
                await guests.settle()
                with run.guard:
                    run_jobs(run, queue)  # what they came to goes on here
            report_unhandled(run, queue, promise)
            if promise.state != "pending":
                return script_result(run, promise.state, promise.value)
            if guests is not None and guests.busy:
                deliver = await guests.next()
            elif run.inbox.pending == 0:
                place = _waiting_place(queue)
                raise WorkflowError(NEVER, report=place_report(place, NEVER), code="deadlock")
            else:
                deliver = await run.inbox.next()
            with run.guard:
                run_jobs(run, queue, deliver)


def run_jobs(run: RunContext, queue: jobs.JobQueue, deliver: Callable[[], None] | None = None) -> None:
    """A completion and all jobs it leads to. What a callback throws is nobody's to catch: a line in the log, like a rejection."""
    while True:
        try:
            if deliver is not None:
                first, deliver = deliver, None
                first()
            queue.run_all()
            return
        except SCRIPT_ERRORS as error:
            _log_uncaught(run, "uncaught error in a callback", thrown_value(error))


def script_result(run: RunContext, state: str, value: Any) -> JsonValue:
    """The result of a workflow as JSON, or the raise that its rejection means."""
    if state == "rejected":
        if isinstance(value, HaltError):
            raise value.halt
        raise uncaught(value)
    with run.guard:
        try:
            return to_json_or_null(value)
        except ResultNotJson as error:
            raise ResultNotJson(f"result_not_serializable: {error.message}", error.path) from None
        except SCRIPT_ERRORS as error:
            raise uncaught(thrown_value(error)) from None


def report_unhandled(run: RunContext, queue: jobs.JobQueue, main: PromiseObject | None) -> None:
    """A rejection that nobody handles is a line in the log, with its place; the run goes on."""
    for promise in queue.take_unhandled():
        if promise is main:
            continue
        _log_uncaught(run, "unhandled rejection", promise.value)


def _log_uncaught(run: RunContext, what: str, reason: Any) -> None:
    places = reason.places if isinstance(reason, ErrorObject) else ()
    where = f" at {spot(places[0])}" if places else ""
    write_log(run, f"{what}{where}: {error_message(reason)}", "warn")


def _waiting_place(queue: jobs.JobQueue) -> positions.Place | None:
    """Where the coroutine that waits innermost stands: the one that began last."""
    for coroutine in reversed(list(queue.live.values())):
        frame = getattr(coroutine, "cr_frame", None)
        place = positions.current_place(frame) if frame is not None else None
        if place is not None:
            return place
    return None


def _locate(frame: Any) -> str:
    return place_report(positions.current_place(frame), "this line was running")


@contextmanager
def _deep_stack() -> Iterator[None]:
    """Room for deep recursion of the script, so that too much of it is a RangeError and never a crash."""
    before = sys.getrecursionlimit()
    _raise_stack_limit()
    sys.setrecursionlimit(max(before, RECURSION_LIMIT))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _raise_stack_limit() -> None:
    try:
        import resource
    except ImportError:  # a system without it keeps its own limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    if soft == resource.RLIM_INFINITY or soft >= STACK_BYTES:
        return
    wanted = STACK_BYTES if hard == resource.RLIM_INFINITY else min(STACK_BYTES, hard)
    try:
        resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))
    except (ValueError, OSError):
        return
