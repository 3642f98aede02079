"""What a workflow says about itself without being run, in whatever language: meta, phases, and the places where it calls hooks.

It is a plan, not a prediction: how often a loop runs and which branch is taken is only known by running it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from odw.diagnostics import to_report
from odw.runtime.call_path import phase_titles

if TYPE_CHECKING:
    from odw.diagnostics import Diagnostic

HOLE = "${…}"  # stands in a text for what only a run tells


class Site(NamedTuple):
    """A place where the workflow calls a hook. ``line`` and ``column`` from 1; ``end_line`` is its last line.

    ``options`` holds the values that stand in the text, ``dynamic`` the names of those that only a run tells; ``open`` says that
    there may be more. ``within`` is the number of the fan-out that it belongs to. ``many``: in a loop or a callback, so it may be
    made any number of times. ``stage`` is the position of the pipeline stage that it stands in, from 0. ``function`` names the
    function of the author's that it is in, "" for none.
    """

    number: int
    hook: str
    line: int
    column: int
    end_line: int
    prompt: str | None
    options: dict[str, Any]
    dynamic: tuple[str, ...]
    open: bool
    phase: str | None
    within: int | None
    stage: int | None
    many: bool
    conditional: bool
    function: str

    def to_json(self) -> dict[str, Any]:
        return {
            "index": self.number, "hook": self.hook, "line": self.line, "column": self.column, "endLine": self.end_line,
            "prompt": self.prompt, "options": self.options, "dynamicOptions": list(self.dynamic), "moreOptions": self.open,
            "phase": self.phase, "within": self.within, "stage": self.stage, "many": self.many,
            "conditional": self.conditional, "function": self.function or None,
        }  # fmt: skip


class Inspection(NamedTuple):
    """``phases`` are those of meta, then those that the workflow begins by a text of its own, each once, in order; ``hints`` are
    lint's findings."""

    file: str
    meta: dict[str, Any]
    phases: tuple[str, ...]
    sites: tuple[Site, ...]
    hints: tuple[Diagnostic, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "meta": self.meta,
            "phases": list(self.phases),
            "callSites": [site.to_json() for site in self.sites],
            "hints": to_report(self.hints, 1)["diagnostics"],
        }


def phases_of(meta: dict[str, Any], sites: Sequence[Site]) -> tuple[str, ...]:
    """The phases of an inspection, from its meta and its sites."""
    titles: dict[str, None] = dict.fromkeys(phase_titles(meta))
    for site in sites:
        if site.phase is not None and HOLE not in site.phase:
            titles.setdefault(site.phase, None)
    return tuple(titles)
