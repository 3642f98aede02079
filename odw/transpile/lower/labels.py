"""``break`` and ``continue``, with and without labels.

Python leaves one loop at a time. A jump past inner loops sets a variable and breaks; after each loop on the way stands
``if jump == 1: break`` (or ``continue``, at the last). Breaks run ``finally`` and close iterators as JavaScript wants. A
labelled block, and a switch that is left from within, is a Python loop of one pass. Whatever cancels a jump on its way (a
``finally`` that jumps itself, or throws into a ``catch``) also resets the variable.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context
    from odw.transpile.lower.frame import Frame


@dataclass(slots=True, eq=False)
class Target:
    """A Python loop that stands for something that ``break`` or ``continue`` may name."""

    labels: frozenset[str]
    is_loop: bool  # takes continue
    is_breakable: bool  # takes break without a label
    before_continue: Callable[[], list[ast.stmt]] = list
    finalizers: int = 0  # how many finally blocks were around when it began
    passing: list[tuple[int, Target | None, bool]] = field(
        default_factory=list
    )  # jumps through it: code, destination, is continue


def take_labels(ctx: Context) -> frozenset[str]:
    """The labels directly before the statement being lowered."""
    labels, ctx.labels = frozenset(ctx.labels), []
    return labels


def begin_target(ctx: Context, labels: frozenset[str], is_loop: bool, is_breakable: bool = True) -> Target:
    """Enter a Python loop; leave it with ``end_target``."""
    frame = ctx.frame
    target = Target(labels, is_loop, is_breakable, finalizers=frame.finalizers)
    frame.targets.append(target)
    frame.blocks += 1
    return target


def end_target(ctx: Context, target: Target) -> list[ast.stmt]:
    """Leave a Python loop; returns what must stand after it."""
    frame = ctx.frame
    frame.targets.pop()
    frame.blocks -= 1
    after: list[ast.stmt] = []
    for code, destination, is_continue in target.passing:
        if destination is None:
            action: list[ast.stmt] = [ctx.break_()]
        else:
            action = [ctx.assign(frame.jump, ctx.const(0)), *_final(ctx, destination, is_continue)]
        after.append(ctx.if_(ctx.compare(ctx.name(frame.jump), ast.Eq(), ctx.const(code)), action))
    return after


def _final(ctx: Context, target: Target, is_continue: bool) -> list[ast.stmt]:
    return [*target.before_continue(), ctx.continue_()] if is_continue else [ctx.break_()]


def lower_break(ctx: Context, node: Node) -> list[ast.stmt]:
    return leave(ctx, _find(ctx, node, is_continue=False), is_continue=False)


def lower_continue(ctx: Context, node: Node) -> list[ast.stmt]:
    return leave(ctx, _find(ctx, node, is_continue=True), is_continue=True)


def _find(ctx: Context, node: Node, is_continue: bool) -> Target:
    frame: Frame | None = ctx.frame
    while frame is not None:
        for target in reversed(frame.targets):
            if node.label is not None:
                if node.label.name in target.labels:
                    return target
            elif target.is_loop if is_continue else target.is_breakable:
                return target
        frame = frame.parent if frame.kind == "statement" else None
    what = (
        f"Undefined label '{node.label.name}'"
        if node.label is not None
        else "Illegal break or continue statement"
    )
    return ctx.refuse(node, what, code="ODW200")


def leave(ctx: Context, target: Target, is_continue: bool) -> list[ast.stmt]:
    """The statements that jump to ``target`` from the current place."""
    frame = ctx.frame
    if target not in frame.targets:
        exit_ = (target, is_continue)
        if exit_ not in frame.exits:
            frame.exits.append(exit_)
        return [ctx.return_(ctx.const(frame.exits.index(exit_) + 1))]
    reset: list[ast.stmt] = []
    if frame.finalizers > target.finalizers:
        reset.append(ctx.assign(jump_variable(ctx), ctx.const(0)))
    at = frame.targets.index(target)
    if at == len(frame.targets) - 1:
        return [*reset, *_final(ctx, target, is_continue)]
    code = _code(ctx, target, is_continue)
    for passed in frame.targets[at + 1 :]:
        last = passed is frame.targets[at + 1]
        entry = (code, target if last else None, is_continue)
        if entry not in passed.passing:
            passed.passing.append(entry)
    return [ctx.assign(frame.jump, ctx.const(code)), ctx.break_()]


def jump_variable(ctx: Context) -> str:
    frame = ctx.frame
    if not frame.jump:
        frame.jump = ctx.names.unique("jump")
    return frame.jump


def guard_jumps(ctx: Context, frame: Frame, body: list[ast.stmt]) -> list[ast.stmt]:
    """Begin a function with no jump pending; a catch cancels one, and a finally block keeps it from its own jumps."""
    for handler in frame.handlers:
        handler.insert(0, ctx.assign(frame.jump, ctx.const(0)))
    for finalizer in frame.finalizer_bodies:
        pending = ctx.names.unique("pending")
        finalizer[:0] = [ctx.assign(pending, ctx.name(frame.jump)), ctx.assign(frame.jump, ctx.const(0))]
        finalizer.append(ctx.assign(frame.jump, ctx.name(pending)))
    return [ctx.assign(frame.jump, ctx.const(0)), *body]


def _code(ctx: Context, target: Target, is_continue: bool) -> int:
    """The number of a jump in the current frame."""
    jump_variable(ctx)
    codes = ctx.frame.codes
    if (target, is_continue) not in codes:
        codes.append((target, is_continue))
    return codes.index((target, is_continue)) + 1


def lower_labeled(ctx: Context, node: Node) -> list[ast.stmt]:
    body = node.body
    if body.type in (
        "ForStatement",
        "ForInStatement",
        "ForOfStatement",
        "WhileStatement",
        "DoWhileStatement",
        "LabeledStatement",
    ):
        ctx.labels.append(node.label.name)
        return ctx.statement(body)
    labels = frozenset([*take_labels(ctx), node.label.name])
    return one_pass(ctx, labels, False, lambda: ctx.statement(body))


def one_pass(
    ctx: Context, labels: frozenset[str], is_breakable: bool, lower: Callable[[], list[ast.stmt]]
) -> list[ast.stmt]:
    """``while True: …; break``: a block that can be left. If nothing leaves it, the block alone."""
    target = begin_target(ctx, labels, is_loop=False, is_breakable=is_breakable)
    body = lower()
    after = end_target(ctx, target)
    return [ctx.while_(ctx.const(True), [*body, ctx.break_()]), *after]
