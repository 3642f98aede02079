"""What the compiler makes of small scripts: ``cases/*.test``, each ``[case name]``, JavaScript, ``[out]``, Python.

``ODW_UPDATE=1 pytest tests/transpile/lower`` writes the Python parts anew; read the difference before you keep it.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

from odw.transpile.analyze.meta import Meta
from odw.transpile.analyze.scope import analyze_scopes
from odw.transpile.driver import CheckedScript, lower_script
from odw.transpile.python_text import python_text
from odw.transpile.source import Source
from odw.transpile.syntax import parse

FILES = sorted((Path(__file__).parent.parent / "cases").glob("*.test"))
CASE = re.compile(r"^\[case (\w+)\]\n(.*?)^\[out\]\n(.*?)(?=^\[case |\Z)", re.MULTILINE | re.DOTALL)


def compiled_text(script: str) -> str:
    """The body of ``workflow`` (and what stands before it), without the header."""
    source = Source(script, "case.js")
    program = parse(source)
    checked = CheckedScript(source, program, analyze_scopes(program), Meta(), ())
    text = python_text(lower_script(checked), checked)
    ast.parse(text)
    before, _, body = text.partition("\n\n\n")[2].partition("async def workflow():\n")
    return (
        before
        + re.sub(r"^    ", "", body, flags=re.MULTILINE).removesuffix("return undefined\n").rstrip("\n")
        + "\n"
    )


def cases() -> list[tuple[str, str, str]]:
    return [
        (f"{file.stem}:{name}", script, expected)
        for file in FILES
        for name, script, expected in CASE.findall(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    ("name", "script", "expected"), [pytest.param(*case, id=case[0]) for case in cases()]
)
def test_case(name: str, script: str, expected: str) -> None:
    if os.environ.get("ODW_UPDATE"):
        pytest.skip("updating")
    assert compiled_text(script) == expected.rstrip("\n") + "\n"


def test_update() -> None:
    if not os.environ.get("ODW_UPDATE"):
        return
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        file.write_text(
            CASE.sub(lambda m: f"[case {m[1]}]\n{m[2]}[out]\n{compiled_text(m[2])}\n", text).rstrip("\n")
            + "\n",
            encoding="utf-8",
        )
