"""What the tests with the real clients share. Without the clients in the cache they say so and are skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from real.clients import cache, missing
from real.server import ScriptedServer


@pytest.fixture(scope="session")
def clients() -> None:
    """Skips what needs them if they are not there."""
    if absent := missing():
        pytest.skip(f"{' and '.join(absent)} not in {cache()}: make test-real installs them")


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as serving:
        yield serving
