"""The kit passes an executor of another package that keeps the contract, and finds each fault in one that does not."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any

import pytest

from odw.errors import UsageError
from odw.executors.kit.cases import CASES
from odw.executors.kit.runner import Outcome, run_cases
from odw.executors.kit.stage import QUICK
from odw.executors.kit.subject import ENTRY_POINTS, find_subject

# fault -> some case that fails for it -> words of the reason
FAULTS: dict[str, dict[str, str]] = {
    "misnamed": {"descriptor": "its name is 'somebody'"},
    "unwatched": {"descriptor": "capabilities.processes"},
    "prompt in argv": {"prompt-is-no-argument": "on the command line", "long-prompt": "arguments and environment are too long"},
    "forgets the schema": {"schema": "the schema did not reach the program"},
    "forgets the answer": {"schema-repair": "was not told what is wrong"},
    "makes usage up": {"usage-absent": "usage was made up"},
    "believes any usage": {"usage-absurd": "report.usage.input = -5"},
    "half answers": {"cut-anywhere": "passed for the answer"},
    "content with nothing": {"no-answer": "nothing passed for an answer"},
    "own events": {"success": "an event of unknown type"},
    "own classes": {"failure-of-its-own": "unknown error class 'throttled'"},
    "silent about the reason": {"exit-code": "the last words are lost"},
    "raises anything": {"not-there": "run() raised ValueError"},
    "deaf to cancellation": {"cancelled": "the cancellation did not get through"},
    "trusts shapes": {"wrong-shapes": "run() raised"},
    "keeps everything": {"huge-output": "memory grew by"},
    "naive": {
        "setsid-grandchild": "1 processes are left",
        "daemon": "1 processes are left",
        "crash": "report.exit",
        "secret": "the secret is in",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with an executor, one whose dialect nobody knows, and one that cannot be loaded."""
    point = importlib.metadata.EntryPoint
    points = [
        point("third", "third_executor:ThirdExecutor", "odw.executors"),
        point("third", "third_dialect", ENTRY_POINTS),
        point("mute", "third_executor:ThirdExecutor", "odw.executors"),
        point("broken", "third_executor:ThirdExecutor", "odw.executors"),
        point("broken", "no_such_module", ENTRY_POINTS),
    ]

    def entry_points(**selected: str) -> list[Any]:
        return [
            each for each in points if all(getattr(each, key) == value for key, value in selected.items())
        ]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


async def outcomes_of(fault: str, *names: str) -> dict[str, Outcome]:
    table = {"use": "third", "args": [fault]}
    cases = [case for case in CASES if not names or case.name in names]
    return {
        each.case: each for each in await run_cases(find_subject("other", {"other": table}), cases, QUICK)
    }


async def test_another_packages_executor_that_keeps_the_contract() -> None:
    outcomes = await outcomes_of("")
    assert {name: each.reason for name, each in outcomes.items() if each.status != "ok"} == {}
    assert list(outcomes) == [case.name for case in CASES]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_found(fault: str) -> None:
    outcomes = await outcomes_of(fault, *FAULTS[fault])
    assert {name: each.status for name, each in outcomes.items()} == dict.fromkeys(FAULTS[fault], "failed")
    for name, words in FAULTS[fault].items():
        assert words in outcomes[name].reason


def test_what_has_no_dialect() -> None:
    assert find_subject("mute", {}).dialect_file is None
    with pytest.raises(UsageError, match="dialect no_such_module of the executor broken cannot be loaded"):
        find_subject("broken", {})
    with pytest.raises(UsageError, match="there is no executor 'thrid'") as raised:
        find_subject("thrid", {"third": {}})
    assert raised.value.hint == "Did you mean third?"
