"""Adversarial and perspective-diverse verify: ties, abstentions, and what decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from answers import FAILS, by_label
from script_runs import Ran

YES = {"refuted": False, "reason": "stands"}
NO = {"refuted": True, "reason": "falls"}
ACCEPTED = {"accepted": True, "reason": "good"}
REJECTED = {"accepted": False, "reason": "bad"}

# votes, needed -> the verdict
DECISIONS: list[tuple[list[Any], int | None, str]] = [
    ([YES, YES, YES], None, "confirmed"),
    ([YES, NO, YES], None, "confirmed"),
    ([NO, NO, YES], None, "refuted"),
    ([YES, NO, FAILS], None, "undecided"),
    ([YES, YES, FAILS], None, "confirmed"),
    ([NO, NO, FAILS], None, "refuted"),
    ([FAILS, FAILS, FAILS], None, "undecided"),
    ([YES, NO], None, "refuted"),  # a tie is not enough
    ([YES, NO], 1, "confirmed"),
    ([YES, YES, NO], 3, "refuted"),
    ([YES], None, "confirmed"),
]


@pytest.mark.parametrize(("votes", "needed", "verdict"), DECISIONS)
def test_what_decides_a_claim(
    votes: list[Any],
    needed: int | None,
    verdict: str,
    script_of: Callable[..., Ran],
    python_of: Callable[..., Ran],
) -> None:
    answers = {f"refute 1.{number}": vote for number, vote in enumerate(votes, 1)}
    result = python_of(
        f"adversarial_verify(['c'], voters={len(votes)}, needed={needed})", by_label(answers)
    ).result
    script = script_of(
        "adversarial-verify", {"claims": ["c"], "voters": len(votes), "needed": needed}, by_label(answers)
    )
    assert script.result == result
    assert result[verdict] == ["c"]
    assert result["verdicts"] == [
        {
            "claim": "c",
            "verdict": verdict,
            "upheld": votes.count(YES),
            "refuted": votes.count(NO),
            "abstained": votes.count(FAILS),
            "reasons": [vote["reason"] for vote in votes if vote is not FAILS],
        }
    ]
    assert result["abstained"] == votes.count(FAILS)


def test_abstentions_are_logged(python_of: Callable[..., Ran]) -> None:
    answers = by_label({"refute 1.1": FAILS, "refute *": YES})
    ran = python_of("adversarial_verify(['c', 'd'])", answers)
    assert ran.logs == [
        "[refute 1.1] failed: no luck",
        "adversarial-verify: 2 confirmed, 0 refuted, 0 undecided; 1 of 6 votes abstained",
    ]


def test_perspectives_need_not_agree(python_of: Callable[..., Ran]) -> None:
    votes = {"examine 1.*": ACCEPTED, "examine 2.1": REJECTED, "examine 3.3": FAILS, "examine *": ACCEPTED}
    result = python_of("perspective_verify(['a', 'b', 'c'])", by_label(votes)).result
    assert [result[verdict] for verdict in ("confirmed", "refuted", "undecided")] == [["a"], ["b"], ["c"]]
    assert result["verdicts"][2]["votes"][2] == {
        "perspective": "whether it matters to those who depend on it",
        "accepted": None,
        "reason": None,
    }
    relaxed = python_of("perspective_verify(['a', 'b', 'c'], needed=2)", by_label(votes)).result
    assert relaxed["confirmed"] == ["a", "b", "c"]


def test_a_prompt_of_ones_own_that_cannot_be_made_costs_nothing(run_py: Callable[..., Ran]) -> None:
    source = """
@odw.workflow
async def case():
    return await patterns.adversarial_verify([{"n": 1}, {}], prompt=lambda claim: f"Is {claim['n']} one?")
"""
    ran = run_py(source)
    assert "KeyError" in ran.error.message
    assert ran.of("agent_start") == []


def test_claims_are_typed_and_their_prompts_made_from_them(run_py: Callable[..., Ran]) -> None:
    source = """
from dataclasses import dataclass

@dataclass
class Finding:
    file: str

@odw.workflow
async def case():
    found = await patterns.perspective_verify(
        [Finding("a.py")], perspectives=["one"], prompt=lambda finding, view: f"{finding.file} {view}"
    )
    assert type(found.confirmed[0]) is Finding
    return found.confirmed
"""
    ran = run_py(source, by_label({"*": ACCEPTED}))
    assert ran.result == [{"file": "a.py"}]
    assert ran.of("agent_start")[0]["promptPreview"] == "a.py one"
