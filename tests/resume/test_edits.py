"""Which calls a resume runs after an edit of the script: exactly those whose content changed."""

from __future__ import annotations

from typing import Any

import pytest
from edits import EDITS, Edit


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_an_edit_runs_exactly_what_changed(edit: Edit, go: Any, counting: Any) -> None:
    first = go(edit.before)
    made = len(counting.take())
    second = go(edit.after, first)
    assert list(edit.runs) == counting.take()
    census = second.outcome.census
    assert made - edit.orphans == census["replayed"]
    assert second.outcome.error is None


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_going_back_to_the_first_script_runs_nothing(edit: Edit, go: Any, counting: Any) -> None:
    """What was recorded once is never lost: the old results are all still there."""
    first = go(edit.before)
    second = go(edit.after, first)
    counting.take()
    third = go(edit.before, second)
    assert counting.take() == []
    assert first.result == third.result


@pytest.mark.parametrize("edit", EDITS, ids=[edit.name for edit in EDITS])
def test_a_second_resume_of_the_edited_script_runs_nothing(edit: Edit, go: Any, counting: Any) -> None:
    second = go(edit.after, go(edit.before))
    counting.take()
    third = go(edit.after, second)
    assert counting.take() == []
    assert second.result == third.result


def test_equal_prompts_replay_as_recorded(go: Any, counting: Any) -> None:
    source = """
    return await parallel([1, 2, 3, 4].map(() => () => agent('write a draft')))
    """
    first = go(source)
    assert len(set(first.result)) == 4
    again = go(source, first)
    assert first.result == again.result
    assert again.outcome.census["replayed"] == 4


def test_one_of_a_hundred(go: Any, counting: Any) -> None:
    source = "return await parallel([...Array(100).keys()].map((i) => () => agent(`item ${i}`, { label: `${i}` })))"
    first = go(source)
    counting.take()
    second = go(source.replace("`item ${i}`", "i === 41 ? 'the item' : `item ${i}`"), first)
    assert counting.take() == ["41"]
    assert second.outcome.census["replayed"] == 99
