"""Scopes and what JavaScript hoists into them (ECMA-262 8.2): the half of the resolver that declares names."""

from __future__ import annotations

from typing import Final

from odw.transpile.analyze.scope import (
    LOOPS,
    Binding,
    BindingKind,
    Reference,
    Scope,
    ScopeKind,
    ScopeTable,
    bound_identifiers,
)
from odw.transpile.estree import Node, children

_NESTING: Final = LOOPS | {
    "BlockStatement", "IfStatement", "LabeledStatement", "SwitchStatement", "SwitchCase", "TryStatement", "CatchClause"
}  # fmt: skip


class Declarations:
    """Opens scopes; a scope's names are declared when it opens, so that one walk resolves everything."""

    def __init__(self, table: ScopeTable) -> None:
        self.table = table
        self.scope: Scope = None  # type: ignore[assignment]  # set when the module scope opens
        self.loops = 0  # loops around the current place, within its function
        self.pending: list[Reference] = []

    def open(self, kind: ScopeKind, node: Node) -> Scope:
        """Enter a new scope; returns it (leave with ``self.scope = scope.parent``)."""
        scope = Scope(kind, node, self.scope, self.loops > 0)
        self.table.scopes.append(scope)
        if kind == "function-body":
            self.table._body_scope_of[node] = scope
        elif kind != "function-name":
            self.table._scope_of[node] = scope
        self.scope = scope
        return scope

    def close(self, scope: Scope) -> None:
        self.scope = scope.parent  # type: ignore[assignment]  # the module scope is never closed

    def declare(
        self, identifier: Node, kind: BindingKind, declaration: Node, scope: Scope | None = None
    ) -> Binding:
        scope = scope or self.scope
        name = identifier.name
        known = scope.bindings.get(name)
        if known is not None:
            known.repeated = True
            if kind == "function":
                known.kind, known.declaration = kind, declaration
            self.table._declared[identifier] = known
            return known
        binding = Binding(name, kind, identifier, scope, declaration, len(self.table.bindings))
        scope.bindings[name] = binding
        self.table.bindings.append(binding)
        self.table._declared.setdefault(
            identifier, binding
        )  # a class declaration's name is two bindings; the outer counts
        return binding

    def declare_pattern(
        self, pattern: Node, kind: BindingKind, declaration: Node, scope: Scope | None = None
    ) -> None:
        for identifier in bound_identifiers(pattern):
            self.declare(identifier, kind, declaration, scope)

    def hoist_vars(self, statements: list[Node]) -> None:
        """VarDeclaredNames of a function body or module: every ``var`` outside nested functions."""
        target, stack = self.scope, list(reversed(statements))
        while stack:
            node = stack.pop()
            kind = node.type
            if kind == "VariableDeclaration":
                if node.kind == "var":
                    for declarator in node.declarations:
                        self.declare_var(declarator, target)
            elif kind == "ExportNamedDeclaration":
                if node.declaration is not None:
                    stack.append(node.declaration)
            elif kind in _NESTING:
                below = [
                    child
                    for child in children(node)
                    if child.type in _NESTING or child.type == "VariableDeclaration"
                ]
                stack.extend(reversed(below))

    def declare_var(self, declarator: Node, target: Scope) -> None:
        for identifier in bound_identifiers(declarator.id):
            self.declare(identifier, "var", declarator, target)

    def hoist_lexical(self, statements: list[Node]) -> None:
        """LexicallyDeclaredNames of a statement list, and its functions."""
        for statement in statements:
            node = statement
            if node.type in ("ExportNamedDeclaration", "ExportDefaultDeclaration"):
                node = node.declaration
                if node is None:
                    continue
            if node.type == "VariableDeclaration":
                if node.kind != "var":
                    for declarator in node.declarations:
                        self.declare_pattern(declarator.id, node.kind, declarator)
            elif node.type == "FunctionDeclaration":
                if node.id is not None:
                    self.declare(node.id, "function", node)
            elif node.type == "ClassDeclaration":
                if node.id is not None:
                    self.declare(node.id, "class", node)
            elif node.type == "ImportDeclaration":
                for specifier in node.specifiers:
                    self.declare(specifier.local, "import", specifier)
