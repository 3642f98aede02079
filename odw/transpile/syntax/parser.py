"""The whole parser: esprima's, with every part of the grammar that this package adds or replaces."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.source import Source
from odw.transpile.syntax.classes import Classes
from odw.transpile.syntax.expressions import Expressions
from odw.transpile.syntax.functions import Functions
from odw.transpile.syntax.members import Members
from odw.transpile.syntax.modules import Modules
from odw.transpile.syntax.patterns import Patterns
from odw.transpile.syntax.primary import Primary
from odw.transpile.syntax.statements import Statements
from odw.transpile.syntax.tokens import END


class ScriptParser(Modules, Statements, Classes, Functions, Patterns, Expressions, Members, Primary):
    """One parse of one script."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.exports: set[str] = set()
        self.local_exports: list[Node] = []

    def program(self) -> Node:
        """The Program node; ``comments`` in source order."""
        body: list[Node] = []
        self.directives(body, [])
        while self.lookahead.kind != END:
            body.append(self.module_item())
        self.check_local_exports()
        program = self.node("Program", 0, body, "module", self._comments())
        program.end = len(self.text)
        return program

    def _comments(self) -> list[Node]:
        nodes = []
        for kind, start, end in self.scanner.comments:
            node = self.node(kind, start, self.text[start + 2 : end - 2 if kind == "Block" else end])
            node.end = end
            nodes.append(node)
        return nodes
