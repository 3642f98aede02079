"""The guide that comes with odw: its workflows run as they stand, and its commands exist."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from odw.cli.guide_command import PAGES, PATTERNS, page
from odw.cli.options import COMMANDS
from odw.transpile.rules.unknown_agent_option import AGENT_OPTIONS


def odw(folder: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "odw", *argv], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "ODW_CACHE_DIR": str(folder / "cache")},
    )  # fmt: skip


def block(name: str, language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("name", "language", "file", "argv"),
    [
        ("SKILL.md", "js", "review.js", ["--args", '{"files": ["src/a.py"]}', "--budget", "$5"]),
        ("python.md", "python", "review.py", ["--files", "src/a.py", "--files", "src/b.py", "--brief"]),
    ],
)
def test_the_workflow_to_start_from_is_clean_and_runs(
    tmp_path: Path, name: str, language: str, file: str, argv: list[str]
) -> None:
    (tmp_path / file).write_text(block(name, language))
    linted = odw(tmp_path, "lint", file)
    assert (linted.returncode, linted.stderr.strip()) == (0, "[odw] no findings in 1 file")
    ran = odw(tmp_path, "exec", file, "--backend", "mock", "--json", *argv)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["report"]
    again = odw(tmp_path, "resume", "latest", "--json")
    assert json.loads(again.stdout) == json.loads(ran.stdout)


def test_every_topic_is_printed(tmp_path: Path) -> None:
    guide = odw(tmp_path, "guide").stdout
    assert guide.startswith("# Writing a workflow for odw")
    assert "---" not in guide.splitlines()[:3]
    for topic, heading in (
        ("python", "# Writing a workflow in Python"),
        ("contract", "# What a script may rely on"),
    ):
        assert odw(tmp_path, "guide", topic).stdout.startswith(heading)
    assert odw(tmp_path, "contract").stdout == odw(tmp_path, "guide", "contract").stdout
    patterns = odw(tmp_path, "guide", "patterns").stdout
    assert [path.stem for path in sorted(PATTERNS.glob("*.js"))] == re.findall(
        r"^- `([\w-]+)`: \S", patterns, re.MULTILINE
    )
    unknown = odw(tmp_path, "guide", "pyton")
    assert (unknown.returncode, "Did you mean python?" in unknown.stderr) == (2, True)


def test_the_skill_is_a_file_with_a_name_and_a_description(tmp_path: Path) -> None:
    path = Path(odw(tmp_path, "guide", "--path").stdout.strip())
    head = path.read_text().split("---\n")[1]
    assert path == PAGES / "SKILL.md"
    assert re.search(r"^name: odw$", head, re.MULTILINE)
    assert 40 < len(re.search(r"^description: (.+)$", head, re.MULTILINE)[1]) < 1024  # type: ignore[index]


def test_commands_and_options_that_the_pages_name_exist() -> None:
    for path in PAGES.glob("*.md"):
        named = re.findall(r"`odw ([^`]+)`", path.read_text()) + re.findall(
            r"^odw (.+)", path.read_text(), re.MULTILINE
        )
        assert named
        for words in named:
            first, second = (*words.split(), "", "")[:2]
            assert first in COMMANDS or f"{first} {second}" in COMMANDS, (path.name, words)
    options = re.search(r"^Options of `agent`: (.*?)\n\n", page("SKILL.md"), re.MULTILINE | re.DOTALL)
    assert options is not None
    shown = {name.partition(":")[0] for name in re.findall(r"`([a-zA-Z]+(?:: [^`]*)?)`", options[1])}
    assert len(shown) >= 12
    assert shown <= AGENT_OPTIONS


def test_spec_and_capabilities_are_json(tmp_path: Path) -> None:
    spec = json.loads(odw(tmp_path, "spec").stdout)
    assert {"agent", "parallel", "pipeline"} <= set(spec["hooks"])
    assert {rule["code"] for rule in spec["rules"]} >= {"ODW101", "ODW106", "ODW301"}
    refuses = {rule["code"]: rule["refusesTheRun"] for rule in spec["rules"]}
    assert (refuses["ODW101"], refuses["ODW301"]) == (True, False)
    found = json.loads(odw(tmp_path, "capabilities").stdout)
    assert "claude" in found["executors"]
    assert "judge-panel" in found["workflows"]
