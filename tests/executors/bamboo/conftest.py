"""Fixtures of bamboo's tests: a scripted provider, and the agent's process at work with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from bamboo_process import Work, work_once
from real.server import ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as serving:
        yield serving


@pytest.fixture
def work(server: ScriptedServer, tmp_path: Path) -> Work:
    return partial(work_once, server, tmp_path)
