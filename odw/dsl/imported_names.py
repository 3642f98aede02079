"""What names in a file's text stand for, as far as its imports tell."""

from __future__ import annotations

import ast

_BUILTINS = frozenset({"open", "input", "set", "frozenset"})


class ImportedNames:
    """Local names and the dotted names that they were imported as: ``from odw import call as ask`` makes ``ask`` ``odw.call``."""

    def __init__(self) -> None:
        self._imported: dict[str, str] = {}
        self.hidden: list[set[str]] = []  # names that enclosing functions bind themselves

    def read(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if isinstance(node, ast.Import):
                top = alias.name.partition(".")[0]
                self._imported[alias.asname or top] = alias.name if alias.asname else top
            elif node.module and not node.level:
                self._imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def path(self, node: ast.expr) -> str | None:
        """The dotted name of an expression that is made of an imported name, or of a builtin."""
        if isinstance(node, ast.Attribute):
            path = self.path(node.value)
            return None if path is None else f"{path}.{node.attr}"
        if not isinstance(node, ast.Name) or any(node.id in names for names in self.hidden):
            return None
        return self._imported.get(node.id, node.id if node.id in _BUILTINS else None)

    def decorator(self, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> ast.expr | None:
        """The decorator of a function that is ``name``, called or not."""
        for entry in node.decorator_list:
            if self.path(entry.func if isinstance(entry, ast.Call) else entry) == name:
                return entry
        return None
