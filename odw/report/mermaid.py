"""The execution graph as Mermaid text, for documents and comments; small enough for Mermaid's own limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from odw.report.graph import CALL, FORK, LOOP, PIPELINE, SEQUENCE, SUB, Node, title_of
from odw.runtime.run_view import CallView

TITLE = 60  # characters
MOST = 200  # calls, or groups of them, that are drawn; Mermaid refuses more than 500 edges
LONGEST = 40_000  # characters of them; Mermaid refuses more than 50,000 in all

# state → the sign before a title, in the order in which counts are given
SIGNS = {
    "done": "✓", "replayed": "↺", "failed": "✗", "cut": "✂", "skipped": "⊘", "refused": "⊝", "running": "…", "waiting": "…",
}  # fmt: skip
_STYLES = (
    ("ok", "fill:#e6f4ea,stroke:#3c9a5f,color:#14351f"),
    ("bad", "fill:#fdeceb,stroke:#cf4a43,color:#4a1512"),
    ("part", "fill:#fff4de,stroke:#c98a1b,color:#43300a"),
    ("open", "fill:#e8f0fe,stroke:#4a7fd6,color:#12284f"),
    ("off", "fill:#f1f3f5,stroke:#99a1ab,color:#333a42"),
    ("point", "fill:#8a94a0,stroke:#8a94a0"),
)
_UNSAFE = re.compile(r"[^\w\s,:/().\-…×✓✗↺✂⊘⊝·▸]|_|^\s*[-.(]|^\s*\d+[.)]", re.ASCII)

Status = Callable[[CallView], str]


def mermaid(node: Node, status: Status) -> str:
    """A flowchart from top to bottom."""
    drawing = _Drawing(status)
    drawing.part(node, 1)
    if not drawing.drawn:
        drawing.lines.append('  none["no agent calls"]:::off')
    if drawing.left_out:
        drawing.lines.append(f'  more["{drawing.left_out} more parts are not drawn"]:::off')
    styles = [f"  classDef {name} {style}" for name, style in _STYLES]
    return "\n".join(["flowchart TD", *drawing.lines, *drawing.edges, *styles]) + "\n"


def escaped(text: str, length: int = TITLE) -> str:
    """``text`` as it can stand between quotes: no markup, no markdown, no end of the label."""
    line = " ".join(text.split())
    line = line if len(line) <= length else f"{line[: length - 1]}…"
    return _UNSAFE.sub(lambda found: "".join(_code(char) for char in found[0]), line)


def _code(char: str) -> str:
    return char if char.isalnum() or char.isspace() else f"#{ord(char)};"


def counted(states: Counter[str]) -> str:
    """``✓ 36 ✗ 2``."""
    return " ".join(f"{sign} {states[name]}" for name, sign in SIGNS.items() if states[name])


Ends = tuple[list[str], list[str]]  # where edges come in, and where they go on


class _Drawing:
    def __init__(self, status: Status) -> None:
        self.lines: list[str] = []
        self.edges: list[str] = []
        self.drawn = self.left_out = 0
        self._length = 0
        self._status = status
        self._names = 0

    def part(self, node: Node, depth: int) -> Ends:
        if node.kind == CALL:
            return self._call(node, depth)
        if node.kind == SEQUENCE:
            return self._sequence(node, depth)
        if node.kind == FORK:
            return self._fork(node, depth)
        if node.kind == PIPELINE:
            items = "item" if node.count == 1 else "items"
            title = f"{node.title} · pipeline" if node.title else "pipeline"
            return self._framed(node, f"{title} · {node.count} {items}", depth)
        if node.kind == LOOP:
            ends = self._framed(node, f"loop ×{node.count}", depth)
            self.edges += [f"  {last} -.-> {first}" for last in ends[1][:1] for first in ends[0][:1]]
            return ends
        return self._framed(node, f"▸ {node.title}" if node.kind == SUB else node.title, depth)

    def _name(self, prefix: str) -> str:
        self._names += 1
        return f"{prefix}{self._names}"

    def _call(self, node: Node, depth: int) -> Ends:
        if self.drawn == MOST or self._length > LONGEST:
            self.left_out += 1
            return [], []
        self.drawn += 1
        states = Counter(self._status(call) for call in node.calls)
        title = escaped(title_of(node)) or "agent"
        name = self._name("n")
        if len(node.calls) == 1:
            text = f'["{SIGNS.get(next(iter(states)), "")} {title}"]'
        else:
            text = f'[["{title} ×{len(node.calls)}<br/>{counted(states)}"]]'
        self.lines.append(f"{'  ' * depth}{name}{text}:::{_style(states)}")
        self._length += len(self.lines[-1]) + 40  # and its edges
        return [name], [name]

    def _sequence(self, node: Node, depth: int) -> Ends:
        entries: list[str] = []
        exits: list[str] = []
        for child in node.children:
            into, out = self.part(child, depth)
            if not into:
                continue
            self.edges += [f"  {one} --> {other}" for one in exits for other in into]
            entries = entries or into
            exits = out
        return entries, exits

    def _fork(self, node: Node, depth: int) -> Ends:
        if len(node.children) == 1:
            return self.part(node.children[0], depth)
        fork, join = self._name("f"), self._name("j")
        pad = "  " * depth
        self.lines.append(f"{pad}{fork}(( )):::point")
        found = [self.part(child, depth) for child in node.children]
        self.lines.append(f"{pad}{join}(( )):::point")
        for into, out in found:
            self.edges += [f"  {fork} --> {name}" for name in into]
            self.edges += [f"  {name} --> {join}" for name in out]
        return [fork], [join]

    def _framed(self, node: Node, title: str, depth: int) -> Ends:
        pad = "  " * depth
        before = len(self.lines)
        self.lines.append(f'{pad}subgraph {self._name("g")}["{escaped(title) or "phase"}"]')
        if node.kind == PIPELINE and len(node.children) > 1:
            ends = [self.part(child, depth + 1) for child in node.children]
            into, out = [name for one, _ in ends for name in one], [name for _, one in ends for name in one]
        else:
            into, out = self._sequence(node, depth + 1)
        if not into:
            del self.lines[before:]
            return [], []
        self.lines.append(f"{pad}end")
        return into, out


def _style(states: Counter[str]) -> str:
    total = states.total()
    if states["running"] or states["waiting"]:
        return "open"
    if states["done"] + states["replayed"] == total:
        return "ok"
    if states["failed"] == total:
        return "bad"
    return "part" if states["failed"] or states["done"] or states["replayed"] else "off"
