"""A script as a sub-workflow of a workflow in another language: in a realm of the run's own, on the host's inbox."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from odw.ecma import jobs, limits
from odw.ecma.abstract_ops.async_function_operations import start_async
from odw.ecma.abstract_ops.promise_operations import PromiseObject, react
from odw.ecma.realm import activate
from odw.errors import UsageError
from odw.jsonvalue import JsonValue
from odw.runtime.call_path import Frame, Scope
from odw.runtime.context import RunContext
from odw.transpile.emit import CompiledScript, load
from odw.transpile.host_defined.hooks import Hooks, script_args
from odw.transpile.host_defined.program import report_unhandled, run_jobs, script_result

Done = Callable[[JsonValue, BaseException | None], None]


class ScriptGuest:
    """A compiled script that a workflow in another language calls."""

    def __init__(self, compiled: CompiledScript) -> None:
        self.name = str(compiled.meta.get("name") or compiled.file)
        self.meta = compiled.meta
        self._compiled = compiled

    def start(self, run: RunContext, scope: Scope, args: Any, done: Done) -> Callable[[], None]:
        """Begin the script in ``scope``; ``done`` gets its result, or what it failed with.

        What is returned has to be called after each completion that the host hands out, and once now.
        """
        frame = scope.frame
        own = Frame(frame.name, frame.meta, script_args(args), frame.depth, frame.group)
        main = Scope(own, scope.path)
        host = _host(run, main)
        workflow = load(self._compiled)["workflow"]
        limits.set_host(run.guard.expect)
        with run.guard:
            promise: PromiseObject = jobs.run_in_context(main, lambda: start_async(workflow()))
        react(promise, _fulfilled, _rejected, (run, done))
        return host.turn


class _Host:
    """The realm that the scripts of one run share, as those of a run of a script do."""

    def __init__(self, run: RunContext, main: Scope) -> None:
        self.run = weakref.ref(run)
        realm = activate()
        self._jobs = realm.jobs
        Hooks(run, main).install(realm, _no_children)

    def turn(self) -> None:
        """Run the promise jobs that are due."""
        run = self.run()
        assert run is not None
        with run.guard:
            run_jobs(run, self._jobs)
        report_unhandled(run, self._jobs, None)


_current: _Host | None = None


def _host(run: RunContext, main: Scope) -> _Host:
    global _current
    if _current is None or _current.run() is not run:
        _current = _Host(run, main)
    return _current


def _fulfilled(told: tuple[RunContext, Done], value: Any) -> None:
    _end(told, "fulfilled", value)


def _rejected(told: tuple[RunContext, Done], reason: Any) -> None:
    _end(told, "rejected", reason)


def _end(told: tuple[RunContext, Done], state: str, value: Any) -> None:
    run, done = told
    try:
        result = script_result(run, state, value)
    except BaseException as error:  # noqa: BLE001 - the host raises it, where the script was called
        done(None, error)
    else:
        done(result, None)


def _no_children(reference: str, is_path: bool) -> CompiledScript:
    raise UsageError("a sub-workflow has no sub-workflows")
