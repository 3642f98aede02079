"""Programs under the Script goal: most tests are scripts, where workflows are modules.

``parse_script`` is odw's parser with what a script may do otherwise: ``await`` is a name, top-level functions may be declared
twice; ``return``, ``import`` and ``export`` are errors at the top.

``as_script`` gives a tree that means as module code what the script means. Its top-level ``this`` is the global object and
its ``var`` and ``function`` declarations are properties of it (ECMA-262 16.1.7). A test that can tell, because it looks at
the global object, is rewritten::

    var x = 1; this.x   →   $262.declare({x: undefined}); x = 1; globalThis.x

All others are compiled as they stand, so that they test what a workflow does.
"""

from __future__ import annotations

from typing import Any

from odw.errors import ScriptRejected
from odw.transpile.analyze.hoisting import Declarations
from odw.transpile.analyze.scope import ScopeTable
from odw.transpile.estree import NODES, Node, children, walk
from odw.transpile.source import Source
from odw.transpile.syntax.explain import diagnose
from odw.transpile.syntax.function_state import FunctionState
from odw.transpile.syntax.parser import ScriptParser
from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import ESCAPED_KEYWORD, NAME, Token

_OWN_THIS = frozenset({"FunctionDeclaration", "FunctionExpression", "ClassDeclaration", "ClassExpression"})
_AWAIT = frozenset({"await", NAME, ESCAPED_KEYWORD})
_GLOBAL_OBJECT = frozenset({"globalThis", "fnGlobalObject"})


class _GoalParser(ScriptParser):
    """The parser under the Script goal."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.function = FunctionState(can_return=False)
        self.declarations._scopes[0].is_function = True

    @property
    def lookahead(self) -> Token:
        """``await`` is a keyword or a name by where it is looked at, which the scanner does not know."""
        token = self._lookahead
        if token.value == "await" and token.kind in _AWAIT:
            state = self.function
            in_static_block = (
                state.initializer and not state.can_return and self.previous.kind not in ("function", "*")
            )
            if not state.is_async and not in_static_block:
                token.kind = NAME
            elif token.kind == NAME:
                token.kind = ESCAPED_KEYWORD if token.is_escaped else "await"
        return token

    @lookahead.setter
    def lookahead(self, token: Token) -> None:
        self._lookahead = token

    def module_item(self) -> Node:
        return self.parseStatementListItem()


def parse_script(source: Source) -> Node:
    """The tree of a script. Raises ``ScriptRejected``."""
    parser = None
    try:
        parser = _GoalParser(source)
        program = parser.program()
        for node in walk(program):
            _check_goal(node)
    except SyntaxProblem as problem:
        found = diagnose(source, problem, parser.tokens if parser else [])
        raise ScriptRejected(found.message, [found]) from None
    return program


def _check_goal(node: Node) -> None:
    """The early errors that the parser, which knows modules only, leaves to us."""
    if node.type == "MetaProperty" and node.meta.name == "import":
        raise SyntaxProblem("Cannot use 'import.meta' outside a module", node.start, node.end)
    if node.type in ("FunctionExpression", "ArrowFunctionExpression") and node.is_async:
        # 15.8.1, 15.9.1: `await` names no async function, and stands nowhere in its parameters.
        own_name = [node.id] if node.type == "FunctionExpression" and node.id is not None else []
        for inside in [*own_name, *(inner for param in node.params for inner in walk(param))]:
            if inside.type == "Identifier" and inside.name == "await":
                raise SyntaxProblem("'await' is a reserved word here", inside.start, inside.end)

    if node.type == "StaticBlock":
        for statement in node.body:
            if statement.type == "FunctionDeclaration" and statement.id.name == "await":
                raise SyntaxProblem("'await' is a reserved word here", statement.id.start, statement.id.end)


def as_script(program: Node) -> Node:
    """A tree whose meaning as module code is that of ``program`` as a script."""
    if not looks_at_globals(program):
        return program
    functions = [node for node in program.body if node.type == "FunctionDeclaration"]
    names = Declarations(ScopeTable(program))
    names.open("module", program)
    names.hoist_vars(program.body)
    declared: dict[str, Node] = {name: _identifier("undefined", program) for name in names.scope.bindings}
    for node in functions:
        expression = _like(node, "FunctionExpression", id=None)
        declared[node.id.name] = expression
    body = [_rewritten(node, True) for node in program.body if node.type != "FunctionDeclaration"]
    if declared:
        body.insert(0, _declaration(program, declared))
    return _like(program, "Program", body=body)


def looks_at_globals(program: Node) -> bool:
    """Whether a script may look at the global object: it has a ``this`` outside functions, or names it."""
    stack = [program]
    for node in walk(program):
        if node.type == "Identifier" and node.name in _GLOBAL_OBJECT:
            return True
    while stack:
        node = stack.pop()
        if node.type == "ThisExpression":
            return True
        if node.type not in _OWN_THIS:
            stack.extend(children(node))
    return False


def _rewritten(node: Node, variables: bool) -> Node:
    """``node`` with the global object for ``this``, and with assignments for its ``var`` if ``variables``."""
    if node.type == "ThisExpression":
        return _identifier("globalThis", node)
    if node.type in _OWN_THIS:
        return node
    if node.type == "VariableDeclaration" and node.kind == "var" and variables:
        return _assignments(node)
    if node.type == "ArrowFunctionExpression":
        variables = False
    changed: dict[str, Any] = {}
    for name in node.fields:
        value = getattr(node, name)
        if isinstance(value, Node):
            new: Any = _head(node, value) if variables and name in ("left", "init") else None
            new = new or _rewritten(value, variables)
        elif isinstance(value, list) and name != "comments":
            new = [_rewritten(item, variables) if isinstance(item, Node) else item for item in value]
        else:
            continue
        changed[name] = new
    return _like(node, node.type, **changed)


def _head(loop: Node, head: Node) -> Node | None:
    """The head of a ``for`` that declares with ``var``: a target, or an expression."""
    if head.type != "VariableDeclaration" or head.kind != "var":
        return None
    if loop.type in ("ForInStatement", "ForOfStatement"):
        return _rewritten(head.declarations[0].id, True)
    statement = _assignments(head)
    return statement.expression if statement.type == "ExpressionStatement" else _identifier("undefined", head)


def _assignments(declaration: Node) -> Node:
    """``var a = 1, b, {c} = d`` → ``a = 1, {c} = d;``"""
    made = [
        _make(node, "AssignmentExpression", "=", _rewritten(node.id, True), _rewritten(node.init, True))
        for node in declaration.declarations
        if node.init is not None
    ]
    if not made:
        return _make(declaration, "EmptyStatement")
    expression = made[0] if len(made) == 1 else _make(declaration, "SequenceExpression", made)
    return _make(declaration, "ExpressionStatement", expression, None)


def _declaration(program: Node, declared: dict[str, Node]) -> Node:
    """``$262.declare({name: value, …})``, in which functions get their names."""
    properties = [
        _make(value, "Property", _identifier(name, value), value, "init", False, False, False)
        for name, value in declared.items()
    ]
    declare = _make(
        program,
        "MemberExpression",
        _identifier("$262", program),
        _identifier("declare", program),
        False,
        False,
    )
    call = _make(program, "CallExpression", declare, [_make(program, "ObjectExpression", properties)], False)
    return _make(program, "ExpressionStatement", call, None)


def _identifier(name: str, at: Node) -> Node:
    return _make(at, "Identifier", name)


def _make(at: Node, kind: str, *values: Any) -> Node:
    return NODES[kind](at.start, at.end, *values)


def _like(node: Node, kind: str, **changed: Any) -> Node:
    """A copy of ``node`` as a node of type ``kind``, with some fields changed."""
    return _make(node, kind, *[changed[f] if f in changed else getattr(node, f) for f in NODES[kind].fields])
