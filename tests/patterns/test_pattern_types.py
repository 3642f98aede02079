"""mypy and pyright see the types of the patterns, and the mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from type_checks import errors_of_mypy, lines_of_pyright, mistakes, needs_pyright

TYPED = Path(__file__).parent / "typed_patterns.py"


def test_types_are_seen() -> None:
    assert errors_of_mypy(TYPED) == mistakes(TYPED.read_text())


@pytest.mark.node
@needs_pyright
def test_pyright_sees_them_too(tmp_path: Path) -> None:
    path = tmp_path / TYPED.name
    path.write_text(TYPED.read_text())
    assert lines_of_pyright(path) == {line for line, _ in mistakes(TYPED.read_text())}
