"""One idea per file: no file of odw/ is longer than 400 lines, and half of them are at most 200."""

from __future__ import annotations

from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
CEILING = 400
MEDIAN = 200

# Longer files, each with its reason. An entry that is no longer needed fails the test.
EXCEPTIONS: dict[str, str] = {}


def _lines() -> dict[str, int]:
    return {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / "odw").rglob("*.py")
    }


def test_no_file_is_longer_than_the_ceiling() -> None:
    long = {name: count for name, count in _lines().items() if count > CEILING}
    assert set(long) == set(EXCEPTIONS), long


def test_the_median_is_short() -> None:
    counts = [
        count for name, count in _lines().items() if count > 3
    ]  # an empty __init__.py is no file to read
    assert median(counts) <= MEDIAN
