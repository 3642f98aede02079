"""Patterns: parsed as such in declarations, or made from an expression when ``=``, ``=>``, ``of`` or ``in`` follows.

Clauses: 14.3.3 Destructuring Binding Patterns, 13.15.5 Destructuring Assignment, 8.6.4 (what is a simple target).
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.estree import Node
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import NAME, Token

_RESTRICTED = ("eval", "arguments")


class Patterns(ParserCore):
    def binding_identifier(self) -> Node:
        token = self.lookahead
        if token.kind == "await":
            self.fail_at(token, "'await' is a reserved word here: it cannot be a name")
        if token.kind != NAME:
            self.throwUnexpectedToken(token)
        self._refuse_restricted(token)
        self.nextToken()
        return self.node("Identifier", token.start, token.value)

    def _refuse_restricted(self, token: Token) -> None:
        if token.value in _RESTRICTED:
            self.fail_at(token, "Unexpected eval or arguments in strict mode")

    def binding_pattern(self) -> Node:
        """A name, ``[…]`` or ``{…}`` in a declaration."""
        kind = self.lookahead.kind
        if kind == "[":
            return self._array_pattern()
        if kind == "{":
            return self._object_pattern()
        return self.binding_identifier()

    def binding_element(self) -> Node:
        """A pattern with an optional default."""
        return self._with_default(self.lookahead.start, self.binding_pattern())

    def _with_default(self, start: int, target: Node) -> Node:
        if self.lookahead.kind != "=":
            return target
        self.nextToken()
        allow_in, self.allow_in = self.allow_in, True
        default = self.assignment()
        self.allow_in = allow_in
        return self.node("AssignmentPattern", start, target, default)

    def rest_element(self, identifier_only: bool = False) -> Node:
        start = self.nextToken().start
        argument = self.binding_identifier() if identifier_only else self.binding_pattern()
        return self.node("RestElement", start, argument)

    def _array_pattern(self) -> Node:
        start = self.nextToken().start
        elements: list[Node | None] = []
        while self.lookahead.kind != "]":
            if self.eat(","):
                elements.append(None)
                continue
            if self.lookahead.kind == "...":
                elements.append(self.rest_element())
                self._expect_end_after_rest("]")
                break
            elements.append(self.binding_element())
            if self.lookahead.kind != "]":
                self.expect(",")
        self.expect("]")
        return self.node("ArrayPattern", start, elements)

    def _object_pattern(self) -> Node:
        start = self.nextToken().start
        properties: list[Node] = []
        while self.lookahead.kind != "}":
            if self.lookahead.kind == "...":
                properties.append(self.rest_element(identifier_only=True))
                self._expect_end_after_rest("}")
                break
            properties.append(self._property_pattern())
            if self.lookahead.kind != "}":
                self.expect(",")
        self.expect("}")
        return self.node("ObjectPattern", start, properties)

    def _expect_end_after_rest(self, closing: str) -> None:
        if self.lookahead.kind == ",":
            self.fail_at(self.lookahead, "Rest element must be last element")
        if self.lookahead.kind != closing:
            self.throwUnexpectedToken(self.lookahead)

    def _property_pattern(self) -> Node:
        token = self.lookahead
        start = token.start
        key, computed = self.property_key()
        if self.eat(":"):
            value = self.binding_element()
            return self.node("Property", start, key, value, "init", False, False, computed)
        if token.kind != NAME:
            self.throwUnexpectedToken(token if token.is_word else self.lookahead)
        self._refuse_restricted(token)
        value = self._with_default(start, key)
        return self.node("Property", start, key, value, "init", False, True, False)

    # From expressions

    def check_simple_target(self, node: Node, message: str) -> None:
        """What ``+=`` and ``++`` can write to: a name or a property."""
        if node.type == "Identifier":
            if node.name in _RESTRICTED:
                self.fail_at(node, "Unexpected eval or arguments in strict mode")
        elif node.type != "MemberExpression":
            self.fail_at(node, message)

    def to_target(self, node: Node, binding: bool = False, message: str = "") -> Node:
        """The pattern that an expression stands for; with ``binding``, one of parameters, where only names are bound."""
        message = message or (
            "Invalid destructuring assignment target" if binding else "Invalid left-hand side in assignment"
        )
        if node in self.parenthesized and (binding or node.type not in ("Identifier", "MemberExpression")):
            start = self.parenthesized[node]
            self.fail(
                message if not binding else "Invalid destructuring assignment target", start, node.end + 1
            )
        kind = node.type
        if kind == "Identifier":
            if node.name in _RESTRICTED:
                self.fail_at(node, "Unexpected eval or arguments in strict mode")
            return node
        if kind == "MemberExpression" and not binding:
            return node
        if kind == "ObjectExpression":
            return self._to_object_pattern(node, binding)
        if kind == "ArrayExpression":
            return self._to_array_pattern(node, binding)
        if kind in ("ObjectPattern", "ArrayPattern", "AssignmentPattern", "RestElement"):
            return node  # `(...rest)` was parsed as parameters already; a shorthand's default likewise
        raise SyntaxProblem(message, node.start, node.end)

    def to_element(self, node: Node, binding: bool) -> Node:
        """An element of a pattern: a target with an optional default."""
        inner = "Invalid destructuring assignment target"
        if node.type == "AssignmentExpression" and node.operator == "=" and node not in self.parenthesized:
            left = node.left
            if binding:
                self._check_binding(left)
            return self._at(node, "AssignmentPattern", left, node.right)
        if node.type == "AssignmentPattern":
            self.to_target(node.left, binding, inner)
            return node
        return self.to_target(node, binding, inner)

    def _check_binding(self, pattern: Node) -> None:
        """A pattern that an inner ``=`` made already: in parameters it may hold names only, none in parentheses."""
        for target in _targets(pattern):
            if target.type != "Identifier" or target in self.parenthesized:
                self.fail_at(target, "Invalid destructuring assignment target")

    def _to_object_pattern(self, node: Node, binding: bool) -> Node:
        properties = []
        for member in node.properties:
            if member.type == "SpreadElement":
                properties.append(self.to_rest(member, binding, identifier_only=True))
                if member is not node.properties[-1]:
                    self.fail_at(member, "Rest element must be last element")
            elif member.kind != "init" or member.method:
                self.fail_at(member.key, "Invalid destructuring assignment target")
            else:
                value = self.to_element(member.value, binding)
                if value is not member.value:
                    flags = (member.kind, member.method, member.shorthand, member.computed)
                    member = self._at(member, "Property", member.key, value, *flags)
                properties.append(member)
        return self._at(node, "ObjectPattern", properties)

    def _to_array_pattern(self, node: Node, binding: bool) -> Node:
        elements: list[Node | None] = []
        for element in node.elements:
            if element is None:
                elements.append(None)
            elif element.type == "SpreadElement":
                elements.append(self.to_rest(element, binding))
                if element is not node.elements[-1]:
                    self.fail_at(element, "Rest element must be last element")
            else:
                elements.append(self.to_element(element, binding))
        return self._at(node, "ArrayPattern", elements)

    def to_rest(self, node: Node, binding: bool, identifier_only: bool = False) -> Node:
        if node in self.comma_after_rest:
            comma = self.comma_after_rest[node]
            self.fail("Rest element must be last element", comma, comma + 1)
        if identifier_only and node.argument.type not in ("Identifier", "MemberExpression"):
            self.fail_at(
                node.argument, "`...` must be followed by an assignable reference in assignment contexts"
            )
        argument = self.to_target(node.argument, binding, "Invalid rest target")
        return self._at(node, "RestElement", argument)

    def _at(self, node: Node, kind: str, *values: object) -> Node:
        made = self.node(kind, node.start, *values)
        made.end = node.end
        return made


def bound_names(pattern: Node) -> Iterator[Node]:
    """The Identifier nodes that a binding pattern binds, in source order."""
    return (target for target in _targets(pattern) if target.type == "Identifier")


def _targets(pattern: Node) -> Iterator[Node]:
    """The innermost targets of a pattern, in source order. Depth costs no stack."""
    stack = [pattern]
    while stack:
        node = stack.pop()
        kind = node.type
        if kind == "ObjectPattern":
            stack.extend(reversed(node.properties))
        elif kind == "ArrayPattern":
            stack.extend(element for element in reversed(node.elements) if element is not None)
        elif kind == "Property":
            stack.append(node.value)
        elif kind == "AssignmentPattern":
            stack.append(node.left)
        elif kind == "RestElement":
            stack.append(node.argument)
        else:
            yield node
