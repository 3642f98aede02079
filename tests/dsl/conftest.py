"""Fixtures for workflows in Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from script_runs import Project


@pytest.fixture
def run_py(project: Project) -> Callable[..., Any]:
    """``run_py(source, answer, **options)`` runs the workflow in ``source``, which has ``odw`` and ``trio`` imported."""
    return partial(project.run, file="main.py", meta="import odw, trio\n")
