"""``import`` and ``export`` (ECMA-262 16.2). They parse here; lint says which of them a workflow script may use."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.declarations import LEXICAL
from odw.transpile.syntax.patterns import bound_names
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import NAME, STRING


class Modules(ParserCore):
    def module_item(self) -> Node:
        """A statement, declaration, import or export at the top of the script."""
        kind = self.lookahead.kind
        if kind == "export":
            return self._export()
        if kind == "import" and self.peek().kind not in ("(", "."):
            return self._import()
        return self.parseStatementListItem()

    # Imports

    def _import(self) -> Node:
        start = self.nextToken().start
        specifiers: list[Node] = []
        if self.lookahead.kind != STRING:
            more = True
            if self.lookahead.kind == NAME:
                name_start = self.lookahead.start
                local = self._local()
                specifiers.append(self.node("ImportDefaultSpecifier", name_start, local))
                more = self.eat(",")
            if more:
                self._import_bindings(specifiers)
            self._expect_from()
        source, attributes = self._source()
        return self.node("ImportDeclaration", start, specifiers, source, attributes)

    def _import_bindings(self, specifiers: list[Node]) -> None:
        """``* as name`` or ``{a, b as c}``."""
        if self.lookahead.kind == "*":
            start = self.nextToken().start
            if not self.matchContextualKeyword("as"):
                self.throwUnexpectedToken(self.lookahead)
            self.nextToken()
            specifiers.append(self.node("ImportNamespaceSpecifier", start, self._local()))
            return
        self.expect("{")
        while self.lookahead.kind != "}":
            token = self.lookahead
            if token.kind == NAME and not (self.peek_is_as()):
                imported = local = self._local()
            else:
                imported = self._exported_name()
                if not self.matchContextualKeyword("as"):
                    self.throwUnexpectedToken(token)
                self.nextToken()
                local = self._local()
            specifiers.append(self.node("ImportSpecifier", token.start, imported, local))
            if self.lookahead.kind != "}":
                self.expect(",")
        self.nextToken()

    def peek_is_as(self) -> bool:
        following = self.peek()
        return following.kind == NAME and following.value == "as" and not following.is_escaped

    def _local(self) -> Node:
        name = self.binding_identifier()
        self.declare(name, LEXICAL)
        return name

    def _expect_from(self) -> None:
        if not self.matchContextualKeyword("from"):
            self.throwUnexpectedToken(self.lookahead)
        self.nextToken()

    def _source(self) -> tuple[Node, list[Node]]:
        """The module specifier with its attributes, and the semicolon."""
        if self.lookahead.kind != STRING:
            self.throwUnexpectedToken(self.lookahead)
        source = self.literal()
        attributes: list[Node] = []
        if self.eat("with"):
            self.expect("{")
            seen: set[str] = set()
            while self.lookahead.kind != "}":
                start = self.lookahead.start
                key = self.literal() if self.lookahead.kind == STRING else self.identifier_name()
                name = key.value if key.type == "Literal" else key.name
                if name in seen:
                    self.fail_at(key, f"Import attributes has a duplicate key '{name}'")
                seen.add(name)
                self.expect(":")
                if self.lookahead.kind != STRING:
                    self.throwUnexpectedToken(self.lookahead)
                attributes.append(self.node("ImportAttribute", start, key, self.literal()))
                if self.lookahead.kind != "}":
                    self.expect(",")
            self.nextToken()
        self.consumeSemicolon()
        return source, attributes

    # Exports

    def _exported_name(self) -> Node:
        """A word or a well-formed string."""
        if self.lookahead.kind != STRING:
            return self.identifier_name()
        node = self.literal()
        if not _is_well_formed(node.value):
            self.fail_at(node, "Invalid module export name: contains unpaired surrogate character")
        return node

    def _add_export(self, name: str, node: Node) -> None:
        if name in self.exports:
            self.fail_at(node, f"Duplicate export of '{name}'")
        self.exports.add(name)

    def _export(self) -> Node:
        token = self.nextToken()
        start = token.start
        kind = self.lookahead.kind
        if kind == "*":
            return self._export_all(start)
        if kind == "default":
            return self._export_default(start)
        if kind == "{":
            return self._export_names(start)
        if kind in ("var", "let", "const", "function", "class") or self.starts_async_function():
            declaration = self.parseStatementListItem()
            if declaration.type == "VariableDeclaration":
                for declarator in declaration.declarations:
                    for name in bound_names(declarator.id):
                        self._add_export(name.name, name)
            else:
                self._add_export(declaration.id.name, declaration.id)
            return self.node("ExportNamedDeclaration", start, declaration, [], None, [])
        raise SyntaxProblem(
            self.describe_unexpected(self.lookahead), self.lookahead.start, self.lookahead.end
        )

    def _export_all(self, start: int) -> Node:
        self.nextToken()
        exported = None
        if self.matchContextualKeyword("as"):
            self.nextToken()
            exported = self._exported_name()
            self._add_export(_name_of(exported), exported)
        self._expect_from()
        source, attributes = self._source()
        return self.node("ExportAllDeclaration", start, exported, source, attributes)

    def _export_default(self, start: int) -> Node:
        token = self.nextToken()
        self._add_export("default", self.node("Identifier", token.start, "default"))
        if self.lookahead.kind == "function" or self.starts_async_function():
            declaration = self.function_declaration(default_export=True)
        elif self.lookahead.kind == "class":
            declaration = self.class_declaration(default_export=True)
        else:
            declaration = self.assignment()
            self.consumeSemicolon()
        return self.node("ExportDefaultDeclaration", start, declaration)

    def _export_names(self, start: int) -> Node:
        self.nextToken()
        specifiers: list[Node] = []
        words = []
        while self.lookahead.kind != "}":
            token = self.lookahead
            words.append(token)
            local = exported = self._exported_name()
            if self.matchContextualKeyword("as"):
                self.nextToken()
                exported = self._exported_name()
            self._add_export(_name_of(exported), exported)
            specifiers.append(self.node("ExportSpecifier", token.start, local, exported))
            if self.lookahead.kind != "}":
                self.expect(",")
        self.nextToken()
        if self.matchContextualKeyword("from"):
            self.nextToken()
            source, attributes = self._source()
            return self.node("ExportNamedDeclaration", start, None, specifiers, source, attributes)
        for token, specifier in zip(words, specifiers, strict=True):
            if token.kind != NAME:
                self.throwUnexpectedToken(token)
            self.local_exports.append(specifier.local)
        self.consumeSemicolon()
        return self.node("ExportNamedDeclaration", start, None, specifiers, None, [])

    def check_local_exports(self) -> None:
        """What ``export {name}`` names must be declared (16.2.3.1)."""
        for name in self.local_exports:
            if not self.declarations.module_has(name.name):
                self.fail_at(name, f"Export '{name.name}' is not defined in module")


def _name_of(node: Node) -> str:
    return str(node.value if node.type == "Literal" else node.name)


def _is_well_formed(value: str) -> bool:
    """No surrogate without its partner; ``value`` is UTF-16."""
    try:
        value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return False
    return True
