"""Statements (ECMA-262 clause 14): what esprima's own methods do not do as ES2023 strict code wants it.

``if``, ``while``, ``do``, ``throw``, ``try``, ``with``, ``debugger`` and blocks are parsed by esprima.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.transpile.estree import Node
from odw.transpile.syntax.core import ParserCore
from odw.transpile.syntax.declarations import CATCH, LEXICAL, VAR
from odw.transpile.syntax.function_state import Label
from odw.transpile.syntax.patterns import bound_names
from odw.transpile.syntax.tokens import END, NAME


class Statements(ParserCore):
    def parseStatementListItem(self) -> Node:
        """A statement or a declaration, inside a block or at the top."""
        kind = self.lookahead.kind
        if kind == "const" or kind == "let":
            return self._lexical_declaration(kind)
        if kind == "function":
            return self.function_declaration()
        if kind == "class":
            return self.class_declaration()
        if kind == NAME and self.lookahead.value == "async" and self.starts_async_function():
            return self.function_declaration()
        return self.parseStatement()

    def parseStatement(self) -> Node:
        token = self.lookahead
        handler = _STATEMENTS.get(token.kind)
        if handler is not None:
            return handler(self)
        kind = token.kind
        if kind == NAME:
            if token.value == "async" and self.starts_async_function():
                self.fail_at(token, "Async functions can only be declared at the top level or inside a block")
            return self._expression_or_label()
        if kind == "function":
            self.fail_at(
                token, "In strict mode code, functions can only be declared at top level or inside a block"
            )
        if kind in ("const", "let", "class") and (kind != "let" or self.peek().kind in (NAME, "[", "{")):
            self.fail_at(token, "Lexical declaration cannot appear in a single-statement context")
        if kind == "export" or (kind == "import" and self.peek().kind not in ("(", ".")):
            self.fail_at(token, f"'{kind}' is only allowed at the top level of the script")
        return self.parseExpressionStatement()

    def parseExpressionStatement(self) -> Node:
        start = self.lookahead.start
        expression = self.parseExpression()
        self.consumeSemicolon()
        return self.node("ExpressionStatement", start, expression, None)

    def parseBlock(self) -> Node:
        self.declarations.enter()
        block: Node = super().parseBlock()
        self.declarations.leave()
        return block

    def _declare_all(self, pattern: Node, kind: str) -> None:
        for name in bound_names(pattern):
            self.declare(name, kind)

    # Declarations (14.3)

    def _lexical_declaration(self, kind: str) -> Node:
        start = self.lookahead.start
        declarators = self._declarators(kind, in_for=False)
        self.consumeSemicolon()
        return self.node("VariableDeclaration", start, declarators, kind)

    def parseVariableStatement(self) -> Node:
        return self._lexical_declaration("var")

    def _declarators(self, kind: str, in_for: bool) -> list[Node]:
        """From the keyword on. In a ``for`` an initializer may be missing if ``of`` or ``in`` follows."""
        scope = VAR if kind == "var" else LEXICAL
        declarators: list[Node] = []
        self.nextToken()
        while True:
            start = self.lookahead.start
            target = self.binding_pattern()
            self._declare_all(target, scope)
            init = None
            if self.eat("="):
                init = self.assignment()
            elif not (in_for and (self.lookahead.kind == "in" or self.matchContextualKeyword("of"))):
                if target.type != "Identifier":
                    self._missing_initializer("destructuring")
                elif kind == "const":
                    self._missing_initializer("const")
            declarators.append(self.node("VariableDeclarator", start, target, init))
            if not self.eat(","):
                return declarators

    def _missing_initializer(self, what: str) -> None:
        token = self.lookahead
        if token.kind == ":":
            self.throwUnexpectedToken(token)
        self.fail_at(token, f"Missing initializer in {what} declaration")

    # Loops (14.7)

    def _loop(self, parse: Callable[[], Node]) -> Node:
        """A loop statement inside which ``break`` and ``continue`` are right."""
        start = self.lookahead.start
        self._mark_labels(start, "loop")
        self.labels.append(Label("", "loop", start))
        statement = parse()
        self.labels.pop()
        return statement

    def _mark_labels(self, start: int, kind: str) -> None:
        for label in reversed(self.labels):
            if label.body != start:
                break
            label.kind = kind

    def parseWhileStatement(self) -> Node:
        return self._loop(super().parseWhileStatement)

    def parseDoWhileStatement(self) -> Node:
        return self._loop(super().parseDoWhileStatement)

    def parseForStatement(self) -> Node:
        self.declarations.enter()
        statement = self._loop(self._for)
        self.declarations.leave()
        return statement

    def _for(self) -> Node:
        start = self.nextToken().start
        is_await = False
        if self.lookahead.kind == "await" and self.function.is_async:
            self.nextToken()
            is_await = True
        self.expect("(")
        init = None if self.lookahead.kind == ";" else self._for_head(is_await)
        if self.lookahead.kind == "in" and not is_await and init is not None:
            self.nextToken()
            right = self.parseExpression()
            return self.node("ForInStatement", start, init, right, self._for_body())
        if init is not None and self.matchContextualKeyword("of"):
            self.nextToken()
            right = self.assignment()
            return self.node("ForOfStatement", start, init, right, self._for_body(), is_await)
        if is_await:
            self.throwUnexpectedToken(self.lookahead)
        self.expect(";")
        test = None if self.lookahead.kind == ";" else self.parseExpression()
        self.expect(";")
        update = None if self.lookahead.kind == ")" else self.parseExpression()
        return self.node("ForStatement", start, init, test, update, self._for_body())

    def _for_body(self) -> Node:
        self.expect(")")
        return self.parseStatement()

    def _for_head(self, is_await: bool) -> Node:
        """The first part: a declaration, a target (then ``in`` or ``of`` follows) or an expression."""
        token = self.lookahead
        start = token.start
        self.allow_in = False
        if token.kind in ("var", "let", "const"):
            declarators = self._declarators(token.kind, in_for=True)
            init = self.node("VariableDeclaration", start, declarators, token.kind)
            self.allow_in = True
            if self.lookahead.kind == "in" or self.matchContextualKeyword("of"):
                self._check_for_declaration(declarators)
            return init
        init = self.assignment(cover=True)
        if self.lookahead.kind == "in" or self.matchContextualKeyword("of"):
            if (
                token.value == "async"
                and not token.is_escaped
                and self.previous is token
                and self.lookahead.kind != "in"
                and not is_await
            ):
                self.fail_at(token, "The left-hand side of a for-of loop may not be 'async'.")
            self.pattern_only = None
            init = self.to_target(init, message="Invalid left-hand side in for-loop")
        elif self.pattern_only is not None:
            raise self.pattern_only
        elif self.lookahead.kind == ",":
            expressions = [init]
            while self.eat(","):
                expressions.append(self.assignment())
            init = self.node("SequenceExpression", start, expressions)
            if self.lookahead.kind == "in" or self.matchContextualKeyword("of"):
                self.fail_at(init, "Invalid left-hand side in for-loop")
        self.allow_in = True
        return init

    def _check_for_declaration(self, declarators: list[Node]) -> None:
        kind = "for-in" if self.lookahead.kind == "in" else "for-of"
        if len(declarators) != 1:
            self.fail_at(
                declarators[1], f"Invalid left-hand side in {kind} loop: Must have a single binding."
            )
        if declarators[0].init is not None:
            self.fail_at(declarators[0], f"{kind} loop variable declaration may not have an initializer.")

    # Jumps (14.8, 14.9, 14.10, 14.13)

    def parseContinueStatement(self) -> Node:
        return self._jump(
            "ContinueStatement", ("loop",), "Illegal continue statement: no surrounding iteration statement"
        )

    def parseBreakStatement(self) -> Node:
        return self._jump("BreakStatement", ("loop", "switch"), "Illegal break statement")

    def _jump(self, node_type: str, kinds: tuple[str, ...], message: str) -> Node:
        token = self.nextToken()
        target = None
        if self.lookahead.kind == NAME and not self.hasLineTerminator:
            name = self.nextToken()
            target = self.node("Identifier", name.start, name.value)
            found = [label for label in self.labels if label.name == target.name]
            if not found:
                self.fail_at(target, f"Undefined label '{target.name}'")
            if node_type == "ContinueStatement" and found[0].kind != "loop":
                self.fail_at(
                    target,
                    f"Illegal continue statement: '{target.name}' does not denote an iteration statement",
                )
        elif not any(label.kind in kinds and not label.name for label in self.labels):
            self.fail_at(token, message)
        self.consumeSemicolon()
        return self.node(node_type, token.start, target)

    def _expression_or_label(self) -> Node:
        start = self.lookahead.start
        expression = self.parseExpression()
        if self.lookahead.kind != ":" or expression.type != "Identifier" or expression in self.parenthesized:
            self.consumeSemicolon()
            return self.node("ExpressionStatement", start, expression, None)
        self.nextToken()
        if any(label.name == expression.name for label in self.labels):
            self.fail_at(expression, f"Label '{expression.name}' has already been declared")
        body_start = self.lookahead.start
        for label in self.labels:
            if label.body == start:
                label.body = body_start
        self.labels.append(Label(expression.name, "", body_start))
        body = self.parseStatement()
        self.labels.pop()
        return self.node("LabeledStatement", start, expression, body)

    def parseReturnStatement(self) -> Node:
        token = self.nextToken()
        if not self.function.can_return:
            self.fail_at(token, "Illegal return statement")
        argument = None
        if not self.hasLineTerminator and self.lookahead.kind not in (";", "}", END):
            argument = self.parseExpression()
        self.consumeSemicolon()
        return self.node("ReturnStatement", token.start, argument)

    # switch, catch (14.12, 14.15)

    def parseSwitchStatement(self) -> Node:
        start = self.nextToken().start
        self._mark_labels(start, "switch")
        self.expect("(")
        discriminant = self.parseExpression()
        self.expect(")")
        self.expect("{")
        self.labels.append(Label("", "switch", start))
        self.declarations.enter()
        cases: list[Node] = []
        while self.lookahead.kind != "}":
            if self.lookahead.kind == "default" and any(case.test is None for case in cases):
                self.fail_at(self.lookahead, "More than one default clause in switch statement")
            cases.append(super().parseSwitchCase())
        self.nextToken()
        self.declarations.leave()
        self.labels.pop()
        return self.node("SwitchStatement", start, discriminant, cases)

    def parseCatchClause(self) -> Node:
        """The parameter and the body share one scope (14.15.1)."""
        start = self.nextToken().start
        self.declarations.enter()
        param = None
        if self.eat("("):
            param = self.binding_pattern()
            self._declare_all(param, CATCH if param.type == "Identifier" else LEXICAL)
            self.expect(")")
        body: Node = super().parseBlock()
        self.declarations.leave()
        return self.node("CatchClause", start, param, body)


_STATEMENTS: dict[str, Callable[[Any], Node]] = {
    "{": Statements.parseBlock,
    ";": lambda parser: parser.parseEmptyStatement(),
    "break": Statements.parseBreakStatement,
    "continue": Statements.parseContinueStatement,
    "debugger": lambda parser: parser.parseDebuggerStatement(),
    "do": Statements.parseDoWhileStatement,
    "for": Statements.parseForStatement,
    "if": lambda parser: parser.parseIfStatement(),
    "return": Statements.parseReturnStatement,
    "switch": Statements.parseSwitchStatement,
    "throw": lambda parser: parser.parseThrowStatement(),
    "try": lambda parser: parser.parseTryStatement(),
    "var": Statements.parseVariableStatement,
    "while": Statements.parseWhileStatement,
    "with": lambda parser: parser.parseWithStatement(),
}
