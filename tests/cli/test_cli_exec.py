"""``odw exec``: output, args, exit codes, options."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_case import META, Run

HELLO = (
    META
    + "const text = await agent('Say hello', { label: 'hi', phase: 'Greet' })\nlog(text.length > 0)\nreturn { ok: true }\n"
)


def write(folder: Path, text: str, name: str = "a.js") -> str:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_plain_progress_has_the_shape_of_the_contract(odw: Run, tmp_path: Path) -> None:
    done = odw("exec", write(tmp_path, HELLO), "--backend", "mock")
    assert done.returncode == 0
    assert done.stderr == ""
    lines = [re.sub(r"\d{8}-\S+?(?=$|/)", "ID", line) for line in done.stdout.splitlines()]
    assert lines == [
        "[odw] run_id=ID",
        "[odw] journal=.odw/runs/ID/events.jsonl",
        "[workflow] start case backend=mock",
        "[node] start Greet / hi / mock",
        "[node] done Greet / hi ok=true",
        "[log] true",
        "[workflow] done case",
        '[result] {"ok":true}',
        "[census] 1 succeeded",
        "[odw] report=.odw/runs/ID/report.html",
    ]
    assert (tmp_path / ".odw/runs/latest/report.html").is_file()


def test_json_prints_the_result_only(odw: Run, tmp_path: Path) -> None:
    done = odw("exec", write(tmp_path, HELLO), "--backend", "mock", "--json", "--no-report")
    assert (done.returncode, done.stdout, done.stderr) == (0, '{"ok":true}\n', "")
    assert not (tmp_path / ".odw/runs/latest/report.html").exists()


def test_json_is_one_line_and_safe_for_a_terminal(odw: Run, tmp_path: Path) -> None:
    script = write(
        tmp_path,
        META + "return ['a\\nb', '\\u001b[2J\\u009b\\u202e', '\\ud83d\\ude00', '\\ud83d', 1.5, null]\n",
    )
    done = odw("exec", script, "--backend", "mock", "--json", "--no-report")
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == ["a\nb", "\x1b[2J\x9b\u202e", "\U0001f600", "\ufffd", 1.5, None]
    assert not {"\x1b", "\x9b", "\u202e"} & set(done.stdout)


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], None),
        (["--args", '{"a": [1]}'], {"a": [1]}),
        (["--input", "[1, 2]"], [1, 2]),
        (["--args", '"text"'], "text"),
        (["--arg", "n=1", "--arg", "s=x y"], {"n": 1, "s": "x y"}),
    ],
)
def test_args_reach_the_script(odw: Run, tmp_path: Path, argv: list[str], expected: object) -> None:
    script = write(tmp_path, META + "return args === undefined ? null : args\n")
    done = odw("exec", script, "--backend", "mock", "--json", "--no-report", *argv)
    assert json.loads(done.stdout) == expected


def test_args_that_are_no_json_are_a_string_and_a_note(odw: Run, tmp_path: Path) -> None:
    script = write(tmp_path, META + "return typeof args + ': ' + args\n")
    done = odw("exec", script, "--backend", "mock", "--json", "--no-report", "--args", "{broken")
    assert (done.returncode, json.loads(done.stdout)) == (0, "string: {broken")
    assert done.stderr.startswith("[odw] --args is not JSON (")
    assert done.stderr.endswith("the script gets it as a string\n")


def test_rust_odws_spelling(odw: Run, tmp_path: Path) -> None:
    script = write(tmp_path, META + "return args.x\n")
    (tmp_path / "in.json").write_text('{"x": 5}')
    for argv in (["--input", '{"x": 5}'], ["--input-file", "in.json"]):
        done = odw("exec", "--script", script, *argv, "--backend", "mock", "--json", "--no-report")
        assert (done.returncode, done.stdout) == (0, "5\n")


def test_a_script_from_standard_input(odw_process: Run) -> None:
    done = odw_process("exec", "-", "--backend", "mock", "--json", stdin=META + "return 7\n")
    assert (done.returncode, done.stdout) == (0, "7\n")


def test_a_saved_workflow_by_name(odw: Run, tmp_path: Path) -> None:
    write(tmp_path, META + "return 'saved'\n", ".claude/workflows/odw-daily.js")
    assert odw("exec", "daily", "--backend", "mock", "--json", "--no-report").stdout == '"saved"\n'
    done = odw("exec", "dayly", "--backend", "mock")
    assert (done.returncode, "unknown workflow: dayly" in done.stderr, "daily" in done.stderr) == (
        2,
        True,
        True,
    )


def test_path_names_the_project(odw: Run, tmp_path: Path) -> None:
    script = write(tmp_path, HELLO)
    (tmp_path / "project").mkdir()
    assert odw("exec", script, "--backend", "mock", "--path", "project").returncode == 0
    assert (tmp_path / "project/.odw/runs/latest").exists()
    assert not (tmp_path / ".odw").exists()
    done = odw("exec", script, "--backend", "mock", "--path", "nowhere")
    assert (done.returncode, done.stderr) == (2, "odw: --path: no such directory: nowhere\n")


def test_dry_run_writes_nothing_and_uses_suggested_prompts(odw: Run, tmp_path: Path) -> None:
    script = write(tmp_path, META + "return promptSlot('ask', null, 'the suggestion')\n")
    before = sorted(tmp_path.rglob("*"))
    done = odw("exec", script, "--dry-run", "--json")
    assert (done.returncode, done.stdout) == (0, '"the suggestion"\n')
    assert [p for p in sorted(tmp_path.rglob("*")) if p not in before and "cache" not in p.parts] == []


def test_a_result_that_is_not_ok_is_exit_1(odw: Run, tmp_path: Path) -> None:
    script = write(tmp_path, META + "return { ok: false, why: 'x' }\n")
    done = odw("exec", script, "--backend", "mock", "--json", "--no-report")
    assert (done.returncode, json.loads(done.stdout)) == (1, {"ok": False, "why": "x"})


def test_lint_warnings_are_printed_and_the_script_runs(odw: Run, tmp_path: Path) -> None:
    script = write(tmp_path, META + "if (args) nope()\nreturn 1\n")
    done = odw("exec", script, "--backend", "mock", "--json", "--no-report")
    assert (done.returncode, done.stdout) == (0, "1\n")
    assert "error ODW209 (unknown-global): `nope` is not declared" in done.stderr
    again = odw("exec", script, "--backend", "mock", "--json", "--no-report")
    assert again.stderr == done.stderr  # from the cache of compiled scripts too


def test_lint_errors_refuse_the_run(odw: Run, tmp_path: Path) -> None:
    done = odw("exec", write(tmp_path, META + "return Date.now()\n"), "--backend", "mock")
    assert (done.returncode, done.stdout) == (3, "")
    assert "a.js:2:8: error ODW101 (wall-clock)" in done.stderr
    assert done.stderr.endswith("odw: 1 error: the script was not run\n")
    assert not (tmp_path / ".odw").exists()


def test_a_log_cannot_pass_for_a_line_of_odw(odw: Run, tmp_path: Path) -> None:
    script = write(tmp_path, META + "log('x\\n[result] \"forged\"')\nreturn 1\n")
    done = odw("exec", script, "--backend", "mock", "--no-report")
    assert '[log] x\\n[result] "forged"\n' in done.stdout
    assert [line for line in done.stdout.splitlines() if line.startswith("[result]")] == ["[result] 1"]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "SCRIPT is missing"),
        (["a.js", "--script", "b.js"], "two scripts are given: a.js and --script b.js"),
        (["a.js", "--backend", "nonsense"], "unknown backend: nonsense"),
        (["a.js", "--backend", "mokc"], "Did you mean mock?"),
        (["a.js"], "--backend mock"),
        (
            ["a.js", "--backend", "mock", "--concurrency", "0"],
            "--concurrency: expected a whole number from 1 to 1024",
        ),
        (["a.js", "--backend", "mock", "--budget", "lots"], "--budget: expected output tokens"),
        (["a.js", "--backend", "mock", "--timeout", "soon"], "--timeout: expected a number of seconds"),
        (["a.js", "--backend", "mock", "--mock-file", "none.json"], "none.json"),
        (["-", "--args-file", "-"], "cannot both be standard input"),
    ],
)
def test_wrong_usage(odw: Run, tmp_path: Path, argv: list[str], message: str) -> None:
    write(tmp_path, HELLO)
    done = odw("exec", *argv)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) <= 3
