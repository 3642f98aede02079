"""``odw models``: what each executor offers, with prices; and profiles of odw.toml in use, of odw's executors and of other packages'."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_case import META, Run

from odw.runtime.prices import price_of, price_table

# --- odw models ---


def listed(odw: Run, *argv: str) -> dict[str, Any]:
    done = odw("models", "--json", *argv)
    assert (done.returncode, done.stderr) == (0, "")
    return {each["name"]: each for each in json.loads(done.stdout)["executors"]}


def test_all_executors(odw: Run) -> None:
    found = listed(odw)
    assert list(found) == ["claude", "codex", "opencode", "gemini", "pandacode", "bamboo"]
    assert {"sonnet", "opus", "haiku"} <= {model["name"] for model in found["claude"]["models"]}
    assert all(each["models"] or each["more"] for each in found.values())
    report = json.loads(odw("models", "--json").stdout)
    assert list(report) == ["version", "pricesDate", "executors"]
    assert (report["version"], report["pricesDate"]) == (1, price_table()["date"])


def test_one_executor(odw: Run) -> None:
    found = listed(odw, "claude")
    assert list(found) == ["claude"]
    sonnet = next(model for model in found["claude"]["models"] if model["name"] == "sonnet")
    price = price_of("sonnet")
    assert price is not None
    assert sonnet == {
        "name": "sonnet", "provider": None, "aliasOf": price_table()["aliases"]["sonnet"], "default": False,
        "price": price._asdict(),
    }  # fmt: skip


def test_an_executor_that_there_is_not(odw: Run) -> None:
    done = odw("models", "cluade")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "odw: there is no executor cluade\n  Did you mean claude?\n"
    assert "Known: claude, codex" in odw("models", "nonsense").stderr


def test_declared_executors(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "odw.toml").write_text(
        '[executors.smart]\nuse = "claude"\nmodel = "opus"\n[executors.own]\nargv = ["x"]\n'
        '[executors.codex]\nmodel = "house-model"\n[prices.house-model]\ninput = 0.125\noutput = 2\n'
    )
    found = listed(odw)
    assert [name for name, each in found.items() if each["declared"]] == ["codex", "smart", "own"]
    first = found["smart"]["models"][0]
    assert (first["name"], first["default"], found["smart"]["use"]) == ("opus", True, "claude")
    assert [model["name"] for model in found["smart"]["models"]].count("opus") == 1
    house = found["codex"]["models"][0]
    assert (house["name"], house["price"]) == (
        "house-model", {"input": 0.125, "output": 2.0, "cache_read": 0.125, "cache_write": 0.125},
    )  # fmt: skip
    assert (found["own"]["models"], found["own"]["use"]) == ([], "command")


def test_the_providers_of_bamboo(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "odw.toml").write_text(
        '[executors.fast]\nuse = "bamboo"\nprovider = "deepseek"\nmodel = "deepseek-v4-pro"\n'
    )
    found = listed(odw)
    offered = {(model["provider"], model["name"]): model["default"] for model in found["bamboo"]["models"]}
    assert offered["deepseek", "deepseek-chat"] and offered["zhipu", "glm-4.6"]
    fast = [(model["provider"], model["name"], model["default"]) for model in found["fast"]["models"]]
    assert fast == [("deepseek", "deepseek-v4-pro", True), ("deepseek", "deepseek-chat", False)]
    assert found["fast"]["models"][0]["price"]["input"] > 0
    (tmp_path / "odw.toml").write_text('[executors.fast]\nuse = "bamboo"\nprovider = "deepsek"\n')
    assert "executors.fast.provider: there is no provider 'deepsek'" in odw("models").stderr


def test_the_table_for_people(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "odw.toml").write_text('[executors.smart]\nuse = "claude"\nmodel = "no-such-model"\n')
    lines = odw("models", "smart").stdout.splitlines()
    date = price_table()["date"]
    assert (
        lines[0]
        == f"Prices of {date}, in US dollars per million tokens: input, output, cache read, cache write"
    )
    assert lines[2] == "smart (claude)"
    assert lines[3].split() == ["no-such-model", "default", "?", "?"]
    price = price_of("haiku")
    haiku = next(line for line in lines if line.split()[:1] == ["haiku"]).split()
    assert price is not None and [float(cell) for cell in haiku[-4:]] == list(price)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = = 1", "odw: odw.toml:1:5: Invalid value"),
        ("[executors.x]\nuse = 3", "odw: odw.toml: executors.x.use: expected a text, found 3"),
    ],
)
def test_a_wrong_file(odw: Run, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "odw.toml").write_text(text)
    done = odw("models")
    assert done.returncode == 2 and done.stderr.startswith(message)


# --- profiles in use ---

ACME = """
import trio
from odw.runtime.abc import Capabilities, Report, Usage

running = peak = 0


class Acme:
    capabilities = Capabilities(backoff_s=0.0)

    def __init__(self, profile):
        self.name = profile.name
        self.profile = profile

    async def run(self, request, emit):
        global running, peak
        running += 1
        peak = max(peak, running)
        for _ in range(30):
            await trio.lowlevel.checkpoint()
        running -= 1
        text = f"{self.name} {self.profile.use} {self.profile.model} {request.model}"
        return Report(text=text, usage=Usage(input=1_000_000, output=6))
"""


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of somebody else's, with the executor ``acme``; the project's directory."""
    site = tmp_path / "site"
    info = site / "acme_agents-2.3.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-agents\nVersion: 2.3\n")
    (info / "entry_points.txt").write_text(
        "[odw.executors]\nacme = acme_agents:Acme\nbroken = acme_agents:Nobody\n"
    )
    (site / "acme_agents.py").write_text(ACME)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("ODW_CACHE_DIR", str(tmp_path / "cache"))
    yield tmp_path
    sys.modules.pop("acme_agents", None)


def ran(odw: Run, folder: Path, body: str, *argv: str) -> tuple[Any, list[dict[str, Any]], Any]:
    """The finished command, the run's events, and the result (None if there is none)."""
    (folder / "w.js").write_text(META + body)
    done = odw("exec", "w.js", "--json", "--no-report", *argv)
    journal = folder / ".odw" / "runs" / "latest" / "events.jsonl"
    events = [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []
    return done, events, json.loads(done.stdout) if done.returncode == 0 else None


def test_an_executor_of_another_package(odw: Run, acme: Path) -> None:
    _, _, result = ran(odw, acme, "return await agent('p')", "--backend", "acme")
    assert result == "acme acme None None"


def test_an_alias_as_runtime_and_as_backend(odw: Run, acme: Path) -> None:
    (acme / "odw.toml").write_text('[executors.fast]\nuse = "acme"\nmodel = "m1"\n')
    body = (
        "return [await agent('p'), await agent('p', { runtime: 'acme' }), await agent('p', { model: 'm2' })]"
    )
    _, _, result = ran(odw, acme, body, "--backend", "fast")
    assert result == ["fast acme m1 None", "acme acme None None", "fast acme m1 m2"]
    _, _, result = ran(odw, acme, "return await agent('p', { runtime: 'fast' })", "--backend", "acme")
    assert result == "fast acme m1 None"
    (acme / "odw.toml").write_text('default_executor = "fast"\n[executors.fast]\nuse = "acme"\n')
    _, _, result = ran(odw, acme, "return await agent('p')")
    assert result == "fast acme None None"


def test_the_model_of_a_profile_is_recorded_and_priced(odw: Run, acme: Path) -> None:
    (acme / "odw.toml").write_text(
        '[executors.fast]\nuse = "acme"\nmodel = "m1"\n[prices.m1]\ninput = 2\noutput = 0\n'
        "[prices.m2]\ninput = 3\noutput = 0\n"
    )
    body = "return [await agent('p'), await agent('q', { model: 'm2' })]"
    _, events, _ = ran(odw, acme, body, "--backend", "fast", "--budget", "$100")
    ends = [event for event in events if event["type"] == "agent_done"]
    assert [(end["model"], end["cost"]) for end in ends] == [("m1", 2.0), ("m2", 3.0)]
    starts = [event for event in events if event["type"] == "agent_start"]
    assert [start["config"] for start in starts] == [{"resolvedModel": "m1"}, {"model": "m2"}]
    assert not [event for event in events if event["type"] == "note"]


def test_a_profile_has_slots_of_its_own(odw: Run, acme: Path) -> None:
    (acme / "odw.toml").write_text('concurrency = 4\n[executors.fast]\nuse = "acme"\nconcurrency = 2\n')
    body = "return await parallel([1, 2, 3, 4, 5, 6].map(n => () => agent('p' + n)))"
    _, _, result = ran(odw, acme, body, "--backend", "fast")
    assert len(result) == 6 and sys.modules["acme_agents"].peak == 2
    sys.modules["acme_agents"].peak = 0
    ran(odw, acme, body, "--backend", "acme")
    assert sys.modules["acme_agents"].peak == 4


def test_a_profile_has_a_budget_of_its_own(odw: Run, acme: Path) -> None:
    (acme / "odw.toml").write_text('[executors.fast]\nuse = "acme"\nbudget = 10\n')
    body = "for (const n of [1, 2, 3]) await agent('p' + n); return 'done'"
    done, events, _ = ran(odw, acme, body, "--backend", "fast")
    assert done.returncode == 4 and "budget" in done.stderr
    assert len([event for event in events if event["type"] == "agent_done"]) == 2
    _, _, result = ran(odw, acme, body, "--backend", "acme")
    assert result == "done"


def test_another_model_in_a_profile_keeps_what_is_done(odw: Run, acme: Path) -> None:
    """The model of a profile is the executor's own: results stay valid, what is left runs with the new one."""
    toml = '[executors.fast]\nuse = "acme"\nmodel = "m1"\n'
    (acme / "odw.toml").write_text(toml)
    body = "const a = await agent('p'); if (args.stop) throw new Error('here'); return [a, await agent('q')]"
    done, _, _ = ran(odw, acme, body, "--backend", "fast", "--args", '{"stop": true}')
    assert done.returncode == 1
    (acme / "odw.toml").write_text(toml.replace("m1", "m2"))
    done = odw("resume", "latest", "--json", "--args", "{}")
    assert json.loads(done.stdout) == ["fast acme m1 None", "fast acme m2 None"]


def test_an_executor_that_cannot_be_loaded(odw: Run, acme: Path) -> None:
    body = "try { await agent('p', { runtime: 'broken' }) } catch (e) { return e.message }"
    _, _, result = ran(odw, acme, body, "--backend", "acme")
    why = "the executor broken of acme_agents:Nobody cannot be loaded: AttributeError"
    assert result.startswith(f"agent({{runtime}}): {why}")
    done, _, _ = ran(odw, acme, "return 1", "--backend", "broken")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "odw: the executor broken of acme_agents:Nobody cannot be loaded: AttributeError"
    )
