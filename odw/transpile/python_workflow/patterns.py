"""Destructuring as assignments."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.cells import has_cells
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Block, Context
from odw.transpile.python_workflow.expressions import points, value
from odw.transpile.python_workflow.kinds import NULLISH, UNDEFINED, Arr, Kind, Obj, kind, only
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.literals import key_text


def assign_doc(target: str, part: Py) -> Doc:
    """``target = value``, the value in brackets where it goes over several lines and has none."""
    from odw.transpile.python_workflow.layout import SOFT, Broken, Group, Indent

    if part.strings or part.level < code.AWAIT:
        if part.level == code.WALRUS:
            return [f"{target} = ", part.at(code.LAMBDA)]
        return [f"{target} = ", Group([Broken("("), Indent([SOFT, part.doc]), SOFT, Broken(")")])]
    return [f"{target} = ", part.doc]


def bind_pattern(ctx: Context, pattern: Node, source: Py, given: Kind) -> None:
    """Statements that take ``source`` apart; ``given`` is what it may be."""
    if pattern.type == "Identifier":
        binding = ctx.binding(pattern)
        if binding is None:
            raise ctx.refuse(pattern, f"an assignment to the global {pattern.name}", "Declare it: let …")
        ctx.put(assign_doc(ctx.name(binding), source))
    elif pattern.type == "MemberExpression":
        from odw.transpile.python_workflow.assignments import put_member

        put_member(ctx, pattern, source)
    elif pattern.type == "AssignmentPattern":
        _with_default(ctx, pattern, source, given)
    elif pattern.type == "ArrayPattern":
        _array(ctx, pattern, source, given)
    elif pattern.type == "ObjectPattern":
        _object(ctx, pattern, source, given)
    else:
        raise ctx.refuse(pattern, f"this pattern ({pattern.type})")


def _with_default(ctx: Context, pattern: Node, source: Py, given: Kind) -> None:
    if UNDEFINED not in given and "any" not in given and given:
        bind_pattern(ctx, pattern.left, source, given)
        return
    if pattern.left.type == "Identifier":
        bind_pattern(ctx, pattern.left, source, given)
        own = ctx.name(ctx.binding(pattern.left))  # type: ignore[arg-type]
        default_value(ctx, own, pattern.right)
        return
    own = ctx.fresh("part")
    ctx.put(assign_doc(own, source))
    default_value(ctx, own, pattern.right)
    bind_pattern(ctx, pattern.left, name(own), (given - {UNDEFINED}) | ctx.kind(pattern.right))


def default_value(ctx: Context, own: str, default: Node) -> None:
    """``if own is js.undefined: own = default``."""
    with ctx.new_block() as body:
        ctx.put(assign_doc(own, value(ctx, default)))
    ctx.put(Block(f"if {own} is js.undefined:", body))


def _array(ctx: Context, pattern: Node, source: Py, given: Kind) -> None:
    elements = pattern.elements
    rest = bool(elements) and elements[-1] is not None and elements[-1].type == "RestElement"
    names = [
        _target(ctx, element.argument if rest and element is elements[-1] else element)
        for element in elements
    ]
    later = [(element, own) for element, own in zip(elements, names, strict=True) if _is_deep(element)]
    sure = _lengths_known(ctx, given, len(elements)) and not rest
    count = len(elements) - rest
    if sure:
        unpacked = source
    elif rest:
        unpacked = call("js.unpack", source, name(str(count)), rest=name("True"))
    else:
        unpacked = call("js.unpack", source, name(str(count)))
    if len(names) == 1:
        ctx.put(assign_doc(f"[{names[0]}]", unpacked))
    elif names:
        ctx.put(assign_doc(", ".join(names), unpacked))
    items = ctx.inference.items_of(given) | kind(UNDEFINED)
    for element, own in later:
        inner = element.argument if element.type == "RestElement" else element
        bind_pattern(ctx, inner, name(own), items)


def _lengths_known(ctx: Context, given: Kind, count: int) -> bool:
    """Whether a value is always an array of ``count`` items."""
    sites = ctx.inference.sites
    return (
        only(given, Arr)
        and count > 1
        and all(
            (atom, count - 1) in sites
            and (atom, count) not in sites
            and not atom.mutated
            and not atom.escaped
            for atom in given
        )
        and _literal_lengths(ctx, given, count)
    )


def _literal_lengths(ctx: Context, given: Kind, count: int) -> bool:
    for key, site in ctx.inference.sites.items():
        if site in given:
            if isinstance(key, Node) and key.type == "ArrayExpression":
                if len(key.elements) != count:
                    return False
            elif not (isinstance(key, tuple) and key[-1] == "pair" and count == 2):
                return False
    return True


def _target(ctx: Context, element: Node | None) -> str:
    """The name that an item is put in first."""
    if element is None:
        return "_"
    if element.type == "Identifier" and (binding := ctx.binding(element)) is not None:
        return ctx.name(binding)
    if element.type == "AssignmentPattern" and element.left.type == "Identifier":
        return ctx.name(ctx.binding(element.left))  # type: ignore[arg-type]
    return ctx.fresh("part")


def _is_deep(element: Node | None) -> bool:
    if element is None:
        return False
    return element.type != "Identifier" and not (
        element.type == "RestElement" and element.argument.type == "Identifier"
    )


def _object(ctx: Context, pattern: Node, source: Py, given: Kind) -> None:
    if len(pattern.properties) > 1 and source.level != code.ATOM:
        own = ctx.fresh("whole")
        ctx.put(assign_doc(own, source))
        source = name(own)
    taken: list[str] = []
    for prop in pattern.properties:
        if prop.type == "RestElement":
            rest = call("js.without", source, *[code.string(key) for key in taken])
            bind_pattern(ctx, prop.argument, rest, kind("any"))
            continue
        if prop.computed:
            key_py = value(ctx, prop.key)
            inner = ctx.inference.member(given, None)
            bind_pattern(ctx, prop.value, call("js.get", source, key_py), inner)
            continue
        key = points(key_text(prop.key))
        taken.append(key)
        bind_pattern(
            ctx, prop.value, member_of(source, given, key), ctx.inference.member(given, key) or kind("any")
        )


def member_of(source: Py, given: Kind, key: str) -> Py:
    """The property ``key`` of a value of a kind."""
    held = given - NULLISH
    if only(held, Obj) and all(atom.sure(key) for atom in held):
        return code.subscript(source, code.string(key))
    if key == "length" and only(held, Arr):
        return call("len", source)
    return call("js.get", source, code.string(key))


def loop_target(ctx: Context, left: Node, items: Kind) -> tuple[str, Node | None]:
    """The target of a ``for`` and, where it takes statements to take the item apart, the pattern for them."""
    pattern = left.declarations[0].id if left.type == "VariableDeclaration" else left
    if pattern.type == "Identifier":
        binding = ctx.binding(pattern)
        if binding is None:
            raise ctx.refuse(pattern, f"an assignment to the global {pattern.name}", "Declare it: let …")
        if binding in ctx.cells:
            return ctx.fresh("item"), pattern
        return ctx.name(binding), None
    if (
        pattern.type == "ArrayPattern"
        and not has_cells(ctx, pattern)
        and all(e is None or e.type == "Identifier" for e in pattern.elements)
    ):
        if len(pattern.elements) == 2 and _lengths_known(ctx, items, 2):
            return ", ".join(_target(ctx, element) for element in pattern.elements), None
    return ctx.fresh("pair" if pattern.type == "ArrayPattern" else "item"), pattern
