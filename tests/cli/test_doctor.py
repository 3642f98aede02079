"""``odw doctor``, with programs of our own on PATH: what it says of each, what it asks, what it leaves alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli_case import Run
from process_trees import alive

from odw.executors import probes_version

SECRET = "canary-5b1f0c77"


class World:
    """A machine with nothing but git: ``program`` puts something on PATH, ``env`` sets variables."""

    def __init__(self, root: Path, odw: Run, patch: pytest.MonkeyPatch) -> None:
        self.project = root
        self.home = root / "home"
        self.bin = root / "bin"
        self._odw = odw
        self._patch = patch
        self.home.mkdir()
        self.bin.mkdir()
        for name in list(os.environ):
            patch.delenv(name)
        self.env(HOME=str(self.home), PATH=str(self.bin), LANG="C.UTF-8")
        git = shutil.which("git", path=os.defpath + ":/usr/local/bin")
        if git:
            (self.bin / "git").symlink_to(git)

    def env(self, **variables: str) -> None:
        for name, value in variables.items():
            self._patch.setenv(name, value)

    def program(self, name: str, script: str = "echo 1.2.3", folder: Path | None = None) -> Path:
        path = (folder or self.bin) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def toml(self, text: str) -> None:
        (self.project / "odw.toml").write_text(text)

    def file(self, name: str, text: str = '{"tokens": 1}') -> None:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def report(self) -> Any:
        done = self._odw("doctor", "--json")
        report = json.loads(done.stdout)
        assert (done.stderr, done.returncode) == ("", 0 if report["ok"] else 1)
        return report

    def executor(self, name: str) -> Any:
        return next(each for each in self.report()["executors"] if each["name"] == name)

    def lines(self) -> list[str]:
        return [line.strip() for line in self._odw("doctor").stdout.splitlines()]


@pytest.fixture
def world(tmp_path: Path, odw: Run, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(tmp_path, odw, monkeypatch)


# --- the whole ---


def test_a_machine_with_nothing(world: World) -> None:
    report = world.report()
    assert report["version"] == 1 and report["ok"] is False
    assert {each["state"] for each in report["executors"]} == {"not_found", "not_logged_in"}
    lines = world.lines()
    assert "claude ❌ claude is not there: npm install -g @anthropic-ai/claude-code" in lines
    assert lines[-1] == "❌ No executor can answer yet; --backend mock needs none."
    default = next(line for line in lines if line.startswith("default"))
    assert default.endswith(
        "Install one of them, name another executor as default_executor in odw.toml, or give --backend."
    )


def test_a_machine_with_claude(world: World) -> None:
    path = world.program("claude", "echo '2.1.197 (Claude Code)'")
    world.env(ANTHROPIC_API_KEY=SECRET)
    report = world.report()
    assert report["ok"] is True
    assert world.executor("claude") == {
        "name": "claude", "use": "claude", "state": "ready", "declared": False, "program": str(path),
        "version": "2.1.197", "login": "ANTHROPIC_API_KEY", "keys": ["ANTHROPIC_API_KEY"], "missingKeys": [],
        "model": None, "provider": None, "problem": None, "next": None,
    }  # fmt: skip
    assert report["default"] == {
        "executor": "claude", "why": "the first of claude, codex on PATH", "ready": True, "problem": None, "next": None,
    }  # fmt: skip
    lines = world.lines()
    assert f"claude ✅ 2.1.197 {path} (ANTHROPIC_API_KEY)" in lines
    assert lines[-1] == "✅ Agents can run, with claude."


def test_the_shape_of_the_json(world: World) -> None:
    report = world.report()
    assert list(report) == [
        "version", "ok", "odw", "executors", "providers", "default", "projectFile", "settings", "git", "disk", "terminal",
        "machine",
    ]  # fmt: skip
    assert list(report["odw"]) == ["version", "python", "pythonPath", "trio", "platform"]
    assert list(report["projectFile"]) == ["path", "valid", "problem", "next"]
    assert list(report["settings"]) == ["values", "concurrency", "problem", "next"]
    assert list(report["git"]) == ["version", "repository", "worktrees", "problem", "next"]
    assert list(report["disk"]) == ["path", "freeBytes", "writable", "problem", "next"]
    assert list(report["terminal"]) == ["stdin", "stdout", "stderr", "term", "colour", "width", "utf8"]
    assert list(report["machine"]) == ["cores", "usableCores", "memoryBytes", "freeMemoryBytes"]
    names = [each["name"] for each in report["executors"]]
    assert names == ["claude", "codex", "opencode", "gemini", "pandacode", "bamboo"]


def test_nothing_is_written_and_no_key_is_told(world: World) -> None:
    env = world.project / "seen.txt"
    world.program("claude", f'/usr/bin/env > "{env}"; echo 1.0.0; echo "$ANTHROPIC_API_KEY" >&2')
    world.env(ANTHROPIC_API_KEY=SECRET, OPENAI_API_KEY=SECRET, HIDDEN=SECRET, DEEPSEEK_API_KEY=SECRET)
    before = sorted(world.project.rglob("*"))
    text = json.dumps(world.report()) + "\n".join(world.lines())
    assert SECRET not in text and "ANTHROPIC_API_KEY" in text
    assert sorted(world.project.rglob("*")) == sorted([*before, env])
    assert SECRET not in env.read_text() and "PATH=" in env.read_text()


# --- accounts ---


@pytest.mark.parametrize(
    ("name", "file", "shown"),
    [
        ("claude", ".claude/.credentials.json", "~/.claude/.credentials.json"),
        ("codex", ".codex/auth.json", "~/.codex/auth.json"),
        ("gemini", ".gemini/oauth_creds.json", "~/.gemini/oauth_creds.json"),
        ("opencode", ".local/share/opencode/auth.json", "~/.local/share/opencode/auth.json"),
    ],
)
def test_logged_in_by_a_file(world: World, name: str, file: str, shown: str) -> None:
    world.program(name)
    world.file(file)
    found = world.executor(name)
    assert (found["state"], found["login"], found["keys"]) == ("ready", shown, [])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("claude", "CLAUDE_CODE_OAUTH_TOKEN"), ("codex", "OPENAI_API_KEY"), ("codex", "CODEX_API_KEY"),
        ("gemini", "GEMINI_API_KEY"), ("opencode", "OPENROUTER_API_KEY"),
    ],
)  # fmt: skip
def test_logged_in_by_a_variable(world: World, name: str, key: str) -> None:
    world.program(name)
    world.env(**{key: SECRET})
    found = world.executor(name)
    assert (found["state"], found["login"], found["keys"]) == ("ready", key, [key])


def test_directories_that_variables_name(world: World) -> None:
    world.program("codex")
    world.file(".codex/auth.json")
    world.env(CODEX_HOME=str(world.home / "elsewhere"))
    assert world.executor("codex")["state"] == "not_logged_in"
    world.file("elsewhere/auth.json")
    assert world.executor("codex")["login"] == "$CODEX_HOME/auth.json"


@pytest.mark.parametrize("text", ["", "{}"])
def test_not_logged_in(world: World, text: str) -> None:
    world.program("codex")
    world.file(".codex/auth.json", text)
    world.env(OPENAI_API_KEY="")
    found = world.executor("codex")
    assert (found["state"], found["next"]) == ("not_logged_in", "codex login, or set OPENAI_API_KEY")
    assert found["version"] == "1.2.3"
    assert "codex ❌ not logged in: codex login, or set OPENAI_API_KEY" in world.lines()


def test_another_executor_for_a_default_that_is_not_ready(world: World) -> None:
    world.program("claude")
    world.program("codex")
    world.env(CODEX_API_KEY=SECRET)
    report = world.report()
    assert report["ok"] is True
    assert report["default"]["ready"] is False
    assert report["default"]["next"] == "claude auth login, or set ANTHROPIC_API_KEY; or --backend codex"


# --- versions ---


@pytest.mark.parametrize(
    ("script", "version"),
    [
        ("echo 'codex-cli 0.169.0'", "0.169.0"),
        ("echo v3.4.5-beta.1", "3.4.5-beta.1"),
        ("echo 1.2.3 >&2", "1.2.3"),
        (r"printf '\033[31mname 7.8\033[0m\007\n'", "7.8"),
        (r"printf '\n\033]0;title\007unreleased build\n'", "unreleased build"),
        (r"printf '\377\376 4.5.6\n'", "4.5.6"),
        ("true", None),
        ("/usr/bin/yes 9.9.9 | /usr/bin/head -c 3000000", "9.9.9"),
    ],
)
def test_versions(world: World, script: str, version: str | None) -> None:
    world.program("claude", script)
    world.env(ANTHROPIC_API_KEY=SECRET)
    found = world.executor("claude")
    assert (found["state"], found["version"]) == ("ready", version)


def test_a_program_that_fails(world: World) -> None:
    path = world.program("claude", r"printf 'first\n\033[1mno such library\033[0m\n\n' >&2; exit 3")
    world.env(ANTHROPIC_API_KEY=SECRET)
    found = world.executor("claude")
    assert found["state"] == "broken"
    assert found["problem"] == "claude --version: exit status 3: no such library"
    assert found["next"] == f"Run {path} --version by hand, and install it anew if that fails."


def test_a_program_that_cannot_be_started(world: World) -> None:
    path = world.program("claude")
    path.write_text("#!/no/such/interpreter\n")
    found = world.executor("claude")
    assert found["state"] == "broken" and "cannot start claude" in found["problem"]


def test_a_program_that_hangs_ends_with_all_that_it_started(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes_version, "DEADLINE_S", 0.3)
    pids = world.project / "pids"
    script = f'trap "" TERM; echo $$ >> "{pids}"; /usr/bin/sleep 600 & echo $! >> "{pids}"; wait'
    for name in ("claude", "codex"):
        world.program(name, script)
    found = {each["name"]: each for each in world.report()["executors"]}
    for name in ("claude", "codex"):
        assert (found[name]["state"], found[name]["problem"]) == (
            "broken", f"{name} --version: no answer within 0.3 s",
        )  # fmt: skip
    started = [int(pid) for pid in pids.read_text().split()]
    assert started and not [pid for pid in started if alive(pid)]


def test_all_are_asked_at_once(world: World) -> None:
    """Each waits for the other's sign: one after the other they would run into the deadline."""
    a, b = world.project / "a", world.project / "b"
    os.mkfifo(a)
    os.mkfifo(b)
    world.program("claude", f'read x < "{a}"; echo go > "{b}"; echo 1.0.1')
    world.program("codex", f'echo go > "{a}"; read x < "{b}"; echo 1.0.2')
    found = {each["name"]: each["version"] for each in world.report()["executors"]}
    assert (found["claude"], found["codex"]) == ("1.0.1", "1.0.2")


def test_programs_that_write_are_not_asked_where_their_package_tells(world: World) -> None:
    package = world.project / "lib" / "node_modules" / "@google" / "gemini-cli"
    real = world.program("gemini.js", f'echo ran > "{world.project}/ran"; echo 9.9.9', package / "bundle")
    (package / "package.json").write_text('{"name": "@google/gemini-cli", "version": "0.61.0"}')
    (world.bin / "gemini").symlink_to(real)
    assert world.executor("gemini")["version"] == "0.61.0"
    assert not (world.project / "ran").exists()
    (package / "package.json").write_text("[1, 2]")
    assert world.executor("gemini")["version"] == "9.9.9"


def test_a_launcher_is_not_asked(world: World) -> None:
    world.program("npx", f'echo ran > "{world.project}/ran"')
    world.toml('[executors.claude]\nprogram = ["npx", "claude"]\n')
    world.env(ANTHROPIC_API_KEY=SECRET)
    found = world.executor("claude")
    assert (found["state"], found["version"], found["declared"]) == ("ready", None, True)
    assert not (world.project / "ran").exists()


# --- what odw.toml declares ---


def test_profiles(world: World) -> None:
    mine = world.program("my-claude", "echo 5.0.0", world.project / "tools")
    world.toml(
        'default_executor = "deep"\n[executors.deep]\nuse = "claude"\nprogram = "./tools/my-claude"\nmodel = "opus"\n'
        f'env = {{ANTHROPIC_API_KEY = "{SECRET}"}}\nconcurrency = 3\n'
        '[executors.gone]\nuse = "codex"\nprogram = "./tools/none"\n[executors.claude]\nmodel = "haiku"\n'
    )
    found = {each["name"]: each for each in world.report()["executors"]}
    deep = found["deep"]
    assert (deep["use"], deep["state"], deep["version"], deep["model"]) == (
        "claude",
        "ready",
        "5.0.0",
        "opus",
    )
    assert Path(deep["program"]) == mine and deep["login"] == "ANTHROPIC_API_KEY"
    assert (found["gone"]["state"], found["gone"]["next"]) == (
        "not_found", "Correct executors.gone.program in odw.toml.",
    )  # fmt: skip
    assert found["claude"]["declared"] and found["claude"]["state"] == "not_found"
    report = world.report()
    assert report["default"]["why"] == "default_executor in odw.toml" and report["default"]["ready"]
    assert report["settings"]["concurrency"]["perRuntime"] == {"deep": 3}
    assert SECRET not in json.dumps(report)
    lines = world.lines()
    assert any(
        line.startswith("deep (claude) ✅ 5.0.0") and line.endswith("opus (ANTHROPIC_API_KEY)")
        for line in lines
    )


def test_declared_programs_are_looked_for_and_not_started(world: World) -> None:
    world.program("my-agent", f'echo ran > "{world.project}/ran"')
    world.env(HERE=SECRET)
    world.toml(
        '[executors.agent]\nargv = ["my-agent", "--version"]\npass_env = ["HERE", "NOT_HERE"]\n'
        '[executors.none]\nargv = ["my-agnt"]\n'
    )
    found = {each["name"]: each for each in world.report()["executors"]}
    assert found["agent"]["state"] == "ready" and world.report()["ok"]
    assert (found["agent"]["keys"], found["agent"]["missingKeys"]) == (["HERE"], ["NOT_HERE"])
    assert (found["none"]["state"], found["none"]["problem"]) == ("not_found", "my-agnt is not there")
    assert not (world.project / "ran").exists()
    assert f"agent ✅ {world.bin}/my-agent (HERE) without NOT_HERE" in world.lines()


def test_wrong_tables_are_told_one_by_one(world: World) -> None:
    world.toml(
        '[executors.a]\nuse = "cluade"\n[executors.b]\nargv = 3\n[executors.c]\nuse = "claude"\nmodl = "x"\n'
    )
    found = {each["name"]: each for each in world.report()["executors"]}
    assert (found["a"]["state"], found["a"]["next"]) == ("misconfigured", "Did you mean claude?")
    assert found["b"]["problem"].startswith("odw.toml: executors.b.argv: expected a list of strings")
    assert (found["c"]["problem"], found["c"]["next"]) == (
        "odw.toml: executors.c.modl: there is no such key", "Did you mean model?",
    )  # fmt: skip


def test_an_executor_of_another_package(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    info = world.project / "site" / "acme_agents-2.3.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-agents\nVersion: 2.3\n")
    (info / "entry_points.txt").write_text("[odw.executors]\nacme = acme_agents:Acme\n")
    (world.project / "site" / "acme_agents.py").write_text("raise SystemExit('loaded')\n")
    monkeypatch.syspath_prepend(str(world.project / "site"))
    world.toml('[executors.fast]\nuse = "acme"\nmodel = "m"\n')
    found = {each["name"]: each for each in world.report()["executors"]}
    assert (found["acme"]["state"], found["acme"]["login"]) == ("ready", "package acme-agents 2.3")
    assert (found["fast"]["use"], found["fast"]["state"], found["fast"]["model"]) == ("acme", "ready", "m")


def test_a_pandacode_of_odws_own_is_only_as_good_as_what_it_goes_on_to(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(world.project / "venv" / "python"))
    monkeypatch.setattr("sys.argv", ["odw"])
    own = world.program("pandacode", "echo 0.1.0", world.project / "venv")
    report = world.report()
    found = {each["name"]: each for each in report["executors"]}["pandacode"]
    assert (report["ok"], found["state"], found["program"]) == (False, "not_logged_in", str(own))
    world.program("codex")
    world.env(CODEX_API_KEY=SECRET)
    assert world.executor("pandacode")["state"] == "ready"


def test_another_pandacode(world: World) -> None:
    other = world.program("panda", "echo pandacode 0.3.1")
    world.env(ODW_PANDACODE_BIN=str(other))
    found = world.executor("pandacode")
    assert (found["state"], found["version"], found["program"]) == ("ready", "0.3.1", str(other))


# --- bamboo and its providers ---


def test_providers(world: World) -> None:
    world.env(DEEPSEEK_API_KEY=SECRET, OLLAMA_BASE_URL=f"http://me:{SECRET}@10.0.0.1:1/v1?key={SECRET}")
    report = world.report()
    found = {each["name"]: each for each in report["providers"]}
    assert found["deepseek"] == {
        "name": "deepseek", "ready": True, "key": "DEEPSEEK_API_KEY", "baseUrl": "https://api.deepseek.com/v1",
        "model": "deepseek-chat", "next": None,
    }  # fmt: skip
    assert (found["zhipu"]["ready"], found["zhipu"]["next"]) == (False, "set ZHIPU_API_KEY")
    assert (found["ollama"]["ready"], found["ollama"]["baseUrl"]) == (None, "http://10.0.0.1:1/v1")
    assert (found["generic"]["ready"], found["generic"]["next"]) == (False, "set PANDACODE_BAMBOO_BASE_URL")
    assert SECRET not in json.dumps(report)
    lines = world.lines()
    assert {"deepseek ✅ (DEEPSEEK_API_KEY)", "zhipu ❌ set ZHIPU_API_KEY"} <= set(lines)
    assert "ollama — http://10.0.0.1:1/v1, which is not asked" in lines
    assert "bamboo ✅ deepseek deepseek-chat (DEEPSEEK_API_KEY)" in lines
    assert report["ok"] is True


def test_bamboo_without_a_key(world: World) -> None:
    found = world.executor("bamboo")
    assert (found["state"], found["problem"]) == ("not_logged_in", "no provider has its key")


def test_profiles_of_bamboo(world: World) -> None:
    world.env(KIMI_API_KEY=SECRET)
    world.toml(
        '[executors.a]\nuse = "bamboo"\nprovider = "kimi"\nmodel = "m"\n[executors.b]\nuse = "bamboo"\nprovider = "zhipu"\n'
        '[executors.c]\nuse = "bamboo"\nprovider = "zhip"\n[executors.d]\nuse = "bamboo"\nprovider = "ollama"\n'
        f'[executors.e]\nuse = "bamboo"\nprovider = "zhipu"\nenv = {{ZHIPU_API_KEY = "{SECRET}"}}\n'
        '[executors.f]\nuse = "bamboo"\nbase_url = "http://127.0.0.1:9/v1"\nmodel = "own"\n'
    )
    found = {each["name"]: each for each in world.report()["executors"]}
    assert (found["a"]["provider"], found["a"]["model"], found["a"]["keys"]) == (
        "kimi",
        "m",
        ["KIMI_API_KEY"],
    )
    assert (found["b"]["state"], found["b"]["next"]) == ("not_logged_in", "set ZHIPU_API_KEY")
    assert found["c"]["state"] == "misconfigured" and "unknown provider 'zhip'" in found["c"]["problem"]
    assert (found["d"]["state"], found["d"]["login"]) == ("ready", "http://127.0.0.1:11434/v1")
    assert (found["e"]["state"], found["e"]["login"]) == ("ready", "ZHIPU_API_KEY")
    assert (found["f"]["state"], found["f"]["model"]) == ("ready", "own")


# --- project and machine ---


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = = 1", "odw.toml:1:5: Invalid value"),
        ("concurrncy = 1", "odw.toml: unknown key 'concurrncy'"),
        ("[executors.mock]\nuse = 'claude'", "odw.toml: executors.mock: the name is odw's own"),
    ],
)
def test_a_wrong_file_keeps_every_run_from_starting(world: World, text: str, problem: str) -> None:
    world.program("claude")
    world.env(ANTHROPIC_API_KEY=SECRET)
    world.toml(text)
    report = world.report()
    assert (report["ok"], report["projectFile"]["valid"]) == (False, False)
    assert report["projectFile"]["problem"].startswith(problem)
    lines = world.lines()
    assert any(line.startswith(f"odw.toml ❌ {problem}") for line in lines)
    assert lines[-1] == "❌ No run can start until what is marked under Project is mended."


def test_settings_and_their_origins(world: World) -> None:
    world.env(ODW_MAX_AGENTS="7")
    world.toml("concurrency = 5\n")
    settings = world.report()["settings"]
    assert settings["concurrency"] == {
        "value": 5, "origin": "odw.toml", "why": "set by odw.toml", "perRuntime": {},
    }  # fmt: skip
    assert settings["values"]["max_agents"] == {"value": 7, "origin": "environment ODW_MAX_AGENTS"}
    assert settings["values"]["max_attempts"]["origin"] == "default"
    lines = world.lines()
    assert "concurrency ✅ 5 (set by odw.toml)" in lines
    assert "max_agents ✅ 7 (environment ODW_MAX_AGENTS)" in lines


def test_a_wrong_setting(world: World) -> None:
    world.program("claude")
    world.env(ANTHROPIC_API_KEY=SECRET, ODW_CONCURRENCY="many")
    report = world.report()
    assert report["ok"] is False and report["settings"]["problem"].startswith("ODW_CONCURRENCY: expected")
    assert any(line.startswith("settings ❌ ODW_CONCURRENCY") for line in world.lines())


def test_git(world: World) -> None:
    git = world.report()["git"]
    assert (git["repository"], git["worktrees"]) == (None, False) and "not in a git repository" in git[
        "problem"
    ]
    run = ["git", "-c", "user.name=t", "-c", "user.email=t@t"]
    subprocess.run(["git", "init", "-q", "."], cwd=world.project, check=True)
    assert "has no commit yet" in world.report()["git"]["problem"]
    subprocess.run([*run, "commit", "-q", "--allow-empty", "-m", "x"], cwd=world.project, check=True)
    git = world.report()["git"]
    assert (git["worktrees"], git["problem"]) == (True, None)
    assert Path(git["repository"]).samefile(world.project)
    (world.bin / "git").unlink()
    git = world.report()["git"]
    assert git["version"] is None and "git is not installed" in git["problem"]


def test_a_place_that_cannot_be_written(world: World) -> None:
    world.program("claude")
    world.env(ANTHROPIC_API_KEY=SECRET)
    (world.project / ".odw").write_text("a file in the way")
    report = world.report()
    assert (report["ok"], report["disk"]["writable"]) == (False, False)
    assert report["disk"]["problem"].endswith(".odw is not a directory that can be written to")


def test_another_project(world: World, odw: Run, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "odw.toml").write_text("concurrency = 9")
    report = json.loads(odw("doctor", "--json", "--path", "inner").stdout)
    assert report["settings"]["concurrency"]["value"] == 9
    assert odw("doctor", "--path", "nowhere").returncode == 2
