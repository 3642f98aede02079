"""The README's commands do what it says, and its options exist."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
MARK = "<!-- tested: tests/docs/test_readme.py -->"


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "PATH": path, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}


def _shell(script: str, directory: Path) -> str:
    done = subprocess.run(
        ["sh", "-e"], input=script, cwd=directory, env=_environment(directory), capture_output=True, text=True,
        encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _tested_block(number: int = 0) -> str:
    blocks = re.findall(re.escape(MARK) + r"\n```sh\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 4
    return str(blocks[number])


def test_the_first_workflow_runs_as_shown(tmp_path: Path) -> None:
    out = _shell(_tested_block(), tmp_path)
    for line in ("[workflow] start hello backend=mock", "[log] 3 answers", "[workflow] done hello"):
        assert line in out
    printed = [line for line in out.splitlines() if line.startswith('{"answers":')]
    assert len(printed) == 1
    answers = json.loads(printed[0])["answers"]
    assert len(answers) == 3
    assert all(isinstance(answer, str) for answer in answers)
    assert "async def workflow" in out  # of odw transpile
    assert (tmp_path / ".odw" / "runs" / "latest" / "report.html").exists()


def test_a_killed_run_resumes_as_shown(tmp_path: Path) -> None:
    out = _shell(_tested_block(1), tmp_path)
    assert re.search(r"^demo\s+dead\s", out, re.MULTILINE)
    assert re.search(r"\[check\] demo: 2 replay, 4 run, 0 depend on those", out)
    assert "it was in flight when the run ended" in out
    assert "[workflow] resume slow backend=mock session=2" in out
    assert "[census] 4 succeeded, 2 replayed" in out
    assert "[replay] demo: the script does what the journal says: 6 calls, the same ending" in out


def test_a_real_process_answers_as_shown(tmp_path: Path) -> None:
    out = _shell(_tested_block().split("odw lint")[0] + _tested_block(2), tmp_path)
    assert out.splitlines().count('"SAY IT LOUDER"') == 1
    for line in ("shout", "bamboo", "  calls     1 the same", "executor  runs  calls", "DEEPSEEK_API_KEY"):
        assert line in out, line


def test_a_workflow_in_python_runs_as_shown(tmp_path: Path) -> None:
    out = _shell(_tested_block().split("odw lint")[0] + _tested_block(3), tmp_path)
    for line in (
        "  --files TEXT  [may be given several times, required]",
        "[workflow] done review-files",
        "pipeline",
    ):
        assert line in out, line
    assert re.search(r"^\[census\] 0 succeeded, \d+ replayed$", out, re.MULTILINE)
    assert len(json.loads(out.splitlines()[-1])["answers"]) == 3


def test_it_lists_what_a_run_leaves(tmp_path: Path) -> None:
    _shell(_tested_block().split("odw lint")[0] + "odw exec hello.js --backend mock --args 1", tmp_path)
    listed = re.findall(
        r"`([\w.]+\.(?:jsonl?|js|html))`", README[README.index("Every run leaves") :].split("\n\n")[0]
    )
    assert len(listed) == 6
    for name in listed:
        assert (tmp_path / ".odw" / "runs" / "latest" / name).exists(), name


def test_the_script_in_the_text_is_the_one_that_is_tested() -> None:
    shown = re.search(r"```js\n// hello\.js\n(.*?)```", README, re.DOTALL)
    assert shown
    assert shown[1] in _tested_block()


def test_every_command_and_option_it_names_is_in_the_help(tmp_path: Path) -> None:
    from odw.cli.options import COMMANDS

    code = [*(_tested_block(number) for number in range(4)), *re.findall(r"`[^`\n]+`", README)]
    words = {
        name
        for text in code
        for name in re.findall(r"(?:^|`)odw ((?:runs |journal |executors |task )?[a-z]+)", text, re.MULTILINE)
    }
    assert sorted(words) == sorted(COMMANDS)  # it names every command, and no other
    overview = _shell("odw --help", tmp_path)
    helps = "".join(_shell(f"odw {command} --help", tmp_path) for command in COMMANDS)
    for command in COMMANDS:
        assert command.split()[0] in overview
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) - {
        "--help",
        "--files",
        "--top",
    }  # the last two are parameters of the workflow that is shown
    assert options
    assert [option for option in sorted(options) if option not in helps] == []


def test_the_exit_codes_are_those_of_the_program() -> None:
    from odw.errors import ScriptRejected, UsageError, WorkflowError
    from odw.runtime.options import EXIT_CODES

    told = dict(re.findall(r"(\d+) ([a-z]+)", README[README.index("Exit codes:") :].split("\n\n")[0]))
    assert set(map(int, told)) == {
        *EXIT_CODES.values(), UsageError.exit_code, WorkflowError.exit_code, ScriptRejected.exit_code,
    }  # fmt: skip
