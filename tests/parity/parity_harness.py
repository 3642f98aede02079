"""Runs one JavaScript program through the compiler and the library, in this process, and gives the lines it printed."""

from __future__ import annotations

import sys
from typing import Any

from odw.ecma.intrinsics.builders import builtin
from odw.ecma.realm import R, activate
from odw.ecma.values import JSObject, ObjectBase, undefined
from odw.transpile.analyze.scope import analyze_scopes
from odw.transpile.emit import CompiledScript, compile_module, deep_recursion, load
from odw.transpile.lower.modules import lower_program
from odw.transpile.source import Source
from odw.transpile.syntax import parse


def compile_program(text: str, name: str) -> CompiledScript:
    """Compile a program that need not be a workflow: no meta, no lint."""
    source = Source(text, name)
    program = parse(source)
    with deep_recursion():
        table = analyze_scopes(program)
        code = compile_module(lower_program(program, source, table), name)
    return CompiledScript(code, {}, name, tuple(source.lines))


def run_program(text: str, name: str, prelude: CompiledScript | None = None) -> list[str]:
    """The lines that ``console.log`` printed, then ``Uncaught Kind: message`` if the program threw.

    ``prelude`` runs before it in the same realm.
    """
    from odw.ecma.abi import start_async
    from odw.ecma.abstract_ops.object_operations import get
    from odw.ecma.abstract_ops.type_conversion import to_host_string, to_string

    compiled = compile_program(text, name)
    activate()
    sys.setrecursionlimit(12_000)
    lines: list[str] = []

    def log(this: Any, *values: Any) -> Any:
        lines.append(" ".join(to_host_string(to_string(value)) for value in values))
        return undefined

    def show(value: Any) -> str:
        if isinstance(value, ObjectBase) and value.class_name == "Error":  # type: ignore[attr-defined]
            return to_host_string(f"{to_string(get(value, 'name'))}: {to_string(get(value, 'message'))}")
        return to_host_string(to_string(value))

    R.global_object.pending.pop("console", None)
    R.global_object["console"] = JSObject({"log": builtin(log, "log", 0)})
    if prelude is not None:
        start_async(load(prelude)["workflow"]())
        R.jobs.run_all()
    promise = start_async(load(compiled)["workflow"]())
    R.jobs.run_all()
    unhandled = R.jobs.take_unhandled()
    for rejected in unhandled:
        if rejected is not promise:
            lines.append(f"Unhandled {show(rejected.value)}")
    if promise.state == "rejected":
        lines.append(f"Uncaught {show(promise.value)}")
    R.jobs.close_all()  # what still waits ends here, not in the garbage collector of a later test
    return lines
