"""The environment of a child: an allow-list, an executor's own keys, and what is set on top."""

from __future__ import annotations

from odw.executors._environment import NETWORK, PASSED, environment

ODWS = {
    "PATH": "/bin", "HOME": "/h", "LANG": "C", "LC_ALL": "C", "TERM": "xterm", "USER": "u", "SHELL": "/bin/sh", "TMPDIR": "/t",
    "OPENAI_API_KEY": "o", "ANTHROPIC_API_KEY": "a", "ANTHROPIC_BASE_URL": "b", "CLAUDE_CODE_X": "c", "GITHUB_TOKEN": "g",
    "HTTPS_PROXY": "p", "XDG_CONFIG_HOME": "x", "LD_PRELOAD": "evil.so", "PYTHONPATH": "/p", "NODE_OPTIONS": "-r x",
    "AWS_SECRET_ACCESS_KEY": "s", "SSH_AUTH_SOCK": "/s", "ODW_NODE": "other.", "CI": "1",
}  # fmt: skip
BASE = {"PATH", "HOME", "LANG", "LC_ALL", "TERM", "USER", "SHELL", "TMPDIR"}


def test_nothing_passes_but_what_is_listed() -> None:
    assert set(environment(ODWS, (), {})) == BASE
    assert BASE - {"LC_ALL"} == set(PASSED)


def test_keys_by_name_and_by_prefix() -> None:
    assert set(environment(ODWS, ("GITHUB_TOKEN", "NOT_SET"), {})) == BASE | {"GITHUB_TOKEN"}
    found = environment(ODWS, NETWORK, {}, ("ANTHROPIC_", "CLAUDE_"))
    assert set(found) - BASE == {
        "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "CLAUDE_CODE_X", "HTTPS_PROXY", "XDG_CONFIG_HOME",
    }  # fmt: skip
    assert set(environment(ODWS, (), {}, ())) == BASE  # an empty tuple is no prefix of everything


def test_what_is_set_wins() -> None:
    found = environment(ODWS, ("CI",), {"CI": "0", "HOME": "/other", "NEW": "n"})
    assert (found["CI"], found["HOME"], found["NEW"], found["PATH"]) == ("0", "/other", "n", "/bin")
    assert ODWS["CI"] == "1" and ODWS["HOME"] == "/h"


def test_nothing_that_holds_a_secret_is_on_the_lists() -> None:
    from odw.runtime.redact import is_secret

    assert [name for name in (*PASSED, *NETWORK) if is_secret(name, "a-value-of-some-length")] == []
