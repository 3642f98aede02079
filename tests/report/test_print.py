"""Printing draws all of a view, and leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.report.chromium import Page

pytestmark = pytest.mark.browser


def test_all_rows_of_the_table_and_then_only_those_in_sight_again(
    tab: Page, reports: Callable[[int], Path]
) -> None:
    tab.open(f"{reports(1000).as_uri()}#view=agents")
    rows = "document.querySelectorAll('.grid-body .row').length"
    before = tab.value(rows)
    assert before < 80
    tab.value("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.value(rows) == 974
    tab.value("window.dispatchEvent(new Event('afterprint'))")
    assert tab.value(rows) == before
    assert tab.value("document.querySelector('.grid-inner').style.height") == f"{974 * 34}px"


def test_the_whole_timeline(tab: Page, reports: Callable[[int], Path]) -> None:
    tab.open(f"{reports(60).as_uri()}#view=timeline")
    height = "document.querySelector('.timeline-canvas').height"
    before = tab.value(height)
    tab.value("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.value(height) > before
    tab.value("window.dispatchEvent(new Event('afterprint'))")
    assert tab.value(height) == before
