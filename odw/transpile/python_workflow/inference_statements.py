"""What statements tell of kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odw.transpile.analyze.scope import FUNCTIONS
from odw.transpile.estree import Node, children
from odw.transpile.python_workflow.kinds import (
    ANY,
    STR,
    UNDEFINED,
    Fn,
    Kind,
    kind,
    some,
)


class Statements:
    """Mixed into :class:`Inference`."""

    if TYPE_CHECKING:
        table: Any
        _function: list[Fn]
        expression: Callable[..., Kind]
        function: Callable[..., Kind]
        items_of: Callable[..., Kind]
        awaited: Callable[..., Kind]
        bind: Any
        grow: Any
        escape: Any
        pattern: Any
        _loop_head: Any
        called_with_anything: Any
        class_: Any

    def statement(self, node: Node) -> None:
        handler = getattr(self, f"s_{node.type}", None)
        if handler is not None:
            handler(node)
            return
        for child in children(node):
            if child.type.endswith(("Statement", "Declaration", "Clause", "Case")):
                self.statement(child)
            else:
                self.expression(child)

    def s_ExportNamedDeclaration(self, node: Node) -> None:
        if node.declaration is not None:
            self.statement(node.declaration)

    def s_ExportDefaultDeclaration(self, node: Node) -> None:
        declared = node.declaration
        found = self.function(declared) if declared.type in FUNCTIONS else self.expression(declared)
        if declared.type == "FunctionDeclaration" and declared.id is not None:
            self.bind(self.table.resolve(declared.id), found)
        for fn in some(found, Fn):
            self.called_with_anything(fn)

    def s_VariableDeclaration(self, node: Node) -> None:
        for declarator in node.declarations:
            if declarator.init is not None:
                self.pattern(declarator.id, self.expression(declarator.init))
            elif declarator.id.type == "Identifier":
                self.bind(self.table.resolve(declarator.id), kind(UNDEFINED))

    def s_FunctionDeclaration(self, node: Node) -> None:
        found = self.function(node)
        if node.id is not None:
            self.bind(self.table.resolve(node.id), found)
            binding = self.table.resolve(node.id)
            if binding is not None and binding.name == "workflow" and binding.scope.kind == "module":
                for fn in some(found, Fn):
                    self.called_with_anything(fn)

    def s_ClassDeclaration(self, node: Node) -> None:
        self.class_(node)
        self.bind(self.table.resolve(node.id), kind(ANY))

    def s_ReturnStatement(self, node: Node) -> None:
        value = self.expression(node.argument) if node.argument is not None else kind(UNDEFINED)
        if self._function:
            self.grow(self._function[-1], "returns", value)

    def s_ForOfStatement(self, node: Node) -> None:
        items = self.items_of(self.expression(node.right))
        self._loop_head(node.left, self.awaited(items) if node.is_await else items)
        self.statement(node.body)

    def s_ForInStatement(self, node: Node) -> None:
        self.expression(node.right)
        self._loop_head(node.left, kind(STR))
        self.statement(node.body)

    def s_CatchClause(self, node: Node) -> None:
        if node.param is not None:
            self.pattern(node.param, kind(ANY))
        self.statement(node.body)

    def s_LabeledStatement(self, node: Node) -> None:
        self.statement(node.body)

    def s_ThrowStatement(self, node: Node) -> None:
        self.escape(self.expression(node.argument))
