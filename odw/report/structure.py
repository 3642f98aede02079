"""From the paths of calls back to the script's structure: a tree of sequences, forks, pipelines, sub-workflows and calls.

A path says where a call stands (``w0/p1[3]/a2``), not what ran before what among the parts of one scope; that is read off their
times: what was made after all before it had ended follows it, what was made earlier ran beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from typing import Any

from odw.runtime.run_view import CallView, RunView

SEQUENCE, CALL, FORK, PIPELINE, SUB, LOOP, PHASE = "seq", "call", "fork", "pipe", "sub", "loop", "phase"
_SEGMENT = re.compile(r"([a-z])(\d+)(?:\[(\d+)(?:\.(\d+))?\])?\Z")
_CLOSE_MS = 2  # waiting times are rounded


class Node:
    """A part of the graph. ``key`` is equal for parts that come from the same place in the script.

    ``calls``: of a CALL, all that it stands for. ``count``: branches of a FORK, items of a PIPELINE, turns of a LOOP.
    """

    __slots__ = ("calls", "children", "count", "key", "kind", "title")

    def __init__(self, kind: str, key: Any, children: list[Node] | None = None, title: str = "") -> None:
        self.kind = kind
        self.key = key
        self.children = children or []
        self.title = title
        self.calls: list[CallView] = []
        self.count = 0

    def leaves(self) -> Iterator[CallView]:
        """Every call in it."""
        yield from self.calls
        for child in self.children:
            yield from child.leaves()


class _Scope:
    """What one branch calls, by the segments of paths; the branches of a fan-out by their numbers."""

    __slots__ = ("branches", "call", "parts")

    def __init__(self) -> None:
        self.parts: dict[str, _Scope] = {}
        self.branches: dict[tuple[int, int], _Scope] = {}
        self.call: CallView | None = None

    def leaves(self) -> Iterator[CallView]:
        if self.call is not None:
            yield self.call
        for inner in (*self.parts.values(), *self.branches.values()):
            yield from inner.leaves()


def structure(view: RunView) -> Node:
    """The tree of a run's calls; every node stands for one call yet."""
    root = _Scope()
    for call in sorted(view.calls.values(), key=lambda call: call.index):
        _place(root, call)
    return _sequence(root, view, "")


def _place(root: _Scope, call: CallView) -> None:
    scope = root
    for segment in (call.path or f"a{call.index}").split("/"):
        name, _, _ = segment.partition("[")
        scope = scope.parts.setdefault(name, _Scope())
        found = _SEGMENT.match(segment)
        if found is not None and found[3] is not None:
            scope = scope.branches.setdefault((int(found[3]), int(found[4] or 0)), _Scope())
        elif segment != name:  # of another odw: a branch of its own all the same
            scope = scope.branches.setdefault((call.index, 0), _Scope())
    scope.call = call


def _sequence(scope: _Scope, view: RunView, path: str) -> Node:
    steps: list[list[_Span]] = []
    for name, part in scope.parts.items():
        place = f"{path}/{name}" if path else name
        made = (view.fanouts.get(place) or view.groups.get(place) or {}).get("made")
        span = _Span(_part(name, part, view, place), len(view.sessions), made)
        if steps and not all(span.follows(before) for before in steps[-1]):
            steps[-1].append(span)
        else:
            steps.append([span])
    children = [_step(step) for step in steps]
    return Node(SEQUENCE, tuple(child.key for child in children), children)


def _step(spans: list[_Span]) -> Node:
    """One part; or several that ran beside each other without a ``parallel``: chains of what followed each other."""
    if len(spans) == 1:
        return spans[0].node
    lanes: list[list[_Span]] = []
    for span in spans:
        lane = next((lane for lane in lanes if span.follows(lane[-1])), None)
        if lane is None:
            lanes.append([span])
        else:
            lane.append(span)
    branches = [Node(SEQUENCE, tuple(s.node.key for s in lane), [s.node for s in lane]) for lane in lanes]
    fork = Node(FORK, ("beside", tuple(branch.key for branch in branches)), branches)
    fork.count = len(branches)
    return fork


def _part(name: str, part: _Scope, view: RunView, path: str) -> Node:
    if part.call is not None:
        node = Node(CALL, ("call", _origin(part.call)))
        node.calls = [part.call]
        return node
    fanout = view.fanouts.get(path, {})
    title = str(fanout.get("label") or "")
    if name.startswith("w"):
        title = str(view.groups.get(path, {}).get("name") or "workflow")
        body = _sequence(part, view, path)
        return Node(SUB, ("sub", title), [body], title)
    if name.startswith("l"):
        return _pipeline(part, view, path, title, fanout)
    branches = [_sequence(inner, view, f"{path}[{n}]") for (n, _), inner in sorted(part.branches.items())]
    fork = Node(FORK, ("fork", branches[0].key[:1] if branches else ()), branches, title)
    fork.count = int(fanout.get("count") or len(branches))
    return fork


def _pipeline(part: _Scope, view: RunView, path: str, title: str, fanout: dict[str, Any]) -> Node:
    """Its children are its items, each a sequence of the stages that made calls."""
    items: dict[int, list[Node]] = {}
    for (item, stage), inner in sorted(part.branches.items()):
        body = _sequence(inner, view, f"{path}[{item}.{stage}]")
        items.setdefault(item, []).append(Node(SEQUENCE, ("stage", stage), body.children))
    children = [Node(SEQUENCE, tuple(s.key for s in stages), stages) for stages in items.values()]
    first = children[0].children[0].children[:1] if children else []
    node = Node(PIPELINE, ("pipe", tuple(child.key for child in first)), children, title)
    node.count = int(fanout.get("count") or len(children))
    return node


def _origin(call: CallView) -> Any:
    """Where in the script a call is made; by its label without numbers where that is not known."""
    return tuple(call.site) if call.site else (call.phase, re.sub(r"\d+", "#", call.label.partition(":")[0]))


class _Session:
    """When, in one session, the first call of a part was made and the last ended: by the clock, and by the lines of the journal."""

    __slots__ = ("born", "born_seq", "over", "over_seq")

    def __init__(self) -> None:
        self.born, self.born_seq, self.over, self.over_seq = inf, inf, -inf, -inf

    def take(self, call: CallView) -> None:
        start, end = call.start or call.end or {}, call.end or {}
        moment = call.queued if call.queued is not None else call.ended
        self.born = min(self.born, inf if moment is None else moment)
        self.born_seq = min(self.born_seq, start.get("seq", inf))
        self.over = max(self.over, call.ended if call.over and call.ended is not None else inf)
        self.over_seq = max(self.over_seq, end.get("seq", inf) if call.over else inf)


class _Span:
    """A part, and when it was at work in each session: a call that ran again later says nothing about those that replay."""

    __slots__ = ("node", "sessions")

    def __init__(self, node: Node, last: int, made: int | None) -> None:
        """``made``: the line of session ``last`` that tells of its beginning."""
        self.node = node
        self.sessions: dict[int, _Session] = {}
        for call in node.leaves():
            self.sessions.setdefault(call.session, _Session()).take(call)
        if made is not None and last in self.sessions:
            self.sessions[last].born_seq = min(self.sessions[last].born_seq, made)

    def follows(self, other: _Span) -> bool:
        """Whether all of it was made after all of ``other`` had ended; parts that were never at work in one session do."""
        return all(
            mine.born_seq > theirs.over_seq and mine.born >= theirs.over - _CLOSE_MS
            for session, mine in self.sessions.items()
            if (theirs := other.sessions.get(session)) is not None
        )
