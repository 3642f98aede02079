"""The static list of places where a script calls agent, parallel, pipeline, fanout, workflow and phase.

    phase('Review'); for (const f of files) await agent(`Review ${f}`, {label: f, model: 'opus'})
    ->  CallSite(hook="agent", prompt="Review ${…}", options={"label": NOT_LITERAL, "model": "opus"}, in_loop=True, phase="Review")

What a hook's name stands for is found by scope, so a local function named ``agent`` is no call site.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from odw.transpile.analyze.global_uses import GlobalUse, find_global_uses
from odw.transpile.analyze.literal import NOT_LITERAL, literal_value, static_key, static_string
from odw.transpile.analyze.tree_index import FUNCTION_TYPES, TreeIndex
from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.analyze.scope import ScopeTable

# hook -> the position of its options argument, None when it has none
HOOKS: dict[str, int | None] = {
    "agent": 1,
    "parallel": 1,
    "pipeline": None,
    "fanout": 2,
    "workflow": None,
    "phase": None,
}
# Those whose result is a promise of work; phase() only sets a label.
AGENT_HOOKS = frozenset(HOOKS) - {"phase"}

LOOP_TYPES = frozenset(
    {"ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"}
)
_BRANCH_TYPES = frozenset(
    {"IfStatement", "ConditionalExpression", "LogicalExpression", "SwitchCase", "CatchClause"}
)
_FAN_METHODS = frozenset({"map", "flatMap", "forEach", "from", "filter", "reduce", "some", "every"})


@dataclass(frozen=True, slots=True)
class CallSite:
    """One call in the text of the script.

    ``prompt``: the first argument's text, holes shown as ``${…}``, None when it is no string at all.
    ``options``: the static value of each option, NOT_LITERAL for one known by name only; ``option_nodes`` where each is written;
    ``options_complete`` is False when more may come from a spread or a variable.
    ``in_loop``: inside a loop statement; ``in_callback``: inside a callback of map, forEach and their like;
    ``conditional``: inside a branch. ``phase``: the ``phase`` option, else the title of the last ``phase()`` call above it.
    ``within``: the index of the hook call whose arguments hold this one.
    """

    index: int
    hook: str
    node: Node
    prompt: str | None
    options: dict[str, Any] = field(default_factory=dict)
    option_nodes: dict[str, Node] = field(default_factory=dict)
    options_complete: bool = True
    in_loop: bool = False
    in_callback: bool = False
    conditional: bool = False
    phase: str | None = None
    within: int | None = None


def find_call_sites(
    index: TreeIndex, table: ScopeTable, uses: Sequence[GlobalUse] | None = None
) -> tuple[CallSite, ...]:
    """All call sites in source order."""
    calls = [
        (use.path, use.parent)
        for use in (find_global_uses(index, table) if uses is None else uses)
        if use.usage == "call" and use.path in HOOKS and use.parent is not None
    ]
    calls.sort(key=lambda call: (call[1].start, -call[1].end))
    numbers = {id(node): number for number, (_, node) in enumerate(calls)}
    sites: list[CallSite] = []
    title: str | None = None
    for number, (hook, node) in enumerate(calls):
        options = _Options(table)
        position = HOOKS[hook]
        if position is not None and len(node.arguments) > position:
            options.read(node.arguments[position])
        if any(a.type == "SpreadElement" for a in node.arguments):
            options.complete = False
        prompt = _text(node.arguments[0]) if node.arguments else None
        if hook == "phase" and prompt is not None:
            title = prompt
        own = options.values.get("phase")
        place = _Place(index, node, numbers)
        sites.append(
            CallSite(
                index=number,
                hook=hook,
                node=node,
                prompt=prompt,
                options=options.values,
                option_nodes=options.nodes,
                options_complete=options.complete,
                in_loop=place.in_loop,
                in_callback=place.in_callback,
                conditional=place.conditional,
                phase=own if isinstance(own, str) else title,
                within=place.within,
            )
        )
    return tuple(sites)


def resolve_constant(node: Node, table: ScopeTable) -> Node:
    """The function or the initialiser that a never reassigned name stands for, as far as that goes; else the node itself."""
    for _ in range(8):
        if node.type != "Identifier":
            return node
        binding = table.resolve(node)
        if binding is None or binding.writes:
            return node
        kept = binding.declaration if binding.kind == "function" else binding.init
        if kept is None:
            return node
        node = kept
    return node


class _Options:
    """What is known of an options object: its own properties and those of constants spread into it."""

    def __init__(self, table: ScopeTable) -> None:
        self.table = table
        self.values: dict[str, Any] = {}
        self.nodes: dict[str, Node] = {}
        self.complete = True

    def read(self, node: Node, *, certain: bool = True, depth: int = 0) -> None:
        node = resolve_constant(node, self.table)
        if node.type != "ObjectExpression" or depth > 8:
            self.read_choice(node, depth)
            return
        for entry in node.properties:
            if entry.type != "Property":
                self.read(entry.argument, certain=certain, depth=depth + 1)
                continue
            key = static_key(entry)
            if key is None:
                self.complete = False
                continue
            self.nodes[key] = entry
            value = (
                literal_value(resolve_constant(entry.value, self.table), _ignore) if certain else NOT_LITERAL
            )
            self.values[key] = value

    def read_choice(self, node: Node, depth: int) -> None:
        """``...(model ? {model} : {})`` and ``...(model && {model})``: the names count, the values are unknown."""
        if depth <= 8 and node.type == "ConditionalExpression":
            for branch in (node.consequent, node.alternate):
                self.read(branch, certain=False, depth=depth + 1)
        elif depth <= 8 and node.type == "LogicalExpression" and node.operator == "&&":
            self.read(node.right, certain=False, depth=depth + 1)
        elif not (node.type == "Literal" and node.value is None):
            self.complete = False


class _Place:
    """Where a call stands, read off its ancestors."""

    def __init__(self, index: TreeIndex, node: Node, numbers: dict[int, int]) -> None:
        self.in_loop = self.in_callback = self.conditional = False
        self.within: int | None = None
        below = node
        for above in index.ancestors(node):
            if above.type in LOOP_TYPES:
                self.in_loop = True
            elif above.type in _BRANCH_TYPES:
                if below is not getattr(above, "test", None) and below is not getattr(above, "left", None):
                    self.conditional = True
            elif above.type == "CallExpression":
                if self.within is None:
                    self.within = numbers.get(id(above))
                callee = above.callee
                if below.type in FUNCTION_TYPES and callee.type == "MemberExpression":
                    self.in_callback = self.in_callback or static_key(callee) in _FAN_METHODS
            below = above


def _text(node: Node) -> str | None:
    text = static_string(node)
    if text is not None:
        return text
    if node.type == "TemplateLiteral":
        return "${…}".join(quasi.value["cooked"] or "" for quasi in node.quasis)
    if node.type == "BinaryExpression" and node.operator == "+":
        left, right = _text(node.left), _text(node.right)
        return None if left is None and right is None else f"{left or '${…}'}{right or '${…}'}"
    return None


def _ignore(node: Node, what: str) -> None:
    pass
