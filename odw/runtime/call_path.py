"""Where in a workflow's structure a call stands: the part of its identity that its content does not tell.

A path is written ``w0/p1[3]/a2``: inside the first sub-workflow, the second ``parallel``, its slot 3, the third agent call made
there. It follows from the script's structure alone, never from the order in which things end: each branch of a fan-out
has a :class:`Scope` of its own, which travels with the async context, and counts what is called within it.

    a agent · p parallel or fanout · l pipeline (slot and stage: ``l0[3.1]``) · w sub-workflow · t timer
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Frame:
    """One workflow that runs, main or sub-workflow: what its calls share. Changes only by ``phase()``.

    ``args`` and ``meta`` hold values of the front end's own kind; ``group`` is the heading of a sub-workflow's agents
    (``▸ name``), "" for the main one.
    """

    __slots__ = ("args", "depth", "group", "meta", "name", "phase", "phases")

    def __init__(
        self,
        name: str,
        meta: Mapping[str, Any],
        args: Any = None,
        depth: int = 0,
        group: str = "",
    ) -> None:
        self.name = name
        self.meta = meta
        self.args = args
        self.depth = depth
        self.group = group
        self.phase: str | None = None
        self.phases = phase_models(meta)


class Scope:
    """A place in the structure. ``phase`` is that of the nearest ``parallel(…, {phase})``, which wins over ``phase()``."""

    __slots__ = ("_counts", "frame", "path", "phase")

    def __init__(self, frame: Frame, path: str = "", phase: str | None = None) -> None:
        self.frame = frame
        self.path = path
        self.phase = phase
        self._counts: dict[str, int] | None = None

    def next(self, kind: str) -> str:
        """The path of the next call of ``kind`` in this scope."""
        counts = self._counts
        if counts is None:
            counts = self._counts = {}
        number = counts.get(kind, 0)
        counts[kind] = number + 1
        return f"{self.path}/{kind}{number}" if self.path else f"{kind}{number}"

    def inside(self, path: str, phase: str | None = None) -> Scope:
        """The scope of one branch whose path is ``path``."""
        return Scope(self.frame, path, phase or self.phase)

    def of_frame(self, frame: Frame) -> Scope:
        """The same place, counted together, for calls that belong to another workflow than those around them."""
        if self._counts is None:
            self._counts = {}
        twin = Scope(frame, self.path, self.current_phase)
        twin._counts = self._counts
        return twin

    @property
    def current_phase(self) -> str | None:
        return self.phase or self.frame.phase


def phase_titles(meta: Mapping[str, Any]) -> list[str]:
    """The titles of ``meta.phases``, whose entries are objects or plain strings."""
    phases = meta.get("phases")
    titles = [
        entry.get("title") if isinstance(entry, dict) else entry
        for entry in (phases if isinstance(phases, list) else ())
    ]
    return [title for title in titles if isinstance(title, str)]


def phase_models(meta: Mapping[str, Any]) -> dict[str, str]:
    """Phase title → the model that ``meta.phases`` gives it."""
    models: dict[str, str] = {}
    phases = meta.get("phases")
    for entry in phases if isinstance(phases, list) else ():
        if (
            isinstance(entry, dict)
            and isinstance(entry.get("title"), str)
            and isinstance(entry.get("model"), str)
        ):
            models[entry["title"]] = entry["model"]
    return models
