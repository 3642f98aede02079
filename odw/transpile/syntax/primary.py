"""Primary expressions: names, literals, arrays, objects, parentheses (ECMA-262 13.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.transpile.estree import Node
from odw.transpile.source import utf16
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.regexp_literal import check_regexp
from odw.transpile.syntax.tokens import BIGINT, NAME, NUMBER, STRING, TEMPLATE, Token

_ENDS_WORD_AS_KEY = frozenset(
    (",", "}", ":", "(", "=")
)  # after these, `get`, `set`, `async` were a key themselves


class Primary(ParserCore):
    def primary(self) -> Node:
        handler = _PRIMARY.get(self.lookahead.kind)
        if handler is None:
            self.throwUnexpectedToken(self.lookahead)
        return handler(self)

    def _name(self) -> Node:
        """An identifier, ``x => …``, ``async x => …``, ``async function``."""
        token = self.nextToken()
        name = token.value
        start = token.start
        if name == "async" and not self.hasLineTerminator and not token.is_escaped:
            following = self.lookahead
            if following.kind == "function":
                return self.function_expression(start, is_async=True)
            if following.kind == NAME and self.arrow_may_start == start and self.peek().kind == "=>":
                parameter = self._identifier(self.nextToken())
                if self.hasLineTerminator:
                    self.throwUnexpectedToken(self.lookahead)
                return self.arrow(start, [parameter], is_async=True)
        node = self._identifier(token)
        if self.lookahead.kind == "=>" and self.arrow_may_start == start and not self.hasLineTerminator:
            return self.arrow(start, [node], is_async=False)
        if name == "arguments" and self.function.initializer:
            self.fail_at(
                token, "'arguments' is not allowed in class field initializer or static initialization block"
            )
        return node

    def _identifier(self, token: Token) -> Node:
        return self.node("Identifier", token.start, token.value)

    def literal(self) -> Node:
        """A string or a number in hand."""
        token = self.nextToken()
        return self.node("Literal", token.start, token.value, self._raw(token), None, None)

    def _bigint(self) -> Node:
        token = self.nextToken()
        return self.node("Literal", token.start, None, self._raw(token), None, token.value)

    def _word_literal(self) -> Node:
        token = self.nextToken()
        return self.node("Literal", token.start, _WORD_VALUES[token.value], token.value, None, None)

    def _raw(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def _regexp(self) -> Node:
        """A ``/`` or ``/=`` where an expression must start is the beginning of a regular expression."""
        self.scanner.index = self.lookahead.start
        self.replace_lookahead(self.scanner.scanRegExp())
        token = self.nextToken()
        pattern, flags = utf16(token.value[0]), token.value[1]
        check_regexp(pattern, flags, token.start, token.end)
        return self.node(
            "Literal", token.start, None, self._raw(token), {"pattern": pattern, "flags": flags}, None
        )

    def _this(self) -> Node:
        return self.node("ThisExpression", self.nextToken().start)

    def _function_expression(self) -> Node:
        return self.function_expression(self.lookahead.start, is_async=False)

    def _parenthesis(self) -> Node:
        """``(a, b)``, or the parameters of an arrow function."""
        start = self.lookahead.start
        may_be_arrow = self.arrow_may_start == start
        outer, self.yield_or_await = self.yield_or_await, None
        allow_in, self.allow_in = self.allow_in, True
        self.nextToken()
        first = self.lookahead.start
        items: list[Node] = []
        only_parameters: Token | None = None  # where it stopped being an expression: `()`, `(a,)`, `(...a)`
        while self.lookahead.kind != ")":
            if self.lookahead.kind == "...":
                only_parameters = self.lookahead
                if not may_be_arrow:
                    self.throwUnexpectedToken(self.lookahead)
                items.append(self.rest_element())
                if self.lookahead.kind != ")":
                    self.fail_at(self.lookahead, "Rest parameter must be last formal parameter")
                break
            items.append(self.assignment(cover=True))
            if self.lookahead.kind != ")":
                comma = self.lookahead
                self.expect(",")
                if self.lookahead.kind == ")":
                    only_parameters = self.lookahead
                    if not may_be_arrow:
                        self.throwUnexpectedToken(comma)
        end = self.previous.end
        if not items:
            only_parameters = self.lookahead
        self.expect(")")
        self.allow_in = allow_in
        if may_be_arrow and self.lookahead.kind == "=>" and not self.hasLineTerminator:
            return self.arrow_from_cover(start, items, False, outer)
        if only_parameters is not None:
            self.throwUnexpectedToken(only_parameters)
        if self.pattern_only is not None:
            raise self.pattern_only
        self.yield_or_await = outer or self.yield_or_await
        expression = items[0]
        if len(items) > 1:
            expression = self.node("SequenceExpression", first, items)
            expression.end = end
        self.parenthesized[expression] = start
        return expression

    def _array(self) -> Node:
        start = self.nextToken().start
        allow_in, self.allow_in = self.allow_in, True
        elements: list[Node | None] = []
        while self.lookahead.kind != "]":
            if self.eat(","):
                elements.append(None)
                continue
            elements.append(
                self._spread_in_literal() if self.lookahead.kind == "..." else self.assignment(True)
            )
            if self.lookahead.kind != "]":
                self.expect(",")
        self.nextToken()
        self.allow_in = allow_in
        return self.node("ArrayExpression", start, elements)

    def _spread_in_literal(self) -> Node:
        node = self.spread(cover=True)
        if self.lookahead.kind == ",":
            self.comma_after_rest[node] = self.lookahead.start
        return node

    def _object(self) -> Node:
        start = self.nextToken().start
        allow_in, self.allow_in = self.allow_in, True
        properties: list[Node] = []
        has_proto = False
        while self.lookahead.kind != "}":
            if self.lookahead.kind == "...":
                properties.append(self._spread_in_literal())
            else:
                member = self._property()
                properties.append(member)
                if not member.computed and _sets_prototype(member):
                    if has_proto and self.pattern_only is None:
                        self.pattern_only = SyntaxProblem(
                            "Duplicate __proto__ fields are not allowed in object literals",
                            member.key.start,
                            member.key.end,
                        )
                    has_proto = True
            if self.lookahead.kind != "}":
                self.expect(",")
        self.nextToken()
        self.allow_in = allow_in
        return self.node("ObjectExpression", start, properties)

    def _property(self) -> Node:
        token = self.lookahead
        start = token.start
        kind = "init"
        is_async = is_generator = False
        if token.kind == "*":
            self.nextToken()
            is_generator = True
            key, computed = self.property_key()
        else:
            key, computed = self.property_key()
            if token.kind == NAME and self.lookahead.kind not in _ENDS_WORD_AS_KEY and not token.is_escaped:
                if token.value == "async" and not self.hasLineTerminator:
                    is_async = True
                    is_generator = self.eat("*")
                    key, computed = self.property_key()
                elif token.value in ("get", "set"):
                    kind = token.value
                    key, computed = self.property_key()
        following = self.lookahead.kind
        if kind != "init":
            value = self.method(kind)
            return self.node("Property", start, key, value, kind, False, False, computed)
        if following == "(":
            value = self.method("method", is_async=is_async, is_generator=is_generator)
            return self.node("Property", start, key, value, "init", True, False, computed)
        if is_async or is_generator:
            self.throwUnexpectedToken(self.lookahead)
        if following == ":":
            self.nextToken()
            value = self.assignment(True)
            return self.node("Property", start, key, value, "init", False, False, computed)
        return self._shorthand(token, key)

    def _shorthand(self, token: Token, key: Node) -> Node:
        """``{a}``; ``{a = 1}``, which must become a pattern."""
        if token.kind != NAME:
            self.throwUnexpectedToken(token if token.is_word else self.lookahead)
        if token.value == "arguments" and self.function.initializer:
            self.fail_at(
                token, "'arguments' is not allowed in class field initializer or static initialization block"
            )
        value = key
        if self.lookahead.kind == "=":
            equals = self.nextToken()
            if self.pattern_only is None:
                self.pattern_only = SyntaxProblem(
                    "Invalid shorthand property initializer", equals.start, equals.end
                )
            pending = self.pattern_only
            value = self.node("AssignmentPattern", token.start, key, self.assignment())
            self.pattern_only = pending
        return self.node("Property", token.start, key, value, "init", False, True, False)

    def property_key(self) -> tuple[Node, bool]:
        """A key and whether it is computed."""
        token = self.lookahead
        kind = token.kind
        if token.is_word:
            return self._identifier(self.nextToken()), False
        if kind in (STRING, NUMBER):
            return self.literal(), False
        if kind == BIGINT:
            return self._bigint(), False
        if kind != "[":
            self.throwUnexpectedToken(token)
        self.nextToken()
        allow_in, self.allow_in = self.allow_in, True
        key = self.assignment()
        self.allow_in = allow_in
        self.expect("]")
        return key, True


_WORD_VALUES = {"true": True, "false": False, "null": None}


def _sets_prototype(member: Node) -> bool:
    """``__proto__: v``, the form that sets the prototype (13.2.5.1)."""
    if member.type != "Property" or member.kind != "init" or member.method or member.shorthand:
        return False
    key = member.key
    return bool((key.name if key.type == "Identifier" else key.value) == "__proto__")


_PRIMARY: dict[str, Callable[[Any], Node]] = {
    NAME: Primary._name,
    NUMBER: Primary.literal,
    STRING: Primary.literal,
    BIGINT: Primary._bigint,
    TEMPLATE: lambda parser: parser.template(),
    "true": Primary._word_literal,
    "false": Primary._word_literal,
    "null": Primary._word_literal,
    "this": Primary._this,
    "(": Primary._parenthesis,
    "[": Primary._array,
    "{": Primary._object,
    "/": Primary._regexp,
    "/=": Primary._regexp,
    "function": Primary._function_expression,
    "class": lambda parser: parser.class_expression(),
    "new": lambda parser: parser.new_expression(),
    "super": lambda parser: parser.super_expression(),
    "import": lambda parser: parser.import_expression(),
}
