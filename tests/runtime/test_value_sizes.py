"""What a workflow may hand over at once."""

from __future__ import annotations

from typing import Any

import pytest

from odw.errors import WorkflowError
from odw.runtime.sizes import (
    LINE,
    MEGABYTE,
    TooLarge,
    check_json_size,
    check_result_size,
    check_text_size,
    line,
)


def test_a_text_is_measured_in_bytes() -> None:
    check_text_size("x" * MEGABYTE, "it", 1)
    check_text_size("é" * (MEGABYTE // 2), "it", 1)
    with pytest.raises(TooLarge, match=r"it has 1\.0 MB, more than the 1 MB"):
        check_text_size("x" * (MEGABYTE + 1), "it", 1)
    with pytest.raises(TooLarge, match=r"it has 4\.0 MB"):
        check_text_size("😀" * MEGABYTE, "it", 1)


@pytest.mark.parametrize("value", [None, True, 5, 1.5, "x", [], {}, ["x" * (MEGABYTE - 4)], {"a": 1}])
def test_values_within_the_limit(value: Any) -> None:
    check_json_size(value, "it", 1)


@pytest.mark.parametrize(
    "value", ["x" * (MEGABYTE + 1), ["x" * MEGABYTE], {"a": {"b": ["x" * MEGABYTE]}}, list(range(200_000))]
)
def test_values_beyond_it(value: Any) -> None:
    with pytest.raises(TooLarge, match="ODW_MAX_VALUE_MB"):
        check_json_size(value, "it", 1)
    with pytest.raises(WorkflowError, match="result_too_large: the result has") as caught:
        check_result_size(value, 1)
    assert caught.value.code == "result_too_large"


def test_a_line_is_cut_and_says_so() -> None:
    assert line("x" * LINE) == "x" * LINE
    assert line("x" * (LINE + 1)) == "x" * LINE + "… [cut: 1,048,576 of 1,048,577 characters are shown]"
