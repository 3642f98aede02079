"""Statement lists, declarations, ``return``, expression statements.

A scope begins with what JavaScript hoists: cells for bindings that closures share in a loop, the unbinding of names that a
second pass must not see, and declared functions.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from odw.transpile.analyze.scope import Binding, Scope
from odw.transpile.estree import Node
from odw.transpile.lower.assignment import assignment_effect, initialise, update_effect
from odw.transpile.lower.functions import define_code, hoist_function, named, takes_name
from odw.transpile.lower.operators import condition
from odw.transpile.lower.patterns import declare_pattern

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def enter_scope(ctx: Context, scope: Scope, statements: list[Node]) -> list[ast.stmt]:
    """What stands at the beginning of a scope."""
    ctx.own(scope)
    stmts: list[ast.stmt] = []
    for binding in scope.bindings.values():
        stmts += begin_binding(ctx, binding)
    for statement in statements:
        node = statement
        if node.type in ("ExportNamedDeclaration", "ExportDefaultDeclaration"):
            node = node.declaration
        if node is not None and node.type == "FunctionDeclaration" and node.id is not None:
            stmts += hoist_function(ctx, node)
    return stmts


def begin_binding(ctx: Context, binding: Binding) -> list[ast.stmt]:
    """A fresh cell, or an unbound name, for a new pass of a loop's body."""
    name = ctx.names.of(binding)
    if ctx.captures.storage(binding) == "cell":
        return [ctx.assign(name, ctx.call("Cell"))]
    if binding in ctx.captures.unbind:
        return [ctx.assign(name, ctx.const(None)), ctx.delete(name)]
    return []


def lower_function_body(
    ctx: Context,
    scopes: list[Scope],
    statements: list[Node],
    result: Callable[[Context], list[ast.stmt]] | None = None,
) -> list[ast.stmt]:
    """The statements of a function, with its ``var`` names and functions hoisted, ending in a ``return``.

    ``result`` makes what stands at a reachable end.
    """
    stmts = [stmt for scope in scopes for stmt in _hoisted_vars(ctx, scope, statements)]
    stmts += enter_scope(ctx, scopes[-1], statements)
    stmts += lower_statements(ctx, statements)
    if not ends_abruptly(stmts):
        stmts += (result or _implicit_return)(ctx)
    return stmts


def _implicit_return(ctx: Context) -> list[ast.stmt]:
    return [ctx.return_(ctx.name("this") if ctx.frame.is_derived_constructor else ctx.undefined())]


def _hoisted_vars(ctx: Context, scope: Scope, statements: list[Node]) -> list[ast.stmt]:
    stmts: list[ast.stmt] = []
    plain = {
        d for s in statements if s.type == "VariableDeclaration" for d in s.declarations if d.init is not None
    }
    for binding in scope.bindings.values():
        if binding.kind == "var" and not _is_set_before_use(binding, plain, scope):
            with ctx.at(binding.node):
                stmts.append(ctx.assign(ctx.names.of(binding), _initial_value(ctx, binding, scope)))
    return stmts


def _initial_value(ctx: Context, binding: Binding, scope: Scope) -> ast.expr:
    """``undefined``, or the parameter of the same name where parameters have a scope of their own (10.2.11 step 28)."""
    if scope.kind == "function-body" and scope.parent is not None:
        parameter = scope.parent.bindings.get(binding.name)
        if parameter is not None:
            return ctx.name("arguments" if parameter.kind == "arguments" else ctx.names.of(parameter))
    return ctx.undefined()


def _is_set_before_use(binding: Binding, plain: set[Node], scope: Scope) -> bool:
    """``var x = 1`` among a function's own statements, before any use, needs no ``x = undefined`` at the top."""
    return (
        scope.kind != "function-body"
        and binding.declaration in plain
        and not binding.captured
        and all(use.start >= binding.declaration.end for use in binding.references)
    )


def lower_statements(ctx: Context, statements: list[Node]) -> list[ast.stmt]:
    return [stmt for node in statements for stmt in ctx.statement(node)]


def lower_block(ctx: Context, node: Node) -> list[ast.stmt]:
    scope = ctx.table.scope_of(node)
    assert scope is not None
    return [*enter_scope(ctx, scope, node.body), *lower_statements(ctx, node.body)]


def body_of(ctx: Context, node: Node) -> list[ast.stmt]:
    """A statement as the body of another: never empty."""
    return ctx.statement(node) or [ctx.pass_()]


def ends_abruptly(stmts: list[ast.stmt]) -> bool:
    """Whether control cannot reach the end of a statement list, as far as its last statement shows."""
    if not stmts:
        return False
    last = stmts[-1]
    if isinstance(last, ast.If):
        return bool(last.orelse) and ends_abruptly(last.body) and ends_abruptly(last.orelse)
    return isinstance(last, ast.Return | ast.Raise | ast.Break | ast.Continue)


def lower_variable_declaration(ctx: Context, node: Node) -> list[ast.stmt]:
    stmts: list[ast.stmt] = []
    for declarator in node.declarations:
        with ctx.at(declarator):
            stmts += ctx.collect_statements(lambda: lower_declarator(ctx, declarator, node.kind))  # noqa: B023
    return stmts


def lower_declarator(ctx: Context, node: Node, kind: str) -> list[ast.stmt]:
    if node.id.type != "Identifier":
        return declare_pattern(ctx, node.id, ctx.expr(node.init), node.init)
    if node.init is None:
        return [] if kind == "var" else initialise(ctx, node.id, ctx.undefined())
    binding = ctx.table.resolve(node.id)
    assert binding is not None
    if takes_name(node.init) and (known := ctx.direct(binding)) is not None:
        return define_code(ctx, node.init, binding, known)
    # The def may have the variable's own name only if nothing can look at the variable in between.
    direct = takes_name(node.init) and ctx.captures.storage(binding) == "local" and kind != "var"
    own = ctx.owner.get(binding) is ctx.frame
    value = named(ctx, node.init, ctx.const(node.id.name), ctx.names.of(binding) if direct and own else "")
    return initialise(ctx, node.id, value)


def lower_expression_statement(ctx: Context, node: Node) -> list[ast.stmt]:
    if getattr(node, "directive", None) is not None:
        return []
    return ctx.collect_statements(lambda: effects(ctx, node.expression))


def effects(ctx: Context, node: Node) -> list[ast.stmt]:
    """An expression for what it does: its value is not used."""
    with ctx.at(node):
        kind = node.type
        if kind == "AssignmentExpression":
            return assignment_effect(ctx, node)
        if kind == "UpdateExpression":
            return update_effect(ctx, node)
        if kind == "SequenceExpression":
            return [stmt for part in node.expressions for stmt in effects(ctx, part)]
        if kind == "ConditionalExpression":
            test = condition(ctx, node.test)
            yes = effects(ctx, node.consequent)
            return [ctx.if_(test, yes, effects(ctx, node.alternate))]
        if kind == "LogicalExpression":
            if node.operator == "??":
                test = ctx.call("nullish", ctx.expr(node.left))
            else:
                test = condition(ctx, node.left)
                if node.operator == "||":
                    test = ctx.negate(test)
            return [ctx.if_(test, effects(ctx, node.right))]
        if kind == "UnaryExpression" and node.operator == "void":
            return effects(ctx, node.argument)
    value = ctx.expr(node)
    with ctx.at(node):
        return [ctx.effect(value)]


def lower_return(ctx: Context, node: Node) -> list[ast.stmt]:
    if node.argument is None:
        return [_return(ctx, ctx.undefined(), implicit=True)]
    low = ctx.value(node.argument)
    return [*low.stmts, _return(ctx, low.expr, implicit=False)]


def _return(ctx: Context, value: ast.expr, implicit: bool) -> ast.stmt:
    frame = ctx.frame
    function = frame
    while function.kind == "statement" and function.parent is not None:
        function = function.parent
    if function.is_derived_constructor:
        this = ctx.place(ast.Lambda(ctx.arguments([]), ctx.name("this")))
        ends_at_once = implicit and frame is function and not frame.blocks
        value = ctx.name("this") if ends_at_once else ctx.call("derived_result", value, this)
    elif function.is_async and function.is_generator and not implicit:
        frame.awaits = True
        value = ctx.place(ast.Await(ctx.call("aw", value)))
    if frame.kind == "statement":
        frame.returns = True
        value = ctx.tuple_of([value])
    return ctx.return_(value)


def return_outlined(ctx: Context, result: ast.expr) -> list[ast.stmt]:
    """Return what an outlined statement returned: it is in a one-tuple, converted already."""
    if ctx.frame.kind == "statement":
        ctx.frame.returns = True
        return [ctx.return_(result)]
    return [ctx.return_(ctx.place(ast.Subscript(result, ctx.const(0), ast.Load())))]


def lower_throw(ctx: Context, node: Node) -> list[ast.stmt]:
    low = ctx.value(node.argument)
    return [*low.stmts, ctx.raise_(ctx.call("JsThrow", low.expr))]


def lower_nothing(ctx: Context, node: Node) -> list[ast.stmt]:
    return []
