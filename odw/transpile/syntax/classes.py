"""Classes: fields, methods, accessors, private names, static blocks (ECMA-262 15.7)."""

from __future__ import annotations

from typing import NoReturn

from odw.transpile.estree import Node
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.declarations import LEXICAL
from odw.transpile.syntax.function_state import FunctionState
from odw.transpile.syntax.tokens import NAME, PRIVATE, Token

_ENDS_WORD_AS_NAME = frozenset(
    ("(", "=", ";", "}")
)  # after these, `get`, `static`, `async` were a name themselves


class PrivateNames:
    """The ``#names`` of one class body: those it declares, with what they are, and those its code uses."""

    def __init__(self) -> None:
        self.declared: dict[str, str] = {}
        self.used: list[Node] = []

    def declare(self, name: str, kind: str) -> bool:
        """False for a second declaration, unless they are a getter and a setter, both static or both not."""
        before = self.declared.get(name)
        if before is None:
            self.declared[name] = kind
            return True
        both = {"get": "set", "set": "get", "static get": "static set", "static set": "static get"}
        if both.get(kind) == before:
            self.declared[name] = "both"
            return True
        return False


class Classes(ParserCore):
    def class_declaration(self, default_export: bool = False) -> Node:
        start = self.nextToken().start
        name = None
        if not default_export or self.lookahead.kind == NAME:
            name = self.binding_identifier()
            self.declare(name, LEXICAL)
        return self._class("ClassDeclaration", start, name)

    def class_expression(self) -> Node:
        start = self.nextToken().start
        name = self.binding_identifier() if self.lookahead.kind not in ("extends", "{") else None
        return self._class("ClassExpression", start, name)

    def _class(self, kind: str, start: int, name: Node | None) -> Node:
        parent = None
        if self.eat("extends"):
            parent = self.subscripts(self.lookahead.start)
            if parent.type == "ArrowFunctionExpression" and parent not in self.parenthesized:
                self.throwUnexpectedToken(self.lookahead)
            if self.pattern_only is not None:
                raise self.pattern_only
        self.private_names.append(PrivateNames())  # behind the heritage, which sees the outer ones only
        body = self._class_body(parent is not None)
        self._leave_private_names()
        return self.node(kind, start, name, parent, body)

    def _leave_private_names(self) -> None:
        """What this class uses and does not declare, a class around it must declare."""
        names = self.private_names.pop()
        for used in names.used:
            if used.name not in names.declared:
                if not self.private_names:
                    self.undeclared_private(used)
                self.private_names[-1].used.append(used)

    def undeclared_private(self, name: Node) -> NoReturn:
        self.fail_at(name, f"Private field '#{name.name}' must be declared in an enclosing class")

    def _class_body(self, derived: bool) -> Node:
        start = self.lookahead.start
        self.expect("{")
        allow_in, self.allow_in = self.allow_in, True
        members: list[Node] = []
        has_constructor = False
        while self.lookahead.kind != "}":
            if self.eat(";"):
                continue
            member = self._element(derived)
            members.append(member)
            if member.type == "MethodDefinition" and member.kind == "constructor":
                if has_constructor:
                    self.fail_at(member.key, "A class may only have one constructor")
                has_constructor = True
        self.nextToken()
        self.allow_in = allow_in
        return self.node("ClassBody", start, members)

    def _ends_word(self) -> bool:
        return self.lookahead.kind in _ENDS_WORD_AS_NAME

    def _element(self, derived: bool) -> Node:
        token = self.lookahead
        start = token.start
        static = is_async = is_generator = False
        kind = "method"
        if token.kind == "static":
            self.nextToken()
            if self.lookahead.kind == "{":
                return self._static_block(start)
            if self._ends_word():
                return self._member(
                    start, token, self._word_key(token), False, False, kind, False, False, derived
                )
            static = True
            token = self.lookahead
        if token.kind == "*":
            self.nextToken()
            is_generator = True
            token = self.lookahead
        elif token.kind == NAME and token.value in ("async", "get", "set") and not token.is_escaped:
            self.nextToken()
            # A line end after `async`, and `*` on the next line after `get`, make the word a field's name.
            if self._ends_word() or (
                self.hasLineTerminator and (token.value == "async" or self.lookahead.kind == "*")
            ):
                key = self._word_key(token)
                return self._member(start, token, key, False, static, kind, False, False, derived)
            if token.value == "async":
                is_async = True
                is_generator = self.eat("*")
            else:
                kind = token.value
            token = self.lookahead
        key, computed = self._key()
        return self._member(start, token, key, computed, static, kind, is_async, is_generator, derived)

    def _word_key(self, token: Token) -> Node:
        return self.node("Identifier", token.start, token.value)

    def _key(self) -> tuple[Node, bool]:
        token = self.lookahead
        if token.kind != PRIVATE:
            return self.property_key()
        if token.value == "constructor":
            self.fail_at(token, "Classes may not have a private field named '#constructor'")
        self.nextToken()
        return self.node("PrivateIdentifier", token.start, token.value), False

    def _member(
        self,
        start: int,
        token: Token,
        key: Node,
        computed: bool,
        static: bool,
        kind: str,
        is_async: bool,
        is_generator: bool,
        derived: bool,
    ) -> Node:
        """The rest of a method, accessor or field whose name has been read; ``token`` is the name's."""
        is_method = self.lookahead.kind == "(" or kind != "method" or is_async or is_generator
        name = None if computed or key.type == "PrivateIdentifier" else _plain_name(key)
        if is_method:
            if static and name == "prototype":
                self.fail_at(key, "Classes may not have a static property named 'prototype'")
            is_constructor = name == "constructor" and not static
            if is_constructor:
                if kind != "method":
                    self.fail_at(key, "Class constructor may not be an accessor")
                if is_generator or is_async:
                    what = "a generator" if is_generator else "an async method"
                    self.fail_at(key, f"Class constructor may not be {what}")
                kind = "constructor"
            if self.lookahead.kind != "(":
                self.throwUnexpectedToken(self.lookahead)
            self._declare_private(key, kind, static)
            super_call = is_constructor and derived
            function = self.method(kind, is_async=is_async, is_generator=is_generator, super_call=super_call)
            return self.node("MethodDefinition", start, key, function, kind, static, computed)
        if name == "constructor" or (static and name == "prototype"):
            self.fail_at(key, f"Classes may not have a field named '{name}'")
        self._declare_private(key, "field", static)
        value = self._initializer() if self.eat("=") else None
        self.consumeSemicolon()
        return self.node("PropertyDefinition", start, key, value, static, computed)

    def _declare_private(self, key: Node, kind: str, static: bool) -> None:
        if key.type == "PrivateIdentifier":
            kind = f"static {kind}" if static and kind in ("get", "set") else kind
            if not self.private_names[-1].declare(key.name, kind):
                self.fail_at(key, f"Identifier '#{key.name}' has already been declared")

    def _initializer(self) -> Node:
        """A field's initial value: code of its own, as if in a method (15.7.10)."""
        outer, self.function = (
            self.function,
            FunctionState(super_property=True, new_target=True, initializer=True),
        )
        outer_yield, self.yield_or_await = self.yield_or_await, None
        self.declarations.enter(is_function=True)
        value = self.assignment()
        self.declarations.leave()
        self.yield_or_await = outer_yield
        self.function = outer
        return value

    def _static_block(self, start: int) -> Node:
        """``static { … }`` (15.7.11)."""
        self.nextToken()
        outer, self.function = (
            self.function,
            FunctionState(super_property=True, new_target=True, initializer=True, can_return=False),
        )
        outer_labels, self.labels = self.labels, []
        outer_yield, self.yield_or_await = self.yield_or_await, None
        self.declarations.enter(is_function=True)
        body: list[Node] = []
        while self.lookahead.kind != "}":
            body.append(self.parseStatementListItem())
        self.nextToken()
        self.declarations.leave()
        self.yield_or_await = outer_yield
        self.labels = outer_labels
        self.function = outer
        return self.node("StaticBlock", start, body)


def _plain_name(key: Node) -> object:
    return key.name if key.type == "Identifier" else key.value
