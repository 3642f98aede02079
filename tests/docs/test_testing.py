"""The tests in docs/testing.md pass, as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import odw.testing
from odw.testing.settings import DEFAULTS

pytest_plugins = ["pytester"]
TEXT = (Path(__file__).parents[2] / "docs" / "testing.md").read_text("utf-8")
FILES = dict(re.findall(r"```\w+\n(?:#|//) (\S+)\n(.*?)```", TEXT, re.DOTALL))


def _written(pytester: pytest.Pytester) -> None:
    for name, text in FILES.items():
        (pytester.path / name).write_text(text, "utf-8")
    pytester.makeini(
        "[pytest]\nfilterwarnings = error\naddopts = --strict-markers -p no:trio -p no:cacheprovider\n"
    )


def test_every_file_that_it_shows_is_named() -> None:
    assert len(FILES) == TEXT.count("```js") + TEXT.count("```python")
    assert set(FILES) == {
        "review.js", "test_review.py", "triage.py", "test_triage.py", "test_resume.py", "test_recorded.py",
    }  # fmt: skip


def test_its_tests_pass(pytester: pytest.Pytester) -> None:
    _written(pytester)
    count = sum(text.count("\ndef test_") for name, text in FILES.items())
    pytester.runpytest_subprocess("--odw-record", "--odw-backend", "mock").assert_outcomes(passed=count)
    pytester.runpytest_subprocess().assert_outcomes(passed=count)
    assert (pytester.path / "recorded" / "test_recorded" / "test_review_of_a_known_bug.json").is_file()


def test_every_setting_is_in_it() -> None:
    words = {word for code in re.findall(r"`([^`\n]+)`", TEXT) for word in re.findall(r"\w+", code)}
    assert set(DEFAULTS) <= words


def test_every_attribute_that_it_names_is_there() -> None:
    section = TEXT[TEXT.index("## What is looked at") : TEXT.index("`run.resume()` goes on")]
    of_run, of_calls = section.split("\n\n")[:2]
    of_calls, _, of_call = of_calls.partition("A call has ")
    run = odw.testing.run(FILES["review.js"], {"files": ["a"]})
    for thing, names in (
        (run, re.findall(r"`(?:run)?\.(\w+)", of_run)),
        (run.calls, re.findall(r"`\.(\w+)", of_calls)),
        (run.calls[0], re.findall(r"`(\w+)`", of_call)),
    ):
        assert len(names) > 10
        for name in names:
            assert hasattr(type(thing), name) or hasattr(thing, name), name
