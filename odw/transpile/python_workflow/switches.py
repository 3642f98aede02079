"""``switch`` as ``if … elif``; where a case runs on into the next, as a loop of one turn."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Block, Context
from odw.transpile.python_workflow.expressions import is_function, value
from odw.transpile.python_workflow.jumps import Loop, finish
from odw.transpile.python_workflow.kinds import only
from odw.transpile.python_workflow.statements import statements, writes


@writes("SwitchStatement")
def switch(ctx: Context, node: Node) -> None:
    """``if … elif …``; where a case runs on into the next, a variable says from which case on."""
    subject = ctx.fresh("subject")
    from odw.transpile.python_workflow.patterns import assign_doc

    ctx.put(assign_doc(subject, value(ctx, node.discriminant)))
    groups = _groups(node)
    if groups is None:
        _falling(ctx, node, subject)
        return
    word = "if"
    default: list[object] | None = None
    loop = Loop(node, "switch", None)
    for cases, body_nodes in groups:
        ctx.loops.append(loop)
        try:
            with ctx.new_block() as body:
                statements(ctx, body_nodes)
        finally:
            ctx.loops.pop()
        if any(case.test is None for case in cases):
            default = body
            continue
        tests = [_case(ctx, node, subject, case.test) for case in cases]
        truth = tests[0]
        for more in tests[1:]:
            truth = code.either(truth, "or", more)
        ctx.put(Block(code.head(word, truth), body or ["pass"]))
        word = "elif"
    if default is not None and default:
        if word == "if":
            for item in default:
                ctx.put(item)
        else:
            ctx.put(Block("else:", default))
    finish(ctx, loop)


def _case(ctx: Context, node: Node, subject: str, case: Node) -> Py:
    found = ctx.kind(node.discriminant)
    if case.type == "Literal" and isinstance(case.value, str):
        return code.comparison(name(subject), "==", value(ctx, case))
    if case.type == "Literal" and isinstance(case.value, bool):
        return code.comparison(name(subject), "is", value(ctx, case))
    if only(found, "int", "finite", "num", "str") and only(ctx.kind(case), "int", "finite", "str"):
        return code.comparison(name(subject), "==", value(ctx, case))
    return call("js.same", name(subject), value(ctx, case))


def _groups(node: Node) -> list[tuple[list[Node], list[Node]]] | None:
    """The cases with their statements, the last ``break`` left out; None when one runs on into the next, or breaks inside."""
    groups: list[tuple[list[Node], list[Node]]] = []
    waiting: list[Node] = []
    for index, case in enumerate(node.cases):
        waiting.append(case)
        body = case.consequent
        if not body and index < len(node.cases) - 1:
            continue
        while len(body) == 1 and body[0].type == "BlockStatement":
            body = body[0].body
        stops = bool(body) and body[-1].type in (
            "BreakStatement",
            "ReturnStatement",
            "ThrowStatement",
            "ContinueStatement",
        )
        if not stops and index < len(node.cases) - 1:
            from odw.transpile.python_workflow.kind_rules import ends

            if not (body and ends(body[-1])):
                return None
        if body and body[-1].type == "BreakStatement" and body[-1].label is None:
            body = body[:-1]
        if any(_breaks(part) for part in body):
            return None
        groups.append((waiting, body))
        waiting = []
    default = next(
        (i for i, (cases, _) in enumerate(groups) if any(case.test is None for case in cases)), None
    )
    if (
        default is not None
        and any(case.test is None for case in groups[default][0])
        and len(groups[default][0]) > 1
    ):
        if groups[default][0][-1].test is not None and default != len(groups) - 1:
            return None
    return groups


def _breaks(node: Node) -> bool:
    """Whether a ``break`` in a statement leaves the switch around it."""
    if node.type == "BreakStatement":
        return node.label is None
    if node.type in (
        "ForStatement",
        "ForOfStatement",
        "ForInStatement",
        "WhileStatement",
        "DoWhileStatement",
        "SwitchStatement",
    ):
        return False
    if is_function(node):
        return False
    from odw.transpile.estree import children

    return any(_breaks(child) for child in children(node))


def _falling(ctx: Context, node: Node, subject: str) -> None:
    """A switch whose cases run on: a loop of one turn, and a number that says which case it begins with."""
    place = ctx.fresh("case")
    word = "if"
    default = len(node.cases)
    for index, case in enumerate(node.cases):
        if case.test is None:
            default = index
            continue
        ctx.put(Block(code.head(word, _case(ctx, node, subject, case.test)), [f"{place} = {index}"]))
        word = "elif"
    if word == "if":
        ctx.put(f"{place} = {default}")
    else:
        ctx.put(Block("else:", [f"{place} = {default}"]))
    loop = Loop(node, "switch", None)
    parts: list[object] = []
    for index, case in enumerate(node.cases):
        ctx.loops.append(loop)
        try:
            with ctx.new_block() as body:
                statements(ctx, case.consequent)
        finally:
            ctx.loops.pop()
        if body:
            parts.append(Block(f"if {place} <= {index}:", body))
    ctx.put(Block(f"for _ in range(1):  # a switch: {place} is where it begins", parts or ["pass"]))
    finish(ctx, loop)
