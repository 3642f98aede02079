"""The table of options, read by the direct parser and by typer: both give the same values."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from odw.cli import app as app_module
from odw.cli.options import COMMANDS, EXEC, LINT, TRANSPILE, Command
from odw.cli.parse import defaults, parse
from odw.cli.workflow_args import workflow_args
from odw.errors import UsageError

LINES: list[tuple[Command, list[str], dict[str, Any]]] = [
    (EXEC, [], {}),
    (EXEC, ["a.js"], {"script": "a.js"}),
    (EXEC, ["-"], {"script": "-"}),
    (EXEC, ["--script", "a.js", "--input", "{}", "--backend", "mock"], {"script_option": "a.js", "args": "{}", "backend": "mock"}),
    (EXEC, ["a.js", "--args={\"a\": 1}", "--json"], {"script": "a.js", "args": '{"a": 1}', "json": True}),
    (EXEC, ["--json", "a.js", "--input-file", "in.json"], {"script": "a.js", "args_file": "in.json", "json": True}),
    (EXEC, ["a.js", "--arg", "k=v", "--arg=n=1"], {"script": "a.js", "arg": ["k=v", "n=1"]}),
    (EXEC, ["-bmock", "-y", "a.js", "-m", "opus"], {"script": "a.js", "backend": "mock", "yes": True, "model": "opus"}),
    (EXEC, ["a.js", "--concurrency", "4", "--max-agents", "9", "--budget", "500k", "--timeout", "5"],
     {"script": "a.js", "concurrency": "4", "max_agents": "9", "budget": "500k", "timeout": "5"}),
    (EXEC, ["a.js", "--dry-run", "--no-report", "--open"], {"script": "a.js", "dry_run": True, "no_report": True, "open": True}),
    (EXEC, ["a.js", "--args", "-1"], {"script": "a.js", "args": "-1"}),
    (EXEC, ["--", "--odd.js"], {"script": "--odd.js"}),
    (EXEC, ["a.js", "--backend", "mock", "--backend", "native"], {"script": "a.js", "backend": "native"}),
    (EXEC, ["a.js", "--on-failure", "throw", "--path", "p"], {"script": "a.js", "on_failure": "throw", "path": "p"}),
    (LINT, ["a.js", "dir", "-"], {"paths": ["a.js", "dir", "-"]}),
    (LINT, ["a.js", "--format", "sarif", "--fix"], {"paths": ["a.js"], "format": "sarif", "fix": True}),
    (TRANSPILE, ["a.js", "-o", "b.py"], {"script": "a.js", "output": "b.py"}),
    (TRANSPILE, ["a.js", "--format=js-ast"], {"script": "a.js", "format": "js-ast"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "argv", "given"), LINES, ids=lambda v: " ".join(v) if isinstance(v, list) else ""
)
def test_both_parsers_agree(
    command: Command, argv: list[str], given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {**defaults(command), **given}
    assert parse(command, argv) == expected

    seen: list[dict[str, Any]] = []

    def record(of: Command, values: dict[str, Any]) -> int:
        seen.append(values)
        return 0

    monkeypatch.setattr(app_module, "run_command", record)
    result = CliRunner().invoke(app_module.make_app(), [command.name, *argv])
    assert result.exit_code == 0, result.output
    assert seen == [expected]


@pytest.mark.parametrize(
    ("command", "argv", "message", "hint"),
    [
        (EXEC, ["a.js", "--backnd", "mock"], "no such option: --backnd", "Did you mean --backend?"),
        (EXEC, ["a.js", "--frobnicate"], "no such option: --frobnicate", "odw exec --help"),
        (EXEC, ["a.js", "--args"], "--args needs a value: --args JSON", ""),
        (EXEC, ["a.js", "--args", "--json"], "--args needs a value", ""),
        (EXEC, ["a.js", "--json=1"], "--json takes no value: found '1'", ""),
        (EXEC, ["a.js", "b.js"], "one SCRIPT only: found also 'b.js'", ""),
        (EXEC, ["a.js", "--on-failure", "ignore"], "--on-failure: expected one of null, throw, report, found 'ignore'", ""),
        (LINT, [], "PATH is missing", "odw lint --help"),
        (LINT, ["a.js", "-f", "xml"], "-f: expected one of text, json, sarif, github, found 'xml'", ""),
        (TRANSPILE, [], "SCRIPT is missing", ""),
        (EXEC, ["-x"], "no such option: -x", ""),
    ],
)  # fmt: skip
def test_wrong_usage_is_named(command: Command, argv: list[str], message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(command, argv)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.exit_code == 2


def test_no_spelling_is_used_twice() -> None:
    for command in COMMANDS.values():
        flags = [flag for option in command.options for flag in option.flags]
        assert len(flags) == len(set(flags))
        assert all(option.help.endswith(".") for option in command.options)


ABSENT = object()


def args_of(*argv: str) -> tuple[Any, list[str]]:
    return workflow_args(parse(EXEC, ["a.js", *argv]), ABSENT)


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], ABSENT),
        (["--args", '{"a": [1, 2.5, null]}'], {"a": [1, 2.5, None]}),
        (["--args", '"text"'], "text"),
        (["--args", "null"], None),
        (["--input", "[1]"], [1]),
        (["--arg", "n=1", "--arg", "s=text", "--arg", "o={\"x\": true}", "--arg", "e=a=b"], {"n": 1, "s": "text", "o": {"x": True}, "e": "a=b"}),
        (["--args", '{"a": 1}', "--arg", "b=2"], {"a": 1, "b": 2}),
    ],
)  # fmt: skip
def test_args(argv: list[str], expected: Any) -> None:
    assert args_of(*argv) == (expected, [])


@pytest.mark.parametrize("text", ["{broken", "plain words", "NaN", "[Infinity]", "'single'", "[" * 5000])
def test_args_that_are_no_json_are_a_string_and_a_remark(text: str) -> None:
    value, (remark,) = args_of("--args", text)
    assert value == text
    assert "--args is not JSON" in remark
    assert remark.endswith("the script gets it as a string")


def test_args_file(tmp_path: Any) -> None:
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    (tmp_path / "bad").write_bytes(b"\xff")
    assert args_of("--args-file", str(tmp_path / "a.json")) == ({"a": 1}, [])
    for argv, message in (
        (["--args-file", str(tmp_path / "none")], "cannot read"),
        (["--args-file", str(tmp_path)], "cannot read"),
        (["--args-file", str(tmp_path / "bad")], "not UTF-8"),
        (["--args", "1", "--args-file", "x"], "both given"),
        (["--args", "[1]", "--arg", "a=1"], "but --args is none"),
        (["--arg", "novalue"], "expected KEY=VALUE"),
        (["--arg", "=1"], "expected KEY=VALUE"),
    ):
        with pytest.raises(UsageError, match=message):
            args_of(*argv)
