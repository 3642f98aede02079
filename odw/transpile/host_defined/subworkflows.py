"""``workflow(ref, args?)``: another compiled script in the same realm, under a scope of its own. Contract, section 4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from odw.ecma import jobs
from odw.ecma.abstract_ops.async_function_operations import start_async
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    new_promise,
    react,
    reject_promise,
    resolve_promise,
)
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.realm import R
from odw.ecma.values import ObjectBase, undefined
from odw.errors import OdwError, ResultNotJson, ScriptRejected
from odw.runtime.abc import ABSENT
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.halts import CallHalt
from odw.runtime.primitives.subworkflow import BAD_REFERENCE, TOO_DEEP, SubworkflowCall
from odw.transpile.emit import CompiledScript, load
from odw.transpile.host_defined.border import from_json, host_text, to_json
from odw.transpile.host_defined.composition import rejecting
from odw.transpile.host_defined.script_errors import error_message, halt_error, host_error


class Guests(Protocol):
    """Those that run the workflows of another language which scripts call; they want turns of the loop.

    ``settle`` lets them run until they have nothing left to do; ``next`` is the inbox's, or None when one of them went on by itself.
    """

    @property
    def busy(self) -> bool: ...

    async def settle(self) -> None: ...

    async def next(self) -> Callable[[], None] | None: ...

    async def close(self) -> None: ...


class Guest(Protocol):
    """A workflow of another language; ``start`` runs it in a scope and tells ``done`` its result, or what it failed with."""

    name: str
    meta: Mapping[str, Any]

    def start(
        self, run: RunContext, scope: Scope, args: Any, done: Callable[[Any, BaseException | None], None]
    ) -> Guests: ...


# (name or path, whether it is a path) -> the compiled script, or a guest; raises OdwError
LoadChild = Callable[[str, bool], CompiledScript | Guest]


class Subworkflows:
    """The ``workflow`` hook of one run. ``guests`` is None until a workflow of another language was called."""

    __slots__ = ("_load", "_run", "_scope", "guests")

    def __init__(self, run: RunContext, scope: Callable[[], Scope], load_child: LoadChild) -> None:
        self._run = run
        self._scope = scope
        self._load = load_child
        self.guests: Guests | None = None

    def workflow(self, this: Any, ref: Any = undefined, args: Any = undefined, *_: Any) -> PromiseObject:
        return rejecting(self._workflow, ref, args)

    def _workflow(self, ref: Any, args: Any) -> PromiseObject:
        scope = self._scope()
        if scope.frame.depth:
            raise JsThrow(host_error("Error", TOO_DEEP))
        name, is_path, own_args = _reference(ref)
        if args is undefined:
            args = own_args
        try:
            given = to_json(args)
        except ResultNotJson as error:
            raise type_error(f"workflow() received args that are not JSON: {error.message}") from None
        try:
            compiled = self._load(name, is_path)
        except OdwError as error:
            raise JsThrow(host_error("Error", f"workflow({name}): {_reason(error)}")) from None
        if not isinstance(compiled, CompiledScript):
            return self._start_guest(compiled, scope, given)
        title = str(compiled.meta.get("name") or name)
        passed = undefined if given is ABSENT else from_json(given)
        call = SubworkflowCall(self._run, scope, title, compiled.meta, passed)
        main = load(compiled)["workflow"]
        promise: PromiseObject = jobs.run_in_context(call.scope, lambda: start_async(main()))
        react(promise, _done, _failed, call)
        return promise

    def _start_guest(self, guest: Guest, scope: Scope, args: Any) -> PromiseObject:
        call = SubworkflowCall(self._run, scope, guest.name, guest.meta, args)
        promise = new_promise()

        def done(value: Any, error: BaseException | None) -> None:
            call.done(_why(error))
            R.jobs.enqueue(lambda: settle(value, error))

        def settle(value: Any, error: BaseException | None) -> None:
            if error is None:
                resolve_promise(promise, from_json(value))
            elif isinstance(error, CallHalt):
                reject_promise(promise, halt_error(error))
            else:
                reject_promise(promise, host_error("Error", _why(error) or ""))

        try:
            self.guests = guest.start(self._run, call.scope, args, done)
        except OdwError as error:
            call.done(error.message)
            raise JsThrow(host_error("Error", f"workflow({guest.name}): {_reason(error)}")) from None
        return promise


def _why(error: BaseException | None) -> str | None:
    if error is None:
        return None
    return error.message if isinstance(error, OdwError) else str(error)


def _reference(ref: Any) -> tuple[str, bool, Any]:
    """The name or path, whether it is a path, and the args that the reference itself carries."""
    if type(ref) is str:
        return host_text(ref), False, undefined
    if isinstance(ref, ObjectBase):
        path = get(ref, "scriptPath")
        if path is not undefined:
            return host_text(path), True, get(ref, "args")
        name = get(ref, "name")
        if type(name) is str:
            return host_text(name), False, get(ref, "args")
    raise type_error(BAD_REFERENCE)


def _reason(error: OdwError) -> str:
    if isinstance(error, ScriptRejected) and error.diagnostics:
        first = error.diagnostics[0]
        return f"{first.file}:{first.span.line}:{first.span.column + 1}: {first.message}"
    return f"{error.message}. {error.hint}".rstrip(". ") if error.hint else error.message


def _done(call: SubworkflowCall, value: Any) -> None:
    call.done()


def _failed(call: SubworkflowCall, reason: Any) -> None:
    call.done(error_message(reason))
