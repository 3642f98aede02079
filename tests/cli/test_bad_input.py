"""Everything that can be wrong with a script, its arguments or its run: a message on one screen, the right exit code, no traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_case import META, Run

MOCK = ("--backend", "mock", "--no-report")
ONE_SCREEN = 24


def check(done: subprocess.CompletedProcess[str], code: int, *messages: str) -> None:
    shown = done.stdout + done.stderr
    assert done.returncode == code, shown
    for message in messages:
        assert message in done.stderr
    assert "Traceback" not in shown
    assert 'File "' not in shown
    assert len(shown.splitlines()) <= ONE_SCREEN


@pytest.mark.parametrize(
    ("data", "code", "messages"),
    [
        (b"", 3, ["the script is empty"]),
        (b" \n\t\n", 3, ["the script is empty"]),
        (b"\x7fELF\x02\x01\0\0\0", 3, ["this is a binary file"]),
        (b"// " + b"x" * 600 * 1024, 3, ["the script is too large", "ODW_MAX_SCRIPT_BYTES"]),
        (META.encode() + b"log('caf\xe9')\n", 3, ["not valid UTF-8", "line 2"]),
        (META.encode() + b"const x = = 1\n", 3, ["a.js:2:11: error ODW200", "const x = = 1", "^"]),
        (META.encode() + b"const x: string = 'a'\n", 3, ["a.js:2:8: error ODW201", "TypeScript"]),
        (b"return 1\n", 3, ["error ODW204 (missing-meta)", "export const meta = {", "name: 'a', description:"]),
        (b"export const meta = make()\n", 3, ["error ODW205 (non-literal-meta)"]),
        (b"export const meta = { name: f(), description: 'd' }\n", 3, ["a.js:1:29: error ODW205", "found a call"]),
        (META.encode() + b"import fs from 'fs'\n", 3, ["error ODW203 (import-declaration)"]),
        (META.encode() + b"with (a) {}\n", 3, ["error ODW200"]),
        (META.encode() + b"let a = 1\nlet a = 2\n", 3, ["Identifier 'a' has already been declared"]),
    ],
    ids=lambda value: "" if not isinstance(value, list) else value[0],
)  # fmt: skip
def test_files_that_are_no_script(
    odw: Run, tmp_path: Path, data: bytes, code: int, messages: list[str]
) -> None:
    (tmp_path / "a.js").write_bytes(data)
    check(odw("exec", "a.js", *MOCK), code, *messages)
    assert not (tmp_path / ".odw").exists()


def test_a_missing_file_and_a_directory(odw: Run, tmp_path: Path) -> None:
    check(odw("exec", "none.js", *MOCK), 2, "no such file: none.js")
    (tmp_path / "folder.js").mkdir()
    check(odw("exec", "folder.js", *MOCK), 2, "folder.js is a directory")
    check(odw("exec", "./", *MOCK), 2, "is a directory")


def test_the_size_limit_can_be_raised(odw: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.js").write_text(META + "// " + "x" * 600 * 1024 + "\nreturn 1\n")
    monkeypatch.setenv("ODW_MAX_SCRIPT_BYTES", str(1024 * 1024))
    assert odw("exec", "a.js", *MOCK, "--json").stdout == "1\n"


@pytest.mark.parametrize(
    ("body", "code", "messages"),
    [
        ("return agent('x', { schema: { type: 'nonsense' } })", 1, ["agent({schema}) received an invalid JSON Schema", "a.js:2:"]),
        ("const o = {}; o.self = { o }; return o", 1, ["result_not_serializable", "$.self.o"]),
        ("return { big: [1n] }", 1, ["result_not_serializable", "$.big[0]"]),
        ("await new Promise(() => {})", 1, ["waiting for a promise that can never settle", "a.js:2"]),
        ("const f = n => f(n + 1) + 1; f(0)", 1, ["RangeError: Maximum call stack size exceeded"]),
        ("throw 'just text'", 1, ["just text"]),
        ("throw new TypeError('the reason')", 1, ["a.js:2:11: TypeError: the reason", "^"]),
        ("throw null", 1, ["null"]),
        ("null.x", 1, ["TypeError: Cannot read properties of null (reading 'x')", "a.js:2"]),
        ("nope()", 1, ["ReferenceError: nope is not defined", "a.js:2"]),
        ("await parallel([agent('x')])", 1, ["parallel() expects an array of functions, not promises"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_scripts_that_fail(odw: Run, tmp_path: Path, body: str, code: int, messages: list[str]) -> None:
    (tmp_path / "a.js").write_text(META + body + "\n")
    check(odw("exec", "a.js", *MOCK), code, *messages)


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("const f = n => f(n + 1) + 1; try { f(0) } catch (e) { return e instanceof RangeError }", "true"),
        ("const xs = Array.from({ length: 1e7 }, (_, i) => i); return xs.length + xs[9999999]", "19999999"),
        ("const xs = new Array(1e7); return xs.length", "10000000"),
        ("const text = JSON.stringify({ __proto__: 1, a: 2 }); return JSON.parse(text).a", "2"),
    ],
)
def test_scripts_that_only_look_bad(odw_process: Run, tmp_path: Path, body: str, result: str) -> None:
    (tmp_path / "a.js").write_text(META + body + "\n")
    done = odw_process("exec", "a.js", *MOCK, "--json")
    assert (done.returncode, done.stdout) == (0, f"{result}\n"), done.stderr


def test_an_unhandled_rejection_is_reported_with_its_line_and_the_run_goes_on(
    odw: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.js").write_text(META + "Promise.reject(new Error('lost'))\nawait agent('x')\nreturn 1\n")
    done = odw("exec", "a.js", *MOCK)
    assert done.returncode == 0
    (line,) = [line for line in done.stdout.splitlines() if "unhandled rejection" in line]
    assert "a.js:2" in line and "lost" in line


def test_an_endless_loop_is_stopped_and_its_line_named(odw_process: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "let n = 0\nwhile (true) {\n  n++\n}\n")
    done = odw_process("exec", "a.js", *MOCK, env={"ODW_SCRIPT_SLICE_S": "0.5"})
    check(done, 1, "a.js:")
    assert any(f"a.js:{line}" in done.stderr for line in (3, 4, 5))


def test_an_endless_loop_in_a_finally_or_catch_is_stopped_too(odw_process: Run, tmp_path: Path) -> None:
    body = "try { while (true) {} } catch (e) { while (true) {} } finally { while (true) {} }\n"
    (tmp_path / "a.js").write_text(META + body)
    check(odw_process("exec", "a.js", *MOCK, env={"ODW_SCRIPT_SLICE_S": "0.5"}), 1, "a.js:2")


def test_ctrl_c_is_130_and_says_how_to_resume(tmp_path: Path) -> None:
    script = META + "await agent('first')\nawait agent('slow', { mockDelayMs: 60000 })\n"
    (tmp_path / "a.js").write_text(script)
    process = subprocess.Popen(
        [sys.executable, "-m", "odw", "exec", "a.js", *MOCK, "--grace", "0.1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "[node] start - / slow" in line:
            break
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - started < 20  # the minute of the slow agent was not waited for
    assert process.returncode == 130, err
    assert "odw resume 2" in err
    assert "Traceback" not in out + err
    journal = (tmp_path / ".odw/runs/latest/events.jsonl").read_text().splitlines()
    assert [line for line in journal if '"agent_done"' in line and '"first"' in line]
    assert all(line.endswith("}") for line in journal)
