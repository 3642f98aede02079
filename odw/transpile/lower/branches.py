"""``if`` and ``switch``.

A switch whose cases end in ``break``, ``return``, ``throw`` or ``continue`` is an ``if … elif … else``. Any other finds the number of
its case first, then runs every case from that number on: ``if case <= 2: …``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.scope import FUNCTIONS, LOOPS
from odw.transpile.estree import Node, children
from odw.transpile.lower.blocks import body_of, enter_scope, lower_statements
from odw.transpile.lower.labels import one_pass, take_labels
from odw.transpile.lower.operators import condition

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

_ABRUPT: Final = frozenset({"BreakStatement", "ContinueStatement", "ReturnStatement", "ThrowStatement"})
_LONG: Final = 100  # else-ifs nested in one Python statement before the chain is cut


def lower_if(ctx: Context, node: Node) -> list[ast.stmt]:
    """An else-if chain is walked without recursion; a very long one becomes a block that each branch leaves."""
    branches: list[tuple[Node, ast.expr, list[ast.stmt]]] = []
    last: Node | None = node
    while last is not None and last.type == "IfStatement":
        branches.append((last, ast.Constant(None), []))
        last = last.alternate
    if len(branches) > _LONG:
        return one_pass(
            ctx, take_labels(ctx), False, lambda: _lower_long_if(ctx, [b[0] for b in branches], last)
        )

    def lower() -> list[ast.stmt]:
        lowered: list[tuple[Node, ast.expr, list[ast.stmt]]] = []
        for branch, _, _ in branches:
            test = condition(ctx, branch.test)
            lowered.append((branch, test, body_of(ctx, branch.consequent)))
        otherwise = ctx.statement(last) if last is not None else []
        for branch, test, body in reversed(lowered):
            with ctx.at(branch):
                otherwise = [ctx.if_(test, body, otherwise)]
        return otherwise

    return ctx.collect_statements(lower)


def _lower_long_if(ctx: Context, branches: list[Node], last: Node | None) -> list[ast.stmt]:
    stmts: list[ast.stmt] = []
    for branch in branches:
        with ctx.at(branch):
            low = ctx.collect(lambda: condition(ctx, branch.test))  # noqa: B023
            stmts += low.stmts
            stmts.append(ctx.if_(low.expr, [*ctx.statement(branch.consequent), ctx.break_()]))
    return stmts + (ctx.statement(last) if last is not None else [])


def lower_switch(ctx: Context, node: Node) -> list[ast.stmt]:
    scope = ctx.table.scope_of(node)
    assert scope is not None
    low = ctx.value(node.discriminant)
    subject = ctx.temp("subject")
    labels = take_labels(ctx)
    before = [*low.stmts, ctx.assign(subject, low.expr)]
    before += enter_scope(ctx, scope, [statement for case in node.cases for statement in case.consequent])
    if not labels and _is_flat(node.cases):
        return before + ctx.collect_statements(lambda: _lower_flat(ctx, node.cases, subject))
    return before + one_pass(ctx, labels, True, lambda: _lower_general(ctx, node.cases, subject))


def _is_flat(cases: list[Node]) -> bool:
    """Whether no case falls into the next one's statements, and ``break`` stands only at the ends."""
    for index, case in enumerate(cases):
        body = _flattened(case.consequent)
        is_last = index == len(cases) - 1
        if case.test is None and not is_last:
            return False
        if not body:
            if not is_last and cases[index + 1].test is None:
                return False  # falls into default: its test must still be made
            continue
        if body[-1].type not in _ABRUPT and not is_last:
            return False
        inside = body[:-1] if _is_plain_break(body[-1]) else body
        if any(_breaks(statement) for statement in inside):
            return False
    return len(cases) <= _LONG


def _flattened(body: list[Node]) -> list[Node]:
    """``case 1: { … }`` counts as its statements."""
    if len(body) == 1 and body[0].type == "BlockStatement":
        return list(body[0].body)
    return body


def _is_plain_break(node: Node) -> bool:
    return bool(node.type == "BreakStatement" and node.label is None)


def _breaks(node: Node) -> bool:
    """Whether a statement contains a ``break`` that leaves the switch around it."""
    if _is_plain_break(node):
        return True
    if node.type in LOOPS or node.type == "SwitchStatement" or node.type in FUNCTIONS:
        return False
    return node.type.endswith(("Statement", "Clause")) and any(_breaks(child) for child in children(node))


def _matches(ctx: Context, case: Node, subject: str) -> ast.expr:
    with ctx.at(case.test):
        value = ctx.expr(case.test)
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return ctx.compare(ctx.name(subject), ast.Eq(), value)
        return ctx.call("strict_equals", ctx.name(subject), value)


def _lower_flat(ctx: Context, cases: list[Node], subject: str) -> list[ast.stmt]:
    arms: list[tuple[Node, ast.expr | None, list[ast.stmt]]] = []
    tests: list[ast.expr] = []
    for case in cases:
        with ctx.at(case):
            if case.test is not None:
                tests.append(_matches(ctx, case, subject))
            if case.consequent or case is cases[-1]:
                body = _case_body(ctx, case)
                arms.append((case, ctx.any_of(*tests) if case.test is not None else None, body))
                tests = []
    otherwise: list[ast.stmt] = []
    for case, test, body in reversed(arms):
        with ctx.at(case):
            otherwise = body if test is None else [ctx.if_(test, body, otherwise)]
    return otherwise


def _case_body(ctx: Context, case: Node) -> list[ast.stmt]:
    body = case.consequent
    if len(body) == 1 and body[0].type == "BlockStatement":
        scope = ctx.table.scope_of(body[0])
        assert scope is not None
        statements = body[0].body
        hoisted = enter_scope(ctx, scope, statements)
    else:
        hoisted, statements = [], body
    if statements and _is_plain_break(statements[-1]):
        statements = statements[:-1]
    return [*hoisted, *lower_statements(ctx, statements)]


def _lower_general(ctx: Context, cases: list[Node], subject: str) -> list[ast.stmt]:
    number = ctx.temp("case")
    default = next((i for i, case in enumerate(cases) if case.test is None), len(cases))
    stmts: list[ast.stmt] = [ctx.assign(number, ctx.const(-1))]
    for index, case in enumerate(cases):
        if case.test is not None:
            with ctx.at(case.test):
                low = ctx.collect(lambda: _matches(ctx, case, subject))  # noqa: B023
                undecided = ctx.compare(ctx.name(number), ast.Eq(), ctx.const(-1))
                found = ctx.assign(number, ctx.const(index))
                stmts += [*low.stmts, ctx.if_(ctx.all_of(undecided, low.expr), [found])]
    undecided = ctx.compare(ctx.name(number), ast.Eq(), ctx.const(-1))
    stmts.append(ctx.if_(undecided, [ctx.assign(number, ctx.const(default))]))
    for index, case in enumerate(cases):
        body = lower_statements(ctx, case.consequent)
        if body:
            with ctx.at(case):
                stmts.append(ctx.if_(ctx.compare(ctx.name(number), ast.LtE(), ctx.const(index)), body))
    return stmts
