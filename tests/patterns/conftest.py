"""Fixtures for the patterns: one use of a pattern, run in either language."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from script_runs import Project, Ran


@pytest.fixture
def run_py(project: Project) -> Callable[..., Ran]:
    """``run_py(source, answer, **options)`` runs the workflow in ``source``, which has ``odw`` and ``patterns`` imported."""
    return partial(project.run, file="main.py", meta="import odw, trio\nfrom odw import patterns\n")


@pytest.fixture
def script_of(project: Project) -> Callable[..., Ran]:
    """``script_of(name, args, answer)`` runs a script that calls the pattern and returns what it gives."""

    def run(name: str, args: Any, answer: Any = None, **options: Any) -> Ran:
        return project.run(
            f"return workflow({json.dumps(name)}, {json.dumps(args)})", answer, file="script.js", **options
        )

    return run


@pytest.fixture
def python_of(project: Project) -> Callable[..., Ran]:
    """``python_of("judge_panel(…)", answer)`` runs a workflow that awaits the pattern and returns what it gives."""

    def run(call: str, answer: Any = None, **options: Any) -> Ran:
        source = f"import odw\n\n@odw.workflow\nasync def case():\n    return await odw.patterns.{call}\n"
        return project.run(source, answer, file="python.py", meta="", **options)

    return run
