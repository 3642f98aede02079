"""The examples in Python have no findings, neither of the linter nor of mypy."""

from __future__ import annotations

from pathlib import Path

import pytest
from type_checks import ROOT, run_mypy

from odw.dsl.checks import check_text

EXAMPLES = sorted((ROOT / "examples" / "py").glob("*.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_it_lints_clean(example: Path) -> None:
    assert [finding.message for finding in check_text(example.read_bytes(), example.name)] == []


def test_their_types_are_right(tmp_path: Path) -> None:
    for example in EXAMPLES:  # under names that a module can have
        (tmp_path / f"{example.stem.replace('-', '_')}.py").write_bytes(example.read_bytes())
    done = run_mypy(tmp_path)
    assert done.stdout == ""
    assert done.returncode == 0
