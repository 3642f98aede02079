"""Judge panel, tournament, consensus vote: ties, abstentions, and who is left when nobody answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from answers import FAILS, by_label
from script_runs import Ran


def score(number: int) -> dict[str, Any]:
    return {"score": number, "strength": f"s{number}", "weakness": f"w{number}"}


def ballot(choice: str) -> dict[str, Any]:
    return {"choice": choice, "reason": f"because {choice}"}


A, B = {"better": "A", "reason": ""}, {"better": "B", "reason": ""}


def test_a_panel_ranks_by_the_scores_that_came(python_of: Callable[..., Ran]) -> None:
    answers = {
        "judge 1.1": score(2), "judge 1.*": FAILS, "judge 2.*": score(9), "judge 3.*": FAILS, "refine": "better"
    }  # fmt: skip
    result = python_of("judge_panel('T', ['a', 'b', 'c'])", by_label(answers)).result
    assert [(entry["candidate"], entry["mean"], entry["abstained"]) for entry in result["ranking"]] == [
        ("b", 9, 0),
        ("a", 2, 2),
    ]
    assert [entry["candidate"] for entry in result["unranked"]] == ["c"]
    assert (result["abstained"], result["tied"], result["final"]) == (5, False, "better")


def test_a_panel_says_that_the_first_place_is_shared(python_of: Callable[..., Ran]) -> None:
    ran = python_of("judge_panel('T', ['a', 'b'], refine=False)", by_label({"judge *": score(5)}))
    assert ran.result["winner"]["candidate"] == "a"
    assert (ran.result["tied"], ran.result["final"]) == (True, None)
    assert "the first place is shared" in ran.logs[0]


def test_a_panel_without_proposals_or_scores_has_no_winner(python_of: Callable[..., Ran]) -> None:
    result = python_of("judge_panel('T', angles=['x', 'y'])", by_label({"*": FAILS})).result
    assert (result["winner"], result["failed"], result["final"]) == (None, ["x", "y"], None)
    answers = by_label({"propose 1": FAILS, "propose 2": "P", "judge *": FAILS})
    result = python_of("judge_panel('T', angles=['x', 'y'])", answers).result
    assert (result["winner"], result["failed"]) == (None, ["x"])
    assert [entry["candidate"] for entry in result["unranked"]] == ["P"]


def test_what_the_refiner_is_told(python_of: Callable[..., Ran]) -> None:
    answers = by_label({"judge 1.*": score(3), "judge 2.*": score(7), "refine": "x"})
    ran = python_of("judge_panel('T', ['one', 'two'], judges=['j'])", answers)
    prompt = ran.of("agent_start")[-1]["promptPreview"]
    assert "Candidate:\ntwo" in prompt
    assert "- w7\n\nStrengths of the others:\n- s3" in prompt


def test_every_second_judge_sees_a_match_the_other_way_round(python_of: Callable[..., Ran]) -> None:
    ran = python_of("tournament('T', ['x', 'y'], judges=2)", by_label({"*tie-break": B, "match *": A}))
    prompts = [event["promptPreview"] for event in ran.of("agent_start")]
    assert ["A:\nx\n\nB:\ny" in prompt for prompt in prompts] == [True, False, True]
    # both liked the first place: a tie, which the third decides
    assert ran.result["rounds"] == [
        [{"a": 0, "b": 1, "winner": 1, "votes": [1, 1], "abstained": 0, "decided": "tie-break"}]
    ]
    assert ran.result["winner"] == "y"


def test_a_tournament_in_which_nobody_answers_goes_by_the_seed(python_of: Callable[..., Ran]) -> None:
    result = python_of("tournament('T', ['x', 'y', 'z'])", by_label({"*": FAILS})).result
    assert [match["decided"] for match in result["rounds"][0]] == ["bye", "seed"]
    assert (result["winner"], result["abstained"]) == ("z", 6)


def test_no_candidate_gets_two_byes_in_a_row(python_of: Callable[..., Ran]) -> None:
    result = python_of("tournament('T', list('abcdefg'), judges=1)", by_label({"*": A})).result
    byes = [match["a"] for played in result["rounds"] for match in played if match["decided"] == "bye"]
    assert byes == [6]
    assert sum(match["decided"] != "bye" for played in result["rounds"] for match in played) == 6


# what five voters say -> winner, decided
VOTES: list[tuple[list[str | None], str | None, str]] = [
    (["a", "a", "a", "b", "c"], "a", "majority"),
    (["a", "a", "b", "c", "abstain"], "a", "plurality"),
    (["a", "a", "b", "b", "c"], "b", "tie-break"),
    (["a", "abstain", "abstain", None, None], None, "no quorum"),
    ([None, None, None, None, None], None, "no quorum"),
    (["a", "a", "abstain", "abstain", "b"], "a", "majority"),
]


@pytest.mark.parametrize(("said", "winner", "decided"), VOTES)
def test_what_decides_a_vote(
    said: list[str | None],
    winner: str | None,
    decided: str,
    script_of: Callable[..., Ran],
    python_of: Callable[..., Ran],
) -> None:
    answers: dict[str, Any] = {
        f"vote {number}": FAILS if choice is None else ballot(choice) for number, choice in enumerate(said, 1)
    }
    answers["tie-break"] = ballot("b")
    result = python_of("consensus_vote('Q', ['a', 'b', 'c'])", by_label(answers)).result
    script = script_of("consensus-vote", {"question": "Q", "options": ["a", "b", "c"]}, by_label(answers))
    assert script.result == result
    assert (result["winner"], result["decided"]) == (winner, decided)
    assert (result["abstained"], result["failed"]) == (said.count("abstain"), said.count(None))


@pytest.mark.parametrize("last", [FAILS, ballot("abstain")])
def test_a_tie_that_is_not_broken_has_no_winner(last: Any, python_of: Callable[..., Ran]) -> None:
    answers = {"vote 1": ballot("a"), "vote 2": ballot("b"), "tie-break": last}
    ran = python_of("consensus_vote('Q', ['a', 'b', 'c'], voters=2)", by_label(answers))
    assert (ran.result["winner"], ran.result["decided"]) == (None, "tie")
    tiebreak = ran.of("agent_start")[-1]
    assert "Options:\n- a\n- b\n\nReasons given:\n- a: because a\n- b: because b" in tiebreak["promptPreview"]


def test_each_voter_reads_the_options_from_another_one_on(python_of: Callable[..., Ran]) -> None:
    ran = python_of("consensus_vote('Q', ['a', 'b', 'c'], voters=4)", by_label({"*": ballot("c")}))
    orders = [event["promptPreview"].partition("Options:\n")[2] for event in ran.of("agent_start")]
    assert orders == ["- a\n- b\n- c", "- b\n- c\n- a", "- c\n- a\n- b", "- a\n- b\n- c"]
