"""Numbers and strings across the border between Python and ECMAScript; the expectations are node's."""

from __future__ import annotations

import json
from math import inf, nan
from pathlib import Path

import pytest

from odw.ecma.abstract_ops.exponentiation import number_power
from odw.ecma.abstract_ops.number_text import array_index, bigint_to_string, normalise, string_to_bigint
from odw.ecma.abstract_ops.type_conversion import (
    from_host_string,
    number_to_string,
    string_to_number,
    to_host_string,
)
from odw.ecma.number_format import to_precision
from odw.ecma.values import WellKnown


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (-1.5e-10, "-1.5e-10"),
        (1.2345678901234567e-5, "0.000012345678901234568"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (0.1 + 0.2, "0.30000000000000004"),
        (float(2**70), "1.1805916207174113e+21"),
        (2**53, "9007199254740992"),
        (1e16, "10000000000000000"),
        (nan, "NaN"),
        (-inf, "-Infinity"),
    ],
)
def test_number_to_string(number: float, text: str) -> None:
    assert number_to_string(number) == text


def test_numbers_have_one_representation() -> None:
    assert [type(normalise(x)) for x in (1.0, 2.0**53, 2.0**53 + 2, -0.0, 0.0, 0.5, nan, 2**53 + 1)] == [
        *(int, int, float, float, int, float, float),
        int,  # the nearest double is 2**53
    ]
    assert type(string_to_number("9007199254740993")) is int
    assert string_to_number("1" * 400) == inf
    assert normalise(10**400) == inf


def test_power_is_v8s_to_the_last_bit() -> None:
    cases = json.loads((Path(__file__).parent / "recorded" / "power.json").read_text())
    found = [number_to_string(number_power(normalise(x), normalise(y))) for x, y, _ in cases]
    assert found == [text for _, _, text in cases]


def test_bigint_text_beyond_the_limit_of_python() -> None:
    text = "7" * 20_001
    value = string_to_bigint(f"-{text}")
    assert value is not None
    assert bigint_to_string(value) == f"-{text}"
    assert bigint_to_string(10**9000) == "1" + "0" * 9000


def test_precision_just_below_a_power_of_ten() -> None:
    """1e-21 is a little less than its text, which sixteen digits show and fifteen do not."""
    assert to_precision(1e-21, 16) == "9.999999999999999e-22"
    assert to_precision(1e-21, 15) == "1.00000000000000e-21"
    assert to_precision(99.99, 2) == "1.0e+2"


def test_array_index() -> None:
    keys = ["0", "7", "4294967294", "4294967295", "01", "-1", "1.5", "", "x", "١", WellKnown.iterator]
    assert [array_index(key) for key in keys] == [0, 7, 4294967294, -1, -1, -1, -1, -1, -1, -1, -1]


def test_host_strings() -> None:
    assert from_host_string("a😀é") == "a\ud83d\ude00é"
    assert from_host_string("") == ""
    assert to_host_string("a\ud83d\ude00é") == "a😀é"
    assert to_host_string("\ud83d!\ude00") == "\ufffd!\ufffd"
