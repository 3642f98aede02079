"""Functions that a script only ever calls by name, so that all their callers are known.

    function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }     n: what `fib(20)`, `fib(n - 1)`, `fib(n - 2)` pass

Such a function is never passed on, stored, exported, constructed or assigned again: nobody else can call it. So nobody sees the
function object, and the compiled script makes none: the name stands for the code.
"""

from __future__ import annotations

from typing import NamedTuple

from odw.transpile.analyze.scope import FUNCTIONS, Binding, ScopeTable
from odw.transpile.estree import Node


class Direct(NamedTuple):
    """``parameters``: how many its code has; None for the usual signature, with a receiver, defaults and ``*_``."""

    function: Node
    parameters: int | None


class KnownFunctions:
    """``arguments(param)``: the expressions that a parameter gets its value from; None if there may be others."""

    def __init__(self, table: ScopeTable) -> None:
        self.table = table
        self._exported = _exported(table.program)
        self._named: dict[Node, Binding] = {}  # function -> the variable that holds it
        self._direct: dict[Binding, Direct | None] = {}
        for binding in table.bindings:
            if binding.repeated:
                continue
            if binding.kind == "function":
                self._named[binding.declaration] = binding
            elif binding.kind == "const" and binding.init is not None and binding.init.type in FUNCTIONS:
                self._named[binding.init] = binding

    def arguments(self, param: Binding) -> list[Node] | None:
        function = param.declaration
        name = self._named.get(function)
        if name is None or not self._is_only_called(name, function):
            return None
        if param.node not in function.params:
            return None
        index = function.params.index(param.node)
        values: list[Node] = []
        for use in name.references:
            call = self.table.callers[use]
            if len(call.arguments) <= index:
                return None
            if any(argument.type == "SpreadElement" for argument in call.arguments[: index + 1]):
                return None
            values.append(call.arguments[index])
        return values

    def direct(self, binding: Binding) -> Direct | None:
        """How the code of a function is called without a function object; None where there must be one."""
        if binding not in self._direct:
            self._direct[binding] = self._find_direct(binding)
        return self._direct[binding]

    def _find_direct(self, binding: Binding) -> Direct | None:
        function = binding.declaration if binding.kind == "function" else binding.init
        if self._named.get(function) is not binding or function.is_async or function.generator:
            return None
        if not self._is_only_called(binding, function):
            return None
        scope = self.table.scope_of(function)
        assert scope is not None
        uses_more = scope.uses_this or scope.uses_arguments or scope.uses_new_target
        if (uses_more and not scope.is_arrow) or any(p.type != "Identifier" for p in function.params):
            return Direct(function, None)
        count = len(function.params)
        for use in binding.references:
            arguments = self.table.callers[use].arguments
            if len(arguments) > count or any(argument.type == "SpreadElement" for argument in arguments):
                return Direct(function, None)
        return Direct(function, count)

    def _is_only_called(self, name: Binding, function: Node) -> bool:
        if name.writes or function in self._exported:
            return False
        if function.type == "FunctionExpression" and function.id is not None:
            return False  # it knows itself by another name
        callers = self.table.callers
        return all(use in callers for use in name.references)


def _exported(program: Node) -> set[Node]:
    """The functions that the host can call: those of export declarations. (``export {f}`` is a reference, and no call.)"""
    found: set[Node] = set()
    for node in program.body:
        if (
            node.type in ("ExportNamedDeclaration", "ExportDefaultDeclaration")
            and node.declaration is not None
        ):
            found.add(node.declaration)
            if node.declaration.type == "VariableDeclaration":
                found.update(d.init for d in node.declaration.declarations if d.init is not None)
    return found
