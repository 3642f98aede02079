"""Which declaration each identifier means: scopes, hoisting, captures (ECMA-262 clauses 8.2 and 9.1, strict mode).

``analyze_scopes(program)`` walks the tree once and returns a :class:`ScopeTable`; the tree is not changed. For

    const x = 1; function f() { return x + y }

``table.resolve(<the x in f>)`` is the binding of ``x``, whose ``captured`` is true, and ``y`` is in ``table.unresolved``.

Property keys, labels, meta properties and exported names are no references; the ``a`` of ``{a}`` is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias

from odw.transpile.estree import Node

BindingKind: TypeAlias = Literal[
    "const",
    "let",
    "var",
    "function",
    "class",
    "param",
    "catch",
    "import",
    "arguments",
    "function-name",
    "class-name",
]
ScopeKind: TypeAlias = Literal[
    "module", "function", "function-body", "function-name", "block", "for", "catch", "switch", "class", "field", "static-block"
]  # fmt: skip

FUNCTIONS: Final = frozenset({"FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"})
LOOPS: Final = frozenset(
    {"ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"}
)


class Binding:
    """One declared name.

    ``node`` is the declaring Identifier (None for ``arguments``); ``declaration`` the node whose evaluation initialises
    it: a VariableDeclarator, a function, a class, a for-in/of statement, a catch clause, an import specifier.
    ``references`` are the Identifiers that read or write it, the declaring one not counted; ``writes`` those of them
    that assign after the declaration. ``init`` is the initialiser of a simple ``const x = init``.
    """

    __slots__ = (
        "captured", "declaration", "init", "kind", "name", "node", "order", "references", "repeated", "scope", "writes"
    )  # fmt: skip

    def __init__(
        self, name: str, kind: BindingKind, node: Any, scope: Scope, declaration: Any, order: int
    ) -> None:
        self.name = name
        self.kind = kind
        self.node = node
        self.scope = scope
        self.declaration = declaration
        self.order = order
        self.init: Any = None
        self.captured = False
        self.repeated = False  # declared more than once, so that no declaration tells what it holds
        self.references: list[Node] = []
        self.writes: list[Node] = []

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"

    @property
    def read_only(self) -> bool:
        """Whether an assignment after the initialisation throws."""
        return self.kind in ("const", "import", "function-name", "class-name")


class Scope:
    """One environment. ``function_scope`` is the scope of the function whose frame it lives in (itself for one).

    ``in_loop``: one call of the function may create this scope several times. On function scopes, the ``uses_*`` flags
    say what the function's own code needs, arrow functions inside it included.
    """

    __slots__ = (
        "bindings", "function_scope", "in_loop", "kind", "node", "parent",
        "uses_arguments", "uses_home", "uses_new_target", "uses_super_call", "uses_this",
    )  # fmt: skip

    def __init__(self, kind: ScopeKind, node: Node, parent: Scope | None, in_loop: bool) -> None:
        self.kind = kind
        self.node = node
        self.parent = parent
        self.bindings: dict[str, Binding] = {}
        owns_frame = parent is None or kind in ("function", "field", "static-block")
        self.function_scope: Scope = self if owns_frame else parent.function_scope  # type: ignore[union-attr]
        self.in_loop = in_loop
        self.uses_this = self.uses_arguments = self.uses_new_target = False
        self.uses_home = self.uses_super_call = False

    def __repr__(self) -> str:
        return f"<{self.kind} scope: {' '.join(self.bindings)}>"

    @property
    def is_arrow(self) -> bool:
        return self.node.type == "ArrowFunctionExpression"


class Reference:
    """How one Identifier uses its binding (None: unresolved), and the scope it stands in."""

    __slots__ = ("binding", "is_read", "is_typeof", "is_write", "node", "scope")

    def __init__(self, node: Node, scope: Scope, is_read: bool, is_write: bool, is_typeof: bool) -> None:
        self.node = node
        self.scope = scope
        self.binding: Binding | None = None
        self.is_read = is_read
        self.is_write = is_write
        self.is_typeof = is_typeof


class ScopeTable:
    """The facts about one program (the parser has refused names declared twice)."""

    def __init__(self, program: Node) -> None:
        self.program = program
        self.scopes: list[Scope] = []
        self.bindings: list[Binding] = []
        self.unresolved: list[Node] = []
        self.callers: dict[Node, Node] = {}  # called Identifier -> the call
        self.methods: set[str] = set()  # names of the script's own methods
        self.writers: dict[Node, Node] = {}  # assigned Identifier -> the `=`, `+=`, `++` … that assigns it
        self._references: dict[Node, Reference] = {}
        self._scope_of: dict[Node, Scope] = {}
        self._body_scope_of: dict[Node, Scope] = {}
        self._declared: dict[Node, Binding] = {}

    def resolve(self, identifier: Node) -> Binding | None:
        """The binding that a referring (or declaring) Identifier means; None for a global."""
        reference = self._references.get(identifier)
        return reference.binding if reference is not None else self._declared.get(identifier)

    def reference(self, identifier: Node) -> Reference | None:
        """How an Identifier refers, with ``is_write`` and ``is_typeof``; None if it is no reference."""
        return self._references.get(identifier)

    def is_written(self, identifier: Node) -> bool:
        reference = self._references.get(identifier)
        return reference is not None and reference.is_write

    def references(self) -> Iterator[Reference]:
        return iter(self._references.values())

    def scope_of(self, node: Node) -> Scope | None:
        """The scope that a function, block, loop head, catch clause, switch, class or field initialiser opens."""
        return self._scope_of.get(node)

    def body_scope_of(self, function: Node) -> Scope | None:
        """The scope of a function's body where its parameters have one of their own (10.2.11 step 28)."""
        return self._body_scope_of.get(function)


def bound_identifiers(pattern: Node) -> Iterator[Node]:
    """BoundNames (ECMA-262 8.2.1) of a binding pattern, as the declaring Identifiers in source order."""
    stack = [pattern]
    while stack:
        node = stack.pop()
        kind = node.type
        if kind == "Identifier":
            yield node
        elif kind == "ObjectPattern":
            stack.extend(
                p.argument if p.type == "RestElement" else p.value for p in reversed(node.properties)
            )
        elif kind == "ArrayPattern":
            stack.extend(element for element in reversed(node.elements) if element is not None)
        elif kind == "AssignmentPattern":
            stack.append(node.left)
        elif kind == "RestElement":
            stack.append(node.argument)


def analyze_scopes(program: Node) -> ScopeTable:
    """Resolve every identifier of ``program``."""
    from odw.transpile.analyze.resolver import Resolver

    table = ScopeTable(program)
    Resolver(table).program(program)
    return table
