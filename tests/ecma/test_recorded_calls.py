"""Every recorded call of a built-in has here the outcome that node had: result, error, and what became of the receiver."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builtin_calls import perform, same

from odw.ecma.realm import activate

RECORDED = Path(__file__).parent / "recorded"


@pytest.mark.parametrize("area", sorted(path.stem for path in RECORDED.glob("*.jsonl")))
def test_outcome_is_nodes(area: str) -> None:
    activate()
    differences = []
    for line in (RECORDED / f"{area}.jsonl").read_text().splitlines():
        case = json.loads(line)
        call = {key: case.pop(key) for key in ("target", "self", "args")}
        found = perform(call)
        if not same(found, case):
            differences.append(f"{json.dumps(call)}\n  node: {json.dumps(case)}\n  here: {json.dumps(found)}")
    assert not differences, f"{len(differences)} differences, the first:\n" + "\n".join(differences[:12])
