from __future__ import annotations

import pytest

from odw.ecma.abi import ABI
from odw.transpile.lower.names import ABI_NAMES, RESERVED, mangle


def test_every_name_that_compiled_code_may_call_exists() -> None:
    assert ABI_NAMES - set(ABI) == set()


@pytest.mark.parametrize(
    ("name", "python"),
    [
        ("plain", "plain"),
        ("list", "list_"),
        ("get", "get_"),
        ("lambda", "lambda_"),
        ("None", "None_"),
        ("__debug__", "__debug___"),
        ("_", "__"),
        ("$", "__"),
        ("$el", "_el"),
        ("größe", "größe"),
        ("ﬁ", "_ufb01_"),
        ("a\u200db", "a_u200d_b"),
    ],
)
def test_mangle(name: str, python: str) -> None:
    assert mangle(name) == python
    assert python.isidentifier() and python not in RESERVED
