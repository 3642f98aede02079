"""mypy and pyright, both as strict as they can be, see the types that are there, and the mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from type_checks import errors_of_mypy, lines_of_pyright, mistakes, needs_pyright

MISTAKES = """

async def wrong() -> None:
    await review(3)  # arg-type
    await review()  # call-arg
    await odw.call("x", lable="l")  # call-overload
    await flow(["a"], strictly="no")  # arg-type
    assert_type(await strict("a"), int)  # assert-type
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "typed_workflow.py"
    path.write_text((Path(__file__).parent / "typed_workflow.py").read_text() + MISTAKES)
    return path


def test_types_are_seen(path: Path) -> None:
    expected, found = mistakes(path.read_text()), errors_of_mypy(path)
    assert expected <= found
    assert {line for line, _ in found} == {line for line, _ in expected}


@pytest.mark.node
@needs_pyright
def test_pyright_sees_them_too(path: Path) -> None:
    assert lines_of_pyright(path) == {line for line, _ in mistakes(path.read_text())}
