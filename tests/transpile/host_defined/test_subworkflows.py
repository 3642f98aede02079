"""workflow(): contract, section 4."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from script_runs import Project, spending

from odw.runtime.budget import BudgetLimit


def meta(name: str) -> str:
    return f"export const meta = {{ name: '{name}', description: 'D.' }}\n"


def error_of(call: str) -> str:
    return f"try {{ await {call}; return 'fine' }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}"


@pytest.fixture
def with_child(project: Project) -> Project:
    (project.root / ".git").mkdir()
    project.write(
        ".odw/workflows/child.js", "return [args, meta.name, await agent('in child')]", meta("child")
    )
    return project


def test_by_name_with_args(with_child: Project) -> None:
    ran = with_child.run("return await workflow('child', {a: [1]})")
    assert ran.result == [{"a": [1]}, "child", "re: in child"]


def test_by_name_and_args_in_one_object(with_child: Project) -> None:
    assert with_child.run("return await workflow({name: 'child', args: 5})").result[0] == 5
    assert with_child.run("return await workflow({name: 'child', args: 5}, 6)").result[0] == 6


def test_args_of_a_child_are_undefined_when_nothing_is_passed(with_child: Project) -> None:
    with_child.write(".odw/workflows/none.js", "return args === undefined", meta("none"))
    assert with_child.run("return await workflow('none')", args={"mine": 1}).result is True


def test_args_are_a_deep_copy(with_child: Project) -> None:
    with_child.write(".odw/workflows/change.js", "args.list.push(9); return args", meta("change"))
    ran = with_child.run("const a = {list: [1]}; return [await workflow('change', a), a]")
    assert ran.result == [{"list": [1, 9]}, {"list": [1]}]


def test_by_script_path_relative_to_the_project_then_to_the_calling_script(project: Project) -> None:
    project.write("flows/part.js", "return 'beside the caller'", meta("part"))
    assert (
        project.run("return await workflow({scriptPath: 'part.js'})", file="flows/main.js").result
        == "beside the caller"
    )
    project.write("part.js", "return 'in the project'", meta("part"))
    assert (
        project.run("return await workflow({scriptPath: './part.js'})", file="flows/main.js").result
        == "in the project"
    )


@pytest.mark.parametrize("path", ["../outside.js", "/etc/passwd", "flows/../../outside.js"])
def test_a_path_that_leads_outside_is_refused(project: Project, path: str) -> None:
    (project.root.parent / "outside.js").write_text(meta("outside") + "return 1")
    ran = project.run(error_of(f"workflow({{scriptPath: '{path}'}})"))
    assert ran.result == f"Error: workflow({path}): the path '{path}' leads out of the project"


def test_a_symlink_that_leads_outside_is_refused(project: Project) -> None:
    (project.root.parent / "outside.js").write_text(meta("outside") + "return 1")
    (project.root / "link.js").symlink_to(project.root.parent / "outside.js")
    assert "leads out of the project" in project.run(error_of("workflow({scriptPath: 'link.js'})")).result


@pytest.mark.parametrize("reference", ["'a\\0b'", "'\\ud800'", "'x'.repeat(5000)"])
def test_impossible_names_and_paths_are_errors_of_the_script(project: Project, reference: str) -> None:
    assert project.run(error_of(f"workflow({reference})")).result.startswith("Error: workflow(")
    assert project.run(error_of(f"workflow({{scriptPath: {reference}}})")).result.startswith(
        "Error: workflow("
    )


def test_an_unknown_name_lists_the_known_ones(with_child: Project) -> None:
    with_child.write(".claude/workflows/odw-other.js", "return 1", meta("other"))
    message = with_child.run(error_of("workflow('chidl')")).result
    assert message.startswith(
        "Error: workflow(chidl): unknown workflow: chidl. Did you mean child? Known: child, other;"
    )
    assert "with odw come adversarial-verify, " in message


def test_names_by_prefix_by_meta_name_and_from_the_home_directory(with_child: Project) -> None:
    with_child.write(".claude/workflows/odw-pre.js", "return 'prefixed'", meta("x"))
    with_child.write(".claude/workflows/file.js", "return 'by meta'", meta("Its Own Name"))
    home = with_child.home / ".claude" / "workflows"
    home.mkdir(parents=True)
    (home / "mine.js").write_text(meta("mine") + "return 'home'")
    ran = with_child.run(
        "return [await workflow('pre'), await workflow('Its Own Name'), await workflow('mine')]"
    )
    assert ran.result == ["prefixed", "by meta", "home"]


def test_the_nearest_folder_wins_up_to_the_repositorys_root(with_child: Project) -> None:
    from odw.loader import Loader
    from odw.settings import load_settings

    inner = with_child.root / "a" / "b"
    (inner / ".claude" / "workflows").mkdir(parents=True)
    (inner / ".claude" / "workflows" / "child.js").write_text(meta("near") + "return 1")
    loader = Loader(inner, load_settings(environ={"ODW_NO_CACHE": "1"}), with_child.home)
    assert loader.load("child").name == "near"
    (inner / ".claude" / "workflows" / "child.js").unlink()
    assert loader.load("child").name == "child"


def test_an_unreadable_path_throws(project: Project) -> None:
    assert "no/such.js" in project.run(error_of("workflow({scriptPath: 'no/such.js'})")).result
    (project.root / "folder.js").mkdir()
    assert project.run(error_of("workflow({scriptPath: 'folder.js'})")).result.startswith(
        "Error: workflow(folder.js): "
    )


def test_a_syntax_error_throws_with_its_place(project: Project) -> None:
    project.write("bad.js", "let x = ;", meta("bad"))
    ran = project.run(error_of("workflow({scriptPath: 'bad.js'})"))
    assert ran.result.startswith("Error: workflow(bad.js): bad.js:2:9: ")


@pytest.mark.parametrize("reference", ["5", "null", "undefined", "{}", "{name: 7}"])
def test_a_reference_of_another_kind_is_a_type_error(project: Project, reference: str) -> None:
    ran = project.run(error_of(f"workflow({reference})"))
    assert (
        ran.result
        == "TypeError: workflow() expects a name, {scriptPath} or {name, args} as the first argument"
    )


def test_one_level_deep(with_child: Project) -> None:
    with_child.write(".odw/workflows/nested.js", error_of("workflow('child')"), meta("nested"))
    assert with_child.run("return await workflow('nested')").result == (
        "Error: workflow() cannot be called from inside a sub-workflow: one level is the limit"
    )


def test_two_children_at_the_same_time_keep_apart(with_child: Project) -> None:
    with_child.write(
        ".odw/workflows/two.js",
        "phase('P' + args); await agent('x' + args); await agent('y' + args); return args",
        meta("two"),
    )
    ran = with_child.run("return await Promise.all([workflow('two', 1), workflow('two', 2)])")
    assert ran.result == [1, 2]
    phases = {e["promptPreview"]: (e["phase"], e["group"]) for e in ran.of("agent_start")}
    assert phases == {
        "x1": ("P1", "▸ two"), "y1": ("P1", "▸ two"), "x2": ("P2", "▸ two #2"), "y2": ("P2", "▸ two #2"),
    }  # fmt: skip


def test_agents_are_grouped_and_have_paths_under_the_child(with_child: Project) -> None:
    ran = with_child.run("await workflow('child'); await agent('after'); await workflow('child')")
    starts = [(e["path"], e.get("group")) for e in ran.of("agent_start")]
    assert starts == [("w0/a0", "▸ child"), ("a0", None), ("w1/a0", "▸ child #2")]
    assert [e["group"] for e in ran.of("workflow_call_done")] == ["▸ child", "▸ child #2"]


def test_a_childs_phase_does_not_leak(with_child: Project) -> None:
    with_child.write(".odw/workflows/phased.js", "phase('inner'); await agent('x')", meta("phased"))
    ran = with_child.run("phase('outer'); await workflow('phased'); await agent('y')")
    assert [e["phase"] for e in ran.of("agent_start")] == ["inner", "outer"]


def test_a_failing_child_rejects_and_its_end_is_recorded(with_child: Project) -> None:
    with_child.write(".odw/workflows/fails.js", "throw new RangeError('inside')", meta("fails"))
    ran = with_child.run(error_of("workflow('fails')"))
    assert ran.result == "RangeError: inside"
    done = ran.of("workflow_call_done")[0]
    assert (done["ok"], done["message"]) == (False, "inside")


def test_children_share_the_cap(with_child: Project) -> None:
    ran = with_child.run("await agent('1'); " + error_of("workflow('child')"), max_agents=1)
    assert ran.result.startswith("WorkflowAgentCapError: workflow agent cap reached: 1 agents per run")


def test_children_share_the_budget(with_child: Project) -> None:
    ran = with_child.run(
        "await agent('1'); " + error_of("workflow('child')"),
        lambda r: spending(output=50),
        budget=BudgetLimit(50),
    )
    assert ran.result == "WorkflowBudgetError: workflow budget exhausted: spent 50 >= total 50 tokens"


def test_a_workflow_from_the_command_line_may_lie_anywhere(tmp_path: Path, run_js: Any) -> None:
    assert run_js("return 1", file="deep/er/main.js").result == 1
