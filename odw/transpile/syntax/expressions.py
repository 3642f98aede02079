"""Expressions from the comma down to the unary operators (ECMA-262 13.4 to 13.16).

Cover grammars: ``({a = 1})`` is an error unless ``=`` or ``=>`` follows. A part that is right only in a pattern is
remembered in ``pattern_only``; whoever knows that no pattern follows raises it. With it set, an expression is finished
at once: neither an operator nor a property access can follow what must be a pattern.
"""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import NAME, PRIVATE

_ASSIGNMENT_OPERATORS = "= += -= *= /= %= **= <<= >>= >>>= &= ^= |= &&= ||= ??="

ASSIGNMENT_OPERATORS = frozenset(_ASSIGNMENT_OPERATORS.split())

_OR, _AND = 1, 2
_PRECEDENCE = {
    operator: precedence
    for precedence, operators in enumerate(
        (
            "|| ??",
            "&&",
            "|",
            "^",
            "&",
            "== != === !==",
            "< > <= >= instanceof in",
            "<< >> >>>",
            "+ -",
            "* / %",
        ),
        start=_OR,
    )
    for operator in operators.split()
}
_LOGICAL = frozenset(("||", "&&", "??"))
_UNARY = frozenset(("!", "-", "+", "~", "typeof", "void", "delete"))
_UPDATE = frozenset(("++", "--"))


class Expressions(ParserCore):
    def parseExpression(self) -> Node:
        """One or more assignments with commas between (13.16)."""
        start = self.lookahead.start
        expression = self.assignment()
        if self.lookahead.kind != ",":
            return expression
        expressions = [expression]
        while self.eat(","):
            expressions.append(self.assignment())
        return self.node("SequenceExpression", start, expressions)

    def assignment(self, cover: bool = False) -> Node:
        """AssignmentExpression (13.15); with ``cover``, one that may still become part of a pattern."""
        token = self.lookahead
        kind = token.kind
        start = token.start
        if kind == "yield" and self.function.is_generator:
            return self._yield()
        if kind == NAME or kind == "(":
            self.arrow_may_start = start
        outer = self.pattern_only
        self.pattern_only = None
        left = self._conditional(start)
        operator = self.lookahead.kind
        if operator in ASSIGNMENT_OPERATORS and not self._is_open_arrow(left):
            if operator == "=":
                self.pattern_only = None
                left = self.to_target(left)
            else:
                self._refuse_pattern()
                self.check_simple_target(left, "Invalid left-hand side in assignment")
            self.nextToken()
            right = self.assignment()
            left = self.node("AssignmentExpression", start, operator, left, right)
            self.pattern_only = outer
        elif self.pattern_only is None:
            self.pattern_only = outer
        elif not cover:
            raise self.pattern_only
        elif outer is not None:
            self.pattern_only = outer
        return left

    def _refuse_pattern(self) -> None:
        if self.pattern_only is not None:
            raise self.pattern_only

    def _is_open_arrow(self, node: Node) -> bool:
        """An arrow function without parentheses around it, which nothing can follow but a comma or an end."""
        return node.type == "ArrowFunctionExpression" and node not in self.parenthesized

    def _conditional(self, start: int) -> Node:
        """ConditionalExpression (13.14)."""
        test = self._operators(start, 0)
        if self.lookahead.kind != "?" or self.pattern_only is not None or self._is_open_arrow(test):
            return test
        self.nextToken()
        allow_in, self.allow_in = self.allow_in, True
        consequent = self.assignment()
        self.allow_in = allow_in
        self.expect(":")
        alternate = self.assignment()
        return self.node("ConditionalExpression", start, test, consequent, alternate)

    def _operators(self, start: int, above: int) -> Node:
        """Binary and logical operators that bind more tightly than ``above`` (13.6 to 13.13)."""
        left = self._private_in() if self.lookahead.kind == PRIVATE else self._unary()
        operator = self.lookahead.kind
        precedence = _PRECEDENCE.get(operator, 0)
        if precedence <= above or self.pattern_only is not None or self._is_open_arrow(left):
            return left
        while precedence > above:
            if operator == "in" and not self.allow_in:
                break
            self.nextToken()
            # `a ?? b && c` must be refused, not grouped: the right side of ?? stops before &&.
            right = self._operators(self.lookahead.start, _AND if operator == "??" else precedence)
            if right.type == "PrivateIdentifier":
                self.fail_at(right, f"Unexpected token '#{right.name}'")
            kind = "LogicalExpression" if operator in _LOGICAL else "BinaryExpression"
            left = self.node(kind, start, operator, left, right)
            following = self.lookahead.kind
            if following in _LOGICAL and operator in _LOGICAL and (operator == "??") != (following == "??"):
                self.fail_at(
                    self.lookahead,
                    f"'??' and '{following if operator == '??' else operator}' cannot be mixed without parentheses",
                )
            operator = following
            precedence = _PRECEDENCE.get(operator, 0)
        return left

    def _private_in(self) -> Node:
        """``#name in object`` (13.10)."""
        token = self.lookahead
        if not (self.private_names and self.allow_in):
            self.throwUnexpectedToken(token)
        name = self.private_identifier()
        if self.lookahead.kind != "in":
            self.throwUnexpectedToken(self.lookahead)
        return name

    def _unary(self, power: bool = True) -> Node:
        """UnaryExpression, UpdateExpression and, with ``power``, ``**`` (13.4 to 13.6)."""
        token = self.lookahead
        kind = token.kind
        start = token.start
        if kind in _UNARY or (kind == "await" and self.function.is_async):
            return self._prefix(start, kind)
        if kind in _UPDATE:
            self.nextToken()
            argument = self._unary(power=False)
            self.check_simple_target(argument, "Invalid left-hand side expression in prefix operation")
            expression = self.node("UpdateExpression", start, kind, True, argument)
        else:
            expression = self.subscripts(start)
            kind = self.lookahead.kind
            if kind in _UPDATE and not self.hasLineTerminator and self.pattern_only is None:
                self.check_simple_target(expression, "Invalid left-hand side expression in postfix operation")
                self.nextToken()
                expression = self.node("UpdateExpression", start, kind, False, expression)
        if power and self.lookahead.kind == "**" and self.pattern_only is None:
            if self._is_open_arrow(expression):
                self.throwUnexpectedToken(self.lookahead)
            self.nextToken()
            expression = self.node("BinaryExpression", start, "**", expression, self._unary())
        return expression

    def _prefix(self, start: int, operator: str) -> Node:
        token = self.nextToken()
        if operator == "await" and self.yield_or_await is None:
            self.yield_or_await = SyntaxProblem(
                "An await expression is not allowed in parameters", start, token.end
            )
        argument = self._unary(power=False)
        if self.lookahead.kind == "**":
            self.fail(
                f"'{operator}' before '**' is ambiguous: put parentheses around one of them", start, token.end
            )
        if operator == "await":
            return self.node("AwaitExpression", start, argument)
        if operator == "delete":
            self._check_delete(start, argument)
        return self.node("UnaryExpression", start, operator, True, argument)

    def _check_delete(self, start: int, argument: Node) -> None:
        """The early errors of 13.5.1.1."""
        if argument.type == "Identifier":
            self.fail("Delete of an unqualified identifier in strict mode", start, argument.end)
        inner = argument.expression if argument.type == "ChainExpression" else argument
        if inner.type == "MemberExpression" and inner.property.type == "PrivateIdentifier":
            self.fail("Private fields can not be deleted", start, argument.end)

    def _yield(self) -> Node:
        """``yield``, ``yield x``, ``yield* x`` (15.5)."""
        token = self.nextToken()
        if self.yield_or_await is None:
            self.yield_or_await = SyntaxProblem(
                "A yield expression is not allowed in parameters", token.start, token.end
            )
        delegate = False
        argument = None
        if not self.hasLineTerminator:
            delegate = self.eat("*")
            if delegate or self.starts_expression():
                argument = self.assignment()
        return self.node("YieldExpression", token.start, argument, delegate)

    def starts_expression(self) -> bool:
        return self.lookahead.kind not in _ENDS_EXPRESSION


_ENDS_EXPRESSION = frozenset((")", "]", "}", ",", ";", ":", "in", "?", "<end>"))
