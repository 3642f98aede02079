"""Statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.assignments import assign, update
from odw.transpile.python_workflow.cells import cell, is_whole, make_cells, make_early
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.comments import put_comments
from odw.transpile.python_workflow.context import Block, Context, NeedsStatements
from odw.transpile.python_workflow.expressions import (
    UNDEFINED_VALUE,
    is_function,
    test,
    value,
)
from odw.transpile.python_workflow.functions import definition
from odw.transpile.python_workflow.kind_rules import falls_through
from odw.transpile.python_workflow.kinds import NULLISH, STR, UNDEFINED, Arr, Obj, only
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.members import key_of, static_name
from odw.transpile.python_workflow.patterns import assign_doc, bind_pattern

Writer = Callable[[Context, Node], None]
WRITERS: dict[str, Writer] = {}


def writes(*types: str) -> Callable[[Writer], Writer]:
    def register(writer: Writer) -> Writer:
        for node_type in types:
            WRITERS[node_type] = writer
        return writer

    return register


def statement(ctx: Context, node: Node) -> None:
    """Write one statement, with its comments and the blank line that the author left before it."""
    _blank_before(ctx, node)
    put_comments(ctx, node.start)
    writer = WRITERS.get(node.type)
    if writer is None:
        raise ctx.refuse(node, f"this statement ({node.type})")
    position = len(ctx.block)
    try:
        writer(ctx, node)
    except NeedsStatements:
        raise ctx.refuse(
            node, "an expression that needs statements of its own where Python takes none"
        ) from None
    behind = ctx.comments.behind(node.end)
    if behind and len(ctx.block) > position:
        last = ctx.block[-1]
        if isinstance(last, Block) or not _is_short(last):
            ctx.block.insert(position, behind)
        else:
            ctx.block[-1] = [last, f"  {behind}"]
    elif behind:
        ctx.put(behind)
    left = ctx.comments.inside(node.start, node.end)
    ctx.block[position:position] = left


def _is_short(doc: Doc) -> bool:
    from odw.transpile.python_workflow.layout import flat

    text = flat(doc)
    return text is not None and len(text) < 80


def _blank_before(ctx: Context, node: Node) -> None:
    text = ctx.source.text
    start = ctx.comments.next_start(node.start)
    before = text[:start].rstrip(" \t")
    if before.endswith(("\n\n", "\n\r\n", "\r\n\r\n")):
        if ctx.block and ctx.block[-1] != "":
            ctx.put("")


def statements(ctx: Context, nodes: list[Node]) -> None:
    """The statements of a block: its functions first, since JavaScript knows them from the start."""
    early = [node for node in nodes if node.type == "FunctionDeclaration" and _used_before(ctx, node, nodes)]
    make_early(ctx, nodes, bool(early))
    for node in early:
        statement(ctx, node)
    for node in nodes:
        if node not in early:
            statement(ctx, node)


def _used_before(ctx: Context, node: Node, nodes: list[Node]) -> bool:
    """Whether a function of a block is used by statements before it."""
    binding = ctx.binding(node.id)
    return binding is None or any(reference.start < node.start for reference in binding.references)


def block_of(ctx: Context, node: Node) -> list[Any]:
    """A statement as the body of a compound one."""
    with ctx.new_block() as body:
        if node.type == "BlockStatement":
            statements(ctx, node.body)
            for line in ctx.comments.before(node.end):
                ctx.put(line)
        else:
            statement(ctx, node)
    return body


def function_body(ctx: Context, nodes: list[Node]) -> None:
    hoisted_vars(ctx)
    statements(ctx, nodes)


def hoisted_vars(ctx: Context) -> None:
    """A ``var`` that is read before its declaration is undefined until then."""
    for binding in ctx.table.bindings:
        if binding.kind == "var" and ctx.names.function_of(binding.scope) is ctx.fn.scope:
            ctx.put(f"{ctx.name(binding)} = js.undefined")


def finish_body(ctx: Context, node: Node) -> None:
    """What a function gives when it ends without ``return``."""
    if node.generator or ctx.fn.none_is_enough:
        return
    if falls_through(node.body):
        ctx.put("return js.undefined")


# --- declarations and functions -------------------------------------------------------------------------------------------


@writes("VariableDeclaration")
def variables(ctx: Context, node: Node) -> None:
    for declarator in node.declarations:
        declare(ctx, declarator.id, declarator.init, node.kind)


def declare(ctx: Context, pattern: Node, init: Node | None, kind: str) -> None:
    whole = is_whole(ctx, pattern, init) if init is not None else None
    if init is not None and whole is not None:
        ctx.put([f"{ctx.names[whole]} = ", cell(whole, value(ctx, init)).doc])
        return
    make_cells(ctx, pattern)
    if init is None:
        if kind == "var":
            return
        bind_pattern(ctx, pattern, UNDEFINED_VALUE, frozenset((UNDEFINED,)))
        return
    if pattern.type == "Identifier" and is_function(init):
        binding = ctx.binding(pattern)
        assert binding is not None
        if not binding.writes and binding not in ctx.cells:
            ctx.put(definition(ctx, init, ctx.name(binding)))
            ctx.put("")
            return
    if (
        pattern.type == "Identifier"
        and init.type == "LogicalExpression"
        and _in_two_steps(ctx, pattern, init)
    ):
        return
    bind_pattern(ctx, pattern, value(ctx, init), ctx.kind(init))


def _in_two_steps(ctx: Context, pattern: Node, init: Node) -> bool:
    """``const x = a ?? b`` as ``x = a`` and ``if x is None: x = b``, where one expression would need a name for ``a``."""
    from odw.transpile.python_workflow.expressions import is_cheap, is_simple, same_truth

    if init.operator not in ("??", "||") or is_cheap(init.right) or is_simple(init.left):
        return False
    found = ctx.kind(init.left)
    if init.operator == "||" and same_truth(found):
        return False
    binding = ctx.binding(pattern)
    assert binding is not None
    own = name(ctx.name(binding))
    bind_pattern(ctx, pattern, value(ctx, init.left), found)
    if init.operator == "||":
        absent = code.negated(call("js.truthy", own))
    elif ctx.may_be_undefined(found):
        absent = call("js.nullish", own)
    else:
        absent = code.comparison(own, "is", name("None"))
    with ctx.new_block() as body:
        bind_pattern(ctx, pattern, value(ctx, init.right), ctx.kind(init.right))
    ctx.put(Block(code.head("if", absent), body))
    return True


@writes("FunctionDeclaration")
def function_declaration(ctx: Context, node: Node) -> None:
    binding = ctx.binding(node.id)
    assert binding is not None
    if binding in ctx.cells:
        own = ctx.fresh(ctx.names[binding])
        ctx.put(definition(ctx, node, own))
        ctx.put(f"{ctx.name(binding)} = {own}")
        return
    ctx.put(definition(ctx, node, ctx.name(binding)))
    ctx.put("")


@writes("ClassDeclaration")
def class_declaration(ctx: Context, node: Node) -> None:
    from odw.transpile.python_workflow.classes import write_class

    write_class(ctx, node)


# --- simple statements ----------------------------------------------------------------------------------------------------


@writes("EmptyStatement", "DebuggerStatement")
def nothing(ctx: Context, node: Node) -> None:
    return


@writes("ExpressionStatement")
def expression_statement(ctx: Context, node: Node) -> None:
    effect(ctx, node.expression)


def effect(ctx: Context, node: Node) -> None:
    """An expression whose value nobody wants."""
    if node.type == "AssignmentExpression":
        assign(ctx, node)
    elif node.type == "UpdateExpression":
        update(ctx, node)
    elif node.type == "SequenceExpression":
        for part in node.expressions:
            effect(ctx, part)
    elif node.type == "LogicalExpression" and node.operator in ("&&", "||"):
        with ctx.new_block() as body:
            effect(ctx, node.right)
        truth = test(ctx, node.left) if node.operator == "&&" else code.negated(test(ctx, node.left))
        ctx.put(Block(code.head("if", truth), body or ["pass"]))
    elif node.type == "ConditionalExpression":
        _conditional_effect(ctx, node)
    elif node.type == "UnaryExpression" and node.operator in ("void", "!"):
        effect(ctx, node.argument)
    elif (
        (node.type == "UnaryExpression" and node.operator == "delete" and _pops(ctx, node))
        or (node.type == "CallExpression" and _call_effect(ctx, node))
        or node.type == "Literal"
    ):
        return
    else:
        part = value(ctx, node)
        ctx.put(part.at(code.LAMBDA))


def _conditional_effect(ctx: Context, node: Node) -> None:
    with ctx.new_block() as yes:
        effect(ctx, node.consequent)
    with ctx.new_block() as no:
        effect(ctx, node.alternate)
    ctx.put(Block(code.head("if", test(ctx, node.test)), yes or ["pass"]))
    ctx.put(Block("else:", no or ["pass"]))


def _pops(ctx: Context, node: Node) -> bool:
    """``delete x.a`` of a dict."""
    target = node.argument
    if target.type != "MemberExpression" or not only(ctx.kind(target.object), Obj):
        return False
    key = key_of(ctx, target)
    if static_name(target) is None and not only(ctx.kind(target.property), STR):
        return False
    ctx.put(code.method(value(ctx, target.object), "pop", key, name("None")).doc)
    return True


def _call_effect(ctx: Context, node: Node) -> bool:
    callee = node.callee
    if callee.type != "MemberExpression" or callee.computed or callee.property.type != "Identifier":
        return False
    if callee.optional or node.optional:
        return False
    prop, found = callee.property.name, ctx.kind(callee.object)
    if prop == "forEach":
        from odw.transpile.python_workflow.loops import for_each

        return for_each(ctx, node)
    if prop == "push" and only(found - NULLISH, Arr):
        return _append(ctx, node)
    if prop in ("sort", "reverse") and only(found, Arr):
        return _reorder(ctx, node, prop)
    if (
        prop == "set"
        and len(node.arguments) == 2
        and found
        and all(type(a).__name__ == "MapOf" for a in found)
    ):
        key, item = value(ctx, node.arguments[0]), value(ctx, node.arguments[1])
        ctx.put(assign_doc(str_of(code.subscript(value(ctx, callee.object), key)), item))
        return True
    return False


def str_of(part: Py) -> str:
    return str(part)


def _append(ctx: Context, node: Node) -> bool:
    holder = value(ctx, node.callee.object)
    from odw.transpile.python_workflow.expressions import spread_items

    if len(node.arguments) == 1 and node.arguments[0].type != "SpreadElement":
        ctx.put(code.method(holder, "append", value(ctx, node.arguments[0])).doc)
        return True
    if len(node.arguments) == 1:
        ctx.put(code.method(holder, "extend", spread_items(ctx, node.arguments[0].argument)).doc)
        return True
    return False


def _reorder(ctx: Context, node: Node, prop: str) -> bool:
    from odw.transpile.python_workflow.sorting import sort_key

    holder = value(ctx, node.callee.object)
    if prop == "reverse":
        ctx.put(code.method(holder, "reverse").doc)
        return True
    key = sort_key(ctx, node.arguments[0]) if len(node.arguments) == 1 else None
    if key is None:
        return False
    ctx.put(call(code.attribute(holder, "sort"), **dict(key)).doc)
    return True


@writes("BlockStatement")
def block(ctx: Context, node: Node) -> None:
    statements(ctx, node.body)
