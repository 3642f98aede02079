"""Every operator over a table of values gives what node gave (recorded/operators.json, made by judge_operators.mjs)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builtin_calls import decode, encode, same

from odw.ecma.abi import ABI
from odw.ecma.abstract_ops.describe import describe
from odw.ecma.completion import SCRIPT_ERRORS, thrown_value
from odw.ecma.realm import activate

TABLE = json.loads((Path(__file__).parent / "recorded" / "operators.json").read_text())
# V8's words for a negative exponent are an accident of its: "undefined must be positive".
EXPONENT = {"throws": "RangeError: undefined must be positive"}


def outcome(name: str, *values: Any) -> Any:
    try:
        return encode(ABI[name](*map(decode, values)))
    except SCRIPT_ERRORS as error:
        return {"throws": describe(thrown_value(error))}


@pytest.mark.parametrize("name", sorted(TABLE["results"]))
def test_operator_is_nodes(name: str) -> None:
    activate()
    values, pool = TABLE["values"], TABLE["pool"]
    differences = []
    for a, row in zip(values, TABLE["results"][name], strict=True):
        cases = (
            [((a, b), w) for b, w in zip(values, row, strict=True)]
            if isinstance(row, list)
            else [((a,), row)]
        )
        for arguments, wanted in cases:
            node = pool[wanted]
            if node in ({"skip": 1}, EXPONENT):
                continue
            here = outcome(name, *arguments)
            if not same(here, node):
                differences.append(f"{name}{arguments}: node {node}, here {here}")
    assert not differences, f"{len(differences)} differences\n" + "\n".join(differences[:20])
