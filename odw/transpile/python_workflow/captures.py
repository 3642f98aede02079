"""What a function takes from around it: names that it assigns, and variables of the loop that it keeps."""

from __future__ import annotations

from odw.transpile.analyze.scope import FUNCTIONS, Binding
from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow.cells import NeedsCell, may_be_cell
from odw.transpile.python_workflow.context import Context


def nonlocals(ctx: Context, node: Node | None) -> list[str]:
    """The names of outer functions that a function assigns, apart from what functions inside it do themselves."""
    scope = ctx.fn.scope
    found: dict[str, None] = {}
    root = node if node is not None else ctx.program
    stack = [root]
    while stack:
        part = stack.pop()
        if part is not root and part.type in FUNCTIONS and part not in ctx.inlined:
            continue
        if part.type == "Identifier":
            reference = ctx.table.reference(part)
            if reference is not None and reference.is_write and reference.binding is not None:
                if reference.binding in ctx.cells:
                    pass  # the cell stays, what it holds changes
                elif ctx.names.function_of(reference.binding.scope) is not scope:
                    found[ctx.name(reference.binding)] = None
        from odw.transpile.estree import children

        stack.extend(children(part))
    return sorted(found)


def loop_captures(ctx: Context, node: Node) -> list[str]:
    """The names of the loop around a function that it keeps as they are now, when it is called later.

    Raises NeedsCell for one that changes: each turn of the loop has its own in JavaScript. Refuses it where no cell can be made.
    """
    found: dict[str, None] = {}
    for part in walk(node):
        if part.type != "Identifier":
            continue
        reference = ctx.table.reference(part)
        binding = reference.binding if reference is not None else None
        if binding is None or not _of_a_loop(ctx, node, binding) or called_at_once(ctx, node, binding):
            continue
        changes = _is_used_early(ctx, node, binding) or (binding.writes and not _counts_only(ctx, binding))
        if changes and binding not in ctx.cells:
            if may_be_cell(binding):
                raise NeedsCell(binding)
            raise ctx.refuse(
                part, f"{binding.name}, a variable of one turn of the loop that a function uses later and that changes,",
                "Use a const inside the loop.",
            )  # fmt: skip
        if part not in ctx.substituted:
            found[ctx.names[binding]] = None
    return sorted(found)


def node_within(node: Node, outer: Node | None) -> bool:
    return outer is not None and outer.start <= node.start and node.end <= outer.end


def _is_used_early(ctx: Context, node: Node, binding: Binding) -> bool:
    """Whether a function may take a variable before it has its value: it stands before it or in it, or is hoisted itself."""
    if node.type == "FunctionDeclaration":
        own = ctx.binding(node.id)
        if (
            binding.kind == "function"
            or own is None
            or any(part.start < node.start for part in own.references)
        ):
            return True
    if binding.kind == "function":
        return bool(node.start < binding.declaration.end)
    return node_within(node, binding.init) or bool(
        binding.node is not None and node.start < binding.node.start
    )


def _counts_only(ctx: Context, binding: Binding) -> bool:
    """Whether only the head of its ``for`` loop changes a variable."""
    loop = binding.scope.node
    if loop.type != "ForStatement" or loop.update is None:
        return False
    return all(loop.update.start <= write.start < loop.update.end for write in binding.writes)


def _of_a_loop(ctx: Context, node: Node, binding: Binding) -> bool:
    """Whether a binding of the present Python function is made anew at each turn of a loop that ``node`` stands in."""
    if binding.kind in ("function", "class") and not binding.scope.in_loop:
        return False
    scope = ctx.names.function_of(binding.scope)
    inner = ctx.table.scope_of(node)
    if inner is None or _inside(binding.scope, inner):
        return False
    if scope is not ctx.fn.scope and binding.scope.function_scope.node not in ctx.comprehended:
        return False
    return binding.scope.in_loop or binding.scope.function_scope.node in ctx.comprehended


def _inside(scope: object, outer: object) -> bool:
    while scope is not None:
        if scope is outer:
            return True
        scope = scope.parent  # type: ignore[attr-defined]
    return False


_AT_ONCE = frozenset(
    (
        "map", "filter", "flatMap", "forEach", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "reduce",
        "reduceRight", "sort", "toSorted", "replace", "replaceAll",
    )
)  # fmt: skip


def called_at_once(ctx: Context, node: Node, binding: Binding) -> bool:
    """Whether a function is called only before ``binding``, which it uses, gets its next value."""
    at, parent = node, ctx.parents.get(node)
    while parent is not None:
        if parent is binding.scope.function_scope.node and parent in ctx.comprehended:
            return False
        if parent.type == "AwaitExpression":
            return True
        if parent.type == "CallExpression":
            callee = parent.callee
            if callee is at:
                if not ctx.is_promise(parent):
                    return True
            elif (
                callee.type == "MemberExpression" and not callee.computed and callee.property.name in _AT_ONCE
            ):
                return not ctx.is_async(node) or _awaited(ctx, parent)
            elif (
                not ctx.is_global(callee, "parallel", "pipeline", "fanout")
                and callee.type != "MemberExpression"
            ):
                return False
        elif parent.type == "MemberExpression" and at is parent.object:
            pass
        elif parent.type not in (
            "ArrayExpression",
            "ConditionalExpression",
            "LogicalExpression",
            "ChainExpression",
        ):
            if not (parent.type == "ArrowFunctionExpression" and parent.body is at):
                return parent.type == "ReturnStatement" and _returns_awaited(ctx, parent)
        at, parent = parent, ctx.parents.get(parent)
    return False


def _awaited(ctx: Context, node: Node) -> bool:
    parent = ctx.parents.get(node)
    while parent is not None and parent.type in (
        "CallExpression",
        "MemberExpression",
        "ArrayExpression",
        "SpreadElement",
    ):
        parent = ctx.parents.get(parent)
    return parent is not None and parent.type == "AwaitExpression"


def _returns_awaited(ctx: Context, node: Node) -> bool:
    function = ctx.enclosing_function(node)
    return function is None or ctx.is_async(function)
