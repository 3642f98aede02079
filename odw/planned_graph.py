"""The planned graph of a workflow: its call sites as a Mermaid flowchart, or as an outline for a terminal.

Phases are groups. A fan-out is a fork and a join around what it makes; ``×N`` marks what may be made any number of times,
a dashed edge what depends on a condition. Edges follow the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from odw.inspection import Inspection, Site

LABEL = 48
_LINE = "  "


def outline(inspection: Inspection) -> list[str]:
    """Indented lines, one for each phase and call site.

    ::

        Review
          parallel ×N                       line 12
            agent "Review ${…}"  opus  schema   line 13
    """
    lines: list[str] = []
    phase: str | None = ""
    children = _children(inspection.sites)
    for site in children.get(None, []):
        if site.hook == "phase":
            continue
        if site.phase != phase:
            phase = site.phase
            lines.append(_one(phase) if phase else "(no phase)")
        lines += _outline(site, children, 1)
    return lines or ["(the script calls no agent)"]


def _outline(site: Site, children: dict[int | None, list[Site]], depth: int) -> Iterator[str]:
    stage = f"stage {site.stage + 1}: " if site.stage is not None else ""
    marks = f"{' ×N' if site.many else ''}{' ?' if site.conditional else ''}"
    text = f"{_LINE * depth}{stage}{site.hook}{marks}{f'  {_title(site)}' if site.hook in _TITLED else ''}{_facts(site)}"
    yield f"{text:<72}  line {site.line}"
    for child in children.get(site.number, []):
        if child.hook != "phase":
            yield from _outline(child, children, depth + 1)


_TITLED = ("agent", "workflow")


def _facts(site: Site) -> str:
    """The options that matter at a glance."""
    facts = []
    for name in ("model", "effort", "runtime", "agentType"):
        value = site.options.get(name)
        if isinstance(value, str):
            facts.append(value)
    for name in ("schema", "isolation"):
        if name in site.options or name in site.dynamic:
            facts.append("worktree" if name == "isolation" else name)
    return "  " + "  ".join(map(_one, facts)) if facts else ""


def mermaid(inspection: Inspection) -> str:
    """A flowchart that GitHub and the Mermaid live editor draw."""
    return "\n".join(_Chart(inspection).lines()) + "\n"


class _Chart:
    def __init__(self, inspection: Inspection) -> None:
        self._inspection = inspection
        self._children = _children(inspection.sites)
        self._nodes: list[tuple[str | None, str]] = []  # phase, declaration
        self._edges: list[str] = []

    def lines(self) -> list[str]:
        """The chart: nodes by phase, then edges."""
        ends = ["start"]
        for site in self._children.get(None, []):
            ends = self._draw(site, ends)
        self._join(ends, "finish")
        groups: dict[str | None, list[str]] = {}
        for phase, node in self._nodes:
            groups.setdefault(phase, []).append(node)
        chart = [
            "flowchart TD",
            f'  start(["{_quoted(str(self._inspection.meta.get("name", "workflow")))}"])',
        ]
        for number, (phase, nodes) in enumerate(groups.items()):
            if phase is None:
                chart += [f"  {node}" for node in nodes]
                continue
            chart.append(f'  subgraph phase{number}["{_quoted(phase)}"]')
            chart += [f"    {node}" for node in nodes]
            chart.append("  end")
        return [*chart, "  finish([end])", *(f"  {edge}" for edge in self._edges)]

    def _draw(self, site: Site, before: list[str]) -> list[str]:
        """Add a site after the nodes ``before``; the nodes that what follows comes after."""
        if site.hook == "phase":
            return before
        name = f"s{site.number}"
        inside = [child for child in self._children.get(site.number, []) if child.hook != "phase"]
        self._nodes.append((site.phase, self._node(site, name)))
        self._join(before, name, dashed=site.conditional)
        after = [name]
        if site.hook in ("parallel", "fanout", "pipeline") and inside:
            after = self._pipeline(inside, name) if site.hook == "pipeline" else self._fork(inside, name)
            self._nodes.append((site.phase, f"{name}j{{{{join}}}}"))
            self._join(after, f"{name}j")
            after = [f"{name}j"]
        return [*after, *before] if site.conditional else after

    def _fork(self, inside: Sequence[Site], name: str) -> list[str]:
        ends: list[str] = []
        for child in inside:
            ends += self._draw(child._replace(conditional=False), [name])
        return ends

    def _pipeline(self, inside: Sequence[Site], name: str) -> list[str]:
        ends = [name]
        for child in sorted(inside, key=lambda site: (site.stage or 0, site.number)):
            ends = self._draw(child._replace(conditional=False), ends)
        return ends

    def _node(self, site: Site, name: str) -> str:
        many = " ×N" if site.many else ""
        if site.hook in ("parallel", "fanout", "pipeline"):
            return f"{name}{{{{{site.hook}{many}}}}}"
        shape = ('[["', '"]]') if site.hook == "workflow" else ('["', '"]')
        facts = _facts(site).strip()
        small = f"<br/><small>{_quoted(facts)}</small>" if facts else ""
        return f"{name}{shape[0]}{_quoted(_title(site))}{many}{small}{shape[1]}"

    def _join(self, before: Sequence[str], after: str, *, dashed: bool = False) -> None:
        for node in dict.fromkeys(before):
            self._edges.append(f"{node} {'-.->' if dashed else '-->'} {after}")


def _children(sites: Sequence[Site]) -> dict[int | None, list[Site]]:
    found: dict[int | None, list[Site]] = {}
    for site in sites:
        found.setdefault(site.within, []).append(site)
    return found


def _title(site: Site) -> str:
    label = site.options.get("label")
    title = label if isinstance(label, str) else site.prompt
    line = _one(title or site.hook)
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"


def _one(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Text inside the quotes of a Mermaid label, where it is neither markup nor syntax."""
    return "".join(f"#{ord(c)};" if c in '"#&<>\\`' else c for c in _one(text))
