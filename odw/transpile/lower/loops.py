"""Loops.

``for (const x of xs) …`` → ``with iterate(xs) as it:`` / ``for x in it: …``, whose ``with`` closes the iterator on every early
exit. ``for (init; test; update)`` → ``while test``, with the update at the end and before each ``continue``; when a ``continue``
passes a ``finally``, which must run before the update, the update stands at the loop's beginning and skips the first pass.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from odw.transpile.analyze.scope import FUNCTIONS, Binding, Scope
from odw.transpile.estree import Node, children
from odw.transpile.lower.assignment import store_statements
from odw.transpile.lower.blocks import begin_binding, effects, lower_variable_declaration
from odw.transpile.lower.labels import begin_target, end_target, take_labels
from odw.transpile.lower.operators import condition
from odw.transpile.lower.patterns import assign_pattern, declare_pattern

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def lower_while(ctx: Context, node: Node) -> list[ast.stmt]:
    labels = take_labels(ctx)
    low = ctx.collect(lambda: condition(ctx, node.test))
    target = begin_target(ctx, labels, is_loop=True)
    body = ctx.statement(node.body)
    after = end_target(ctx, target)
    return [*low.stmts, ctx.while_(low.expr, body), *after]


def lower_do_while(ctx: Context, node: Node) -> list[ast.stmt]:
    """``first = True`` / ``while first or test: first = False; …``, so that ``continue`` comes to the test."""
    labels = take_labels(ctx)
    first = ctx.temp("first")
    low = ctx.collect(lambda: condition(ctx, node.test))
    target = begin_target(ctx, labels, is_loop=True)
    body = [ctx.assign(first, ctx.const(False)), *ctx.statement(node.body)]
    after = end_target(ctx, target)
    begin = ctx.assign(first, ctx.const(True))
    return [*low.stmts, begin, ctx.while_(ctx.any_of(ctx.name(first), low.expr), body), *after]


def lower_for(ctx: Context, node: Node) -> list[ast.stmt]:
    labels = take_labels(ctx)
    scope = ctx.table.scope_of(node)
    stmts: list[ast.stmt] = []
    cells: list[Binding] = []
    if scope is not None:
        ctx.own(scope)
        for binding in scope.bindings.values():
            stmts += begin_binding(ctx, binding)
        cells = [b for b in scope.bindings.values() if ctx.captures.storage(b) == "cell"]
    if node.init is not None:
        with ctx.at(node.init):
            if node.init.type == "VariableDeclaration":
                stmts += lower_variable_declaration(ctx, node.init)
            else:
                stmts += ctx.collect_statements(lambda: effects(ctx, node.init))
        stmts += _copies(ctx, [cell for cell in cells if _is_captured_before(ctx, cell, node)])

    def update() -> list[ast.stmt]:
        copies = _copies(ctx, cells)
        if node.update is None:
            return copies
        return copies + ctx.collect_statements(lambda: effects(ctx, node.update))

    if _continues_through_finally(node.body):
        return stmts + _update_first(ctx, node, labels, update)
    low = ctx.collect(lambda: condition(ctx, node.test)) if node.test is not None else None
    target = begin_target(ctx, labels, is_loop=True)
    target.before_continue = update
    body = [*ctx.statement(node.body), *update()]
    after = end_target(ctx, target)
    if low is None:
        return [*stmts, ctx.while_(ctx.const(True), body), *after]
    if not low.stmts:
        return [*stmts, ctx.while_(low.expr, body), *after]
    stop = [*low.stmts, ctx.if_(ctx.negate(low.expr), [ctx.break_()])]
    return [*stmts, ctx.while_(ctx.const(True), [*stop, *body]), *after]


def _update_first(
    ctx: Context, node: Node, labels: frozenset[str], update: Callable[[], list[ast.stmt]]
) -> list[ast.stmt]:
    first = ctx.temp("first")
    target = begin_target(ctx, labels, is_loop=True)
    begin = ctx.if_(ctx.name(first), [ctx.assign(first, ctx.const(False))], update())
    body: list[ast.stmt] = [begin]
    if node.test is not None:
        low = ctx.collect(lambda: condition(ctx, node.test))
        body += [*low.stmts, ctx.if_(ctx.negate(low.expr), [ctx.break_()])]
    body += ctx.statement(node.body)
    after = end_target(ctx, target)
    return [ctx.assign(first, ctx.const(True)), ctx.while_(ctx.const(True), body), *after]


def _copies(ctx: Context, cells: list[Binding]) -> list[ast.stmt]:
    """CreatePerIterationEnvironment (14.7.4.4): the next pass has a copy of each binding."""
    stmts: list[ast.stmt] = []
    for binding in cells:
        name = ctx.names.of(binding)
        stmts.append(ctx.assign(name, ctx.call("Cell", ctx.attribute(ctx.name(name), "value"))))
    return stmts


def _is_captured_before(ctx: Context, binding: Binding, node: Node) -> bool:
    """Whether a closure made by the loop's first part captures the binding, which then is not the first pass's."""
    for use in binding.references:
        reference = ctx.table.reference(use)
        if use.start < node.init.end and reference is not None:
            if reference.scope.function_scope is not binding.scope.function_scope:
                return True
    return False


def _continues_through_finally(node: Node, inside: bool = False) -> bool:
    kind = node.type
    if kind == "ContinueStatement":
        return inside
    if kind in FUNCTIONS or not kind.endswith(("Statement", "Clause", "Case")):
        return False
    if kind == "TryStatement" and node.finalizer is not None:
        inside = True
    return any(_continues_through_finally(child, inside) for child in children(node))


def lower_for_of(ctx: Context, node: Node) -> list[ast.stmt]:
    labels = take_labels(ctx)
    begin = _begin_head(ctx, node)
    low = ctx.value(node.right)
    with ctx.at(node.right):
        record: ast.expr = ctx.call("iterate_async" if node.is_await else "iterate", low.expr)
    it = ctx.temp("it")
    ctx.frame.blocks += 1
    loop, after = _loop_over(ctx, node, ctx.name(it), labels)
    ctx.frame.blocks -= 1
    item = ast.withitem(record, ctx.target(it))
    if node.is_await:
        ctx.frame.awaits = True
        return [*begin, *low.stmts, ctx.place(ast.AsyncWith([item], [loop])), *after]
    return [*begin, *low.stmts, ctx.place(ast.With([item], [loop])), *after]


def lower_for_in(ctx: Context, node: Node) -> list[ast.stmt]:
    labels = take_labels(ctx)
    begin = _begin_head(ctx, node)
    low = ctx.value(node.right)
    with ctx.at(node.right):
        keys = ctx.call("for_in", low.expr)
    loop, after = _loop_over(ctx, node, keys, labels)
    return [*begin, *low.stmts, loop, *after]


def _begin_head(ctx: Context, node: Node) -> list[ast.stmt]:
    """The names of the head are in their dead zone while the right side is evaluated."""
    scope = ctx.table.scope_of(node)
    if scope is None:
        return []
    ctx.own(scope)
    stmts: list[ast.stmt] = []
    for binding in scope.bindings.values():
        if any(use.start < node.right.end for use in binding.references) or binding in ctx.captures.unbind:
            stmts += begin_binding(ctx, binding)
    return stmts


def _loop_over(
    ctx: Context, node: Node, values: ast.expr, labels: frozenset[str]
) -> tuple[ast.stmt, list[ast.stmt]]:
    """``for x in values: body``, and what must stand after the loop."""
    name, assign = _head(ctx, node, ctx.table.scope_of(node))
    is_async = node.type == "ForOfStatement" and node.is_await
    target = begin_target(ctx, labels, is_loop=True)
    body = [*assign, *ctx.statement(node.body)] or [ctx.pass_()]
    with ctx.at(node.left):
        variable = ctx.target(name)
    after = end_target(ctx, target)
    made = ast.AsyncFor if is_async else ast.For
    return ctx.place(made(variable, values, body, [])), after


def _head(ctx: Context, node: Node, scope: Scope | None) -> tuple[str, list[ast.stmt]]:
    """The Python loop variable, and the statements that give its value to the JavaScript one."""
    left = node.left
    declares = left.type == "VariableDeclaration"
    pattern = left.declarations[0].id if declares else left
    if declares and pattern.type == "Identifier":
        binding = ctx.table.resolve(pattern)
        if (
            binding is not None
            and ctx.captures.storage(binding) != "cell"
            and ctx.owner[binding] is ctx.frame
        ):
            return ctx.names.of(binding), []
    name = ctx.temp("item")
    bindings = [] if scope is None else list(scope.bindings.values())
    fresh = [b for b in bindings if ctx.captures.storage(b) == "cell" or b in ctx.captures.unbind]
    stmts = [stmt for binding in fresh for stmt in begin_binding(ctx, binding)]
    with ctx.at(left):
        value = ctx.steady(ctx.name(name))
        if declares:
            stmts += ctx.collect_statements(lambda: declare_pattern(ctx, pattern, value, source=".for"))
        elif pattern.type == "Identifier":
            stmts += store_statements(ctx, pattern, value)
        else:
            stmts += ctx.collect_statements(lambda: assign_pattern(ctx, pattern, value))
    return name, stmts
