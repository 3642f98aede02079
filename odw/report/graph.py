"""The execution graph as it is drawn: equal parts put together, so that a run of a thousand calls fits on a page."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from odw.report.structure import CALL, FORK, LOOP, PHASE, PIPELINE, SEQUENCE, SUB, Node, structure
from odw.runtime.run_view import CallView, RunView

FEW = 4  # branches that are still drawn one by one
TURNS = 3  # how often something has to come again to be a loop


def graph(view: RunView) -> Node:
    """The collapsed graph of a run; its CALL nodes stand for one call or for many equal ones."""
    return _phases(_collapse(structure(view)))


def graph_json(node: Node) -> dict[str, Any]:
    """``{kind, title?, count?, calls?, children?}``; ``calls`` are indexes."""
    entry: dict[str, Any] = {"kind": node.kind}
    if node.kind == CALL:
        return {**entry, "title": title_of(node), "calls": [call.index for call in node.calls]}
    if node.title:
        entry["title"] = node.title
    if node.count:
        entry["count"] = node.count
    return {**entry, "children": [graph_json(child) for child in node.children]}


def title_of(node: Node) -> str:
    """The label of a call; of many, what their labels have in common."""
    labels = list(dict.fromkeys(call.label for call in node.calls))
    if len(labels) == 1:
        return labels[0]
    start = _common(labels)
    end = _common([label[len(start) :][::-1] for label in labels])[::-1]
    if len(start) + len(end) >= 3:
        return f"{start}…{end}"
    return f"{labels[0]}, …"


def _common(texts: list[str]) -> str:
    """What all texts begin with."""
    first, last = min(texts), max(texts)
    same = next(
        (n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    return first[:same]


def phase_of(node: Node) -> str | None:
    """The phase that all calls of a part belong to; None if there are several, or none."""
    phases = {call.phase for call in node.leaves()}
    return phases.pop() if len(phases) == 1 else None


def _collapse(node: Node) -> Node:
    if node.kind == CALL:
        return node
    if node.kind == SEQUENCE:
        return _sequence([_collapse(child) for child in node.children])
    if node.kind == SUB:
        return _with(node, [_collapse(node.children[0])])
    branches = [_collapse(child) for child in node.children]
    if node.kind == PIPELINE:
        return _with(node, [_merged(branches)] if len(branches) > FEW else branches)
    return _with(node, _put_together(branches))


def _with(node: Node, children: list[Node]) -> Node:
    made = Node(node.kind, node.key, children, node.title)
    made.count = node.count
    return made


def _put_together(branches: list[Node], few: int = FEW) -> list[Node]:
    """Branches that begin at the same place become one, if they are more than ``few``."""
    found: dict[Any, list[Node]] = {}
    for branch in branches:
        found.setdefault(branch.children[0].key if branch.children else None, []).append(branch)
    return [made for group in found.values() for made in ([_merged(group)] if len(group) > few else group)]


def _merged(sequences: list[Node]) -> Node:
    """Several sequences as one: what comes from the same place is put together, wherever in them it is.

    Parts that follow each other and never occur in the same sequence are alternatives, beside each other.
    """
    parts: dict[Any, list[Node]] = {}
    where: dict[Any, set[int]] = {}
    for position, sequence in enumerate(sequences):
        for child in sequence.children:
            parts.setdefault(child.key, []).append(child)
            where.setdefault(child.key, set()).add(position)
    steps: list[list[Any]] = []
    for key in parts:
        if steps and all(where[key].isdisjoint(where[other]) for other in steps[-1]):
            steps[-1].append(key)
        else:
            steps.append([key])
    return _sequence([_either([_one(parts[key]) for key in step]) for step in steps])


def _either(nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    fork = Node(FORK, ("either", tuple(node.key for node in nodes)), [_sequence([node]) for node in nodes])
    fork.count = len(nodes)
    return fork


def _one(nodes: list[Node]) -> Node:
    """Nodes with the same key as one of them all."""
    first = nodes[0]
    if len(nodes) == 1:
        return first
    made = _with(first, [])
    made.count = sum(node.count for node in nodes)
    if first.kind == CALL:
        made.calls = sorted((call for node in nodes for call in node.calls), key=_index)
    elif first.kind in (SEQUENCE, SUB, LOOP, PHASE):
        bodies = nodes if first.kind == SEQUENCE else [node.children[0] for node in nodes]
        merged = _merged(bodies)
        made = merged if first.kind == SEQUENCE else _with(made, [merged])
        made.key = first.key
    elif first.kind == PIPELINE:
        made.children = [_merged([child for node in nodes for child in node.children])]
    else:
        made.children = _put_together([child for node in nodes for child in node.children], 1)
    return made


def _index(call: CallView) -> int:
    return call.index


def _sequence(children: list[Node]) -> Node:
    """A sequence, flat, in which what comes again and again is a loop."""
    flat: list[Node] = []
    for child in children:
        flat += child.children if child.kind == SEQUENCE else [child]
    folded = _loops(flat)
    return Node(SEQUENCE, tuple(child.key for child in folded), folded)


def _loops(nodes: list[Node]) -> list[Node]:
    times: dict[Any, int] = {}
    for node in nodes:
        times[node.key] = times.get(node.key, 0) + 1
    for position, node in enumerate(nodes):
        if times[node.key] >= TURNS:
            turns, rest = _turns(nodes[position:])
            return [*nodes[:position], _loop(turns), *_loops(rest)]
    return nodes


def _turns(nodes: list[Node]) -> tuple[list[list[Node]], list[Node]]:
    """The turns of a loop that begins with the first node; each begins with an equal one. And what comes after them."""
    head = nodes[0].key
    starts = [position for position, node in enumerate(nodes) if node.key == head]
    turns = [nodes[start:end] for start, end in pairwise(starts)]
    seen = {node.key for turn in turns for node in turn}
    end = starts[-1] + 1
    while end < len(nodes) and nodes[end].key in seen:
        end += 1
    return [*turns, nodes[starts[-1] : end]], nodes[end:]


def _loop(turns: list[list[Node]]) -> Node:
    parts: dict[Any, list[Node]] = {}
    for turn in turns:
        for node in turn:
            parts.setdefault(node.key, []).append(node)
    body = [_one(group) for group in parts.values()]
    made = Node(LOOP, ("loop", body[0].key), [Node(SEQUENCE, tuple(n.key for n in body), body)])
    made.count = len(turns)
    return made


def _phases(node: Node) -> Node:
    """The same with what belongs to one phase in a frame: as few and as large ones as can be."""
    if node.kind != SEQUENCE:
        if phase_of(node) is None and node.kind != CALL:
            node.children = [_phases(child) for child in node.children]
        return node
    framed: list[Node] = []
    for child in node.children:
        phase = phase_of(child)
        if phase is None:
            framed.append(_phases(child))
        elif framed and framed[-1].kind == PHASE and framed[-1].title == phase:
            framed[-1].children[0].children.append(child)
        else:
            framed.append(Node(PHASE, ("phase", phase), [Node(SEQUENCE, (), [child])], phase))
    return Node(SEQUENCE, node.key, framed)


__all__ = ["CALL", "FORK", "LOOP", "PHASE", "PIPELINE", "SEQUENCE", "SUB", "Node", "graph", "graph_json", "phase_of", "title_of"]  # fmt: skip
