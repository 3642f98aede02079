"""No form of Date reads a clock, whatever name a script reaches it by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from odw.ecma.abstract_ops.object_operations import construct, get, invoke
from odw.ecma.completion import JsThrow
from odw.ecma.realm import R, activate
from odw.ecma.values import undefined


@pytest.fixture(autouse=True)
def realm() -> None:
    activate()


@pytest.mark.parametrize(
    ("form", "use"),
    [
        ("Date.now()", lambda: invoke(R.date_constructor, "now")),
        ("Date.now()", lambda: get(R.date_constructor, "now").call(undefined)),
        ("new Date()", lambda: construct(R.date_constructor, [])),
        ("Date()", lambda: R.date_constructor.call(undefined)),
        ("Date()", lambda: R.date_constructor.call(undefined, "2024")),
        (
            "Intl.DateTimeFormat.prototype.format() without a date",
            lambda: get(construct(get(R.intl, "DateTimeFormat")), "format").call(undefined),
        ),
    ],
)
def test_the_present_moment_is_unavailable(form: str, use: Callable[[], Any]) -> None:
    with pytest.raises(JsThrow) as thrown:
        use()
    error = thrown.value.value
    assert get(error, "name") == "Error"
    assert get(error, "message") == (
        f"{form} is unavailable in workflow scripts: a resumed run must see the same values. "
        "Pass timestamps through args."
    )
