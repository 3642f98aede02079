"""``workflow(ref, args?)``: another compiled script in the same realm, under a scope of its own. Contract, section 4."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma import jobs
from odw.ecma.abstract_ops.async_function_operations import start_async
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.promise_operations import PromiseObject, react
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.values import ObjectBase, undefined
from odw.errors import OdwError, ResultNotJson, ScriptRejected
from odw.runtime.abc import ABSENT
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.primitives.subworkflow import BAD_REFERENCE, TOO_DEEP, SubworkflowCall
from odw.transpile.emit import CompiledScript, load
from odw.transpile.host_defined.border import from_json, host_text, to_json
from odw.transpile.host_defined.composition import rejecting
from odw.transpile.host_defined.script_errors import error_message, host_error

# (name or path, whether it is a path) -> the compiled script; raises OdwError
LoadChild = Callable[[str, bool], CompiledScript]


class Subworkflows:
    """The ``workflow`` hook of one run."""

    __slots__ = ("_load", "_run", "_scope")

    def __init__(self, run: RunContext, scope: Callable[[], Scope], load_child: LoadChild) -> None:
        self._run = run
        self._scope = scope
        self._load = load_child

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
        title = str(compiled.meta.get("name") or name)
        passed = undefined if given is ABSENT else from_json(given)
        call = SubworkflowCall(self._run, scope, title, compiled.meta, passed)
        main = load(compiled)["workflow"]
        promise: PromiseObject = jobs.run_in_context(call.scope, lambda: start_async(main()))
        react(promise, _done, _failed, call)
        return promise


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
