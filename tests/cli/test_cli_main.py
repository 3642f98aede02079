"""The way in: version, help, unknown commands, and what each command may import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_case import META, Run

from odw import __version__
from odw.cli import main as main_module
from odw.cli.options import COMMANDS

HEAVY = {"trio", "typer", "rich", "pydantic", "jsonschema", "jinja2", "click", "esprima"}


def test_version(odw: Run) -> None:
    for flag in ("--version", "-V"):
        done = odw(flag)
        assert (done.returncode, done.stdout) == (0, f"odw {__version__}\n")


def test_help_names_every_command_option_code_and_variable(odw: Run, odw_process: Run) -> None:
    text = odw_process("--help").stdout
    assert all(name.split()[0] in text for name in COMMANDS)
    assert "130" in text and "ODW_CONCURRENCY" in text
    for command in COMMANDS.values():
        for flag in ("--help", "-h"):
            done = odw(*command.name.split(), flag)
            assert done.returncode == 0
            assert all(flag in done.stdout for option in command.options for flag in option.flags)
            assert command.summary in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["exce", "a.js"], "no such command: exce\n  Did you mean exec?"),
        (["a.js"], "no such command: a.js\n  To run a script: odw exec a.js"),
        (["zzz"], "no such command: zzz\n  See: odw --help"),
        (["runs", "lst"], "no such command: runs lst\n  Did you mean runs list?"),
        (["resume"], "RUN is missing\n  See: odw resume --help"),
        (["skip", "x"], "NODE is missing\n  See: odw skip --help"),
        (["pause", "x", "y"], "one RUN only: found also 'y'\n  See: odw pause --help"),
        (
            ["guide", "pyton"],
            "no such topic: pyton\n  Did you mean python? There are: contract, patterns, python.",
        ),
        (["lint"], "PATH is missing\n  See: odw lint --help"),
        (
            ["lint", "--formt", "json"],
            "no such option: --formt\n  Did you mean --format? See: odw lint --help",
        ),
    ],
)
def test_wrong_usage_is_exit_2(odw: Run, argv: list[str], message: str) -> None:
    done = odw(*argv)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"odw: {message}\n"


def test_an_unknown_option_of_odw_itself(odw_process: Run) -> None:
    done = odw_process("--frobnicate")
    assert done.returncode == 2
    assert "No such option: --frobnicate" in done.stderr


def test_a_bug_is_a_short_message(odw: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(argv: list[str]) -> int:
        raise ZeroDivisionError("x" * 10)

    monkeypatch.setattr(main_module, "_dispatch", broken)
    monkeypatch.delenv("ODW_DEBUG", raising=False)
    done = odw("lint", "a.js")
    assert done.returncode == 70
    assert "internal error: ZeroDivisionError" in done.stderr
    assert "ODW_DEBUG=1" in done.stderr
    assert "Traceback" not in done.stderr
    monkeypatch.setenv("ODW_DEBUG", "1")
    assert "Traceback" in odw("lint", "a.js").stderr


def test_ctrl_c_before_a_run_is_130(odw: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(argv: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(main_module, "_dispatch", interrupted)
    done = odw("lint", "a.js")
    assert (done.returncode, done.stderr) == (130, "odw: interrupted\n")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "log(Date.now())\n" * 5000)
    process = subprocess.Popen(
        [sys.executable, "-m", "odw", "lint", "a.js"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (141, b"")


def imported_by(folder: Path, *argv: str) -> set[str]:
    """The top-level modules that a command line imports, in a process of its own."""
    code = (
        "import json, sys\n"
        "from odw.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        "print('\\n' + json.dumps([code, sorted({m.partition('.')[0] for m in sys.modules})]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argv],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "ODW_CACHE_DIR": str(folder / "cache")},
    )
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert status == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize(
    ("argv", "allowed"),
    [
        (["--version"], set()),
        (["--help"], {"typer", "rich", "pydantic"}),
        (["exec", "--help"], {"typer", "rich", "pydantic"}),
        (["lint", "a.js"], {"esprima"}),
        (["lint", "a.js", "--format", "sarif"], {"esprima"}),
        (["transpile", "a.js"], {"esprima"}),
        (["exec", "a.js", "--backend", "mock", "--json", "--no-report"], {"esprima", "trio"}),
        (["exec", "a.js", "--dry-run"], {"esprima", "trio"}),
    ],
)
def test_heavy_imports_stay_where_they_are_needed(tmp_path: Path, argv: list[str], allowed: set[str]) -> None:
    (tmp_path / "a.js").write_text(META + "return await agent('x')\n")
    assert imported_by(tmp_path, *argv) & HEAVY <= allowed


def test_a_cached_script_needs_no_parser(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "return await agent('x')\n")
    line = ["exec", "a.js", "--backend", "mock", "--json", "--no-report"]
    imported_by(tmp_path, *line)
    assert imported_by(tmp_path, *line) & HEAVY == {"trio"}
