"""What the writer of one script knows and collects: kinds, names, the block that is being written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from odw.errors import ScriptRejected
from odw.transpile.analyze.scope import FUNCTIONS, Binding, Scope, ScopeTable
from odw.transpile.estree import Node, children
from odw.transpile.python_workflow.code import Py
from odw.transpile.python_workflow.inference import Inference
from odw.transpile.python_workflow.kinds import ANY, UNDEFINED, Fn, Kind, Later, kind
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.names import NameTable
from odw.transpile.source import Source


class NeedsStatements(Exception):
    """An expression of the script needs statements in Python, and stands where none can be: it is written in another way then."""


class Block:
    """A compound statement: its head and what is indented under it."""

    __slots__ = ("body", "head")

    def __init__(self, head: Doc, body: list[Any]) -> None:
        self.head = head
        self.body = body


class PyFunction:
    """The function of Python's that is being written. ``awaits``: whether ``await`` may stand in it."""

    __slots__ = ("awaits", "node", "none_is_enough", "outer", "scope")

    def __init__(self, node: Node | None, scope: Scope, awaits: bool, outer: PyFunction | None) -> None:
        self.node = node
        self.scope = scope
        self.awaits = awaits
        self.outer = outer
        self.none_is_enough = False  # what it returns where JavaScript gives undefined does not matter


class Context:
    """The state of the writer. ``substituted``: expressions that have been evaluated into a name already."""

    def __init__(
        self, source: Source, program: Node, table: ScopeTable, inference: Inference, names: NameTable
    ) -> None:
        self.source = source
        self.program = program
        self.table = table
        self.inference = inference
        self.names = names
        self.block: list[Any] = []
        self.substituted: dict[Node, Py] = {}
        self.required: set[Node] = set()  # optional links that are known to hold
        self.fn: PyFunction = PyFunction(None, table.scopes[0], True, None)
        self.parents: dict[Node, Node] = {}
        self.pure = 0
        self.iterable = 0
        self.loops: list[Any] = []
        self.inlined: set[Node] = set()  # functions whose code stands in the function around them
        self.prelude: dict[str, None] = {}  # what the main function begins with
        self.comprehended: set[Node] = set()  # callbacks that become the body of a comprehension or a loop
        self.pattern_names: dict[Node, str] = {}
        self.cells: set[Binding] = set()  # variables that are a ``js.Cell``
        self.made_cells: set[Binding] = set()  # those made at the head of their block, not declared yet
        self.returns_become: Any = None  # in a callback that is a loop's body: what ``return`` is
        from odw.transpile.python_workflow.comments import Comments

        self.comments = Comments(program, source.text)
        stack = [program]
        while stack:
            node = stack.pop()
            for child in children(node):
                self.parents[child] = node
                stack.append(child)

    # --- questions ----------------------------------------------------------------------------------------------------

    def kind(self, node: Node) -> Kind:
        return self.inference.kind_of(node)

    def binding(self, node: Node) -> Binding | None:
        return self.table.resolve(node)

    def name(self, binding: Binding) -> str:
        own = self.names[binding]
        return f"{own}.value" if binding in self.cells else own

    def is_global(self, node: Node, *wanted: str) -> bool:
        """Whether an Identifier means one of these globals."""
        return node.type == "Identifier" and node.name in wanted and self.binding(node) is None

    def fn_of(self, node: Node) -> Fn | None:
        found = self.inference.sites.get(node)
        return found if isinstance(found, Fn) else None

    def is_async(self, node: Node) -> bool:
        """Whether a function of the script is ``async def``: it is async, or gives nothing but promises."""
        if node.generator:
            return False
        if node.is_async:
            return True
        fn = self.fn_of(node)
        return fn is not None and bool(fn.returns) and all(isinstance(atom, Later) for atom in fn.returns)

    def is_promise(self, node: Node) -> bool:
        """Whether an expression is a promise whenever it has a value."""
        found = self.kind(node)
        return bool(found) and all(isinstance(atom, Later) for atom in found)

    def may_be_promise(self, node: Node) -> bool:
        return any(isinstance(atom, Later) or atom == ANY for atom in self.kind(node))

    def may_be_undefined(self, found: Kind) -> bool:
        return bool(found & kind(UNDEFINED, ANY))

    def text_of(self, node: Node) -> str:
        return self.source.text[node.start : node.end]

    def enclosing_function(self, node: Node) -> Node | None:
        parent = self.parents.get(node)
        while parent is not None and parent.type not in FUNCTIONS:
            parent = self.parents.get(parent)
        return parent

    # --- writing ------------------------------------------------------------------------------------------------------

    def put(self, item: Any) -> None:
        """Add a statement before the one that is being written."""
        if self.pure:
            raise NeedsStatements
        self.block.append(item)

    @contextmanager
    def new_block(self) -> Iterator[list[Any]]:
        before, self.block = self.block, []
        pure, self.pure = self.pure, 0
        iterable, self.iterable = self.iterable, 0
        try:
            yield self.block
        finally:
            self.block = before
            self.pure = pure
            self.iterable = iterable

    @contextmanager
    def only_expressions(self) -> Iterator[None]:
        self.pure += 1
        try:
            yield
        finally:
            self.pure -= 1

    @contextmanager
    def in_iterable(self) -> Iterator[None]:
        """In what a comprehension goes through, where no ``:=`` may stand."""
        self.iterable += 1
        try:
            yield
        finally:
            self.iterable -= 1

    @contextmanager
    def function(self, node: Node | None, scope: Scope, awaits: bool) -> Iterator[PyFunction]:
        before, loops, returns = self.fn, self.loops, self.returns_become
        self.fn, self.loops, self.returns_become = PyFunction(node, scope, awaits, before), [], None
        try:
            yield self.fn
        finally:
            self.fn, self.loops, self.returns_become = before, loops, returns

    def fresh(self, base: str) -> str:
        return self.names.fresh(self.fn.scope, base)

    def refuse(self, node: Node, what: str, instead: str = "") -> ScriptRejected:
        """The error for what has no form in Python. The author's line and what to do are in it."""
        found = self.source.diagnostic(
            "ODW213", "no-python-form", "error", f"{what} cannot be written in Python by odw", node.start, node.end,
            instead or "Run the script as it is: odw exec does all of JavaScript.",
        )  # fmt: skip
        return ScriptRejected(f"{self.source.file}: {found.message}", [found])
