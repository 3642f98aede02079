"""The command executor: what a declared program is given, and what its output comes to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import trio
from process_trees import DEADLINE_S, PYTHON

from odw.errors import ExecutorError
from odw.executors._environment import environment
from odw.executors._life import Pace
from odw.executors.command import CommandExecutor
from odw.executors.command_answer import Spent, answer_of
from odw.executors.command_argv import command_line
from odw.executors.command_config import read_command
from odw.runtime.abc import ABSENT, CallRequest, Event, Failure, Report, Usage
from odw.runtime.process_tags import tagged

KEY = "0123456789abcdef" * 4
TAG = f"command-{os.getpid()}.1.1."
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
TOLD = {"input": "u.in", "output": "u.out", "cost": "usd"}


def request(prompt: str = "Do it", **fields: Any) -> CallRequest:
    made = CallRequest(prompt, {}, None, None, None, "agent", "job", None, 1, KEY, "a0", "/", tag=TAG)
    return made._replace(**fields)


async def ask(
    code: str, asked: CallRequest | None = None, *words: str, **table: Any
) -> tuple[Report, list[Event]]:
    """The report of a Python program, and what was emitted."""
    events: list[Event] = []
    executor = CommandExecutor(read_command("agent", {"argv": [*PYTHON, code, *words], **table}))
    with trio.fail_after(DEADLINE_S):
        report = await executor.run(asked or request(), events.append)
    return report, events


def of(kind: str, events: list[Event]) -> list[Event]:
    return [event for event in events if event["type"] == kind]


# -- what it is given


async def test_the_prompt_on_stdin() -> None:
    report, _ = await ask(
        "import sys; print(sys.stdin.buffer.read().decode().upper())", request("grüße 🙂\nx")
    )
    assert report == Report("GRÜSSE 🙂\nX", exit="0")


async def test_half_a_surrogate_pair_does_no_harm() -> None:
    report, _ = await ask("import sys; print(sys.stdin.read())", request("a\ud800b", label="\udc00\0"))
    assert report.text == "a?b"


async def test_the_prompt_in_a_file_that_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    code = (
        "import os, sys, json; p, s = sys.argv[1:]\n"
        "modes = [oct(os.stat(f).st_mode & 0o777) for f in (p, s, os.path.dirname(p))]\n"
        "print(json.dumps([open(p).read(), json.load(open(s)), modes, p, s, sys.stdin.read()]))"
    )
    asked = request("Count", schema=SCHEMA)
    report, _ = await ask(code, asked, "{prompt_file}", "{schema_file}", native_schema=True)
    prompt, schema, modes, prompt_file, schema_file, stdin = json.loads(report.text)
    assert (prompt, schema, stdin) == ("Count", SCHEMA, "")
    assert modes == ["0o600", "0o600", "0o700"]
    assert not Path(prompt_file).exists() and not Path(schema_file).parent.exists()


async def test_the_prompt_is_on_no_command_line() -> None:
    code = "import os; print(open('/proc/self/cmdline').read().count('SEC' 'RET'), 'PATH' in os.environ)"
    report, _ = await ask(code, request("SECRET", label="job"), "{label}", "{prompt_file}")
    assert report.text == "0 True"


@pytest.mark.parametrize(
    ("argv", "fields", "expected"),
    [
        (["p", "--model", "{model}", "-q"], {}, ["p", "-q"]),
        (["p", "--model", "{model}", "-q"], {"model": "m"}, ["p", "--model", "m", "-q"]),
        (["p", "-v", "--model={model}"], {}, ["p", "-v"]),
        (["p", "-v", "--model={model}"], {"model": "m"}, ["p", "-v", "--model=m"]),
        (["p", "run", "{model}", "x"], {}, ["p", "run", "x"]),
        (["p", "-m", "{model}", "{effort}"], {}, ["p"]),
        (["p", "-m", "{model}", "{effort}"], {"model": "m"}, ["p", "-m", "m"]),
        (["p", "--attempt={attempt}", "{effort}"], {}, ["p", "--attempt=1"]),
        (["p", "{model}/{effort}"], {"model": "m"}, ["p"]),
        (["p", "{model}/{effort}"], {"model": "m", "effort": "e"}, ["p", "m/e"]),
        (["p", "{{model}}", '{"a": {}}', "{cwd}", "{attempt}"], {"attempt": 2}, ["p", "{model}", '{"a": {}}', "/", "2"]),
        (["p", "--label", "{label}"], {"label": "a\0b\n-c"}, ["p", "--label", "a b -c"]),
        (["p", "--label", "{label}"], {"label": "{model}"}, ["p", "--label", "{model}"]),
        (["-p", "{model}"], {}, ["-p"]),
    ],
)  # fmt: skip
def test_the_command_line(argv: list[str], fields: dict[str, Any], expected: list[str]) -> None:
    assert command_line(tuple(argv), request(**fields), {}) == expected


@pytest.mark.parametrize("fields", [{"model": "--yolo"}, {"effort": "-x"}])
def test_a_script_cannot_smuggle_in_a_flag(fields: dict[str, Any]) -> None:
    with pytest.raises(ExecutorError, match="expected a name, found a flag") as raised:
        command_line(("p", "{model}{effort}"), request(**fields), {})
    assert raised.value.category == "configuration"


def test_the_environment_is_an_allow_list() -> None:
    around = {
        "PATH": "/bin",
        "HOME": "/h",
        "LC_ALL": "C",
        "API_KEY": "k",
        "OTHER_KEY": "o",
        "PYTHONPATH": "x",
    }
    assert environment(around, ("API_KEY", "ABSENT"), {"MODE": "fast", "HOME": "/other"}) == {
        "PATH": "/bin", "HOME": "/other", "LC_ALL": "C", "API_KEY": "k", "MODE": "fast",
    }  # fmt: skip


async def test_secrets_of_odw_do_not_reach_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODW_TEST_SECRET", "s")
    monkeypatch.setenv("ODW_TEST_WANTED", "w")
    code = "import os, json; print(json.dumps(dict(os.environ)))"
    report, _ = await ask(code, pass_env=["ODW_TEST_WANTED"], env={"ODW_NODE": "forged"})
    seen = json.loads(report.text)
    assert (seen.get("ODW_TEST_SECRET"), seen["ODW_TEST_WANTED"], seen["ODW_NODE"]) == (None, "w", TAG)


async def test_it_runs_in_the_directory_of_the_call(tmp_path: Path) -> None:
    report, _ = await ask("import os; print(os.getcwd())", request(cwd=str(tmp_path)))
    assert report.text == str(tmp_path)
    with pytest.raises(ExecutorError, match="its directory is not there: /no/such"):
        await ask("pass", request(cwd="/no/such"))


async def test_a_schema_is_appended_to_the_prompt() -> None:
    echo = "import sys; print(sys.stdin.read())"
    report, _ = await ask(echo, request("Count", schema=SCHEMA))
    assert report.text.startswith("Count\n\nAnswer with one JSON value") and report.text.endswith(
        json.dumps(SCHEMA)
    )
    report, _ = await ask(echo, request("Count", schema=SCHEMA), "{schema_file}", native_schema=True)
    assert report.text == "Count"


async def test_a_repair_shows_the_problems_and_the_answer() -> None:
    asked = request(
        "Count", schema=SCHEMA, attempt=2, feedback=("$.n: 'x' is no integer",), previous='{"n":"x"}'
    )
    report, _ = await ask("import sys; print(sys.stdin.read())", asked)
    assert report.text.startswith("Count\n\nAnswer with")
    assert '{"n":"x"}' in report.text and "- $.n: 'x' is no integer" in report.text
    report, _ = await ask("import sys; print(sys.stdin.read())", asked._replace(previous="x" * 200_000))
    assert len(report.text) < 60_000 and "150000 characters left out" in report.text


# -- what it answers


async def test_text_is_kept_as_it_came_but_for_its_end() -> None:
    report, events = await ask("import sys; sys.stdout.write('\\ufeff  one\\r\\n two\\n\\n')")
    assert report == Report("  one\r\n two", exit="0")
    assert of("text", events)[0]["text"] == "two"


@pytest.mark.parametrize(
    ("document", "table", "schema", "text", "value"),
    [
        ({"a": {"b": ["x", "y"]}}, {"result": "a.b.1"}, None, "y", ABSENT),
        ({"a": {"b": ["x", "y"]}}, {"result": "a.b.-1"}, SCHEMA, "y", ABSENT),
        ({"a": {"n": 1}}, {"result": "a"}, None, '{"n": 1}', ABSENT),
        ({"a": {"n": 1}}, {"result": "a"}, SCHEMA, '{"n": 1}', {"n": 1}),
        ({"n": 1}, {}, SCHEMA, '{"n": 1}', {"n": 1}),
        ({"a": 0}, {"result": "a"}, None, "0", ABSENT),
        ({"a": False}, {"result": "a"}, {"type": "boolean"}, "false", False),
    ],
)
async def test_json(document: Any, table: Any, schema: Any, text: str, value: Any) -> None:
    report, _ = await ask(f"print({json.dumps(document)!r})", request(schema=schema), output="json", **table)
    assert (report.error, report.text, report.value) == (None, text, value)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", "no output"),
        (" \n", "no output"),
        ('{"a": ', 'its output is not JSON: {"a":'),
        ('{"a": {}}', "no final result: its output has nothing at a.b"),
        ('{"a": {"b": null}}', "no final result: its output has nothing at a.b"),
        ('{"a": {"b": 1e999}}', "no final result: its output has nothing at a.b"),
        ("[" * 100_000, "its output is not JSON: " + "[" * 200),
        ('{"a": {"b": ' + "[" * 400 + "]" * 400 + "}}", "no final result: its output has nothing at a.b"),
    ],
)
async def test_json_without_a_result_is_a_failure(text: str, lacking: str) -> None:
    report, _ = await ask(f"print({text!r})", output="json", result="a.b")
    message = f"{PYTHON[0]}: exit status 0, but {lacking}"
    assert report.error == Failure("crash", message, retryable=True)


LINES = """
import json
for event in [
    {"type": "start"}, "noise", {"usage": {"in": 10, "out": 1}}, {"message": {"text": "draft"}},
    {"usage": {"in": 10, "out": 1}}, {"usage": {"in": 10, "out": 5}, "usd": 0.5}, {"message": {"text": "final"}}, {"message": {}},
]:
    print(event if isinstance(event, str) else json.dumps(event), flush=True)
"""


async def test_json_lines() -> None:
    """The last line with a result wins; usage is told as it comes, once for each change."""
    told = {"input": "usage.in", "output": "usage.out", "cost": "usd"}
    report, events = await ask(LINES, output="jsonl", result="message.text", usage=told)
    assert report == Report("final", usage=Usage(10, 5), cost=0.5, exit="0")
    assert of("usage", events) == [
        {"type": "usage", "usage": {"input": 10, "output": 1}},
        {"type": "usage", "usage": {"input": 10, "output": 5}, "cost": 0.5},
    ]
    report, events = await ask(LINES, output="jsonl", result="message.text", usage=told, usage_counts="event")
    assert (report.usage, report.cost) == (Usage(30, 7), 0.5)
    assert [event["usage"]["output"] for event in of("usage", events)] == [1, 2, 7]


async def test_every_cut_of_a_stream_is_a_failure_or_the_answer() -> None:
    stream = '{"u":{"out":1}}\n{"text":"draft"}\n{"text":"ä"}\n'.encode()
    config = read_command(
        "agent", {"argv": ["p"], "output": "jsonl", "result": "text", "usage": {"output": "u.out"}}
    )
    found = []
    for cut in range(len(stream) + 1):
        spent = Spent(config, lambda: None)
        answer = answer_of(config, spent)
        answer.feed(stream[:cut])
        answer.end()
        found.append(answer.value)
    assert [value for index, value in enumerate(found) if index == 0 or value != found[index - 1]] == [
        ABSENT,
        "draft",
        "ä",
    ]


@pytest.mark.parametrize(
    ("numbers", "usage", "cost"),
    [
        ('"in": 3, "out": 4', Usage(3, 4), None),
        ('"in": 3.0, "out": 0', Usage(3, 0), None),
        ('"out": 4', Usage(0, 4), None),
        ('"in": -1, "out": 4', None, None),
        ('"in": NaN, "out": NaN', None, None),
        ('"in": 1e999, "out": 4', None, None),
        ('"in": 1000000000000000000000000, "out": 4', None, None),
        ('"in": "3", "out": 4', None, None),
        ('"in": true, "out": 4', None, None),
        ('"in": [3], "out": 4', None, None),
        ('"out": null', None, None),
    ],
)
async def test_absurd_usage_is_ignored(numbers: str, usage: Usage | None, cost: float | None) -> None:
    code = f"print('''{{\"u\": {{{numbers}}}, \"text\": \"done\"}}''')"
    report, events = await ask(code, output="json", result="text", usage={"input": "u.in", "output": "u.out"})
    assert (report.text, report.usage, report.cost, report.error) == ("done", usage, cost, None)
    assert len(of("usage", events)) == (0 if usage is None else 1)


@pytest.mark.parametrize(
    ("cost", "expected"), [("0.25", 0.25), ("-1", None), ("1e300", None), ('"1"', None), ("0", 0)]
)
async def test_cost(cost: str, expected: float | None) -> None:
    report, _ = await ask(
        f'print(\'{{"usd": {cost}, "t": "x"}}\')', output="json", result="t", usage={"cost": "usd"}
    )
    assert (report.cost, report.usage) == (expected, None)


# -- how it fails


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "import sys; print('a\\nb', file=sys.stderr); sys.exit(3)",
            Failure("crash", "exit status 3: a\nb", True),
        ),
        ("import sys; print('said'); sys.exit(3)", Failure("crash", "exit status 3: said", True)),
        ("import sys; sys.exit(75)", Failure("rate_limit", "exit status 75 (rate_limit)", True)),
        (
            "import sys; sys.exit('no key')",
            Failure("authentication", "exit status 1 (authentication): no key", False),
        ),
        ("import os; os.kill(os.getpid(), 9)", Failure("crash", "killed by SIGKILL", True)),
        ("import os; os.kill(os.getpid(), 11)", Failure("crash", "killed by SIGSEGV", True)),
        ("pass", Failure("crash", "exit status 0, but no output", True)),
        ("print()", Failure("crash", "exit status 0, but no output", True)),
        (
            "import sys; print('why', file=sys.stderr)",
            Failure("crash", "exit status 0, but no output: why", True),
        ),
    ],
)
async def test_failures(code: str, expected: Failure) -> None:
    report, _ = await ask(code, exit_codes={"75": "rate_limit", "1": "authentication"})
    assert report.error == expected._replace(message=f"{PYTHON[0]}: {expected.message}")


async def test_a_failed_attempt_keeps_what_it_said_and_spent() -> None:
    code = 'print(\'{"u": {"in": 1, "out": 2}, "t": "half"}\', flush=True); import os; os.abort()'
    report, _ = await ask(code, output="jsonl", result="t", usage=TOLD)
    assert report.error is not None and report.error.message.endswith("killed by SIGABRT: " + report.text)
    assert report.usage == Usage(1, 2) and '"half"' in report.text


async def test_deadlines_of_the_table() -> None:
    code = "import time; print('x', flush=True); time.sleep(300)"
    for table, expected in (
        ({"timeout_s": 0.2}, "no answer within 0.2 s"),
        ({"idle_s": 0.2}, "no output for 0.2 s"),
    ):
        report, _ = await ask(code, **table)
        assert report.error == Failure("timeout", f"{PYTHON[0]}: {expected}", retryable=True)
    assert tagged(TAG) == []


async def test_endless_output() -> None:
    report, events = await ask("while 1: print('x' * 1000)", output_limit_mb=1)
    assert report.error == Failure(
        "crash", f"{PYTHON[0]}: output-limit: an output of more than 1048576 bytes"
    )
    assert len(report.text) <= 64 * 1024 and len(of("text", events)) < 10


async def test_signs_of_life_are_sparse() -> None:
    code = (
        "import sys\n"
        "for n in range(500):\n"
        "    print('{}', flush=True); print('step', n, file=sys.stderr, flush=True)\n"
        "print('{\"t\": 1}')"
    )
    report, events = await ask(code, output="jsonl", result="t")
    assert report.error is None and 1 <= len(events) < 10
    assert {event["type"] for event in events} <= {"output", "text"}


@pytest.mark.parametrize(("stall", "seconds"), [(None, 5), (3000, 1), (600_000, 5), (0, 5), ("soon", 5)])
def test_signs_of_life_come_before_the_call_is_taken_for_dead(stall: Any, seconds: float) -> None:
    assert Pace(request(options={"stallMs": stall})).every_s == seconds


async def test_a_missing_program() -> None:
    executor = CommandExecutor(read_command("agent", {"argv": ["no-such-odw-agent"]}))
    with pytest.raises(ExecutorError, match="there is no such program on PATH") as raised:
        await executor.run(request(), lambda event: None)
    assert raised.value.category == "configuration"


async def test_a_full_disk_for_the_prompts_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*args: Any, **options: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryDirectory", no_space)
    with pytest.raises(ExecutorError, match="into a file: No space left on device") as raised:
        await ask("pass", None, "{prompt_file}")
    assert raised.value.retryable


def test_capabilities() -> None:
    table = {"argv": ["p", "{schema_file}"], "native_schema": True}
    assert CommandExecutor(read_command("agent", table)).capabilities.native_schema
    plain = CommandExecutor(read_command("agent", {"argv": ["p"]}))
    assert plain.name == "agent" and plain.capabilities.processes and not plain.capabilities.native_schema
