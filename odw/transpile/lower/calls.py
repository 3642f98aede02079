"""Calls and construction.

``f(x)`` → ``f.call(undefined, x)``; ``o.m(x)`` → ``get(t := o, 'm').call(t, x)``; ``new C(x)`` → ``new(C, x)``. When an
argument could do something, the form is ``call(f, this, …)``, since Python looks at ``f.call`` before the arguments and
ECMA-262 (13.3.6.2) after them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.pristine_math import math_function
from odw.transpile.estree import Node, children
from odw.transpile.lower import arithmetic
from odw.transpile.lower.literals import lower_spread

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def lower_call(ctx: Context, node: Node) -> ast.expr:
    if node.callee.type == "Super":
        return _lower_super_call(ctx, node)
    if math_function(ctx.table, node) == "imul":
        proved = arithmetic.math_call(ctx, node, lower_arguments(ctx, node.arguments))
        if proved is not None:
            return proved
    function, this = callee_and_this(ctx, node.callee)
    return finish_call(ctx, node.callee, function, this, lower_arguments(ctx, node.arguments), node.arguments)


def callee_and_this(ctx: Context, callee: Node) -> tuple[ast.expr, ast.expr]:
    """What is called, and the receiver, evaluated in this order."""
    from odw.transpile.lower.members import chain_callee, guarded, lower_member, read_member

    if callee.type == "MemberExpression":
        with ctx.at(callee):
            if callee.object.type == "Super":
                return lower_member(ctx, callee), ctx.this()
            first, again = ctx.hold(ctx.expr(callee.object))
            return read_member(ctx, callee, first), again
    if callee.type == "ChainExpression":  # (a?.b)(): a stays the receiver
        guards: list[ast.expr] = []
        with ctx.at(callee):
            function, this = chain_callee(ctx, callee.expression, guards)
            return guarded(ctx, guards, function), this
    return ctx.expr(callee), ctx.undefined()


def lower_arguments(ctx: Context, nodes: list[Node]) -> list[ast.expr]:
    return [lower_spread(ctx, node) if node.type == "SpreadElement" else ctx.expr(node) for node in nodes]


def finish_call(
    ctx: Context, callee: Node, function: ast.expr, this: ast.expr, args: list[ast.expr], nodes: list[Node]
) -> ast.expr:
    """The call itself; the span of the callee is on what fails if it is no function."""
    if any(has_effects(node) for node in nodes) and callee.type != "ChainExpression":
        with ctx.at(callee):
            return ctx.call("call", function, this, *args)
    with ctx.at(callee):
        method = ctx.attribute(function, "call")
    return ctx.place(ast.Call(method, [this, *args], []))


_EFFECTS: Final = frozenset(
    {
        "AssignmentExpression", "AwaitExpression", "CallExpression", "ImportExpression", "NewExpression",
        "TaggedTemplateExpression", "UpdateExpression", "YieldExpression",
    }
)  # fmt: skip
_OPAQUE: Final = frozenset({"ArrowFunctionExpression", "FunctionExpression", "Identifier", "Literal"})


def has_effects(node: Node) -> bool:
    """Whether evaluating an argument may run other code or assign something."""
    kind = node.type
    if kind in _EFFECTS:
        return True
    return kind not in _OPAQUE and any(has_effects(child) for child in children(node))


def lower_new(ctx: Context, node: Node) -> ast.expr:
    constructor = ctx.expr(node.callee)
    args = lower_arguments(ctx, node.arguments)
    with ctx.at(node.callee):
        return ctx.call("new", constructor, *args)


def _lower_super_call(ctx: Context, node: Node) -> ast.expr:
    """``super(x)`` → ``(this := super_call(C, [x], new_target))``; a second one in the same call throws.

    Fields are initialised once ``this`` is bound: ``initialize_elements((this := …), C)``.
    """
    if ctx.is_own_this():
        ctx.frame.binds_this = True
    else:
        ctx.frame.nonlocals.add("this")
    args = ctx.list_of(lower_arguments(ctx, node.arguments))
    constructor = ctx.constructors[-1]
    made = ctx.call("super_call", ctx.name(constructor.class_variable), args, new_target(ctx))

    def bind(value: ast.expr) -> ast.expr:
        bound = ctx.walrus("this", value)
        if not constructor.has_elements:
            return bound
        return ctx.call("initialize_elements", bound, ctx.name(constructor.class_variable))

    name = constructor.called_flag
    if not name:
        return bind(made)
    if not ctx.is_own_this():
        ctx.frame.nonlocals.add(name)
    first, again = ctx.hold(made)
    twice = ctx.call("throw_reference", ctx.const("Super constructor may only be called once"))
    once = ctx.sequence([ctx.walrus(name, ctx.const(True)), bind(again)])
    return ctx.sequence([first, ctx.conditional(ctx.name(name), twice, once)])


def new_target(ctx: Context) -> ast.expr:
    """Field initialisers and static blocks are methods: theirs is undefined."""
    return ctx.undefined() if ctx.this_scope().kind in ("field", "static-block") else ctx.name("new_target")


def lower_meta_property(ctx: Context, node: Node) -> ast.expr:
    if node.meta.name == "import":
        ctx.refuse(
            node, "import.meta is not supported: a workflow script is not loaded from a place", "Remove it."
        )
    return new_target(ctx)


def lower_import(ctx: Context, node: Node) -> ast.expr:
    ctx.refuse(
        node, "import() is not supported: a workflow script stands alone", "Write the code into the script."
    )
