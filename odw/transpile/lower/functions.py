"""Functions of every kind but class constructors.

``x => x + 1`` → ``arrow(lambda _this, x=undefined, *_: add(x, 1), '', 1)``. A body of statements becomes a ``def`` before the
statement that mentions the function. See docs/emitted-code.md for the calling convention.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.known_functions import Direct
from odw.transpile.analyze.scope import FUNCTIONS, Binding, Scope
from odw.transpile.estree import Node
from odw.transpile.lower.frame import Frame
from odw.transpile.lower.result import Lowered

if TYPE_CHECKING:
    from collections.abc import Callable

    from odw.transpile.lower.context import Context

_ANONYMOUS: Final = frozenset({"FunctionExpression", "ArrowFunctionExpression", "ClassExpression"})


def takes_name(node: Node) -> bool:
    """IsAnonymousFunctionDefinition (8.4.4)."""
    return node.type in _ANONYMOUS and node.id is None


def named(ctx: Context, node: Node, name: ast.expr, binding_name: str = "") -> ast.expr:
    """An expression that, if it is an anonymous function or class, is called ``name`` (8.4.5)."""
    if takes_name(node):
        with ctx.at(node):
            if node.type == "ClassExpression":
                from odw.transpile.lower.classes import lower_class

                return lower_class(ctx, node, name)
            return lower_function(ctx, node, name, binding_name)
    return ctx.expr(node)


def target_name(node: Node) -> str:
    """The name that an assignment or default gives to an anonymous function; a target in parentheses gives none (8.4.5)."""
    target = node.left
    return target.name if target.type == "Identifier" and target.start == node.start else ""


def lower_function_expression(ctx: Context, node: Node) -> ast.expr:
    name = ctx.const(node.id.name if node.id is not None else "")
    own = ctx.table.resolve(node.id) if node.id is not None and node.type == "FunctionExpression" else None
    if own is None or not own.references:
        return lower_function(ctx, node, name)
    with ctx.in_maker() as maker:  # the function's own name is a binding around it
        ctx.own(own.scope)
        made = lower_function(ctx, node, name)
        body = [
            *maker.definitions,
            ctx.assign(ctx.names.of(own), made),
            ctx.return_(ctx.name(ctx.names.of(own))),
        ]
    maker_name = ctx.temp(f"make_{ctx.names.of(own)}")
    ctx.finish_maker(maker, maker_name, body)
    return ctx.call_maker(maker, maker_name)


def lower_function(ctx: Context, node: Node, name: ast.expr, binding_name: str = "") -> ast.expr:
    """The function object. ``binding_name``: the Python variable that receives it at once, and so may name the ``def``."""
    kind = "arrow" if node.type == "ArrowFunctionExpression" else "function"
    if node.generator:
        kind = f"generator_{kind}"
    if node.is_async:
        kind = f"async_{kind}"
    code = function_code(ctx, node, _hint(name), binding_name)
    return ctx.call(kind, code, name, ctx.const(expected_arguments(node)))


def lower_method(
    ctx: Context, node: Node, name: ast.expr, home: Callable[[], ast.expr] | None, prefix: str = ""
) -> ast.expr:
    """A method, getter or setter (``prefix`` "get" or "set"); ``home`` makes its home object if it needs one."""
    outer, ctx.home = ctx.home, home
    code = function_code(ctx, node, _hint(name))
    ctx.home = outer
    kind = "method"
    if node.generator:
        kind = f"generator_{kind}"
    if node.is_async:
        kind = f"async_{kind}"
    own_name = (
        ctx.const(prefix + " " + str(name.value)) if prefix and isinstance(name, ast.Constant) else name
    )
    home_object = home() if home is not None else ctx.const(None)
    made = ctx.call(kind, code, own_name, ctx.const(expected_arguments(node)), home_object)
    if prefix and not isinstance(name, ast.Constant):
        return ctx.call("set_function_name", made, ctx.again(name), ctx.const(prefix))
    return made


def _hint(name: ast.expr) -> str:
    """A readable name for the Python function: the script's, if it has one."""
    from odw.transpile.lower.names import mangle

    text = name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
    return mangle(text) if text.isidentifier() or text.replace("$", "_").isidentifier() else "anonymous"


def expected_arguments(node: Node) -> int:
    """ExpectedArgumentCount (15.1.5)."""
    count = 0
    for param in node.params:
        if param.type in ("AssignmentPattern", "RestElement"):
            break
        count += 1
    return count


def define_code(ctx: Context, node: Node, binding: Binding, direct: Direct) -> list[ast.stmt]:
    """``def f(x): …`` for a function that is only called: no function object is made."""
    return ctx.collect(lambda: function_code(ctx, node, "", ctx.writes(binding), direct=direct)).stmts


def function_code(
    ctx: Context,
    node: Node,
    hint: str,
    binding_name: str = "",
    constructor: str = "",
    flag: str = "",
    direct: Direct | None = None,
) -> ast.expr:
    """The Python function for a JavaScript function's code: a lambda, or the name of a ``def`` put before the statement.

    ``constructor``: "base" or "derived" for a class constructor; ``flag``: see calls.py; ``direct``: it gets its own name.
    """
    scope = ctx.table.scope_of(node)
    assert scope is not None
    with ctx.in_frame("function", scope, is_async=node.is_async, is_generator=node.generator) as frame:
        frame.is_derived_constructor = constructor == "derived"
        ctx.own(scope)
        params = _parameters(ctx, node, scope, takes_new_target=bool(constructor))
        params.short = direct is not None and direct.parameters is not None
        if node.body.type != "BlockStatement":
            low = _expression_body(ctx, node.body)
            if not (direct or params.prologue or low.stmts or frame.nonlocals or node.is_async):
                return ctx.place(ast.Lambda(params.arguments(ctx), low.expr))
            body = [*params.prologue, *low.stmts, ctx.return_(low.expr)]
        elif node.generator and not params.plain:
            body = _two_levels(ctx, node, params, frame)
        else:
            body = [*params.prologue, *_body(ctx, node, scope)]
        if frame.is_derived_constructor and (flag or not frame.binds_this):
            # `this` has no value before super(), but it is this function's own: an arrow inside may set it, and none
            # of a function around is meant.
            body[:0] = [ctx.assign("this", ctx.const(None)), ctx.delete("this")]
        if flag:
            body.insert(0, ctx.assign(flag, ctx.const(False)))
    name = binding_name or ctx.temp(hint)
    is_async = node.is_async and (params.plain or not node.generator)
    ctx.define(ctx.function_def(name, params.arguments(ctx), body, frame, is_async))
    return ctx.name(name)


def _expression_body(ctx: Context, node: Node) -> Lowered:
    """``x => (s += x)`` appends as the statement does."""
    from odw.transpile.lower.assignment import append_statements, lower_identifier_at

    if node.type == "AssignmentExpression" and node.left.type == "Identifier":
        with ctx.at(node):
            stmts = ctx.collect_statements(lambda: append_statements(ctx, node))
        if stmts:
            return Lowered(stmts, lower_identifier_at(ctx, node.left))
    return ctx.value(node)


def _body(ctx: Context, node: Node, scope: Scope) -> list[ast.stmt]:
    from odw.transpile.lower.blocks import lower_function_body

    inner = ctx.table.body_scope_of(node)
    if inner is not None:
        ctx.own(inner)
    stmts = lower_function_body(ctx, [scope] if inner is None else [scope, inner], node.body.body)
    if ctx.frame.is_generator and not ctx.frame.is_async and not ctx.frame.yields:
        # A Python function is a generator by its yield; a body without one gets it where it is never reached.
        stmts.append(ctx.effect(ctx.place(ast.Yield(None))))
    return stmts


def _two_levels(ctx: Context, node: Node, params: _Parameters, frame: Frame) -> list[ast.stmt]:
    """Parameters are evaluated at the call, the body at the first ``next()`` (10.2.1.4, 27.5.3.1)."""
    with ctx.in_frame("function", frame.scope, is_async=node.is_async, is_generator=True) as inner:
        body = _body(ctx, node, frame.scope)
    name = ctx.names.unique("body")
    made = ctx.function_def(name, ctx.arguments([]), body, inner, node.is_async)
    return [*params.prologue, made, ctx.return_(ctx.call(name))]


@dataclass(slots=True)
class _Parameters:
    """The Python parameters of a function, and what its body does first to give the JavaScript ones their values."""

    receiver: ast.arg
    args: list[ast.arg] = field(default_factory=list)
    rest: ast.arg | None = None
    imports: list[tuple[ast.arg, ast.expr]] = field(default_factory=list)
    prologue: list[ast.stmt] = field(default_factory=list)
    plain: bool = True  # evaluating them can do nothing that a script sees
    short: bool = False  # all callers pass exactly these

    def arguments(self, ctx: Context) -> ast.arguments:
        if self.short:
            return ctx.arguments(self.args, kwonly=self.imports)
        defaults = [ctx.undefined() for _ in self.args]
        rest = self.rest or ctx.place(ast.arg("_"))
        return ctx.arguments([self.receiver, *self.args], defaults, rest, self.imports)


def _parameters(ctx: Context, node: Node, scope: Scope, takes_new_target: bool) -> _Parameters:
    frame = ctx.frame
    receiver = "_this" if scope.is_arrow or frame.is_derived_constructor else "this"
    params = _Parameters(ctx.place(ast.arg(receiver)))
    for binding in ctx.captures.imports.get(scope, ()):
        name = ctx.names.of(binding)
        params.imports.append((ctx.place(ast.arg(name)), ctx.name(name)))
    if takes_new_target or (scope.uses_new_target and not scope.is_arrow):
        params.imports.append((ctx.place(ast.arg("new_target")), ctx.undefined()))
    outer, frame.definitions = frame.definitions, params.prologue
    for param in node.params:
        with ctx.at(param):
            _parameter(ctx, param, params)
    frame.definitions = outer
    arguments = scope.bindings.get("arguments")
    if arguments is not None and arguments.kind == "arguments":
        _arguments_object(ctx, params)
    return params


def _parameter(ctx: Context, param: Node, params: _Parameters) -> None:
    from odw.transpile.lower.patterns import WITH_DEFAULT, declare_pattern

    if param.type == "RestElement":
        name = _parameter_name(ctx, param.argument, param)
        params.rest = ctx.place(ast.arg(name))
        rest = ctx.call("JSArray", ctx.name(name))
        params.prologue += declare_pattern(ctx, param.argument, rest)
        params.plain = params.plain and param.argument.type == "Identifier"
        return
    target = param.left if param.type == "AssignmentPattern" else param
    name = _parameter_name(ctx, target, param)
    params.args.append(ctx.place(ast.arg(name)))
    same = target.type == "Identifier" and name == ctx.names.of(_binding(ctx, target))
    if param.type == "AssignmentPattern":
        params.plain = False
        default = _default(ctx, param)
        if same:
            params.prologue.append(ctx.if_(ctx.is_(ctx.name(name), "undefined"), [ctx.assign(name, default)]))
            return
        value = ctx.conditional(ctx.is_(ctx.name(name), "undefined"), default, ctx.name(name))
        params.prologue += declare_pattern(ctx, target, value, source=WITH_DEFAULT)
    elif not same:
        params.plain = False
        params.prologue += declare_pattern(ctx, target, ctx.steady(ctx.name(name)))


def _default(ctx: Context, param: Node) -> ast.expr:
    return named(ctx, param.right, ctx.const(target_name(param)))


def _binding(ctx: Context, identifier: Node) -> Binding:
    binding = ctx.table.resolve(identifier)
    assert binding is not None
    return binding


def _parameter_name(ctx: Context, target: Node, param: Node) -> str:
    """The binding's own name, but a fresh one for a pattern or where a default may read it in its dead zone."""
    if target.type != "Identifier":
        return ctx.temp("param")
    binding = _binding(ctx, target)
    if any(use.start < param.end for use in binding.references):
        return ctx.temp("param")
    return ctx.names.of(binding)


def _arguments_object(ctx: Context, params: _Parameters) -> None:
    """``(this, *arguments_list)``, from which ``arguments`` and the parameters are filled."""
    fill: list[ast.stmt] = [ctx.assign("arguments", ctx.call("make_arguments", ctx.name("arguments_list")))]
    all_args = params.args if params.rest is None else [*params.args, params.rest]
    if all_args:
        rest = params.rest or ctx.place(ast.arg("_"))
        values = ctx.tuple_of([ctx.name(arg.arg) for arg in all_args])
        defaults = [ctx.undefined() for _ in params.args]
        split = ctx.place(ast.Lambda(ctx.arguments(params.args, defaults, rest), values))
        targets = ctx.place(ast.List([ctx.target(arg.arg) for arg in all_args], ast.Store()))
        given = ctx.place(ast.Call(split, [ctx.starred(ctx.name("arguments_list"))], []))
        fill.append(ctx.assign_to(targets, given))
    params.args, params.rest = [], ctx.place(ast.arg("arguments_list"))
    params.prologue[:0] = fill


def lower_function_declaration(ctx: Context, node: Node) -> list[ast.stmt]:
    """A declared function gets its value where its block begins (blocks.py); here it does nothing."""
    return []


def hoist_function(ctx: Context, node: Node) -> list[ast.stmt]:
    """``def f(this, …): …`` and ``f = function(f, 'f', 0)``."""
    from odw.transpile.lower.assignment import initialise

    assert node.type in FUNCTIONS
    binding = _binding(ctx, node.id)
    with ctx.at(node):
        if (known := ctx.direct(binding)) is not None:
            return define_code(ctx, node, binding, known)
        direct = ctx.names.of(binding) if ctx.captures.storage(binding) == "local" else ""
        low = ctx.collect(lambda: lower_function(ctx, node, ctx.const(node.id.name), direct))
        return [*low.stmts, *initialise(ctx, node.id, low.expr)]


def lower_this(ctx: Context, node: Node) -> ast.expr:
    return ctx.this()
