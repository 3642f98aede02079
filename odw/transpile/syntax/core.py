"""What every part of the parser stands on: the token in hand, nodes, scopes, errors.

Names in camelCase are esprima's, overridden here because its statements call them; names in snake_case are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from odw.transpile.estree import FIELDS, NODES, Node
from odw.transpile.source import Source
from odw.transpile.syntax.declarations import Declarations
from odw.transpile.syntax.esprima_base import Context, Parser
from odw.transpile.syntax.function_state import FunctionState, Label
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.scanner import ScriptScanner
from odw.transpile.syntax.tokens import (
    BIGINT,
    END,
    ESCAPED_KEYWORD,
    KEYWORDS,
    NAME,
    NUMBER,
    PRIVATE,
    REGEXP,
    STRICT_RESERVED,
    STRING,
    TEMPLATE,
    Token,
)

_NO_TOKEN = Token("", "", 0, 0, False)


class _NotTolerant:
    """esprima's ``config``, of which its statements ask one thing."""

    tolerant = False


class ParserCore(Parser):  # type: ignore[misc]  # esprima is untyped
    """The token in hand is ``lookahead``; the one before it is ``previous``."""

    def __init__(self, source: Source) -> None:
        # esprima's own constructor would build its scanner and read the first token with it.
        self.text = source.text
        self.scanner = ScriptScanner(source.text)
        self.config = _NotTolerant()
        self.context = Context(isModule=True, strict=True, inFunctionBody=True)
        self.allow_in = True
        self.declarations = Declarations()
        self.function = FunctionState(is_async=True)
        self.labels: list[Label] = []
        self.private_names: list[Any] = []
        # Cover grammars (13.15.1, 15.3): what is only right if the expression turns out to be a pattern or parameters.
        self.pattern_only: SyntaxProblem | None = None
        self.arrow_may_start = -1
        self.parenthesized: dict[Node, int] = {}
        self.comma_after_rest: dict[Node, int] = {}
        self.yield_or_await: SyntaxProblem | None = None
        self.tokens: list[Token] = []  # all tokens so far, for what an error message wants to know
        self.previous = _NO_TOKEN
        self.lookahead = _NO_TOKEN
        self.hasLineTerminator = False
        self.nextToken()

    # Tokens

    def nextToken(self) -> Token:
        """Step over the token in hand and return it."""
        token = self.lookahead
        self.previous = token
        self.lookahead = following = self.scanner.lex()
        self.hasLineTerminator = following.newline
        self.tokens.append(following)
        return token

    def replace_lookahead(self, token: Token) -> None:
        """The same place read another way: a regular expression, the rest of a template."""
        token.newline = self.lookahead.newline
        self.lookahead = token
        self.tokens[-1] = token

    def peek(self) -> Token:
        """The token after the one in hand."""
        state = self.scanner.saveState()
        try:
            return self.scanner.lex()
        except SyntaxProblem:  # it will be met, and told, in its turn
            return _NO_TOKEN
        finally:
            self.scanner.restoreState(state)

    def match(self, *values: str) -> bool:
        return self.lookahead.kind in values

    matchKeyword = match

    def matchContextualKeyword(self, *words: str) -> bool:
        token = self.lookahead
        return token.kind == NAME and token.value in words and not token.is_escaped

    def eat(self, kind: str) -> bool:
        if self.lookahead.kind == kind:
            self.nextToken()
            return True
        return False

    def expect(self, value: str) -> None:
        if self.lookahead.kind != value:
            self.throwUnexpectedToken(self.lookahead)
        self.nextToken()

    expectKeyword = expect

    def consumeSemicolon(self) -> None:
        """A semicolon, or a place where one is inserted (12.10)."""
        kind = self.lookahead.kind
        if kind == ";":
            self.nextToken()
        elif not (self.hasLineTerminator or kind == "}" or kind == END):
            self.throwUnexpectedToken(self.lookahead)

    # Nodes

    def createNode(self) -> int:
        return self.lookahead.start

    def finalize(self, marker: int, node: Any) -> Node:
        """Our node in place of esprima's; it ends where the last token did."""
        given = node.__dict__
        kind = given["type"]
        return NODES[kind](marker, self.previous.end, *[given.get(name) for name in FIELDS[kind]])

    def node(self, kind: str, start: int, *values: Any) -> Node:
        """A node from ``start`` to the end of the last token; values in the order of ``FIELDS``."""
        return NODES[kind](start, self.previous.end, *values)

    # Errors

    def fail(self, message: str, start: int, end: int) -> NoReturn:
        raise SyntaxProblem(message, start, end)

    def fail_at(self, node: Node | Token, message: str) -> NoReturn:
        raise SyntaxProblem(message, node.start, node.end)

    def throwUnexpectedToken(self, token: Token | None = None, message: str | None = None) -> NoReturn:
        token = token or self.lookahead
        raise SyntaxProblem(message or self.describe_unexpected(token), token.start, token.end)

    def throwError(self, messageFormat: str, *args: Any) -> NoReturn:
        """esprima's statements complain about the token in hand."""
        message = messageFormat
        for number, arg in enumerate(args):
            message = message.replace(f"%{number}", str(arg))
        self.fail_at(self.lookahead, message)

    def tolerateError(self, messageFormat: str, *args: Any) -> NoReturn:
        self.throwError(messageFormat, *args)

    def describe_unexpected(self, token: Token) -> str:
        kind = token.kind
        if kind == END:
            return "Unexpected end of input"
        if kind == NAME:
            return f"Unexpected identifier '{token.value}'"
        if kind in (NUMBER, BIGINT):
            return "Unexpected number"
        if kind == STRING:
            return "Unexpected string"
        if kind == TEMPLATE:
            return "Unexpected template string"
        if kind == ESCAPED_KEYWORD:
            return "Keyword must not contain escaped characters"
        if kind in STRICT_RESERVED:
            return f"Unexpected strict mode reserved word '{kind}'"
        if kind == "await":
            return "await is only valid in async functions and at the top level of the script"
        if kind in (PRIVATE, REGEXP) or kind in KEYWORDS:
            return f"Unexpected token '{self.text[token.start : token.end]}'"
        return f"Unexpected token '{kind}'"

    if TYPE_CHECKING:  # what the parts of the parser, each a file, ask of each other

        def parseExpression(self) -> Node: ...
        def assignment(self, cover: bool = False) -> Node: ...
        def subscripts(self, start: int, calls: bool = True) -> Node: ...
        def primary(self) -> Node: ...
        def literal(self) -> Node: ...
        def template(self, tagged: bool = False) -> Node: ...
        def spread(self, cover: bool = False) -> Node: ...
        def identifier_name(self) -> Node: ...
        def private_identifier(self) -> Node: ...
        def property_key(self) -> tuple[Node, bool]: ...
        def binding_identifier(self) -> Node: ...
        def binding_pattern(self) -> Node: ...
        def binding_element(self) -> Node: ...
        def rest_element(self, identifier_only: bool = False) -> Node: ...
        def check_simple_target(self, node: Node, message: str) -> None: ...
        def to_target(self, node: Node, binding: bool = False, message: str = "") -> Node: ...
        def to_element(self, node: Node, binding: bool) -> Node: ...
        def to_rest(self, node: Node, binding: bool, identifier_only: bool = False) -> Node: ...
        def function_declaration(self, default_export: bool = False) -> Node: ...
        def function_expression(self, start: int, is_async: bool) -> Node: ...
        def method(
            self, kind: str, is_async: bool = False, is_generator: bool = False, super_call: bool = False
        ) -> Node: ...
        def arrow(self, start: int, params: list[Node], is_async: bool) -> Node: ...
        def arrow_from_cover(
            self, start: int, items: list[Node], is_async: bool, outer: SyntaxProblem | None
        ) -> Node: ...
        def class_declaration(self, default_export: bool = False) -> Node: ...
        def class_expression(self) -> Node: ...
        def undeclared_private(self, name: Node) -> NoReturn: ...
        def starts_async_function(self) -> bool: ...
        def declare(self, name: Node, kind: str) -> None: ...
        def parseStatement(self) -> Node: ...
        def parseStatementListItem(self) -> Node: ...
