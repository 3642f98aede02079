"""Classes: properties are entries of ``js.Object``, methods are methods."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import name
from odw.transpile.python_workflow.context import Block, Context
from odw.transpile.python_workflow.expressions import handles, value
from odw.transpile.python_workflow.functions import definition
from odw.transpile.python_workflow.inference_calls import ERRORS
from odw.transpile.python_workflow.patterns import assign_doc


def write_class(ctx: Context, node: Node, own: str | None = None) -> str:
    """``class Name(js.Object):``; gives its name."""
    if own is None:
        binding = ctx.binding(node.id)
        assert binding is not None
        own = ctx.name(binding)
    base = "js.Object"
    error = False
    if node.superClass is not None:
        error = ctx.is_global(node.superClass, *ERRORS)
        base = f"js.{node.superClass.name}" if error else str(value(ctx, node.superClass))
    fields: list[Node] = []
    members: list[object] = []
    constructor: Node | None = None
    later: list[object] = []
    for member in node.body.body:
        if member.type == "StaticBlock":
            raise ctx.refuse(member, "a static block", "Write its statements after the class.")
        if member.computed:
            raise ctx.refuse(member, "a computed name in a class", "Give the method a plain name.")
        if member.type == "PropertyDefinition":
            if member.static:
                with ctx.new_block() as block:
                    part = value(ctx, member.value) if member.value is not None else name("js.undefined")
                    ctx.put(assign_doc(f"{own}.{_key(ctx, member)}", part))
                later += block
            else:
                fields.append(member)
            continue
        if member.kind == "constructor":
            constructor = member
            continue
        members += _method(ctx, member)
    first = _constructor(ctx, constructor, fields, node.superClass is not None, error)
    body = [*first, *members]
    ctx.put(Block(f"class {own}({base}):", body or ["pass"]))
    ctx.put("")
    for item in later:
        ctx.put(item)
    return own


def _key(ctx: Context, member: Node) -> str:
    from odw.transpile.python_workflow.literals import key_text

    if member.key.type == "PrivateIdentifier":
        return f"_private_{member.key.name}"
    found = key_text(member.key)
    if found == "then" and member.type == "MethodDefinition" and not member.static:
        raise ctx.refuse(member.key, "an object with a then of its own", "Use an async function.")
    if not found.isidentifier() or found.startswith("__") or hasattr(dict, found):
        raise ctx.refuse(member.key, f"a method named {found}", "Give it another name.")
    return found


def _method(ctx: Context, member: Node) -> list[object]:
    own = _key(ctx, member)
    lines: list[object] = []
    if member.kind == "get":
        lines.append("@property")
    elif member.kind == "set":
        lines.append(f"@{own}.setter")
    elif member.static:
        lines.append("@staticmethod")
    lines.append(definition(ctx, member.value, own, first=[] if member.static else ["self"]))
    lines.append("")
    return lines


def _constructor(
    ctx: Context, constructor: Node | None, fields: list[Node], derived: bool, error: bool
) -> list[object]:
    with ctx.new_block() as block:
        for field in fields:
            key = f"#{field.key.name}" if field.key.type == "PrivateIdentifier" else _key(ctx, field)
            part = value(ctx, field.value) if field.value is not None else name("js.undefined")
            if error:
                ctx.put(code.call("js.put", name("self"), code.string(key), part).doc)
            else:
                ctx.put(assign_doc(f'self["{key}"]', part))
    if constructor is None:
        if not block:
            return []
        start = ["super().__init__(*given)"] if derived else ["super().__init__()"]
        return [Block("def __init__(self, *given):", [*start, *block]), ""]
    made = definition(ctx, constructor.value, "__init__", True, first=["self"])
    if not derived:
        made.body[:0] = [*block]
    elif block:
        place = next((i for i, item in enumerate(made.body) if "super().__init__" in str(item)), -1)
        made.body[place + 1 : place + 1] = block
    return [made, ""]


@handles("ClassExpression")
def class_expression(ctx: Context, node: Node) -> code.Py:
    own = ctx.fresh(node.id.name if node.id is not None else "Class")
    return name(write_class(ctx, node, own))
