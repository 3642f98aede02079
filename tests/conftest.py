"""Fixtures that several directories of tests share."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from script_runs import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def run_js(project: Project) -> Callable[..., Any]:
    return project.run


class _Order(random.Random):
    """trio reverses a batch of runnable tasks, which holds the last started first, when this says less than one half."""

    def __init__(self, backwards: bool) -> None:
        super().__init__(0)
        self._value = 0.9 if backwards else 0.0

    def random(self) -> float:
        return self._value


@pytest.fixture(params=["forwards", "backwards"])
def trio_order(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both orders in which trio may run the tasks of one batch."""
    from trio._core import _run

    monkeypatch.setattr(_run, "_ALLOW_DETERMINISTIC_SCHEDULING", False)  # True would shuffle instead
    monkeypatch.setattr(_run, "_r", _Order(request.param == "backwards"))
    return str(request.param)
