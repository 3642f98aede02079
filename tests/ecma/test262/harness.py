"""What the suite expects of a host: its harness files, ``print``, ``$262``, and a realm for each test.

A harness file is compiled once in a process, as a program that puts what it declares on the global object. Every test gets
a fresh realm in which the files it includes are run first. What odw leaves out on purpose is watched: a test that calls
``eval``, makes a function from text, reads the clock or asks for a second realm is skipped, and ``Host.skip`` says why.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from odw.ecma.abstract_ops.async_function_operations import start_async
from odw.ecma.abstract_ops.object_operations import get, put
from odw.ecma.abstract_ops.type_conversion import to_host_string, to_string
from odw.ecma.completion import NotSupportedYet
from odw.ecma.intrinsics import date, function, generator, intl_date, math
from odw.ecma.intrinsics.builders import builtin, define_hidden
from odw.ecma.realm import R, activate
from odw.ecma.values import JSObject, Property, undefined
from odw.transpile.analyze.scope import analyze_scopes
from odw.transpile.emit import CompiledScript, compile_module, deep_recursion, load
from odw.transpile.estree import Node, walk
from odw.transpile.lower.modules import lower_program
from odw.transpile.source import Source
from odw.transpile.syntax import parse
from tests.ecma.test262 import scope
from tests.ecma.test262.script_goal import as_script, looks_at_globals, parse_script

_IMPORTS = frozenset({"ImportDeclaration", "ExportAllDeclaration", "ImportExpression"})


class Skipped(Exception):
    """The test is not to be judged, for ``reason``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def compile_test(text: str, name: str, *, script: bool, may_link: bool = False) -> CompiledScript:
    """Compile what need not be a workflow: no meta, no lint.

    Raises ``ScriptRejected``, and ``Skipped`` for a module that needs others, unless it ``may_link``.
    """
    with deep_recursion():
        if script:
            source = Source(text, name)
            program = as_script(parse_script(source))
        else:
            # Its last statement keeps odw from calling what a module exports by default.
            source = Source(f"{text}\n;return", name)
            program = parse(source)
        if not may_link and needs_linking(program):
            raise Skipped(scope.MODULES)
        module = lower_program(program, source, analyze_scopes(program))
        return CompiledScript(compile_module(module, name), {}, name, tuple(source.lines))


def needs_linking(program: Node) -> bool:
    """Whether a program names another module, or asks the host about its own."""
    return any(
        node.type in _IMPORTS
        or (node.type == "ExportNamedDeclaration" and node.source is not None)
        or (node.type == "MetaProperty" and node.meta.name == "import")
        for node in walk(program)
    )


class Host:
    """The host of one test: what it printed, and why it is not to be judged."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.skip = ""

    def needs(self, reason: str) -> None:
        self.skip = self.skip or reason


class _Absent(dict[str, str]):
    """The realm's table of absent globals, which is asked for each name that is not there."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def get(self, name: str, default: Any = None) -> Any:
        if reason := scope.ABSENT_GLOBALS.get(name):
            self.host.needs(reason)
        return default


class Harness:
    """The harness files of a checkout, compiled when first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.host = Host()
        self._files: dict[str, CompiledScript] = {}
        self._expressions: dict[str, CompiledScript] = {}
        self._watch(function, "throw", scope.FUNCTION_CONSTRUCTOR)
        self._watch(generator, "throw", scope.FUNCTION_CONSTRUCTOR)
        self._watch(math, "throw", scope.RANDOM)
        self._watch(date, "unavailable", scope.CLOCK)
        self._watch(intl_date, "unavailable", scope.CLOCK)

    def _watch(self, module: Any, name: str, reason: str) -> None:
        """Tell the host of the test when ``module`` makes the error that says that something is absent on purpose."""
        make = getattr(module, name)

        def watched(*args: Any) -> Any:
            self.host.needs(reason)
            return make(*args)

        setattr(module, name, watched)

    @contextmanager
    def realm(self, includes: list[str]) -> Iterator[Host]:
        """A fresh realm in which the included files have run, and its host."""
        self.host = host = Host()
        activate()
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(12_000)
        try:
            self._define_host(host)
            R.absent_globals = _Absent(host)
            host.skip = next(filter(None, map(self._include, includes)), "")
            yield host
        finally:
            sys.setrecursionlimit(limit)

    def _include(self, name: str) -> str:
        """Run a harness file; why the test is not to be judged, if the file needs what is absent."""
        promise = start_async(load(self.file(name))["workflow"]())
        missed, self.host.skip = self.host.skip, ""
        if promise.state != "rejected":
            return ""  # what it missed it can do without
        if not missed:
            raise RuntimeError(f"the harness file {name} failed")
        return missed

    def file(self, name: str) -> CompiledScript:
        compiled = self._files.get(name)
        if compiled is None:
            text = (self.folder / name).read_text("utf-8")
            program = parse_script(Source(text, name))
            scope_of_file = analyze_scopes(program).scope_of(program)
            assert scope_of_file is not None
            exports = "".join(f"globalThis.{declared} = {declared};" for declared in scope_of_file.bindings)
            text = text.replace("Function(", "$262.Function(") if name in _MAKES_FUNCTIONS else text
            script = looks_at_globals(program)
            compiled = self._files[name] = compile_test(f"{text}\n{exports}", name, script=script)
        return compiled

    def _define_host(self, host: Host) -> None:
        def show(this: Any, value: Any = undefined, *_: Any) -> Any:
            host.printed.append(to_host_string(to_string(value)))
            return undefined

        def absent(reason: str) -> Callable[..., Any]:
            def refuse(this: Any, *_: Any) -> Any:
                host.needs(reason)
                return undefined

            return refuse

        def declare(this: Any, names: Any = undefined, *_: Any) -> Any:
            declare_globals(names)
            return undefined

        functions = {
            "declare": declare,
            "createRealm": absent(scope.REALMS),
            "evalScript": absent(scope.EVAL),
            "detachArrayBuffer": absent(scope.BUFFERS),
            "gc": absent(scope.GARBAGE),
        }
        hooks = JSObject({name: builtin(code, name, 0) for name, code in functions.items()})
        hooks["global"] = R.global_object
        hooks["Function"] = builtin(
            self._function, "Function", 1, lambda args, _: self._function(undefined, *args)
        )
        define_hidden(R.global_object, "$262", hooks)
        define_hidden(R.global_object, "print", builtin(show, "print", 1))

    def _function(self, this: Any, text: Any = "", *_: Any) -> Any:
        """``Function("return …")`` of the harness: a function that gives the value of one expression."""
        expression = str(text).removeprefix("return").strip().rstrip(";")
        if expression in ("", "this"):
            value = R.global_object if expression else undefined
            return builtin(lambda _this, *_: value, "anonymous", 0)
        compiled = self._expressions.get(expression)
        if compiled is None:
            code = f"globalThis.$262.value = ({expression});"
            compiled = self._expressions[expression] = compile_test(code, "expression.js", script=False)

        def evaluate(_this: Any, *_: Any) -> Any:
            hooks = R.global_object["$262"].value
            hooks.pop("value", None)
            try:
                start_async(load(compiled)["workflow"]())
            except NotSupportedYet:  # an intrinsic that is named in docs/dialect.md: not there
                return undefined
            return hooks.pop("value", undefined)

        return builtin(evaluate, "anonymous", 0)


def declare_globals(names: Any) -> None:
    """GlobalDeclarationInstantiation (16.1.7) of names and their values; undefined for a ``var``."""
    for key in list(names.js_own_property_keys()):
        value = get(names, key)
        known = R.global_object.js_get_own_property(key)
        if known is None or (known.configurable and value is not undefined):
            R.global_object[key] = Property(value, True, True, False)
        elif value is not undefined:
            put(R.global_object, key, value)


_MAKES_FUNCTIONS = frozenset({"fnGlobalObject.js", "wellKnownIntrinsicObjects.js"})
