"""A canary in odw's environment and in odw.toml, and programs that print it wherever they can: it is found nowhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from process_trees import wait_for

from odw.executors.kit import stand_in
from odw.executors.kit.stage import QUICK, SCHEMA, Stage
from odw.executors.kit.subject import find_subject

CANARY = "canary7f3e9b21c4d8a605"
OTHER = "kanarienvogel0815x4711"  # the one in odw.toml
LINES = {"argv": ["agent"], "output": "jsonl", "result": "text", "env": {"SERVICE_TOKEN": OTHER}}
# What takes the calls -> its table, and the secret that its program prints.
HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "claude": ({}, CANARY),
    "codex": ({}, CANARY),
    "gemini": ({}, CANARY),
    "opencode": ({}, CANARY),
    "pandacode": ({}, CANARY),
    "bamboo": ({}, CANARY),
    "lines": (LINES, OTHER),
    "words": ({"argv": ["agent"], "env": {"SERVICE_TOKEN": OTHER}}, OTHER),
}
SCRIPT = """
export const meta = {name: "leak", description: "Tells all it hears."};
const said = await parallel(RUNTIMES.flatMap(runtime => [
  () => agent("Say it.", {runtime}),
  () => agent("Say it.", {runtime, schema: SCHEMA, label: "structured"}),
  () => agent("Say it.", {runtime: `${runtime}-fails`, onFailure: "report", maxAttempts: 1}),
]));
log(JSON.stringify(said));
const last = await agent(`This was said: ${JSON.stringify(said)}`, {runtime: "claude"});
return {said, last};
"""


def hostile_acts(dialect: Any, secret: str, *, fails: bool) -> list[list[Any]]:
    """A program that has nothing else to say: on both streams, in every event, whole, in bytes, and as JSON may spell it."""
    spelt = "".join(f"\\u{ord(letter):04x}" for letter in secret)
    value = {"answer": 42, "note": secret}
    events = [*dialect.begin(), *dialect.end(f"It is {secret}, and {secret}.", None)]
    escaped = "".join(stand_in.as_line(event).decode().replace(secret, spelt) for event in events)
    for name in (
        dialect.session or "-",
        "claude-kit",
        "gemini-kit",
        "bamboo-kit",
    ):  # a session and a model of that name
        escaped = escaped.replace(name, spelt)
    steps: list[list[Any]] = [
        ["read"],
        ["tell", "begin"],
        ["err", f"key: {secret}\n"],
        ["tell", "say", f"I have {secret}."],
        ["tell", "tool", f"tool-{secret}", f"curl -H 'Authorization: Bearer {secret}'"],
        ["raw", stand_in_base64(f"{secret}{secret}\n\x1b[31m{secret}\x1b[0m\n")],
        ["cut"],
        ["err", f"bit by bit {secret}"],
        ["tell", "say", secret],
    ]
    if fails:
        return [*steps, ["err", f"\nthe last word: {secret}"], ["exit", 9]]
    return [*steps, ["raw", stand_in_base64(escaped)], ["tell", "end_value", value, None]]


def stand_in_base64(text: str) -> str:
    import base64

    return base64.b64encode(text.encode()).decode()


class World:
    """A project whose executors all have the hostile stand-in as their program."""

    def __init__(self, root: Path) -> None:
        self.project = root / "project"
        self.plays = root / "plays"
        self.temporary = root / "tmp"
        for directory in (self.project, self.plays, self.temporary):
            directory.mkdir()
        (self.project / "odw.toml").write_text('default_executor = "claude"\n')
        self.witness = [self._play(name, fails) for name in HOSTILE for fails in (False, True)]
        schema = {**SCHEMA, "properties": {**SCHEMA["properties"], "note": {"type": "string"}}}
        constants = f"const RUNTIMES = {json.dumps(list(HOSTILE))}, SCHEMA = {json.dumps(schema)};\n"
        meta, _, body = SCRIPT.strip().partition("\n")
        (self.project / "leak.js").write_text(f"{meta}\n{constants}{body}")

    def _play(self, name: str, fails: bool) -> Path:
        table, secret = HOSTILE[name]
        subject = find_subject(name, {name: table} if table else {})
        witness = self.plays / f"{name}-{fails}"
        witness.mkdir()
        file = self.plays / f"{name}-{fails}.json"
        acts = [hostile_acts(subject.dialect, secret, fails=fails)]
        file.write_text(json.dumps({"acts": acts, "options": table, "marks": [], "witness": str(witness)}))
        program = [sys.executable, "-S", "-E", stand_in.__file__, str(subject.dialect_file), str(file)]
        entry = {**table, "argv": program} if table else {"use": name, "program": program}
        lines = [f"[executors.{name}{'-fails' if fails else ''}]"]
        lines += [f"{key} = {_toml(value)}" for key, value in entry.items()]
        with (self.project / "odw.toml").open("a") as toml:
            toml.write("\n".join(lines) + "\n")
        return witness

    def odw(self, *words: str) -> subprocess.Popen[str]:
        env = {
            **os.environ, "ANTHROPIC_API_KEY": CANARY, "OPENAI_API_KEY": CANARY, "GEMINI_API_KEY": CANARY,
            "ODW_NO_CACHE": "1", "TMPDIR": str(self.temporary),
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-m", "odw", *words],
            cwd=self.project, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def files(self) -> Iterator[Path]:
        for root in (self.project / ".odw", self.temporary):
            yield from (path for path in root.rglob("*") if path.is_file())


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {json.dumps(text)}" for key, text in value.items()) + "}"
    return json.dumps(value)


def command_lines() -> str:
    """Of all processes that there are."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes())
        except OSError:
            continue
    return b"\n".join(found).decode("utf-8", "replace")


def assert_clean(text: str, where: str) -> None:
    for secret in (CANARY, OTHER):
        place = text.find(secret)
        assert place < 0, f"{where}: …{text[max(0, place - 200) : place + 40]}…"


def test_a_canary_is_found_nowhere(tmp_path: Path) -> None:
    world = World(tmp_path)
    process = world.odw("exec", "leak.js", "--json", "--concurrency", "4")
    seen: list[str] = []

    def over() -> bool:
        seen.append(command_lines())
        return process.poll() is not None

    try:
        assert wait_for(over)
        out, err = process.communicate()
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, err
    result = json.loads(out)
    assert "[redacted]" in json.dumps(result["said"]) and "[redacted]" in json.dumps(result["last"])
    failures = [entry["error"]["message"] for entry in result["said"][2::3]]
    assert len(failures) == len(HOSTILE) and all("the last word: [redacted]" in words for words in failures)
    assert any(stand_in.__file__ in lines for lines in seen), "the command lines were never looked at in time"

    starts = [json.loads(file.read_text()) for witness in world.witness for file in witness.glob("*.json")]
    assert len(starts) >= 3 * len(HOSTILE) + 1
    assert_clean(
        "\n".join(word for start in starts for word in start["words"]), "the words of a command line"
    )
    assert_clean("\n".join(seen), "the command lines of all processes")
    assert_clean(out, "stdout")
    assert_clean(err, "stderr")
    files = list(world.files())
    names = {path.name for path in files}
    assert {"events.jsonl", "report.html", "run.json"} <= names, names
    assert any(b"[redacted]" in path.read_bytes() for path in files if "transcript" in str(path)), names
    for path in files:
        assert_clean(path.read_bytes().decode("utf-8", "replace"), str(path.relative_to(tmp_path)))
        assert_clean(str(path), "the name of a file")
    for words in (["logs", "latest"], ["logs", "latest", "--json"], ["logs", "latest", "1"], ["runs", "show", "latest", "--json"]):  # fmt: skip
        said = world.odw(*words).communicate()
        assert_clean("\n".join(said), f"odw {' '.join(words)}")
        assert "redacted" in said[0] or words[0] == "runs", said


KEYS = (
    "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "CODEX_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY", "DEEPSEEK_API_KEY",
    "KIMI_API_KEY", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "DATABASE_PASSWORD", "SOMETHING_PRIVATE",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "table", "keys"),
    [
        ("claude", {}, {"ANTHROPIC_API_KEY"}),
        ("codex", {}, {"OPENAI_API_KEY", "CODEX_API_KEY"}),
        ("gemini", {}, {"GEMINI_API_KEY", "GOOGLE_API_KEY"}),
        ("opencode", {}, set()),
        ("opencode", {"model": "deepseek/deepseek-chat"}, {"DEEPSEEK_API_KEY"}),
        ("pandacode", {}, {"OPENAI_API_KEY", "CODEX_API_KEY"}),
        ("pandacode", {"model": "claude-sonnet-4-5"}, {"ANTHROPIC_API_KEY"}),
        ("pandacode", {"provider": "kimi"}, {"KIMI_API_KEY"}),
        ("bamboo", {"provider": "kimi"}, {"KIMI_API_KEY"}),
        ("bamboo", {}, {"DEEPSEEK_API_KEY"}),  # the first provider that has one
        ("bamboo", {"base_url": "http://127.0.0.1:9/v1"}, set()),
        ("program", {"argv": ["agent"]}, set()),
        ("program", {"argv": ["agent"], "pass_env": ["GITHUB_TOKEN"]}, {"GITHUB_TOKEN"}),
        ("claude", {"pass_env": ["SOMETHING_PRIVATE"]}, {"ANTHROPIC_API_KEY", "SOMETHING_PRIVATE"}),
    ],
)
async def test_a_program_sees_its_own_keys_alone(
    name: str, table: dict[str, Any], keys: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in KEYS:
        monkeypatch.setenv(key, f"{key.lower()}-{CANARY}")
    subject = find_subject(name, {name: table} if table else {})
    stage = Stage(subject, tmp_path, f"kit-keys-{os.getpid()}.", QUICK)
    seen = await stage.play([["read"], ["tell", "begin"], ["tell", "end", "yes", None]])
    assert seen.answered.text.strip() == "yes"
    assert set(seen.started[0]["variables"]) & set(KEYS) == keys
    assert "ODW_NODE" in seen.started[0]["variables"]
