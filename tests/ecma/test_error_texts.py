"""What a script reads in ``e.message`` where things go wrong, against a table of what node says (``cases/errors.json``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from odw.ecma.abi import start_async
from odw.ecma.realm import R, activate
from odw.transpile.driver import compile_script
from odw.transpile.emit import load
from odw.transpile.source import Source

META = "export const meta = { name: 'n', description: 'd' }\n"
SHOW = """
const show = (e) => e instanceof Error || e?.constructor?.name === 'DOMException' ? `${e.name}: ${e.message}` : `thrown: ${String(e)}`
"""
ROWS: list[list[str]] = json.loads((Path(__file__).parent / "cases" / "errors.json").read_text("utf-8"))


def run(body: str) -> Any:
    compiled = compile_script(Source(META + body, "case.js"))
    activate()
    promise = start_async(load(compiled)["workflow"]())
    R.jobs.run_all()
    R.jobs.take_unhandled()
    assert promise.state == "fulfilled", promise.value
    return promise.value


@pytest.fixture(scope="module")
def answers() -> list[Any]:
    """What odw says to every row; each runs in a function of its own."""
    cases = ",\n".join(f"async () => {{\n{body}\n}}" for body, _ in ROWS)
    loop = "for (const f of cases) try { await f(); said.push('nothing') } catch (e) { said.push(show(e)) }"
    return list(run(f"{SHOW}\nconst cases = [\n{cases}\n]\nconst said = []\n{loop}\nreturn said"))


@pytest.mark.parametrize("row", range(len(ROWS)), ids=[body for body, _ in ROWS])
def test_the_text_is_nodes(answers: list[Any], row: int) -> None:
    assert answers[row] == ROWS[row][1]
