"""Loops, ``forEach`` and labels."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.callbacks import callable_value, plain_parameters
from odw.transpile.python_workflow.cells import copy_cells, make_cells, turn_cells
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Block, Context, NeedsStatements
from odw.transpile.python_workflow.expressions import is_function, test, value
from odw.transpile.python_workflow.jumps import Loop, finish, next_turn
from odw.transpile.python_workflow.kind_rules import continues
from odw.transpile.python_workflow.kinds import INT, NULLISH, STR, Arr, MapOf, SetOf, only
from odw.transpile.python_workflow.patterns import bind_pattern, loop_target
from odw.transpile.python_workflow.statements import block_of, declare, effect, statement, statements, writes


def _label(ctx: Context, node: Node) -> str | None:
    parent = ctx.parents.get(node)
    return parent.label.name if parent is not None and parent.type == "LabeledStatement" else None


def _body(ctx: Context, node: Node, loop: Loop, body: Node) -> list[object]:
    ctx.loops.append(loop)
    try:
        return block_of(ctx, body)
    finally:
        ctx.loops.pop()


@writes("LabeledStatement")
def labeled(ctx: Context, node: Node) -> None:
    if node.body.type in (
        "ForStatement",
        "ForOfStatement",
        "ForInStatement",
        "WhileStatement",
        "DoWhileStatement",
    ):
        statement(ctx, node.body)
        return
    loop = Loop(node.body, "block", node.label.name)
    body = _body(ctx, node, loop, node.body)
    ctx.put(Block("for _ in range(1):", body or ["pass"]))
    finish(ctx, loop)


@writes("WhileStatement")
def while_(ctx: Context, node: Node) -> None:
    loop = Loop(node, "while", _label(ctx, node))
    try:
        with ctx.only_expressions():
            truth = test(ctx, node.test)
    except NeedsStatements:
        body = _body(ctx, node, loop, node.body)
        with ctx.new_block() as whole:
            inner = test(ctx, node.test)
            ctx.put(Block(code.head("if", code.negated(inner)), ["break"]))
        ctx.put(Block("while True:", [*whole, *body]))
        finish(ctx, loop)
        return
    if node.test.type == "Literal" and node.test.value:
        truth = name("True")
    body = _body(ctx, node, loop, node.body)
    ctx.put(Block(code.head("while", truth), body or ["pass"]))
    finish(ctx, loop)


@writes("DoWhileStatement")
def do_while(ctx: Context, node: Node) -> None:
    loop = Loop(node, "do", _label(ctx, node))
    again = continues(node.body)
    body = _body(ctx, node, loop, node.body)
    with ctx.new_block() as tail:
        truth = test(ctx, node.test)
        ctx.put(Block(code.head("if", code.negated(truth)), ["break"]))
    if again:
        raise ctx.refuse(
            node, "a do-while loop with continue", "Write it as while (true) with the test at the end."
        )
    ctx.put(Block("while True:", [*body, *tail]))
    finish(ctx, loop)


@writes("ForStatement")
def for_(ctx: Context, node: Node) -> None:
    counted = _range(ctx, node)
    if counted is not None:
        target, bounds = counted
        loop = Loop(node, "for", _label(ctx, node))
        body = _body(ctx, node, loop, node.body)
        ctx.put(Block([f"for {target} in ", call("range", *bounds).doc, ":"], body or ["pass"]))
        finish(ctx, loop)
        return
    if node.init is not None:
        if node.init.type == "VariableDeclaration":
            for declarator in node.init.declarations:
                declare(ctx, declarator.id, declarator.init, node.init.kind)
        else:
            effect(ctx, node.init)
    loop = Loop(node, "for", _label(ctx, node), node.update)
    loop.cells = turn_cells(ctx, node.init)
    copy_cells(ctx, loop.cells)
    head: list[object] = []
    truth = name("True")
    if node.test is not None:
        try:
            with ctx.only_expressions():
                truth = test(ctx, node.test)
        except NeedsStatements:
            with ctx.new_block() as head:
                ctx.put(Block(code.head("if", code.negated(test(ctx, node.test))), ["break"]))
            truth = name("True")
    body = _body(ctx, node, loop, node.body)
    with ctx.new_block() as tail:
        next_turn(ctx, loop)
    body += tail
    ctx.put(Block(code.head("while", truth), [*head, *body] or ["pass"]))
    finish(ctx, loop)


def _range(ctx: Context, node: Node) -> tuple[str, list[Py]] | None:
    """``for (let i = a; i < b; i += c)`` as ``range(a, b, c)``, when neither i nor b changes in the body."""
    init, condition, update = node.init, node.test, node.update
    if (
        init is None
        or condition is None
        or update is None
        or init.type != "VariableDeclaration"
        or init.kind == "var"
    ):
        return None
    if (
        len(init.declarations) != 1
        or init.declarations[0].id.type != "Identifier"
        or init.declarations[0].init is None
    ):
        return None
    binding = ctx.binding(init.declarations[0].id)
    if (
        binding is None
        or binding in ctx.cells
        or condition.type != "BinaryExpression"
        or condition.left.type != "Identifier"
    ):
        return None
    if ctx.binding(condition.left) is not binding or len(binding.writes) != 1:
        return None
    step = _step(ctx, update, binding)
    if step is None or condition.operator not in (("<", "<=") if step > 0 else (">", ">=")):
        return None
    start, end = init.declarations[0].init, condition.right
    if not only(ctx.kind(start), INT) or not only(ctx.kind(end), INT) or not _is_fixed(ctx, end, node):
        return None
    stop = value(ctx, end)
    if condition.operator in ("<=", ">="):
        if end.type == "Literal":
            stop = name(str(end.value + (1 if step > 0 else -1)))
        else:
            stop = code.binary(stop, "+" if step > 0 else "-", name("1"), code.ADD)
    bounds = [value(ctx, start), stop]
    if step != 1:
        bounds.append(name(str(step)))
    elif str(bounds[0]) == "0":
        bounds = bounds[1:]
    return ctx.name(binding), bounds


def _step(ctx: Context, update: Node, binding: object) -> int | None:
    if update.type == "UpdateExpression" and update.argument.type == "Identifier":
        if ctx.binding(update.argument) is binding:
            return 1 if update.operator == "++" else -1
    if (
        update.type == "AssignmentExpression"
        and update.operator in ("+=", "-=")
        and update.left.type == "Identifier"
    ):
        if (
            ctx.binding(update.left) is binding
            and update.right.type == "Literal"
            and type(update.right.value) is int
        ):
            size = update.right.value
            return (size if update.operator == "+=" else -size) if size > 0 else None
    return None


def _is_fixed(ctx: Context, node: Node, loop: Node) -> bool:
    """Whether a bound is the same at each turn."""
    if node.type == "Literal":
        return True
    if node.type == "Identifier":
        binding = ctx.binding(node)
        return binding is not None and not any(
            loop.start <= write.start < loop.end or binding.captured for write in binding.writes
        )
    if node.type == "BinaryExpression":
        return _is_fixed(ctx, node.left, loop) and _is_fixed(ctx, node.right, loop)
    if node.type == "MemberExpression" and not node.computed and node.property.name == "length":
        holder = node.object
        if holder.type != "Identifier" or not only(ctx.kind(holder), Arr, STR):
            return False
        binding = ctx.binding(holder)
        if binding is None or binding.writes:
            return False
        return all(
            not isinstance(atom, Arr) or not (atom.mutated or atom.escaped) for atom in ctx.kind(holder)
        )
    return False


@writes("ForOfStatement")
def for_of(ctx: Context, node: Node) -> None:
    found = ctx.kind(node.right)
    items = ctx.inference.items_of(found)
    if node.is_await:
        items = ctx.inference.awaited(items)
    source = value(ctx, node.right)
    if node.is_await:
        source = call("js.each_awaited", source)
    elif not only(found, Arr, SetOf, MapOf, STR):
        source = call("js.iterate", source)
    target, pattern = loop_target(ctx, node.left, items)
    loop = Loop(node, "for", _label(ctx, node))
    body = _unpacked(ctx, loop, target, pattern, items, node)
    word = "async for" if node.is_await else "for"
    ctx.put(Block(code.head(f"{word} {target} in", source), body or ["pass"]))
    finish(ctx, loop)


def _unpacked(
    ctx: Context, loop: Loop, target: str, pattern: Node | None, items: frozenset[object], node: Node
) -> list[object]:
    body: list[object] = []
    if pattern is not None:
        with ctx.new_block() as body:
            if node.left.type == "VariableDeclaration":
                make_cells(ctx, pattern)
            bind_pattern(ctx, pattern, name(target), items)
    return [*body, *_body(ctx, node, loop, node.body)]


@writes("ForInStatement")
def for_in(ctx: Context, node: Node) -> None:
    target, pattern = loop_target(ctx, node.left, frozenset((STR,)))
    loop = Loop(node, "for", _label(ctx, node))
    body = _unpacked(ctx, loop, target, pattern, frozenset((STR,)), node)
    ctx.put(
        Block([f"for {target} in ", call("js.names_in", value(ctx, node.right)).doc, ":"], body or ["pass"])
    )
    finish(ctx, loop)


def for_each(ctx: Context, node: Node) -> bool:
    """``xs.forEach(x => …)`` as a loop."""
    if len(node.arguments) != 1:
        return False
    callback, holder = node.arguments[0], node.callee.object
    found = ctx.kind(holder) - NULLISH
    if not only(found, Arr):
        return False
    if callback not in ctx.inlined:
        return _called_for_each(ctx, callback, holder)
    targets = plain_parameters(ctx, callback)
    if targets is None:
        return _called_for_each(ctx, callback, holder)
    source = value(ctx, holder)
    if len(targets) == 2:
        target, source = f"{targets[1]}, {targets[0]}", call("enumerate", source)
    else:
        target = targets[0] if targets else "_"
    loop = Loop(callback, "each", None)
    ctx.loops.append(loop)
    before, ctx.returns_become = ctx.returns_become, _return_is_continue
    try:
        with ctx.new_block() as body:
            if callback.body.type == "BlockStatement":
                statements(ctx, callback.body.body)
            else:
                effect(ctx, callback.body)
    finally:
        ctx.loops.pop()
        ctx.returns_become = before
    ctx.put(Block(code.head(f"for {target} in", source), body or ["pass"]))
    return True


def _return_is_continue(ctx: Context, node: Node) -> None:
    if node.argument is not None:
        effect(ctx, node.argument)
    ctx.put("continue")


def _called_for_each(ctx: Context, callback: Node, holder: Node) -> bool:
    if ctx.is_async(callback) if is_function(callback) else True:
        return False
    try:
        fn, count = callable_value(ctx, callback)
    except LookupError:
        return False
    if count > 2:
        return False
    source = value(ctx, holder)
    target = "item"
    if count == 2:
        target, source = "index, item", call("enumerate", source)
    made = call(fn, *[name("item"), name("index")][:count])
    ctx.put(Block(code.head(f"for {target} in", source), [made.doc]))
    return True
