"""``[executors.NAME]`` of odw.toml: what is read, and how each mistake is named."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from odw.errors import UsageError
from odw.executors import RUNTIMES, create_executor, declared_backend, declared_names
from odw.executors.command_config import read_command

FULL = """
argv = ["prog", "--model", "{model}", "{prompt_file}", "{schema_file}", "{cwd}"]
stdin = "none"
output = "json"
result = "path.to.field"
usage = {input = "u.in", output = "u.out", cost = "usd"}
env = {MODE = "fast"}
pass_env = ["API_KEY"]
timeout_s = 600
idle_s = 60.5
output_limit_mb = 2
native_schema = true
concurrency = 4
exit_codes = {75 = "rate_limit", 77 = "authentication"}
"""


def test_everything_that_a_table_may_say() -> None:
    config = read_command("agent", tomllib.loads(FULL))
    assert config.name == "agent" and config.argv[0] == "prog" and len(config.argv) == 6
    assert (config.stdin, config.output, config.result) == ("none", "json", ("path", "to", "field"))
    assert config.usage == {"input": ("u", "in"), "output": ("u", "out"), "cost": ("usd",)}
    assert (config.env, config.pass_env) == ({"MODE": "fast"}, ("API_KEY",))
    assert (config.timeout_s, config.idle_s, config.output_limit) == (600, 60.5, 2 << 20)
    assert config.native_schema and config.exit_codes == {75: "rate_limit", 77: "authentication"}


def test_defaults() -> None:
    config = read_command("agent", {"argv": ["p"]})
    assert (config.stdin, config.output, config.result, config.usage) == ("prompt", "text", (), {})
    assert (config.timeout_s, config.idle_s, config.output_limit) == (None, None, 64 << 20)
    assert read_command("agent", {"argv": ["p", "{prompt_file}"]}).stdin == "none"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("", 'argv: expected a list of strings such as ["prog", "--model", "{model}"], found nothing'),
        ("argv = 'p x'", 'argv: expected a list of strings such as ["prog", "--model", "{model}"], found \'p x\''),
        ("argv = []", 'argv: expected a list of strings such as ["prog", "--model", "{model}"], found []'),
        ("argv = ['p', 1]", "argv: expected a list of strings such as"),
        ("argv = ['']", "argv[0]: expected the name or path of a program, found ''"),
        ("argv = ['{model}']", "argv[0]: expected the name or path of a program, found '{model}'"),
        ('argv = ["p", "a\\u0000"]', "argv[1]: expected a text without NUL, found 'a\\x00'"),
        ("argv = ['p', '{modle}']", "argv[1]: expected one of {model}, {effort}, "),
        ("argv = ['p', '{prompt}']", "argv[1]: expected one of {model}, {effort}, {prompt_file}"),
        ("argv = ['p']\nstdin = 'none'", ": the prompt does not reach the program"),
        ("argv = ['p']\nstdin = true", 'stdin: expected "prompt" or "none", found True'),
        ("argv = ['p']\noutput = 'xml'", "output: expected \"text\" or \"json\" or \"jsonl\", found 'xml'"),
        ("argv = ['p']\noutput = 'jsonl'", "result: expected a path such as"),
        ("argv = ['p']\nresult = 'a'", "result: a path means nothing in plain text"),
        ("argv = ['p']\nusage = {input = 'a'}", "usage: a path means nothing in plain text"),
        ("argv = ['p']\noutput = 'json'\nresult = 'a..b'", "result: expected a dotted path such as"),
        ("argv = ['p']\noutput = 'json'\nresult = 3", "result: expected a dotted path such as"),
        ("argv = ['p']\noutput = 'json'\nusage = 'x'", "usage: expected a table such as"),
        ("argv = ['p']\noutput = 'json'\nusage = {inputs = 'x'}", "usage.inputs: there is no such key"),
        ("argv = ['p']\noutput = 'json'\nusage = {input = 1}", "usage.input: expected a dotted path"),
        ("argv = ['p']\nusage_counts = 'sum'", 'usage_counts: expected "attempt" or "event", found \'sum\''),
        ("argv = ['p']\nenv = ['A']", "env: expected a table such as"),
        ("argv = ['p']\nenv = {'A B' = 'x'}", "env: expected names of environment variables, found 'A B'"),
        ("argv = ['p']\nenv = {A = 1}", "env.A: expected a string, found 1"),
        ("argv = ['p']\npass_env = 'A'", "pass_env: expected a list of names such as"),
        ("argv = ['p']\npass_env = ['A=1']", "pass_env: expected a list of names such as"),
        ("argv = ['p']\ntimeout_s = 0", "timeout_s: expected a number of seconds above 0, found 0"),
        ("argv = ['p']\nidle_s = nan", "idle_s: expected a number of seconds above 0, found nan"),
        ("argv = ['p']\nidle_s = true", "idle_s: expected a number of seconds above 0, found True"),
        ("argv = ['p']\noutput_limit_mb = '1'", "output_limit_mb: expected a number of megabytes above 0, found '1'"),
        ("argv = ['p']\nnative_schema = 1", "native_schema: expected true or false, found 1"),
        ("argv = ['p']\nnative_schema = true", "native_schema: the schema does not reach the program"),
        ("argv = ['p']\nexit_codes = {0 = 'crash'}", "exit_codes: expected exit codes from 1 to 255, found '0'"),
        ("argv = ['p']\nexit_codes = {x = 'crash'}", "exit_codes: expected exit codes from 1 to 255, found 'x'"),
        ("argv = ['p']\nexit_codes = {7 = 'odd'}", "exit_codes.7: expected one of transient, rate_limit, "),
        ("argv = ['p']\nexit_codes = {7 = ['odd']}", "exit_codes.7: expected one of transient, rate_limit, "),
        ("argv = ['p']\ntimeout = 3", "timeout: there is no such key"),
    ],
)  # fmt: skip
def test_mistakes(toml: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_command("agent", tomllib.loads(toml))
    where = "odw.toml: executors.agent"
    assert raised.value.message.startswith(
        where + message if message.startswith(":") else f"{where}.{message}"
    )


def test_hints() -> None:
    def hint(**table: Any) -> str:
        with pytest.raises(UsageError) as raised:
            read_command("agent", {"argv": ["p"], **table})
        return raised.value.hint

    assert hint(timeouts_s=3) == "Did you mean timeout_s?"
    assert hint(zzz=3).startswith("Known: concurrency, ")
    assert "use {prompt_file} or stdin" in hint(argv=["p", "{prompt}"])
    assert hint(argv=["p", "{modle}"]) == "{{modle}} stands for the text {modle}."


@pytest.mark.parametrize("name", ["", "-x", "a b", "ä", "a.b", "x" * 65])
def test_names(name: str) -> None:
    with pytest.raises(UsageError, match="expected a name of letters, digits"):
        read_command(name, {"argv": ["p"]})


def test_what_a_project_declares() -> None:
    tables: dict[str, Any] = {
        "agent": {"argv": ["p"]},
        "claude": {"concurrency": 2},
        "codex": {"argv": ["c"]},
    }
    assert declared_names({"executors": tables}) == ("agent", "claude", "codex")
    assert declared_names({}) == ()
    backend = declared_backend("agent", {"executors": tables})
    assert (backend.name, backend.default) == ("agent", "agent")
    assert set(backend.runtimes) == {"agent", *RUNTIMES} - {"command"}


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"agent": {"argv": ["p"]}, "other": {"argv": []}}, "odw.toml: executors.other.argv: expected a list"),
        ({"agent": {"argv": ["p"]}, "other": 3}, "odw.toml: executors.other: expected a table, found 3"),
        ({"agent": {"argv": ["p"]}, "mock": {"argv": ["p"]}}, "odw.toml: executors.mock: the name is odw's own"),
        ({"agent": {"argv": ["p"]}, "native": {"argv": ["p"]}}, "odw.toml: executors.native: the name is odw's own"),
        ([1], "odw.toml: executors: expected tables such as [executors.NAME], found [1]"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_named_even_if_it_is_not_asked_for(tables: Any, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        declared_backend("agent", {"executors": tables})
    assert raised.value.message.startswith(message)


def test_argv_and_use_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="it has both argv and use") as raised:
        create_executor("x", {"argv": ["p"], "use": "claude"})
    assert "give one of them" in raised.value.hint


def test_a_providers_name_is_checked_before_a_run() -> None:
    with pytest.raises(UsageError, match="there is no provider 'deepsek'") as raised:
        declared_backend("mock", {"executors": {"fast": {"use": "bamboo", "provider": "deepsek"}}})
    assert raised.value.hint == "Did you mean deepseek?"
