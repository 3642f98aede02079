"""``odw exec --dry-run``, and the question that ``--confirm-above`` asks: rehearsals in the real project, which they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_case import META, Run

from odw.cli import exec_command


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODW_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_what_a_run_would_do_is_told_and_nothing_is_written(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        META
        + "const text = await agent(promptSlot('ask', null, 'the suggestion'), { label: 'one', phase: 'P', mockText: 'yes', "
        "mockDelayMs: 3600000 })\nlog(text)\nreturn { text, cwd }\n"
    )
    before = files(tmp_path)
    done = odw("exec", "a.js", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "[odw] dry run: nothing is asked, nothing is written",
        "[workflow] start case backend=mock",
        "[node] start P / one / mock",
        "[node] done P / one ok=true",
        "[log] yes",
        "[workflow] done case",
        f'[result] {{"text":"yes","cwd":"{tmp_path}"}}',
        "[census] 1 succeeded",
    ]
    assert files(tmp_path) == before


def test_the_project_is_the_real_one(odw: Run, tmp_path: Path) -> None:
    """Schema files are found, declared programs are known, a worktree needs no repository."""
    (tmp_path / "odw.toml").write_text('[executors.robot]\nargv = ["/nowhere/robot"]\n')
    (tmp_path / "number.json").write_text('{"type": "number", "minimum": 7, "maximum": 7}')
    (tmp_path / "a.js").write_text(
        META + "const n = await agent('n', { schema: 'number.json', runtime: 'robot' })\n"
        "const w = await agent('w', { isolation: 'worktree', mockWriteFile: 'made.txt' })\n"
        "return [n, w.worktree.changed]\n"
    )
    before = files(tmp_path)
    done = odw("exec", "a.js", "--dry-run", "--json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "[7,false]\n", "")
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("body", "flags", "code", "message"),
    [
        ("throw new Error('broken')", (), 1, "a.js:2"),
        ("return { ok: false }", (), 1, ""),
        ("for (;;) await agent('a', { mockTokens: 60 })", ("--budget", "100"), 4, "workflow budget exhausted"),
        ("await agent('a', { mockFail: 'no' })", ("--fail-on", "partial"), 1, "--fail-on partial"),
        ("await new Promise(() => {})", (), 1, "waiting for a promise that can never settle"),
    ],
)  # fmt: skip
def test_the_exit_code_is_that_of_the_run(
    odw: Run, tmp_path: Path, body: str, flags: tuple[str, ...], code: int, message: str
) -> None:
    (tmp_path / "a.js").write_text(META + body + "\n")
    done = odw("exec", "a.js", "--dry-run", *flags)
    assert done.returncode == code, done.stdout + done.stderr
    assert message in done.stderr
    assert "odw resume" not in done.stdout + done.stderr  # there is nothing to resume


def test_an_endless_loop_is_stopped_and_its_line_named(
    odw: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ODW_SCRIPT_SLICE_S", "0.3")
    (tmp_path / "a.js").write_text(META + "while (true) {}\n")
    done = odw("exec", "a.js", "--dry-run")
    assert done.returncode == 1
    assert "ODW_SCRIPT_SLICE_S raises the limit" in done.stderr
    assert "a.js:2:" in done.stderr


def test_the_question_knows_the_programs_of_the_project(
    odw: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "odw.toml").write_text(
        'default_executor = "robot"\n[executors.robot]\nargv = ["/nowhere/robot"]\n'
    )
    (tmp_path / "a.js").write_text(
        META + "const a = await agent('a', { runtime: 'robot' })\n"
        "await parallel([1, 2].map((n) => () => agent(`${n}`, { runtime: 'robot' })))\n"
    )

    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return "n\n"

    monkeypatch.setattr(exec_command.sys, "stdin", Terminal())
    done = odw("exec", "a.js", "--confirm-above", "2")
    assert done.returncode == 2
    assert "a dry run makes 3 agent calls, more than 2. Run it? [y/N]" in done.stderr
    assert done.stderr.endswith("[odw] not run\n")
    assert not (tmp_path / ".odw").exists()
