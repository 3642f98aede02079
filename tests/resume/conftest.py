"""Fixtures of the resume tests: a counting executor that answers every request differently, and runs that go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from script_runs import Project, Ran

from odw.runtime.fakes import FakePlanner

Resume = Callable[..., Ran]


class Counting:
    """Answers ``<label>#<n>``, n counting all answers ever given, so that no two results are equal."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self._numbers: Iterator[int] = count(1)

    def __call__(self, request: Any) -> str:
        self.labels.append(request.label)
        number = next(self._numbers)
        return f"{request.label}#{number}" if request.schema is None else f'{{"number": {number}}}'

    def take(self) -> list[str]:
        """The labels asked for since the last time, sorted."""
        taken, self.labels = sorted(self.labels), []
        return taken


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def go(project: Project, counting: Counting) -> Resume:
    """Run a source; with ``after=ran``, as a resume of that run."""

    def run(source: str, after: Ran | None = None, **options: Any) -> Ran:
        if after is not None:
            options["resume_from"] = after.outcome.run_id
        return project.run(source, executor=FakePlanner(counting), **options)

    return run
