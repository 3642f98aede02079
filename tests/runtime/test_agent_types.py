"""``agentType``: where its files are looked for, what is read out of them, and what an unknown name comes to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from runtime_case import Gathered, context, main_scope
from script_runs import Project

from odw.runtime.abc import AgentType, Backend, Capabilities, Planned, Report, Usage
from odw.runtime.agent_file import MAX_BYTES, AgentFileError, read_agent_file
from odw.runtime.agent_types import BUILT_IN, AgentTypes
from odw.runtime.fakes import FakeExecutor, FakePlanner
from odw.runtime.primitives.agent_schema import OptionError

PLAIN = Capabilities()
REAL = Capabilities(processes=True)
NATIVE = Capabilities(processes=True, agents=True)
REVIEWER = """---
name: reviewer
description: Reads diffs.
model: opus
tools: Read, Grep, Bash(git log, git diff)
color: red
---

You review.

Be brief.
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(types: AgentTypes, name: str, capabilities: Capabilities = PLAIN) -> str:
    with pytest.raises(OptionError) as raised:
        types.find(name, capabilities)
    return raised.value.message


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(folder))
    return folder


# --- one file ---


def test_a_whole_file(tmp_path: Path) -> None:
    tools = ("Read", "Grep", "Bash(git log, git diff)")
    expected = AgentType("reviewer", "Reads diffs.", "You review.\n\nBe brief.", "opus", tools)
    assert expected == read_agent_file(write(tmp_path, "x.md", REVIEWER))
    assert expected == read_agent_file(
        write(tmp_path, "y.md", "\ufeff" + REVIEWER.replace("\n", "\r\n"))
    )._replace(prompt=expected.prompt)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", AgentType("stem", "", "Do.")),
        ("name: other", AgentType("other", "", "Do.")),
        ("model: inherit", AgentType("stem", "", "Do.")),
        ("model:", AgentType("stem", "", "Do.")),
        ("tools:", AgentType("stem", "", "Do.")),
        ("tools: []", AgentType("stem", "", "Do.", None, ())),
        ("tools: [Read, 'Bash(a, b)']", AgentType("stem", "", "Do.", None, ("Read", "Bash(a, b)"))),
        ("tools:\n  - Read\n  - Grep", AgentType("stem", "", "Do.", None, ("Read", "Grep"))),
        ("tools: '*'", AgentType("stem", "", "Do.")),
        ("tools: *", AgentType("stem", "", "Do.")),
        ("description: >\n  two\n  lines", AgentType("stem", "two lines", "Do.")),
        # no YAML as it stands, and yet how people write it
        ("description: Use it when: a \"test\" fails", AgentType("stem", 'Use it when: a "test" fails', "Do.")),
        ("name: a\ndescription: so: and so\nmodel: haiku", AgentType("a", "so: and so", "Do.", "haiku")),
    ],
)  # fmt: skip
def test_front_matter(tmp_path: Path, header: str, expected: AgentType) -> None:
    assert expected == read_agent_file(write(tmp_path, "stem.md", f"---\n{header}\n---\nDo.\n"))


def test_a_file_without_front_matter_is_all_prompt(tmp_path: Path) -> None:
    assert AgentType("stem", "", "# Do\n---\nthis") == read_agent_file(
        write(tmp_path, "stem.md", "# Do\n---\nthis\n")
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\nname: x\n", 1, "the front matter has no end: a second line of --- is missing"),
        ("---\nname: x\nother: [1\n---\n", 3, "not YAML: expected ',' or ']'"),
        ("---\n- a\n- b\n---\n", 2, "expected lines such as name: reviewer, found ['a', 'b']"),
        ("---\ncolor: red\nname: [x]\n---\n", 3, "name: expected a text, found ['x']"),
        ("---\nmodel: 5\n---\n", 2, "model: expected a text, found 5"),
        ("---\nmodel: --dangerous\n---\n", 2, "model: expected a name, found '--dangerous'"),
        ("---\nmodel: x\ntools: 3\n---\n", 3, "tools: expected names such as Read, Grep, found 3"),
        ("---\ntools: [Read, 3]\n---\n", 2, "tools: expected names such as Read, Grep, found ['Read', 3]"),
        ("---\ntools: Read, --flag\n---\n", 2, "tools: expected names, found '--flag'"),
        ("---\nwhen: 2026-99-99\n---\n", 2, "not YAML: month must be in 1..12"),
        ("---\nx: \x07\n---\n", 2, "not YAML: unacceptable character #x0007: special characters are not allowed"),
        ("---\nx: !!python/object/apply:os.system [true]\n---\n", 2, "not YAML: could not determine a constructor"),
        ("---\nx: " + "[" * 3000 + "\n---\n", 2, "its values nest too deeply"),
        (b"---\nname: x\n---\nok\n\xff\n", 5, "not UTF-8"),
        (b"a" * (MAX_BYTES + 1), 1, "it is larger than 256 KB"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, message: str
) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)  # other tests of this process may have raised it
    try:
        with pytest.raises(AgentFileError) as raised:
            read_agent_file(write(tmp_path, "x.md", text))
    finally:
        sys.setrecursionlimit(limit)
    assert (line, True) == (raised.value.line, raised.value.message.startswith(message)), raised.value.message


# --- which file ---


def test_the_nearest_wins(tmp_path: Path, home: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    inner = tmp_path / "repo" / "a" / "b"
    inner.mkdir(parents=True)
    places = [
        inner / ".odw", inner / ".claude", inner.parent / ".odw", inner.parent / ".claude", tmp_path / "repo" / ".odw",
        tmp_path / "repo" / ".claude", home / ".odw", home / ".claude",
    ]  # fmt: skip
    for number, place in enumerate(places):
        write(place, "agents/x.md", f"---\nname: one\n---\n{number}")
    write(tmp_path / ".odw", "agents/x.md", "---\nname: one\n---\noutside of the repository")
    for number, place in enumerate(places):
        found = AgentTypes(inner).find("one", REAL)
        assert found is not None and found.prompt == str(number)
        (place / "agents/x.md").unlink()
    assert "unknown agent type" in refused(AgentTypes(inner), "one", REAL)


def test_front_matter_before_the_name_of_the_file(tmp_path: Path, home: Path) -> None:
    write(tmp_path, ".odw/agents/one.md", "---\nname: two\n---\nA")
    write(tmp_path, ".claude/agents/group/deep.md", "B")
    types = AgentTypes(tmp_path)
    assert types.find("two", PLAIN).prompt == "A"  # type: ignore[union-attr]
    assert types.find("deep", PLAIN).prompt == "B"  # type: ignore[union-attr]
    assert "unknown agent type" in refused(types, "one")


def test_a_file_may_redefine_what_is_built_in(tmp_path: Path, home: Path) -> None:
    write(home, ".claude/agents/Explore.md", "mine")
    found = AgentTypes(tmp_path).find("Explore", NATIVE)
    assert found == AgentType("Explore", "", "mine")


def test_files_are_read_once(tmp_path: Path, home: Path) -> None:
    path = write(tmp_path, ".odw/agents/one.md", "before")
    types = AgentTypes(tmp_path)
    assert types.find("one", PLAIN) == AgentType("one", "", "before")
    path.write_text("after")
    assert types.find("one", PLAIN) == AgentType("one", "", "before")


def test_a_broken_file_concerns_those_who_ask_for_it(tmp_path: Path, home: Path) -> None:
    write(tmp_path, ".odw/agents/bad.md", "---\nname: good\nother: [\n---\n")
    write(tmp_path, ".odw/agents/fine.md", "Do.")
    types = AgentTypes(tmp_path)
    assert types.find("fine", PLAIN) == AgentType("fine", "", "Do.")
    place = "agent({agentType}) cannot use .odw/agents/bad.md:3: not YAML: "
    assert refused(types, "good").startswith(place)
    assert "cannot be used: .odw/agents/bad.md:3: not YAML" in refused(types, "nobody")


def test_what_is_no_file_is_passed_over(tmp_path: Path, home: Path) -> None:
    (tmp_path / ".odw/agents/dir.md").mkdir(parents=True)
    os.mkfifo(tmp_path / ".odw/agents/pipe.md")
    (tmp_path / ".odw/agents/gone.md").symlink_to("nowhere")
    write(tmp_path, ".odw/agents/one.md", "Do.")
    assert AgentTypes(tmp_path).find("one", REAL) == AgentType("one", "", "Do.")


# --- unknown names ---


def test_the_built_in_types_are_always_known(tmp_path: Path, home: Path) -> None:
    types = AgentTypes(tmp_path)
    for name in (
        "general-purpose",
        "Explore",
        "Plan",
        "statusline-setup",
        "output-style-setup",
        "claude-code-guide",
    ):
        assert types.find(name, REAL) == BUILT_IN[name]
        native = types.find(name, NATIVE)
        assert native is not None and (native.name, native.prompt) == (name, "")
    assert BUILT_IN["Explore"].prompt and BUILT_IN["Plan"].prompt and not BUILT_IN["general-purpose"].prompt


def test_an_unknown_name_is_refused_where_it_would_cost_something(tmp_path: Path, home: Path) -> None:
    types = AgentTypes(tmp_path)
    assert refused(types, "explore", REAL) == (
        'agent({agentType}) received an unknown agent type "explore" (did you mean Explore?); '
        "known: claude-code-guide, Explore, general-purpose, output-style-setup, Plan, statusline-setup; "
        "others are files in .odw/agents or .claude/agents"
    )
    assert types.find("explore", PLAIN) is None
    write(home, ".odw/agents/mine.md", "Do.")
    assert AgentTypes(tmp_path).find("explore", PLAIN) is None
    write(tmp_path, ".odw/agents/writer.md", "Do.")
    message = refused(AgentTypes(tmp_path), "writr", PLAIN)
    assert "(did you mean writer?)" in message and "mine, output-style-setup" in message


def test_an_agent_of_a_plugin_is_the_programs_own_affair(tmp_path: Path, home: Path) -> None:
    types = AgentTypes(tmp_path)
    assert types.find("core:architect", NATIVE) == AgentType("core:architect", "", "")
    assert "unknown agent type" in refused(types, "core:architect", REAL)
    write(tmp_path, ".odw/agents/one.md", "Do.")
    assert AgentTypes(tmp_path).find("core:architect", PLAIN) is None
    assert "unknown agent type" in refused(types, "-x:y", NATIVE)
    assert "unknown agent type" in refused(types, "core:", NATIVE)


# --- in a run ---


class Processes(FakeExecutor):
    capabilities = Capabilities(backoff_s=0.0, processes=True)


async def test_the_request_carries_the_agent_type(tmp_path: Path, home: Path) -> None:
    write(tmp_path, ".odw/agents/reviewer.md", REVIEWER)
    executor = FakePlanner()
    run = context(executor)
    run.options = run.options._replace(project=str(tmp_path))
    gathered = Gathered(run)
    gathered.call("a", agentType="reviewer")
    gathered.call("b", agentType="")
    gathered.call("c", agentType=None)
    await gathered.all()
    agents = [request.agent for request in executor.seen]
    assert [agent and agent.prompt for agent in agents] == ["You review.\n\nBe brief.", None, None]
    with pytest.raises(OptionError, match="expects a name, found 5"):
        gathered.call("d", agentType=5)
    with pytest.raises(OptionError, match='unknown agent type "nobody"'):
        gathered.call("e", agentType="nobody")
    assert run.agents == 3


async def test_the_order_of_models(tmp_path: Path, home: Path) -> None:
    write(tmp_path, ".odw/agents/reviewer.md", REVIEWER)
    write(tmp_path, ".odw/agents/any.md", "Do.")
    executor = FakePlanner()
    run = context(executor, model="of-the-flag")
    run.options = run.options._replace(project=str(tmp_path))
    gathered = Gathered(run, main_scope(model="of-meta", phases=[{"title": "P", "model": "of-the-phase"}]))
    gathered.call("a", agentType="reviewer", model="of-the-call", phase="P")
    gathered.call("b", agentType="reviewer", phase="P")
    gathered.call("c", agentType="any", phase="P")
    gathered.call("d", agentType="any")
    await gathered.all()
    models = [request.model for request in executor.seen]
    assert models == ["of-the-call", "opus", "of-the-phase", "of-meta"]


async def test_the_key_holds_the_name_and_the_model(tmp_path: Path, home: Path) -> None:
    async def keys() -> list[str]:
        executor = FakePlanner()
        run = context(executor)
        run.options = run.options._replace(project=str(tmp_path))
        gathered = Gathered(run)
        for agent in ("reviewer", "any"):
            gathered.call("a", agentType=agent)
        await gathered.all()
        return [request.key for request in executor.seen]

    path = write(tmp_path, ".odw/agents/reviewer.md", REVIEWER)
    write(tmp_path, ".odw/agents/any.md", "Do.")
    before = await keys()
    assert before[0] != before[1]
    path.write_text(REVIEWER.replace("Be brief", "Be long"))
    assert await keys() == before
    path.write_text(REVIEWER.replace("opus", "haiku"))
    after = await keys()
    assert after[0] != before[0] and after[1] == before[1]


def test_a_mock_run_without_agent_files_goes_on(project: Project, home: Path) -> None:
    source = "return await parallel([1, 2].map(n => () => agent('p' + n, { agentType: 'nobody' })))"
    ran = project.run(source)
    assert ran.result == ["re: p1", "re: p2"]
    remarks = [note for note in ran.notes if "agentType" in note]
    assert remarks == [
        'agentType "nobody" is not known here: no file describes it; the call goes on without it'
    ]
    assert [request.agent for request in ran.executor.seen] == [None, None]


def test_an_unknown_name_is_an_error_of_the_call(project: Project, home: Path) -> None:
    source = "try { await agent('p', { agentType: 'nobody' }) } catch (e) { return e.message }"
    ran = project.run(source, executor=Processes())
    assert ran.result.startswith('agent({agentType}) received an unknown agent type "nobody"; known: ')
    assert ran.executor.seen == []


def test_a_run_without_agent_types_reads_no_yaml(project: Project) -> None:
    path = project.write("a.js", "return await agent('p', { agentType: 'Explore' })")
    code = "import sys; from odw.__main__ import main; code = main(); assert 'yaml' not in sys.modules; sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", code, "exec", str(path), "--backend", "mock", "--json"],
        cwd=project.root, capture_output=True, text=True, check=False,
        env={**os.environ, "HOME": str(project.home), "ODW_CACHE_DIR": str(project.home / "cache")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Mock answer" in done.stdout


# --- the model of an executor that reports none ---


async def test_the_model_of_a_profile_is_the_answers(home: Path) -> None:
    executor = FakePlanner(lambda request: Planned(Report(text="x", usage=Usage(input=1_000_000))))
    run = context(executor)
    run.backend = Backend("fast", "fast", {"fast": executor}, {"fast": "own-model"})
    run.options = run.options._replace(
        prices={"own-model": {"input": 3, "output": 1}, "asked": {"input": 5, "output": 1}}
    )
    gathered = Gathered(run)
    gathered.call("a")
    gathered.call("b", model="asked")
    await gathered.all()
    starts: list[Any] = [event for event in run.journal.events if event["type"] == "agent_start"]  # type: ignore[attr-defined]
    ends: list[Any] = [event for event in run.journal.events if event["type"] == "agent_done"]  # type: ignore[attr-defined]
    assert [start["config"].get("resolvedModel") for start in starts] == ["own-model", None]
    assert [(end["model"], end["cost"]) for end in ends] == [("own-model", 3.0), ("asked", 5.0)]
