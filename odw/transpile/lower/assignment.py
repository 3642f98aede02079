"""Names and assignments.

``x = 1`` → ``x = 1``, or ``(x := 1)`` inside an expression; ``o.n += 2`` → ``put(o, 'n', add(get(o, 'n'), 2))``; ``a ||= b`` →
``a if truthy(a) else (a := b)``. Patterns are in patterns.py.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.scope import Binding
from odw.transpile.analyze.value_domain import Text
from odw.transpile.estree import Node
from odw.transpile.lower import accumulators, arithmetic
from odw.transpile.lower.effects import has_effects
from odw.transpile.lower.members import reference
from odw.transpile.lower.operators import operator_function

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

_CONSTANTS: Final = {"undefined": "undefined", "NaN": "nan", "Infinity": "infinity"}


def lower_identifier(ctx: Context, node: Node) -> ast.expr:
    """Reading a name."""
    binding = ctx.table.resolve(node)
    if binding is None:
        if node.name in _CONSTANTS:
            return ctx.steady(ctx.name(_CONSTANTS[node.name]))
        return ctx.call("load_global", ctx.const(node.name))
    name = ctx.name(ctx.names.of(binding))
    if ctx.captures.storage(binding) == "cell":
        return ctx.attribute(name, "value")
    if not binding.writes or not binding.captured or binding.read_only:
        return ctx.steady(name)
    return name


# Writing a name


def initialise(ctx: Context, node: Node, value: ast.expr) -> list[ast.stmt]:
    """The declaration gives the name its value."""
    binding = ctx.table.resolve(node)
    assert binding is not None
    with ctx.at(node):
        return [ctx.assign_to(_target(ctx, binding), value)]


def _target(ctx: Context, binding: Binding) -> ast.expr:
    """What an assignment statement assigns for a binding: its cell's value, or the Python variable."""
    if ctx.captures.storage(binding) == "cell":
        return ctx.attribute_target(ctx.name(ctx.names.of(binding)), "value")
    return ctx.target(ctx.writes(binding))


def store(ctx: Context, node: Node, value: ast.expr) -> ast.expr:
    """``name = value`` as an expression."""
    binding = ctx.table.resolve(node)
    if binding is None:
        return ctx.call("store_global", ctx.const(node.name), value)
    if binding.read_only:
        return ctx.sequence(
            [value, *_dead_zone_test(ctx, node, binding), ctx.call("throw_const", ctx.const(node.name))]
        )
    if node in ctx.captures.guarded:
        first, again = ctx.hold(value)
        with ctx.at(node):
            read = lower_identifier(ctx, node)
        return ctx.sequence([first, read, _store(ctx, binding, again)])
    return _store(ctx, binding, value)


def _store(ctx: Context, binding: Binding, value: ast.expr) -> ast.expr:
    if ctx.captures.storage(binding) == "cell":
        return ctx.invoke(ctx.name(ctx.names.of(binding)), "set", value)
    return ctx.walrus(ctx.writes(binding), value)


def _dead_zone_test(ctx: Context, node: Node, binding: Binding) -> list[ast.expr]:
    with ctx.at(node):
        return [lower_identifier(ctx, node)] if binding.kind == "const" else []


def store_statements(ctx: Context, node: Node, value: ast.expr) -> list[ast.stmt]:
    """``name = value;``."""
    binding = ctx.table.resolve(node)
    if binding is None or binding.read_only or node in ctx.captures.guarded:
        return [ctx.effect(store(ctx, node, value))]
    with ctx.at(node):
        return [ctx.assign_to(_target(ctx, binding), value)]


# Assignment expressions


def lower_assignment(ctx: Context, node: Node) -> ast.expr:
    from odw.transpile.lower.functions import named
    from odw.transpile.lower.patterns import assign_pattern

    target, operator = node.left, node.operator
    if operator in ("||=", "&&=", "??="):
        return _lower_logical_assignment(ctx, node)
    if _may_create_global(ctx, node):
        return _assign_global(ctx, node)
    if target.type == "Identifier":
        return store(ctx, target, _assigned(ctx, node, lambda: lower_identifier_at(ctx, target)))
    if target.type == "MemberExpression":
        added = _add_to_member(ctx, node)
        if added is not None:
            return added
        member = reference(ctx, target, twice=operator != "=")
        return member.write(ctx, _assigned(ctx, node, lambda: member.read(ctx, again=True)))
    value = named(ctx, node.right, ctx.const(""))
    with ctx.in_maker() as maker:
        parameter = ctx.temp("value")
        body = ctx.collect_statements(lambda: assign_pattern(ctx, target, ctx.name(parameter), node.right))
        body.append(ctx.return_(ctx.name(parameter)))
    name = ctx.temp("assign")
    ctx.finish_maker(maker, name, body, parameter)
    return ctx.call_maker(maker, name, value)


def _add_to_member(ctx: Context, node: Node) -> ast.expr | None:
    """``o.k += x``, and ``o.k = o.k + x`` for a variable or ``this``."""
    target = node.left
    if target.object.type == "Super":
        return None
    part = accumulators.appended(ctx, node, lambda left: _is_same_member(ctx, left, target), is_text=False)
    if part is None:
        return None
    member = reference(ctx, target, twice=True)
    old = member.read(ctx, again=True)
    return member.add(ctx, part.converted(ctx, old) or old, part.lower(ctx)[0])


def _is_same_member(ctx: Context, one: Node, other: Node) -> bool:
    if one.type != "MemberExpression" or one.computed or other.computed:
        return False
    if one.property.type != other.property.type or one.property.name != other.property.name:
        return False
    if one.object.type == "Identifier" == other.object.type:
        binding = ctx.table.resolve(one.object)
        return binding is not None and binding is ctx.table.resolve(other.object)
    return one.object.type == "ThisExpression" == other.object.type  # type: ignore[no-any-return]


def _may_create_global(ctx: Context, node: Node) -> bool:
    """Whether evaluating the right side might define the global name on the left."""
    target = node.left
    if node.operator != "=" or target.type != "Identifier" or ctx.table.resolve(target) is not None:
        return False
    return has_effects(node.right)


def _assign_global(ctx: Context, node: Node) -> ast.expr:
    """``x = f()`` → ``global_reference('x')(f())``: whether ``x`` exists is found first."""
    reference = ctx.call("global_reference", ctx.const(node.left.name))
    value = _assigned(ctx, node, lambda: lower_identifier_at(ctx, node.left))
    return ctx.place(ast.Call(reference, [value], []))


def lower_identifier_at(ctx: Context, node: Node) -> ast.expr:
    with ctx.at(node):
        return lower_identifier(ctx, node)


def _assigned(ctx: Context, node: Node, read: Callable[[], ast.expr]) -> ast.expr:
    """The value that ``=`` or ``+=`` gives to the target."""
    from odw.transpile.lower.functions import named, target_name

    if node.operator == "=":
        return named(ctx, node.right, ctx.const(target_name(node)))
    old = read()
    operator, right = node.operator[:-1], ctx.expr(node.right)
    kinds = ctx.types.of(node.left), ctx.types.of(node.right)
    proved = arithmetic.operation(ctx, operator, old, right, *kinds)
    return ctx.call(operator_function(operator), old, right) if proved is None else proved


def _lower_logical_assignment(ctx: Context, node: Node) -> ast.expr:
    from odw.transpile.lower.functions import named, target_name

    target = node.left
    if target.type == "Identifier":
        old, again = ctx.hold(lower_identifier_at(ctx, target))
        new = store(ctx, target, named(ctx, node.right, ctx.const(target_name(node))))
    else:
        member = reference(ctx, target, twice=True)
        old, again = ctx.hold(member.read(ctx))
        new = member.write(ctx, ctx.expr(node.right), again=True)
    if node.operator == "&&=":
        return ctx.conditional(ctx.call("truthy", old), new, again)
    if node.operator == "||=":
        return ctx.conditional(ctx.call("truthy", old), again, new)
    return ctx.conditional(ctx.call("nullish", old), new, again)


def lower_update(ctx: Context, node: Node) -> ast.expr:
    """``++x`` → ``(x := inc(x))``; ``x++`` → ``(t := to_numeric(x), x := inc(t))[0]``."""
    step = "inc" if node.operator == "++" else "dec"
    target = node.argument
    if target.type == "Identifier":
        old = lower_identifier_at(ctx, target)
        changed = arithmetic.stepped(ctx, old, ctx.types.of(target), step == "inc")
        if changed is not None:
            changed = store(ctx, target, changed)
            if node.prefix:
                return changed
            back: type[ast.operator] = ast.Sub if step == "inc" else ast.Add
            return ctx.place(ast.BinOp(changed, back(), ctx.const(1)))
        if node.prefix:
            return store(ctx, target, ctx.call(step, old))
        first, again = ctx.hold(ctx.call("to_numeric", old))
        return ctx.sequence([first, store(ctx, target, ctx.call(step, again))], 0)
    member = reference(ctx, target, twice=True)
    if node.prefix:
        return member.write(ctx, ctx.call(step, member.read(ctx, again=True)))
    name = ctx.temp()
    old = ctx.walrus(name, ctx.call("to_numeric", member.read(ctx, again=True)))
    return ctx.sequence([member.write(ctx, ctx.call(step, old)), ctx.name(name)])


# Statement forms: the value is not used


def assignment_effect(ctx: Context, node: Node) -> list[ast.stmt]:
    from odw.transpile.lower.patterns import assign_pattern

    target, operator = node.left, node.operator
    if (
        operator in ("||=", "&&=", "??=")
        or target.type == "MemberExpression"
        or _may_create_global(ctx, node)
    ):
        return [ctx.effect(lower_assignment(ctx, node))]
    if target.type == "Identifier":
        return append_statements(ctx, node) or store_statements(
            ctx, target, _assigned(ctx, node, lambda: lower_identifier_at(ctx, target))
        )
    return assign_pattern(ctx, target, ctx.expr(node.right), node.right)


def update_effect(ctx: Context, node: Node) -> list[ast.stmt]:
    target = node.argument
    if target.type != "Identifier":
        member = reference(ctx, target, twice=True)
        step = "inc" if node.operator == "++" else "dec"
        return [ctx.effect(member.write(ctx, ctx.call(step, member.read(ctx, again=True))))]
    old = lower_identifier_at(ctx, target)
    changed = arithmetic.stepped(ctx, old, ctx.types.of(target), node.operator == "++")
    if changed is None:
        changed = ctx.call("inc" if node.operator == "++" else "dec", old)
    return store_statements(ctx, target, changed)


def append_statements(ctx: Context, node: Node) -> list[ast.stmt]:
    """``s += part`` of what is, or may be, a string, where it may happen often; nothing for other assignments."""
    binding = accumulators.variable(ctx, node.left)
    if binding is None or (ctx.owner[binding] is ctx.frame and not ctx.frame.targets):
        return []
    is_text = isinstance(ctx.types.of_binding(binding), Text)
    part = accumulators.appended(
        ctx,
        node,
        lambda left: left.type == "Identifier" and ctx.table.resolve(left) is binding,
        is_text,
    )
    if part is None or not (is_text or accumulators.may_be_text(ctx, binding, part)):
        return []
    is_own = (
        ctx.owner[binding] is ctx.frame
        and not binding.captured
        and binding not in ctx.captures.sensitive
        and not any(n.start <= write.start < n.end for n in part.nodes for write in binding.writes)
    )
    read = lower_identifier_at(ctx, node.left)
    return accumulators.append(ctx, read, _target(ctx, binding), part, is_text, is_own)
