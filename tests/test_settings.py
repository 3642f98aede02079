"""Limits and defaults, each from its place."""

from __future__ import annotations

from typing import Any

import pytest

from odw.cli.options import ENVIRONMENT
from odw.errors import UsageError
from odw.settings import _RULES, SETTINGS, default_cache_dir, default_concurrency, load_settings


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
    ("name", "text", "value"),
    [
        ("budget_policy", "cancel", "cancel"),
        ("fail_on", "partial", "partial"),
        ("grace_s", "0", 0.0),
        ("grace_s", "2.5", 2.5),
        ("confirm_above", "0", 0),
        ("policy", "prefix", "prefix"),
        ("no_cache", "1", True),
        ("no_cache", "off", False),
    ],
)
def test_a_value_is_the_same_from_everywhere(name: str, text: str, value: Any) -> None:
    variable = _RULES[name].variable
    assert load_settings({name: text}, {}).value_of(name) == value
    assert load_settings(environ={}, toml={name: text}).value_of(name) == value
    if variable:
        assert load_settings(environ={variable: text}).value_of(name) == value


def test_the_budgets_policy_may_stand_in_its_section() -> None:
    section = {"budget": {"total": "5k", "policy": "cancel"}}
    assert load_settings(environ={}, toml=section).budget_policy == ("cancel", "odw.toml")
    assert (
        load_settings(environ={"ODW_BUDGET_POLICY": "finish"}, toml=section).value_of("budget_policy")
        == "finish"
    )
    with pytest.raises(
        UsageError, match=r"odw\.toml: budget\.policy: expected one of finish, cancel, found 5"
    ):
        load_settings(environ={}, toml={"budget": {"policy": 5}})


def test_what_is_not_given_asks_nothing_and_replays_by_call() -> None:
    settings = load_settings(environ={"ODW_CONCURRENCY": "", "ODW_CONFIRM_ABOVE": ""})
    assert settings.value_of("confirm_above") is None
    assert (settings.value_of("policy"), settings.value_of("budget_policy")) == ("call", "finish")
    assert (settings.value_of("grace_s"), settings.value_of("fail_on")) == (5.0, "error")


@pytest.mark.parametrize(
    ("flags", "environ", "toml", "message"),
    [
        ({"concurrency": "0"}, {}, {}, "--concurrency: expected a whole number from 1 to 1024, found '0'"),
        ({"concurrency": "1025"}, {}, {}, "--concurrency: expected"),
        ({"on_failure": "x"}, {}, {}, "--on-failure: expected one of null, throw, report"),
        ({"grace_s": "-1"}, {}, {}, "--grace: expected a number, 0 or more, found '-1'"),
        ({"grace_s": "nan"}, {}, {}, "--grace: expected a number, 0 or more, found 'nan'"),
        ({"script_slice_s": "0"}, {}, {}, "--script-slice-s: expected a number above 0, found '0'"),
        ({"confirm_above": "many"}, {}, {}, "--confirm-above: expected a whole number from 0"),
        ({}, {"ODW_FAIL_ON": "all"}, {}, "ODW_FAIL_ON: expected one of error, partial, found 'all'"),
        ({}, {"ODW_GRACE_S": "soon"}, {}, "ODW_GRACE_S: expected a number, 0 or more, found 'soon'"),
        ({}, {}, {"concurrency": True}, "odw.toml: concurrency: expected a whole number"),
        ({}, {}, {"concurrency": 2.5}, "odw.toml: concurrency: expected a whole number"),
        ({}, {}, {"on_failure": []}, "odw.toml: on_failure: expected one of null, throw, report, found []"),
        ({}, {}, {"cache_dir": 5}, "odw.toml: cache_dir: expected a path, found 5"),
        ({}, {}, {"no_cache": "maybe"}, "odw.toml: no_cache: expected yes or no, found 'maybe'"),
    ],
)
def test_a_wrong_setting_names_its_place(
    flags: dict[str, str], environ: dict[str, str], toml: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load_settings(flags, environ, toml)
    assert message in str(caught.value)


def test_the_help_lists_every_variable_that_is_read() -> None:
    read = {rule.variable for rule in _RULES.values() if rule.variable}
    assert read <= {name for name, _ in ENVIRONMENT}
    assert tuple(_RULES) == SETTINGS == load_settings(environ={})._fields


def test_the_cache_is_where_the_desktop_keeps_caches() -> None:
    assert default_cache_dir({"XDG_CACHE_HOME": "/caches"}) == "/caches/odw"
    assert default_cache_dir({"XDG_CACHE_HOME": "caches", "HOME": "/home/x"}) == "/home/x/.cache/odw"
