"""Calls and construction.

``f(x)`` → ``f.call(undefined, x)``; ``xs.push(v)`` → ``call_push(xs, v)`` for the methods that have a helper; any other ``o.m(x)`` →
``get(t := o, 'm').call(t, x)``; ``new C(x)`` → ``new(C, x)``.

What is called is found first, then the arguments are evaluated, then what is no function throws (ECMA-262 13.3.6.2). Where an
argument may run code, the forms are ``callee(f)(undefined, g(x))`` and ``method_of(o, 'm')(o, g(x))``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from odw.ecma.method_names import ARGUMENTS, helper_name
from odw.transpile.analyze.known_functions import Direct
from odw.transpile.analyze.pristine_math import math_function
from odw.transpile.analyze.scope import FUNCTIONS, Binding
from odw.transpile.estree import Node
from odw.transpile.lower import arithmetic
from odw.transpile.lower.effects import is_global_function, is_pure
from odw.transpile.lower.literals import lower_spread

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def lower_call(ctx: Context, node: Node) -> ast.expr:
    callee = node.callee
    if callee.type == "Super":
        return _lower_super_call(ctx, node)
    if math_function(ctx.table, node) == "imul":
        proved = arithmetic.math_call(ctx, node, lower_arguments(ctx, node.arguments))
        if proved is not None:
            return proved
    if callee.type == "MemberExpression" and callee.object.type != "Super":
        return call_method(ctx, node, ctx.expr(callee.object))
    function, this = callee_and_this(ctx, callee)
    return finish_call(ctx, callee, function, this, lower_arguments(ctx, node.arguments), node.arguments)


def _call_code(
    ctx: Context, direct: Direct, code: ast.expr, this: ast.expr, args: list[ast.expr]
) -> ast.expr:
    """``f(x)`` of a function whose variable holds its code."""
    if direct.parameters is None:
        return ctx.place(ast.Call(code, [this, *args], []))
    absent = [ctx.undefined() for _ in range(direct.parameters - len(args))]
    return ctx.place(ast.Call(code, [*args, *absent], []))


def call_method(ctx: Context, node: Node, o: ast.expr) -> ast.expr:
    """The call of a method of an object already lowered."""
    from odw.transpile.lower.members import fixed_key, read_member

    callee = node.callee
    method = "" if callee.property.type == "PrivateIdentifier" else fixed_key(callee) or ""
    are_pure = all(is_pure(ctx, argument) for argument in node.arguments)
    if are_pure and _has_helper(ctx, method, len(node.arguments)):
        args = lower_arguments(ctx, node.arguments)
        with ctx.at(callee):
            return ctx.call(helper_name(method), o, *args)
    with ctx.at(callee):
        first, again = ctx.hold(o)
    if method and not are_pure:
        with ctx.at(callee.object):
            code = ctx.call("method_of", first, ctx.const(method))
        args = lower_arguments(ctx, node.arguments)
        with ctx.at(callee):
            return ctx.place(ast.Call(code, [again, *args], []))
    with ctx.at(callee):
        found = read_member(ctx, callee, first)
    return finish_call(ctx, callee, found, again, lower_arguments(ctx, node.arguments), node.arguments)


def _has_helper(ctx: Context, method: str, arguments: int) -> bool:
    """Whether the library has a helper for such a call. It would not pay where the script has methods of its own of that name."""
    return arguments <= ARGUMENTS.get(method, -1) and method not in ctx.table.methods


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
    if callee.type == "Identifier" and (direct := ctx.direct(ctx.table.resolve(callee))) is not None:
        return _call_code(ctx, direct, function, this, args)
    if not (all(is_pure(ctx, node) for node in nodes) or _is_function(ctx, callee)):
        with ctx.at(callee):
            return ctx.place(ast.Call(ctx.call("callee", function), [this, *args], []))
    with ctx.at(callee):
        method = ctx.attribute(function, "call")
    return ctx.place(ast.Call(method, [this, *args], []))


def _is_function(ctx: Context, callee: Node) -> bool:
    """Whether a name means a function whenever it means anything."""
    if callee.type != "Identifier":
        return False
    binding = ctx.table.resolve(callee)
    if binding is None:
        return is_global_function(ctx, callee)
    return not (binding.writes or binding.repeated) and _holds_function(binding)


def _holds_function(binding: Binding) -> bool:
    return binding.kind in ("function", "function-name") or (
        binding.kind == "const" and binding.init is not None and binding.init.type in FUNCTIONS
    )


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
