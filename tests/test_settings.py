"""Limits and defaults, each from its place."""

from __future__ import annotations

import pytest

from odw.errors import UsageError
from odw.settings import default_concurrency, load_settings


def test_settings_flag_over_environment_over_toml_over_default() -> None:
    environ = {"ODW_CONCURRENCY": "7"}
    assert load_settings(environ={}).value_of("concurrency") == default_concurrency()
    assert load_settings(environ={}, toml={"concurrency": 5}).value_of("concurrency") == 5
    assert load_settings(environ=environ, toml={"concurrency": 5}).value_of("concurrency") == 7
    settings = load_settings({"concurrency": "9"}, environ)
    assert settings.value_of("concurrency") == 9
    assert settings.origins()["concurrency"] == "flag --concurrency"
    assert settings.origins()["max_agents"] == "default"


def test_default_concurrency() -> None:
    assert [default_concurrency(cores) for cores in (1, 2, 4, 8, 64)] == [2, 2, 2, 6, 16]


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"concurrency": "0"}, "--concurrency: expected a whole number from 1 to 1024, found '0'"),
        ({"concurrency": "1025"}, "--concurrency: expected"),
        ({"on_failure": "x"}, "--on-failure: expected one of null, throw, report"),
    ],
)
def test_a_wrong_setting_names_its_place(flags: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_settings(flags, {})
    assert message in str(caught.value)
