"""odw.toml: where it is looked for, and how each mistake in it is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from odw.errors import UsageError
from odw.runtime.budget_limits import COST, BudgetLimit, budget_limits
from odw.settings import load_settings
from odw.settings_file import read_project_file

WHOLE = """
concurrency = 3
on_failure = "report"
default_executor = "agent"

[budget]
total = "$20"
policy = "cancel"
phases = { Review = "300k" }
runtimes = { codex = 5000 }

[prices."my-model"]
input = 0.5
output = 2
cache_read = 0

[runtimes.codex]
concurrency = 2
budget = "$5"

[executors.agent]
argv = ["agent", "{prompt}"]
"""


def project(folder: Path, text: str | bytes, name: str = "odw.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def refused(folder: Path) -> UsageError:
    with pytest.raises(UsageError) as caught:
        read_project_file(folder)
    return caught.value


def test_every_section_is_read(tmp_path: Path) -> None:
    table = read_project_file(project(tmp_path, WHOLE))
    settings = load_settings(environ={}, toml=table)
    assert (settings.value_of("concurrency"), settings.value_of("on_failure")) == (3, "report")
    assert settings.budget_policy == ("cancel", "odw.toml")
    limits = budget_limits(None, None, {}, table)
    assert limits.run == BudgetLimit(20, COST)
    assert {"codex": BudgetLimit(5000)} == limits.runtimes
    assert table["executors"]["agent"]["argv"] == ["agent", "{prompt}"]


def test_the_nearest_file_up_to_the_repositorys_root(tmp_path: Path) -> None:
    project(tmp_path, "concurrency = 1")  # outside of the repository
    root = tmp_path / "repo"
    inner = root / "a" / "b"
    inner.mkdir(parents=True)
    assert read_project_file(inner) == {}
    (root / ".git").mkdir()
    assert read_project_file(inner) == {}
    project(root, "concurrency = 2")
    assert read_project_file(inner) == {"concurrency": 2}
    project(root / "a", "concurrency = 3")
    assert read_project_file(inner) == {"concurrency": 3}
    assert read_project_file(root) == {"concurrency": 2}


def test_pyproject_serves_where_there_is_no_odw_toml(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inner = project(tmp_path / "inner", "[tool.other]\nx = 'odw'\n", "pyproject.toml")
    project(tmp_path, "[tool.odw]\nconcurrency = 4\n", "pyproject.toml")
    assert read_project_file(inner) == {"concurrency": 4}
    project(tmp_path, "concurrency = 5")
    assert read_project_file(inner) == {"concurrency": 5}


def test_a_mistake_in_pyproject_names_that_file(tmp_path: Path) -> None:
    project(tmp_path, "[tool.odw]\nconcurency = 4\n", "pyproject.toml")
    assert refused(tmp_path).message == "pyproject.toml: tool.odw: unknown key 'concurency'"


def test_without_a_file_no_toml_reader_is_loaded(tmp_path: Path) -> None:
    project(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
    code = (
        "import sys; from pathlib import Path; from odw.settings_file import read_project_file;"
        "assert read_project_file(Path(sys.argv[1])) == {}; assert 'tomllib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a = 1\nb = = 2\n", "odw.toml:2:5: Invalid value"),
        (b"a = 1\na = 2\n", "odw.toml:2:6: Cannot overwrite a value"),
        (b'a = """\nopen', "odw.toml:2:5: Unterminated string (the file ends here)"),
        (b"a = 1\nb = '\xff'\n", "odw.toml:2: not UTF-8"),
        (b"a = " + b"[" * 100_000, "odw.toml: its values nest too deeply"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_place(tmp_path: Path, text: bytes, message: str) -> None:
    assert refused(project(tmp_path, text)).message == message


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read_project_file(project(tmp_path, "\ufeffconcurrency = 2")) == {"concurrency": 2}


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    project(tmp_path, "concurrency = 2")
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refused(tmp_path).message == "odw.toml cannot be read: Permission denied"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("concurrncy = 1", "odw.toml: unknown key 'concurrncy'", "Did you mean concurrency?"),
        ("xyzzy = 1", "odw.toml: unknown key 'xyzzy'", "Known: concurrency, max_agents"),
        ("budget = '5k'", "odw.toml: budget: expected a table [budget], found '5k'", ""),
        ("[budget]\ntotl = 1", "odw.toml: budget: unknown key 'totl'", "Did you mean total?"),
        ("[budget]\ntotal = true", "odw.toml: budget.total: expected a limit such as", ""),
        ("[budget]\ntotal = 0", "odw.toml: budget.total: expected a limit such as", ""),
        ("[budget]\ntotal = nan", "odw.toml: budget.total: expected a limit such as", ""),
        ("[budget]\nphases = 5", "odw.toml: budget.phases: expected a table { NAME = limit }, found 5", ""),
        ("[budget]\nphases = { A = [] }", "odw.toml: budget.phases.A: expected a limit such as", ""),
        ("[runtimes]\ncodex = 2", "odw.toml: runtimes.codex: expected a table [runtimes.codex], found 2", ""),
        ("[runtimes.codex]\nconcurrency = 0", "odw.toml: runtimes.codex.concurrency: expected a whole number", ""),
        ("[runtimes.codex]\nconcurrency = true", "odw.toml: runtimes.codex.concurrency: expected a whole", ""),
        ("[runtimes.codex]\nbudget = -1", "odw.toml: runtimes.codex.budget: expected a limit such as", ""),
        ("[runtimes.codex]\nbuget = 1", "odw.toml: runtimes.codex: unknown key 'buget'", "Did you mean budget?"),
        ("[executors.fast]\nconcurrency = 2000", "odw.toml: executors.fast.concurrency: expected a whole", ""),
        ("[executors.fast]\nbudget = 0", "odw.toml: executors.fast.budget: expected a limit such as", ""),
        (
            "[executors.fast]\nconcurrency = 2\n[runtimes.fast]\nconcurrency = 2",
            "odw.toml: concurrency stands in both executors.fast and runtimes.fast", "Leave one of them out.",
        ),
        ("[prices.m]\ninput = 1", "odw.toml: prices.m: output is missing", "A price has input and output"),
        ("[prices.m]\ninput = '1'\noutput = 1", "odw.toml: prices.m.input: expected dollars per million", ""),
        ("[prices.m]\ninput = -1\noutput = 1", "odw.toml: prices.m.input: expected dollars per million", ""),
        ("[prices.m]\ninput = inf\noutput = 1", "odw.toml: prices.m.input: expected dollars per million", ""),
        ("[prices.m]\nin = 1", "odw.toml: prices.m: unknown key 'in'", ""),
        ("executors = 1", "odw.toml: executors: expected a table [executors], found 1", ""),
    ],
)  # fmt: skip
def test_a_mistake_names_its_key(tmp_path: Path, text: str, message: str, hint: str) -> None:
    error = refused(project(tmp_path, text))
    assert error.message.startswith(message)
    assert error.hint.startswith(hint)
    assert error.exit_code == 2
