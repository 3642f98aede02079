"""``odw exec FILE.py``: parameters as options, several workflows in a file, kills and resumes, ``odw.run``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_case import Run

SOURCE = """
import odw

@odw.workflow
async def first(names: list[str], *, strict: bool = False, top: int | None = None, note_text: str = "n"):
    \"\"\"The first.\"\"\"
    found = await odw.parallel_map(lambda name: odw.call(f"do {name}"), names)
    return [len(found), strict, top, note_text]

@odw.workflow(name="other")
async def second():
    return "second"
"""


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    path = tmp_path / "flow.py"
    path.write_text(SOURCE)
    return path


@pytest.mark.parametrize(
    ("argv", "result"),
    [
        (["--names", "a", "--names=b", "--strict", "--top", "3"], [2, True, 3, "n"]),
        (["--names", "a", "--no-strict", "--note-text", "7"], [1, False, None, "7"]),
        (["--args", '{"names": ["x"], "strict": true}', "--note-text=t"], [1, True, None, "t"]),
    ],
)
def test_parameters_are_options(odw: Run, flow: Path, argv: list[str], result: object) -> None:
    done = odw("exec", "flow.py", "--workflow", "first", "--backend", "mock", "--json", *argv)
    assert (done.returncode, json.loads(done.stdout or "null")) == (0, result), done.stderr


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["flow.py"], "flow.py defines 2 workflows"),
        (["flow.py:third"], "flow.py has no workflow 'third'"),
        (["flow.py:first", "--nams", "a"], "no such option: --nams\n  Did you mean --names?"),
        (["flow.py:first", "--names"], "--names needs a value"),
        (["flow.py:first", "--names", "a", "--strict=maybe"], "--strict is a switch"),
        (["flow.py:first"], "the parameter 'names' is missing"),
    ],
)
def test_wrong_usage(odw: Run, flow: Path, argv: list[str], message: str) -> None:
    done = odw("exec", *argv, "--backend", "mock")
    assert done.returncode == 2
    assert message in done.stderr


def test_the_run_goes_on_with_the_workflow_it_was(odw: Run, flow: Path) -> None:
    assert odw("exec", "flow.py:other", "--backend", "mock").returncode == 0
    done = odw("resume", "latest", "--json")
    assert (done.returncode, done.stdout) == (0, '"second"\n'), done.stderr


def test_lint_reads_python(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("import time\nx = time.time()\n")
    done = odw("lint", "bad.py")
    assert done.returncode == 3
    assert "bad.py:2:5: error ODW101 (wall-clock)" in done.stdout + done.stderr


def test_a_killed_run_is_gone_on_with(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(
        "import odw\n@odw.workflow\nasync def slow():\n"
        "    first = await odw.call('first')\n"
        "    return [first, await odw.call('second', mock_delay_ms=600_000 if odw.args else 0)]\n"
    )
    argv = ["exec", "slow.py", "--backend", "mock", "--args", '{"wait": 1}', "--run-id", "k"]
    process = subprocess.Popen(
        [sys.executable, "-m", "odw", *argv],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        journal = tmp_path / ".odw" / "runs" / "k" / "events.jsonl"
        deadline = time.monotonic() + 30
        while not (journal.exists() and '"label":"second"' in journal.read_text()):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    done = odw("resume", "k", "--args", "null", "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 2
    assert journal.read_text().count('"type":"agent_skip"') == 1


def test_a_file_that_runs_itself(tmp_path: Path, flow: Path) -> None:
    flow.write_text(
        SOURCE
        + "\n\nif __name__ == '__main__':\n"
        + "    import asyncio\n"
        + "    print(odw.run(first, {'names': ['a']}, backend='mock'))\n"
        + "    async def later():\n"
        + "        return await asyncio.to_thread(odw.run_sync, first, {'names': ['a', 'b']}, backend='mock')\n"
        + "    print(asyncio.run(later()))\n"
        + "    try:\n        odw.run(first, backend='mock')\n"
        + "    except Exception as error:\n        print(type(error).__name__, error)\n"
    )
    done = subprocess.run(
        [sys.executable, "flow.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == [
        "[1, False, None, 'n']",
        "[2, False, None, 'n']",
        "UsageError first: the parameter 'names' is missing from the args",
    ], done.stderr


HELPED = '''
from typing import Annotated, Literal
import odw

@odw.workflow(name="helped")
async def flow(
    names: Annotated[list[str], "whom to ask"], *, strict: bool = False, depth: Literal["quick", "deep"] = "quick",
    top: int | None = None,
):
    """Ask them.

    Args:
        strict: fail at the first
        top (int): how many
    """
    return await odw.parallel_map(lambda name: odw.call(name), names)
'''


@pytest.mark.parametrize("word", ["helped.py", "helped.py:flow"])
def test_help_names_the_parameters(odw: Run, tmp_path: Path, word: str) -> None:
    (tmp_path / "helped.py").write_text(HELPED)
    done = odw("exec", word, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[2:9] == [
        "helped: Ask them.",
        "",
        "Its parameters:",
        "  --names TEXT            whom to ask [may be given several times, required]",
        "  --strict / --no-strict  fail at the first [default: off]",
        "  --depth quick|deep      [default: quick]",
        "  --top NUMBER            how many",
    ]


def test_help_says_what_is_written_for_an_enum_a_path_and_a_date(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "kinds.py").write_text(
        "import datetime, enum, pathlib\nimport odw\n"
        "class Depth(enum.Enum):\n    QUICK = 'quick'\n    DEEP = 'deep'\n"
        "@odw.workflow\n"
        "async def kinds(depth: Depth = Depth.DEEP, file: pathlib.Path = pathlib.Path('a/b'), "
        "day: datetime.date | None = None, tags: set[str] = frozenset()):\n    return 1\n"
    )
    assert odw("exec", "kinds.py", "--help").stdout.splitlines()[5:9] == [
        "  --depth quick|deep  [default: deep]",
        "  --file TEXT         [default: a/b]",
        "  --day TEXT",
        "  --tags TEXT         [may be given several times]",
    ]


@pytest.mark.parametrize(
    ("argv", "message"),
    [([], "the parameter 'names' is missing"), (["--names", "a", "--top", "x"], "args.top is no int | None")],
)
def test_args_that_do_not_fit_leave_no_run_behind(
    odw: Run, tmp_path: Path, argv: list[str], message: str
) -> None:
    (tmp_path / "helped.py").write_text(HELPED)
    done = odw("exec", "helped.py", "--backend", "mock", *argv)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / ".odw").exists()


def test_inspect_graph_and_lint_of_a_directory(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "helped.py").write_text(HELPED)
    (tmp_path / "flows" / "other.py").write_text("import time\nprint(time.time())\n")
    found = json.loads(odw("inspect", "flows/helped.py", "--json").stdout)
    assert [site["hook"] for site in found["callSites"]] == ["parallel", "agent"]
    assert "parallel" in odw("graph", "flows/helped.py:flow").stdout
    assert odw("graph", "flows/other.py").returncode == 2
    linted = odw("lint", "flows")
    assert (linted.returncode, linted.stderr.strip()) == (0, "[odw] no findings in 1 file")
