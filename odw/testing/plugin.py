"""The pytest plugin: the fixture ``odw_run``, the marker ``odw``, ``--odw-record``. It imports nothing of odw until a test asks for it."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from odw.testing.project import Project

_PROJECT = pytest.StashKey["Project"]()
_FAILED = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("odw", "tests of workflows")
    group.addoption(
        "--odw-record",
        action="store_true",
        help="ask real agents for the answers that are to be recorded and are not yet, and record them; this spends money",
    )
    group.addoption(
        "--odw-backend",
        default="native",
        metavar="NAME",
        help="the executor to ask with --odw-record; by default the project's own, as odw exec takes it",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "odw(**settings): settings of every odw_run in the test, such as budget='50k', concurrency=1, args={…}",
    )


@pytest.fixture
def odw_run(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """Runs a workflow in a directory of its own, answered by the test: ``run = odw_run("review.js", answers={"review:*": […]})``."""
    from odw.runtime.abc import ABSENT
    from odw.testing.project import Project
    from odw.testing.recordings import Recording

    item = request.node
    config = request.config
    records = bool(config.getoption("--odw-record"))
    recording = Recording(
        recording_path(item.path, item.nodeid),
        f"pytest --odw-record {shlex.quote(item.nodeid)}",
        item.nodeid,
    )
    settings = _marked(item)
    project = item.stash[_PROJECT] = Project(
        tmp_path / "project",
        folders=[item.path.parent, config.rootpath],
        recording=recording,
        record_with=config.getoption("--odw-backend") if records else None,
        args=settings.pop("args", ABSENT),
        settings=settings,
    )
    yield project
    if records and not item.stash.get(_FAILED, False):
        recording.drop_unused()


@pytest.hookimpl(hookwrapper=True)  # not wrapper, which older versions of pluggy do not know
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """A test that failed shows what its runs did."""
    outcome = yield
    report = outcome.get_result()
    if report.failed and call.when == "call":
        item.stash[_FAILED] = True
        project = item.stash.get(_PROJECT, None)
        for number, run in enumerate(project.runs if project is not None else (), 1):
            report.sections.append((f"odw run {number}", run.listing()))


def recording_path(file: Path, nodeid: str) -> Path:
    """``recorded/<file>/<test>.json`` beside the file of the test."""
    name = nodeid.partition("::")[2]
    safe = re.sub(r"[^\w.\[\]-]+", "-", name)
    if safe != name.replace("::", "-") or len(safe) > 100:  # so that no two tests share a file
        safe = f"{safe[:80]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return file.parent / "recorded" / file.stem / f"{safe}.json"


def _marked(item: pytest.Item) -> dict[str, Any]:
    """The settings of all ``odw`` markers, the nearest to the test last."""
    settings: dict[str, Any] = {}
    for marker in reversed(list(item.iter_markers("odw"))):
        if marker.args:
            raise pytest.UsageError(f"{item.nodeid}: @pytest.mark.odw takes settings by name only")
        settings.update(marker.kwargs)
    return settings
