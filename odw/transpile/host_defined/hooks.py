"""The hooks as globals of the realm: ``agent``, ``workflow``, ``log``, ``budget``, ``args`` and the rest. Contract, sections 2 to 4.

Each is a plain global, so a script's own declaration of the same name simply hides it. What belongs to one workflow of the run
(its ``args``, its phase) is looked up by the async context, so a sub-workflow has its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from odw.ecma import jobs, positions
from odw.ecma.abstract_ops.own_properties import own_properties
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    new_promise,
    reject_promise,
    resolve_promise,
)
from odw.ecma.abstract_ops.type_conversion import from_host_string, to_host_string
from odw.ecma.completion import JsThrow, range_error, type_error
from odw.ecma.intrinsics.builders import builtin, define_hidden
from odw.ecma.intrinsics.console import format_log_value
from odw.ecma.realm import R
from odw.ecma.values import JSObject, ObjectBase, Property, undefined
from odw.errors import ResultNotJson
from odw.runtime.abc import ABSENT, CallOutcome, Failure
from odw.runtime.budget import Ledger
from odw.runtime.call import Call
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.halts import CallHalt
from odw.runtime.primitives.agent import failure_report, start_agent
from odw.runtime.primitives.agent_schema import OptionError
from odw.runtime.primitives.checkpoint import record_checkpoint
from odw.runtime.primitives.log import write_log
from odw.runtime.primitives.phase import enter_phase
from odw.runtime.primitives.prompt_slot import MissingPrompt, fill_prompt_slot
from odw.runtime.sizes import TooLarge
from odw.transpile.host_defined.absent import ABSENT_GLOBALS
from odw.transpile.host_defined.border import from_json, host_text, to_json, to_json_or_null
from odw.transpile.host_defined.composition import Composition, rejecting
from odw.transpile.host_defined.script_errors import halt_error, host_error
from odw.transpile.host_defined.subworkflows import LoadChild, Subworkflows
from odw.transpile.host_defined.timers import Timers

PANDACODE_RUNTIMES = ("codex", "claude", "bamboo")


class Hooks:
    """The hooks of one run. ``main`` is the scope of the main workflow, for code without an async context."""

    __slots__ = ("_main", "_run")

    def __init__(self, run: RunContext, main: Scope) -> None:
        self._run = run
        self._main = main

    def scope(self) -> Scope:
        """Where in the workflow's structure the running code stands."""
        current = jobs.current
        return current if type(current) is Scope else self._main

    def install(self, realm: Any, load_child: LoadChild) -> Subworkflows:
        """Define every hook on the realm's global object; returns the hook ``workflow``."""
        run = self._run
        composition = Composition(run, self.scope, self.agent)
        timers = Timers(run, self.scope)
        children = Subworkflows(run, self.scope, load_child)
        functions: dict[str, tuple[Callable[..., Any], int]] = {
            "agent": (self.agent, 2),
            "parallel": (composition.parallel, 2),
            "pipeline": (composition.pipeline, 1),
            "fanout": (composition.fanout, 3),
            "workflow": (children.workflow, 2),
            "phase": (self.phase, 2),
            "log": (self.log, 1),
            "checkpoint": (self.checkpoint, 2),
            "promptSlot": (self.prompt_slot, 3),
            "setTimeout": (timers.set_timeout, 2),
            "clearTimeout": (timers.clear_timeout, 1),
        }
        target = realm.global_object
        for name, (native, length) in functions.items():
            define_hidden(target, name, builtin(native, name, length))
        define_hidden(target, "budget", _budget_object(run.ledger))
        define_hidden(target, "pandacode", self._pandacode())
        define_hidden(target, "odw", self._facts())
        define_hidden(target, "cwd", from_host_string(run.options.project))
        for name in ("args", "input"):
            getter = builtin(lambda this, *_: self.scope().frame.args, f"get {name}", 0)
            setter = builtin(self._set_args, f"set {name}", 1)
            target[name] = Property(getter=getter, setter=setter, configurable=True)
        realm.absent_globals = ABSENT_GLOBALS
        realm.console_sink = lambda level, text: write_log(run, to_host_string(text), level)
        return children

    def agent(self, this: Any, prompt: Any = undefined, options: Any = undefined, *_: Any) -> PromiseObject:
        return rejecting(self._agent, prompt, options)

    def _agent(self, prompt: Any, options: Any) -> PromiseObject:
        text = host_text(prompt)
        try:
            given = to_json(options) if isinstance(options, ObjectBase) else {}
        except ResultNotJson as error:
            raise type_error(f"agent() received options that are not JSON: {error.message}") from None
        promise = new_promise()
        try:
            chosen = given if isinstance(given, dict) else {}
            scope = self.scope()
            start_agent(self._run, scope, text, chosen, partial(self._settled, promise), _site(scope))
        except OptionError as error:
            raise JsThrow(host_error(error.kind, error.message)) from None
        except CallHalt as halt:
            raise JsThrow(halt_error(halt)) from None
        return promise

    def _settled(self, promise: PromiseObject, call: Call, end: CallOutcome | CallHalt) -> None:
        """The end of a call becomes a job: settling may run script code (a getter ``then``), which wants the runtime off the stack."""
        R.jobs.enqueue(partial(self._settle, promise, call, end))

    def _settle(self, promise: PromiseObject, call: Call, end: CallOutcome | CallHalt) -> None:
        """The end of a call, as the script sees it."""
        if isinstance(end, CallHalt):
            reject_promise(promise, halt_error(end))
        elif end.failure is None:
            resolve_promise(promise, from_json(end.value))
        else:
            self._settle_failure(promise, call, end, end.failure)

    def _settle_failure(
        self, promise: PromiseObject, call: Call, outcome: CallOutcome, failure: Failure
    ) -> None:
        message = f"[{call.request.label}] failed: {failure.message}"
        self._run.log(message)
        if call.on_failure == "throw":
            reject_promise(promise, host_error("Error", message, "WorkflowAgentError"))
        elif call.on_failure == "report":
            resolve_promise(promise, from_json(failure_report(call, outcome)))
        else:
            resolve_promise(promise, None)

    def phase(self, this: Any, title: Any = undefined, detail: Any = undefined, *_: Any) -> Any:
        shown = None if detail is undefined or detail is None else _line(detail)
        enter_phase(self._run, self.scope(), host_text(title), shown)
        return undefined

    def log(self, this: Any, message: Any = undefined, *_: Any) -> Any:
        write_log(self._run, _line(message))
        return undefined

    def checkpoint(self, this: Any, name: Any = undefined, value: Any = undefined, *_: Any) -> Any:
        try:
            record_checkpoint(self._run, host_text(name), to_json_or_null(value))
        except ResultNotJson as error:
            raise type_error(f"checkpoint() received a value that is not JSON: {error.message}") from None
        except TooLarge as error:
            raise range_error(str(error)) from None
        return undefined

    def prompt_slot(
        self, this: Any, name: Any = undefined, context: Any = undefined, suggested: Any = undefined, *_: Any
    ) -> str:
        shown = None if suggested is undefined or suggested is None else host_text(suggested)
        args = to_json_or_null(self.scope().frame.args)
        try:
            text = fill_prompt_slot(self._run, args, host_text(name), to_json_or_null(context), shown)
        except MissingPrompt as error:
            raise JsThrow(host_error("Error", str(error))) from None
        return from_host_string(text)

    def _set_args(self, this: Any, value: Any = undefined, *_: Any) -> Any:
        self.scope().frame.args = value
        return undefined

    def _pandacode(self) -> JSObject:
        """rust-odw's spelling: ``pandacode.codex(prompt, options)`` is ``agent`` with that runtime."""
        functions = {"exec": builtin(self.agent, "exec", 2)}
        for runtime in PANDACODE_RUNTIMES:
            functions[runtime] = builtin(partial(_with_runtime, self.agent, runtime), runtime, 2)
        return JSObject(functions)

    def _facts(self) -> JSObject:
        run = self._run
        return JSObject(
            {
                "backend": from_host_string(run.backend.name),
                "runId": from_host_string(run.directory.run_id),
                "runDir": from_host_string(run.directory.path),
                "statePath": from_host_string(run.directory.file("state.json")),
                "resumeFrom": from_json(run.options.resume_from),
            }
        )


def _with_runtime(
    agent: Callable[..., Any],
    runtime: str,
    this: Any,
    prompt: Any = undefined,
    options: Any = undefined,
    *_: Any,
) -> Any:
    return agent(undefined, prompt, JSObject({**own_properties(options), "runtime": runtime}))


def _site(scope: Scope) -> tuple[int | str, ...]:
    """Where the running script calls; with its file when that is not the main workflow's."""
    found = positions.call_site(sys._getframe(1))
    if found is None:
        return ()
    return found if scope.frame.depth else found[:2]


def _budget_object(ledger: Ledger) -> JSObject:
    def spent(this: Any, *_: Any) -> Any:
        return from_json(ledger.spent)

    def remaining(this: Any, *_: Any) -> Any:
        return from_json(ledger.remaining)

    return JSObject(
        {
            "total": from_json(ledger.limit.total) if ledger.limit else None,
            "spent": builtin(spent, "spent", 0),
            "remaining": builtin(remaining, "remaining", 0),
            "unit": ledger.unit,
        }
    )


def _line(value: Any) -> str:
    return to_host_string(format_log_value(value))


def script_args(args: Any) -> Any:
    """The run's args as the script's own deep copy; undefined when nothing was passed."""
    return undefined if args is ABSENT else from_json(args)
