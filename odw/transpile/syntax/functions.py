"""Functions of every kind: declarations, expressions, arrows, methods (ECMA-262 clause 15)."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.declarations import FUNCTION, VAR
from odw.transpile.syntax.function_state import FunctionState
from odw.transpile.syntax.patterns import bound_names
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import STRING


class Functions(ParserCore):
    def function_declaration(self, default_export: bool = False) -> Node:
        """``function f() {}``, ``async function* f() {}``; a default export may leave out the name."""
        start = self.lookahead.start
        is_async = self.matchContextualKeyword("async")
        if is_async:
            self.nextToken()
        self.nextToken()
        is_generator = self.eat("*")
        name = None
        if not (default_export and self.lookahead.kind == "("):
            name = self.binding_identifier()
            # Async functions and generators are lexical even where plain functions act like var (14.2.1, 15.2).
            self.declare(name, FUNCTION)
        state = FunctionState(is_async=is_async, is_generator=is_generator, new_target=True)
        return self._function("FunctionDeclaration", start, name, state)

    def function_expression(self, start: int, is_async: bool) -> Node:
        self.nextToken()
        is_generator = self.eat("*")
        state = FunctionState(is_async=is_async, is_generator=is_generator, new_target=True)
        name = None
        if self.lookahead.kind != "(":
            name = self.binding_identifier()
        return self._function("FunctionExpression", start, name, state)

    def method(
        self, kind: str, is_async: bool = False, is_generator: bool = False, super_call: bool = False
    ) -> Node:
        """The parameters and body of a method; ``kind`` is "get", "set" or any other."""
        state = FunctionState(
            is_async=is_async,
            is_generator=is_generator,
            super_property=True,
            super_call=super_call,
            new_target=True,
        )
        function = self._function("FunctionExpression", self.lookahead.start, None, state)
        params = function.params
        if kind == "get" and params:
            self.fail("Getter must not have any formal parameters.", params[0].start, params[-1].end)
        if kind == "set":
            if len(params) != 1:
                self.fail(
                    "Setter must have exactly one formal parameter.", function.start, function.start + 1
                )
            if params[0].type == "RestElement":
                self.fail_at(params[0], "Setter function argument must not be a rest parameter")
        return function

    def _function(self, kind: str, start: int, name: Node | None, state: FunctionState) -> Node:
        """From the parenthesis of the parameters to the end of the body."""
        outer_state, self.function = self.function, state
        outer_labels, self.labels = self.labels, []
        outer_yield, self.yield_or_await = self.yield_or_await, None
        allow_in, self.allow_in = self.allow_in, True
        self.declarations.enter(is_function=True)
        params = self._parameters()
        if self.yield_or_await is not None:
            raise self.yield_or_await
        self.declare_parameters(params)
        body = self._body(params)
        self.declarations.leave()
        self.allow_in = allow_in
        self.yield_or_await = outer_yield
        self.labels = outer_labels
        self.function = outer_state
        return self.node(kind, start, name, params, body, state.is_generator, state.is_async, False)

    def _parameters(self) -> list[Node]:
        self.expect("(")
        params: list[Node] = []
        while self.lookahead.kind != ")":
            if self.lookahead.kind == "...":
                params.append(self.rest_element())
                if self.lookahead.kind != ")":
                    self.fail_at(self.lookahead, "Rest parameter must be last formal parameter")
                break
            params.append(self.binding_element())
            if self.lookahead.kind != ")":
                if self.lookahead.kind != "," and self.lookahead.kind not in ("<end>", ":", "?"):
                    self.fail_at(
                        self.lookahead,
                        f"missing ) after formal parameters: {self.describe_unexpected(self.lookahead)}",
                    )
                self.expect(",")
        self.nextToken()
        return params

    def declare(self, name: Node, kind: str) -> None:
        if not self.declarations.declare(name.name, kind):
            self.fail_at(name, f"Identifier '{name.name}' has already been declared")

    def declare_parameters(self, params: list[Node]) -> None:
        """In strict code no name may come twice (15.1.1)."""
        seen: set[str] = set()
        for param in params:
            for name in bound_names(param):
                if name.name in seen:
                    self.fail_at(name, f"Duplicate parameter name '{name.name}' not allowed in this context")
                seen.add(name.name)
                self.declarations.declare(name.name, VAR)

    def _body(self, params: list[Node]) -> Node:
        start = self.lookahead.start
        self.expect("{")
        statements: list[Node] = []
        self.directives(statements, params)
        while self.lookahead.kind != "}":
            statements.append(self.parseStatementListItem())
        self.nextToken()
        return self.node("BlockStatement", start, statements)

    def directives(self, statements: list[Node], params: list[Node]) -> None:
        """The directive prologue (11.2.1), as statements with ``directive``."""
        while self.lookahead.kind == STRING:
            start = self.lookahead.start
            expression = self.parseExpression()
            self.consumeSemicolon()
            directive = None
            if expression.type == "Literal" and expression not in self.parenthesized:
                directive = expression.raw[1:-1]
                if directive == "use strict" and any(param.type != "Identifier" for param in params):
                    self.fail_at(
                        expression,
                        "Illegal 'use strict' directive in function with non-simple parameter list",
                    )
            statements.append(self.node("ExpressionStatement", start, expression, directive))
            if directive is None:
                break

    # Arrow functions (15.3)

    def arrow_from_cover(
        self, start: int, items: list[Node], is_async: bool, outer: SyntaxProblem | None
    ) -> Node:
        """The arrow function whose parameters were parsed as expressions; ``outer`` is to be ``yield_or_await`` after."""
        if self.yield_or_await is not None:
            raise self.yield_or_await
        self.yield_or_await = outer
        self.pattern_only = None
        params = []
        for item in items:
            if item.type == "SpreadElement":
                if item is not items[-1] or item in self.comma_after_rest:
                    self.fail_at(item, "Rest parameter must be last formal parameter")
                params.append(self.to_rest(item, binding=True))
            elif item.type == "RestElement":
                params.append(item)
            else:
                params.append(self.to_element(item, binding=True))
        return self.arrow(start, params, is_async)

    def arrow(self, start: int, params: list[Node], is_async: bool) -> Node:
        """From the ``=>`` on."""
        for param in params:
            for name in bound_names(param):
                if name.name in ("eval", "arguments"):
                    self.fail_at(name, "Unexpected eval or arguments in strict mode")
        self.expect("=>")
        outer_state, self.function = self.function, self.function.arrow(is_async)
        outer_yield, self.yield_or_await = self.yield_or_await, None
        self.declarations.enter(is_function=True)
        self.declare_parameters(params)
        is_expression = self.lookahead.kind != "{"
        if is_expression:
            body = self.assignment()
        else:
            outer_labels, self.labels = self.labels, []
            allow_in, self.allow_in = self.allow_in, True
            body = self._body(params)
            self.allow_in = allow_in
            self.labels = outer_labels
        self.declarations.leave()
        self.yield_or_await = outer_yield
        self.function = outer_state
        return self.node("ArrowFunctionExpression", start, None, params, body, False, is_async, is_expression)

    def starts_async_function(self) -> bool:
        """``async function`` on one line."""
        if not self.matchContextualKeyword("async"):
            return False
        following = self.peek()
        return following.kind == "function" and not following.newline
