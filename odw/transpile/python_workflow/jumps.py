"""Loops on the way to Python, and the jumps in them: ``break``, ``continue``, with labels and without."""

from __future__ import annotations

from odw.transpile.analyze.scope import Binding
from odw.transpile.estree import Node
from odw.transpile.python_workflow.cells import copy_cells
from odw.transpile.python_workflow.context import Block, Context
from odw.transpile.python_workflow.statements import effect, writes


class Loop:
    """A loop of the script that is being written, and how ``break`` and ``continue`` are said in it.

    ``update``: what ``continue`` has to do first; ``cells``: the variables that each turn makes anew. ``breaks``: the names that say
    that a loop further out is to be left, and what is done then.
    """

    __slots__ = ("breaks", "cells", "kind", "label", "node", "update")

    def __init__(self, node: Node, kind: str, label: str | None, update: Node | None = None) -> None:
        self.node = node
        self.kind = kind
        self.label = label
        self.update = update
        self.cells: list[Binding] = []
        self.breaks: dict[str, str] = {}


def finish(ctx: Context, loop: Loop) -> None:
    """Around a loop: what a jump out of it was to."""
    ctx.block[-1:-1] = [f"{flag} = False" for flag, outer in loop.breaks.items() if outer != "here"]
    for flag, outer in loop.breaks.items():
        if outer == "here":
            continue
        with ctx.new_block() as body:
            ctx.put(outer)
        ctx.put(Block(f"if {flag}:", body))


def next_turn(ctx: Context, loop: Loop) -> None:
    """What a ``for`` loop that counts by hand does between two turns."""
    copy_cells(ctx, loop.cells)
    if loop.update is not None:
        effect(ctx, loop.update)


@writes("BreakStatement")
def break_(ctx: Context, node: Node) -> None:
    label = node.label.name if node.label is not None else None
    if label is None:
        if ctx.loops and ctx.loops[-1].kind == "switch":
            ctx.loops[-1].breaks["used"] = "here"
        ctx.put("break")
        return
    _jump(ctx, node, label, "break")


@writes("ContinueStatement")
def continue_(ctx: Context, node: Node) -> None:
    label = node.label.name if node.label is not None else None
    inner = ctx.loops[-1] if ctx.loops else None
    if inner is not None and (label is None or label == inner.label) and inner.kind != "switch":
        next_turn(ctx, inner)
        ctx.put("continue")
        return
    if label is None:
        target = next(loop for loop in reversed(ctx.loops) if loop.kind != "switch")
        _leave(ctx, node, target, "continue")
        return
    _jump(ctx, node, label, "continue")


def _jump(ctx: Context, node: Node, label: str, word: str) -> None:
    target = next((loop for loop in reversed(ctx.loops) if loop.label == label), None)
    if target is None:
        raise ctx.refuse(node, f"{word} {label} from here")
    if target is ctx.loops[-1]:
        if word == "continue":
            next_turn(ctx, target)
        ctx.put(word)
        return
    _leave(ctx, node, target, word)


def _leave(ctx: Context, node: Node, target: Loop, word: str) -> None:
    """Leave the loops inside ``target`` by a flag that each of them looks at when it has ended."""
    flag = ctx.fresh(f"{word}_outer")
    position = ctx.loops.index(target)
    for loop in ctx.loops[position + 1 :]:
        loop.breaks[flag] = "break"
    nearest = ctx.loops[position + 1]
    if word == "continue" and (target.update is not None or target.cells):
        raise ctx.refuse(
            node, "continue of an outer for loop that counts by hand", "Use for … of, or a helper function."
        )
    nearest.breaks[flag] = word
    ctx.put(f"{flag} = True")
    ctx.put("break")
