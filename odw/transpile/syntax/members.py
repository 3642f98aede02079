"""Left-hand-side expressions: property access, calls, ``new``, ``super``, ``import()``, tagged templates (ECMA-262 13.3)."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import PRIVATE, TEMPLATE

_SUBSCRIPTS = frozenset((".", "(", "[", "?.", TEMPLATE))


class Members(ParserCore):
    def subscripts(self, start: int, calls: bool = True) -> Node:
        """A primary expression and all that is appended to it; without ``calls``, the callee of ``new``."""
        expression = self.primary()
        kind = self.lookahead.kind
        if kind not in _SUBSCRIPTS or self.pattern_only is not None:
            return expression
        if expression.type == "ArrowFunctionExpression" and expression not in self.parenthesized:
            return expression
        if kind == "(" and calls and self._may_be_async_arrow(expression):
            expression = self._async_call_or_arrow(start, expression)
            if expression.type == "ArrowFunctionExpression":
                return expression
            kind = self.lookahead.kind
        in_chain = False
        while kind in _SUBSCRIPTS:
            optional = kind == "?."
            if optional:
                if not calls:
                    self.fail_at(self.lookahead, "Invalid optional chain from new expression")
                if expression.type == "Super":
                    self.throwUnexpectedToken(self.lookahead)
                self.nextToken()
                in_chain = True
                kind = self.lookahead.kind
            if kind == "[":
                expression = self._computed_member(start, expression, optional)
            elif kind == "(":
                if not calls:
                    return expression
                arguments = self.arguments()
                expression = self.node("CallExpression", start, expression, arguments, optional)
            elif kind == TEMPLATE:
                if in_chain:
                    self.fail_at(self.lookahead, "Invalid tagged template on optional chain")
                quasi = self.template(tagged=True)
                expression = self.node("TaggedTemplateExpression", start, expression, quasi)
            else:
                if not optional:
                    self.nextToken()
                expression = self._named_member(start, expression, optional)
            kind = self.lookahead.kind
        return self.node("ChainExpression", start, expression) if in_chain else expression

    def _named_member(self, start: int, target: Node, optional: bool) -> Node:
        if self.lookahead.kind == PRIVATE:
            if target.type == "Super":
                self.fail_at(self.lookahead, "Unexpected private field")
            name = self.private_identifier()
        else:
            name = self.identifier_name()
        return self.node("MemberExpression", start, target, name, False, optional)

    def _computed_member(self, start: int, target: Node, optional: bool) -> Node:
        self.nextToken()
        allow_in, self.allow_in = self.allow_in, True
        name = self.parseExpression()
        self.expect("]")
        self.allow_in = allow_in
        return self.node("MemberExpression", start, target, name, True, optional)

    def identifier_name(self) -> Node:
        """Any word, reserved or not."""
        if not self.lookahead.is_word:
            self.throwUnexpectedToken(self.lookahead)
        token = self.nextToken()
        return self.node("Identifier", token.start, token.value)

    def arguments(self, cover: bool = False) -> list[Node]:
        """``(a, ...b)``; with ``cover``, what may turn out to be the parameters of an async arrow function."""
        self.nextToken()
        allow_in, self.allow_in = self.allow_in, True
        arguments: list[Node] = []
        while self.lookahead.kind != ")":
            arguments.append(self.spread(cover) if self.lookahead.kind == "..." else self.assignment(cover))
            if self.lookahead.kind != ")":
                if self.lookahead.kind != ",":
                    self._missing_parenthesis()
                if arguments[-1].type == "SpreadElement":
                    self.comma_after_rest[arguments[-1]] = self.lookahead.start
                self.nextToken()
        self.nextToken()
        self.allow_in = allow_in
        return arguments

    def _missing_parenthesis(self) -> None:
        token = self.lookahead
        if token.kind in ("<end>", ":", "]", "}", ";", "=>", "?"):
            self.throwUnexpectedToken(token)
        self.fail_at(token, f"missing ) after argument list: {self.describe_unexpected(token)}")

    def spread(self, cover: bool = False) -> Node:
        start = self.nextToken().start
        return self.node("SpreadElement", start, self.assignment(cover))

    def _may_be_async_arrow(self, callee: Node) -> bool:
        return (
            callee.type == "Identifier"
            and callee.name == "async"
            and callee.start == self.arrow_may_start
            and callee.end - callee.start == 5
            and callee.end == self.previous.end
            and not self.hasLineTerminator
        )

    def _async_call_or_arrow(self, start: int, callee: Node) -> Node:
        outer = self.yield_or_await
        self.yield_or_await = None
        arguments = self.arguments(cover=True)
        if self.lookahead.kind == "=>" and not self.hasLineTerminator:
            return self.arrow_from_cover(start, arguments, True, outer)
        if self.pattern_only is not None:
            raise self.pattern_only
        self.yield_or_await = outer or self.yield_or_await
        return self.node("CallExpression", start, callee, arguments, False)

    def new_expression(self) -> Node:
        """``new C``, ``new C(…)``, ``new.target`` (13.3.5, 13.3.12)."""
        token = self.nextToken()
        start = token.start
        if self.eat("."):
            meta = self.node("Identifier", start, "new")
            meta.end = token.end
            word = self.lookahead
            if not self.matchContextualKeyword("target"):
                self.throwUnexpectedToken(word)
            name = self.identifier_name()
            if not self.function.new_target:
                self.fail("new.target expression is not allowed here", start, name.end)
            return self.node("MetaProperty", start, meta, name)
        if self.lookahead.kind == "import" and self.peek().kind == "(":
            self.fail_at(self.lookahead, "Cannot use new with import")
        callee = self.subscripts(self.lookahead.start, calls=False)
        if self.lookahead.kind == "?.":
            self.fail_at(self.lookahead, "Invalid optional chain from new expression")
        arguments = self.arguments() if self.lookahead.kind == "(" else []
        return self.node("NewExpression", start, callee, arguments)

    def super_expression(self) -> Node:
        """``super(…)`` and ``super.x`` (13.3.7)."""
        token = self.nextToken()
        following = self.lookahead.kind
        allowed = self.function.super_call if following == "(" else self.function.super_property
        if following not in ("(", ".", "[") or not allowed:
            self.fail_at(token, "'super' keyword unexpected here")
        return self.node("Super", token.start)

    def import_expression(self) -> Node:
        """``import(…)`` and ``import.meta`` (13.3.10, 13.3.12)."""
        token = self.nextToken()
        start = token.start
        if self.eat("."):
            meta = self.node("Identifier", start, "import")
            meta.end = token.end
            if not self.matchContextualKeyword("meta"):
                self.throwUnexpectedToken(self.lookahead)
            return self.node("MetaProperty", start, meta, self.identifier_name())
        self.expect("(")
        allow_in, self.allow_in = self.allow_in, True
        source = self.assignment()
        options = None
        if self.eat(",") and self.lookahead.kind != ")":
            options = self.assignment()
            self.eat(",")
        self.expect(")")
        self.allow_in = allow_in
        return self.node("ImportExpression", start, source, options)

    def template(self, tagged: bool = False) -> Node:
        """A template literal; invalid escapes are allowed if it is tagged (13.2.8)."""
        start = self.lookahead.start
        allow_in, self.allow_in = self.allow_in, True
        quasis: list[Node] = []
        expressions: list[Node] = []
        while True:
            token = self.lookahead
            cooked, raw, problem, tail = token.value
            if problem is not None and not tagged:
                raise problem
            quasi = self.node("TemplateElement", token.start + 1, {"raw": raw, "cooked": cooked}, tail)
            quasi.end = token.end - (1 if tail else 2)
            quasis.append(quasi)
            self.nextToken()
            if tail:
                break
            expressions.append(self.parseExpression())
            hole_end = self.lookahead
            if hole_end.kind != "}":
                self.throwUnexpectedToken(hole_end)
            try:
                self.replace_lookahead(self.scanner.scan_template(hole_end.start))
            except SyntaxProblem as problem:
                problem.opener = start
                raise
        self.allow_in = allow_in
        return self.node("TemplateLiteral", start, quasis, expressions)

    def private_identifier(self) -> Node:
        """``#name``, to be declared by a class around it."""
        token = self.nextToken()
        node = self.node("PrivateIdentifier", token.start, token.value)
        if not self.private_names:
            self.undeclared_private(node)
        self.private_names[-1].used.append(node)
        return node
