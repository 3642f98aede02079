"""The pages say what there is: every option in both languages, every field of the results, and the calls that are counted."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from script_runs import Ran

from odw import patterns

PAGES = {
    path.stem: path
    for path in (Path(__file__).parents[2] / "docs" / "patterns").glob("*.md")
    if path.stem != "index"
}


def rows(page: str) -> list[list[str]]:
    table = page.partition("\n## Options\n")[2].partition("\n## ")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("| `")
    ]


def names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


@pytest.mark.parametrize("name", PAGES)
def test_every_option_is_on_the_page(name: str, script_of: Callable[..., Ran]) -> None:
    page = rows(PAGES[name].read_text())
    said = script_of(name, {"nonsense": 1}).error.message
    assert [option for row in page for option in names(row[0])] == _as_listed(said, page)

    parameters = list(inspect.signature(getattr(patterns, name.replace("-", "_"))).parameters)
    positions = {"first": 0, "second": 1}
    found = []
    for row in page:
        word = row[1].partition(":")[0]
        found += (
            [parameters[positions[word]]]
            if word in positions
            else names(row[0 if row[1] == "the same" else 1])
        )
    assert sorted(found) == sorted(parameters)


def _as_listed(said: str, page: list[list[str]]) -> list[str]:
    """The script's options in the order of the page, those that it does not name at the end."""
    options = said.partition("there are: ")[2].split(", ")
    order = [option for row in page for option in names(row[0])]
    return sorted(options, key=lambda option: order.index(option) if option in order else len(order))


@pytest.mark.parametrize("name", PAGES)
def test_every_field_of_the_result_is_on_the_page(name: str) -> None:
    function = getattr(patterns, name.replace("-", "_"))
    text = PAGES[name].read_text().partition("\n## Result\n")[2].partition("\n## ")[0]
    result: Any = typing.get_type_hints(inspect.unwrap(function))["return"]
    fields = [field.name for field in dataclasses.fields(typing.get_origin(result) or result)]
    assert [field for field in fields if f"`{field}`" not in text] == []


COSTS = [
    ("adversarial-verify", {"claims": ["a", "b"], "voters": 3}, 6),
    ("perspective-verify", {"claims": ["a", "b"]}, 6),
    ("judge-panel", {"task": "T"}, 13),
    ("judge-panel", {"task": "T", "candidates": ["a", "b"], "refine": False}, 6),
    ("tournament", {"task": "T", "candidates": list("abcdef"), "judges": 1}, 5),
    ("consensus-vote", {"question": "Q", "options": ["a", "b"], "voters": 3}, 3),
    ("loop-until-dry", {"task": "T"}, 6),
    ("loop-until-budget", {"task": "T", "rounds": 4, "batch": 2}, 8),
    ("map-reduce", {"task": "T", "items": list(range(200))}, 23),
    ("completeness-critic", {"task": "T", "work": "W"}, 1),
    ("retry-until-passes", {"task": "T"}, 2),
    ("quality-gate", {"gates": [{"name": "a", "prompt": "A"}, {"name": "b", "command": "B"}]}, 2),
    ("scout-first", {"task": "T"}, 4),
]


@pytest.mark.parametrize(("name", "args", "calls"), COSTS)
def test_it_costs_what_the_page_says(
    name: str, args: dict[str, Any], calls: int, script_of: Callable[..., Ran]
) -> None:
    assert len(script_of(name, args, _easy).of("agent_start")) == calls


def _easy(request: Any) -> Any:
    """Agents that agree, find nothing, and accept everything; a scout that finds three parts."""
    from answers import by_label

    values: dict[str, Any] = {
        "refute *": {"refuted": False, "reason": ""}, "examine *": {"accepted": True, "reason": ""},
        "judge *": {"score": 5, "strength": "", "weakness": ""}, "match *": {"better": "A", "reason": ""},
        "vote *": {"choice": "a", "reason": ""}, "find *": {"items": []}, "critic *": {"gaps": []},
        "check *": {"passed": True, "problems": []}, "gate: a": {"passed": True, "problems": []},
        "gate: b": {"code": 0, "output": ""}, "scout": {"parts": ["x", "y", "z"]}, "*": "text",
    }  # fmt: skip
    return by_label(values)(request)
