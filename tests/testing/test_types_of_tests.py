"""mypy sees what ``odw.testing`` gives, and the mistakes of a test."""

from __future__ import annotations

from pathlib import Path

from type_checks import errors_of_mypy, mistakes

MISTAKES = """

def test_wrong(odw_run: Project) -> None:
    odw_run(flow, bugdet="5k")  # call-arg
    odw_run(flow, concurrency="many")  # arg-type
    fails(3)  # arg-type
    assert_type(odw_run(flow).calls.one, int)  # assert-type
"""


def test_types_are_seen(tmp_path: Path) -> None:
    source = (Path(__file__).parent / "typed_tests.py").read_text("utf-8") + MISTAKES
    path = tmp_path / "typed_tests.py"
    path.write_text(source, "utf-8")
    found = errors_of_mypy(path)
    assert found == mistakes(source)
    assert len(found) == 4
