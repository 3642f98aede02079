"""Where each binding is kept, so that closures and the temporal dead zone behave (ECMA-262 14.7.4.4, 9.1.1.1).

A Python local lives as long as its function's frame, a JavaScript block's binding one pass of the block. They differ
only for a binding whose scope stands in a loop and which a closure captures::

    for (const x of xs) later.push(() => x)          by value:  lambda _this, *_, x=x: x
    for (const x of xs) { let n = 0; f(() => n++) }  cell:      n = Cell() in each pass; n.value

By value is right when nothing assigns after the initialisation and every closure is made after it.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from odw.transpile.analyze.scope import Binding, Reference, Scope, ScopeTable
from odw.transpile.estree import Node

Storage: TypeAlias = Literal["local", "by-value", "cell"]
Position: TypeAlias = tuple[int, int]

_DEAD_ZONE: Final = frozenset({"const", "let", "class", "catch"})


class Captures:
    """Side tables of one program.

    ``imports[function scope]``: the bindings that the function receives as keyword defaults. ``unbind``: bindings to be
    unbound when their block begins, since a second pass could read the value of the first. ``guarded``: assigning
    identifiers that may run before the declaration. ``sensitive``: bindings that may be read before they are initialised.
    """

    def __init__(self, table: ScopeTable) -> None:
        self.table = table
        self.imports: dict[Scope, list[Binding]] = {}
        self.unbind: set[Binding] = set()
        self.guarded: set[Node] = set()
        self.sensitive: set[Binding] = set()
        self._storage: dict[Binding, Storage] = {}
        self._classify()

    def storage(self, binding: Binding) -> Storage:
        return self._storage.get(binding, "local")

    def _classify(self) -> None:
        by_binding: dict[Binding, list[Reference]] = {}
        for reference in self.table.references():
            if reference.binding is not None:
                by_binding.setdefault(reference.binding, []).append(reference)
        for binding, references in by_binding.items():
            if binding.kind in _DEAD_ZONE:
                self._dead_zone(binding, references)
            if binding.captured and binding.scope.in_loop and binding.kind not in ("var", "arguments", "class-name", "function-name"):  # fmt: skip
                self._per_iteration(binding, references)

    def _per_iteration(self, binding: Binding, references: list[Reference]) -> None:
        functions = {f: None for r in references if (f := capturing_function(r, binding)) is not None}
        by_value = (
            binding.scope.kind != "switch"
            and (binding.read_only or not binding.writes or self._written_in_update_only(binding, references))
            and all(self._is_ready(binding, function) for function in functions)
        )
        self._storage[binding] = "by-value" if by_value else "cell"
        for function in functions:
            self.imports.setdefault(function, []).append(binding)

    @staticmethod
    def _written_in_update_only(binding: Binding, references: list[Reference]) -> bool:
        """``for (let i = 0; i < n; i++) later.push(() => i)``: only the next iteration's copy is assigned."""
        loop = binding.scope.node
        if loop.type != "ForStatement" or loop.update is None:
            return False
        own = binding.scope.function_scope
        for reference in references:
            inside = reference.scope.function_scope is own
            at = reference.node.start
            if reference.is_write and not (inside and loop.update.start <= at < loop.update.end):
                return False
            if not inside and at < loop.body.start:
                return False
        return True

    def _is_ready(self, binding: Binding, function: Scope) -> bool:
        """Whether the binding has its value when the closure is made; a declared function has not when it is made itself."""
        made, ready = self._created_at(function), initialised_at(binding)
        return made > ready if binding.kind == "function" else made >= ready

    def _created_at(self, function: Scope) -> Position:
        """When a closure is made: a declared function when its block begins, any other where it stands."""
        node = function.node
        if node.type == "FunctionDeclaration" and node.id is not None:
            declared = self.table.resolve(node.id)
            if declared is not None:
                return (declared.scope.node.start, declared.order)
        return (node.start, -1)

    def _dead_zone(self, binding: Binding, references: list[Reference]) -> None:
        ready, own = initialised_at(binding)[0], binding.scope.function_scope
        switch = binding.scope.kind == "switch"
        for reference in references:
            inside = reference.scope.function_scope is own
            early = reference.node.start < ready or switch
            if inside and early:
                self.sensitive.add(binding)
                if binding.scope.in_loop:
                    self.unbind.add(binding)
            if reference.is_write and not reference.is_read and not binding.read_only:
                if early or (not inside and self._may_run_early(reference, binding, ready)):
                    self.guarded.add(reference.node)

    def _may_run_early(self, reference: Reference, binding: Binding, ready: int) -> bool:
        """Whether a write in a nested function may happen before the declaration: only if a hoisted function is used early."""
        function = capturing_function(reference, binding)
        if function is None or function.node.type != "FunctionDeclaration" or function.node.id is None:
            return False
        declared = self.table.resolve(function.node.id)
        if declared is None:
            return False
        node = function.node
        for use in declared.references:
            if node.start <= use.start < node.end:
                continue
            where = self.table.reference(use)
            if (
                use.start < ready
                or where is None
                or where.scope.function_scope is not binding.scope.function_scope
            ):
                return True
        return False


def capturing_function(reference: Reference, binding: Binding) -> Scope | None:
    """The outermost function between a binding's own function and a reference to it; None if they share one."""
    own = binding.scope.function_scope
    scope, inner = reference.scope.function_scope, None
    while scope is not own:
        inner = scope
        if scope.parent is None:
            return None
        scope = scope.parent.function_scope
    return inner


def initialised_at(binding: Binding) -> Position:
    """Where, in source order, a binding has its value."""
    declaration = binding.declaration
    if binding.kind == "function":
        return (binding.scope.node.start, binding.order)
    if declaration.type in ("ForOfStatement", "ForInStatement"):
        return (declaration.right.end, -1)
    if binding.kind == "catch":
        return (declaration.param.end, -1)
    if binding.kind == "param":
        return (binding.node.end, -1)
    return (declaration.end, -1)
