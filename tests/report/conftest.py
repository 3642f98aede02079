"""Fixtures of the report's tests: made-up runs, and one Chromium for all tests that look at a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from odw.report.render import write_report
from tests.report.chromium import BINARY, Browser, Page
from tests.report.made_runs import made_run


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The report of a made-up run of about so many calls."""
    made: dict[int, Path] = {}

    def report(size: int) -> Path:
        if size not in made:
            path = tmp_path_factory.mktemp("runs") / f"r{size}"
            made[size] = write_report(made_run(path, size, 2000 if size == 1000 else 400))
        return made[size]

    return report


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if BINARY is None:
        pytest.skip("no chromium on PATH")
    with Browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that must not have asked, said or reported anything when the test is over."""
    page = browser.page()
    yield page
    own = page.value("location.href.split('#')[0]")
    page.close()
    assert page.dialogs == []
    assert page.errors == []
    assert [url for url in page.requests if url.split("#")[0] != own] == []
