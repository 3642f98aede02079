"""A run's directory, its journal, its order and how it repeats. Contract, section 7."""

from __future__ import annotations

import json
import os
import signal
import stat
from pathlib import Path
from typing import Any

import pytest
import trio
from script_runs import Project, Ran, spending

from odw.errors import UsageError
from odw.runtime.abc import CallRequest, Event, Report
from odw.runtime.fakes import EventList, FakeExecutor
from odw.runtime.journal.records import check_line
from odw.runtime.options import EXIT_CODES
from odw.runtime.run_dir import RunDir, new_run_id

MANY = """
const found = await parallel(Array.from({length: 30}, (_, i) => async () => {
  const first = await agent('first ' + i, {schema: {}})
  log('between ' + i)
  if (i % 3 === 0) await new Promise(done => setTimeout(done, 1))
  return [first, await agent('second ' + i)]
}))
log('all')
return found
"""


def steady(ran: Ran) -> list[Any]:
    """The journal without what may differ: times and the run's own name."""
    return [
        {k: v for k, v in e.items() if k not in ("ts", "sum", "runId", "journal", "durationMs")}
        for e in ran.journal
    ]


def test_the_run_directory_holds_what_ran(run_js: Any) -> None:
    ran = run_js("await agent('x'); return args", args={"a": 1})
    assert {path.name for path in ran.dir.iterdir()} == {
        "args.json", "events.jsonl", "nodes", "run.json", "script.js", "state.json",
    }  # fmt: skip
    assert json.loads((ran.dir / "args.json").read_text()) == {"a": 1}
    assert "await agent('x')" in (ran.dir / "script.js").read_text()
    facts = json.loads((ran.dir / "run.json").read_text())
    assert (facts["status"], facts["name"], facts["backend"]) == ("completed", "case", "planner")
    assert len(facts["scriptSha256"]) == len(facts["argsSha256"]) == 64
    assert facts["census"]["succeeded"] == 1


def test_files_are_0600_and_directories_0700(run_js: Any) -> None:
    ran = run_js("await agent('x'.repeat(9000))", args=1)
    for path in [ran.dir, *ran.dir.rglob("*"), ran.dir.parent]:
        wanted = 0o700 if path.is_dir() else 0o600
        if not path.is_symlink():
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_latest_points_at_the_newest_run_and_odw_ignores_itself(run_js: Any) -> None:
    run_js("return 1")
    ran = run_js("return 2")
    latest = ran.dir.parent / "latest"
    assert latest.is_symlink()
    assert latest.resolve() == ran.dir.resolve()
    assert (ran.dir.parent.parent / ".gitignore").read_text() == "*\n"


def test_state_json_has_rust_odws_fields(run_js: Any) -> None:
    ran = run_js(
        "checkpoint('c', 1); phase('P'); await agent('x', {label: 'L'}); return 7",
        lambda r: spending(output=3),
    )
    state = ran.state
    assert state["workflow"] == "case"
    assert state["status"] == "completed"
    assert state["result"] == 7
    assert state["completedAt"].endswith("Z")
    assert state["checkpoints"] == {"c": 1}
    assert state["failedAgents"] == []
    assert state["budget"] == {"total": None, "spent": 3.0, "unit": "output-tokens", "approx": False}
    agent = state["agents"]["1"]
    assert (agent["label"], agent["phase"], agent["status"], agent["tokens"]) == ("L", "P", "completed", 3)
    failed = run_js("throw new Error('x')").state
    assert failed["error"] == {"message": "Error: x", "status": "failed"}
    assert "failedAt" in failed


def test_the_journal_is_a_chain_with_rust_odws_event_types(run_js: Any) -> None:
    ran = run_js("phase('P'); await parallel([() => agent('x')]); log('l'); return 1")
    chain = ""
    for number, line in enumerate((ran.dir / "events.jsonl").read_bytes().splitlines(), 1):
        found = check_line(line, chain)
        assert found is not None
        assert json.loads(line)["seq"] == number
        chain = found
    assert [event["type"] for event in ran.journal] == [
        "workflow_start", "phase", "parallel_start", "agent_start", "agent_done", "parallel_done", "log", "workflow_done",
    ]  # fmt: skip


class OnDisk(EventList):
    """When the script logs, what was on disk already."""

    def __init__(self, project: Path) -> None:
        super().__init__()
        self._project = project
        self.seen: list[tuple[str, list[str]]] = []

    def on_event(self, event: Event) -> None:
        super().on_event(event)
        if event["type"] == "log":
            path = next((self._project / ".odw" / "runs").glob("2*/events.jsonl"))
            done = [
                json.loads(line)["path"] for line in path.read_text().splitlines() if '"agent_done"' in line
            ]
            self.seen.append((event["message"], done))


def test_a_result_is_on_disk_before_the_script_sees_it(project: Project) -> None:
    sink = OnDisk(project.root)
    project.run("await agent('a'); log('1'); await agent('b'); log('2')", sink=sink)
    assert sink.seen == [("1", ["a0"]), ("2", ["a0", "a1"])]


def test_a_result_is_synced_before_it_is_handed_out(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from odw.runtime.journal import writer

    order: list[str] = []
    monkeypatch.setattr(writer, "_sync", lambda fd: order.append("sync"))

    class Sink(EventList):
        def on_event(self, event: Event) -> None:
            if event["type"] in ("agent_done", "log"):
                order.append(event["type"])

    project.run("await agent('a'); log('x')", sink=Sink())
    assert order[:4] == ["sync", "agent_done", "sync", "log"], "the first is that of the first line"


def test_what_is_ready_together_costs_one_sync(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from odw.runtime.journal import writer

    syncs: list[int] = []
    monkeypatch.setattr(writer, "_sync", syncs.append)
    project.run("await parallel([1, 2, 3, 4].map(i => () => agent('x' + i)))", concurrency=4)
    assert len(syncs) == 3, "one for the first line, one for four results, one for the end of the run"


def test_a_failing_disk_parks_the_run_without_a_traceback(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from odw.runtime.journal import writer

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "_sync", full)
    ran = project.run("return await agent('x')")
    assert (ran.outcome.status, ran.outcome.exit_code) == ("parked", 4)
    assert "No space left" in ran.error.message


def test_two_equal_runs_are_equal_to_the_byte(run_js: Any) -> None:
    first, second = run_js(MANY, lambda r: '{"n": 1}'), run_js(MANY, lambda r: '{"n": 1}')
    assert first.result == second.result
    assert steady(first) == steady(second)


def test_tasks_that_end_together_are_taken_in_call_order_whatever_trio_does(
    run_js: Any, trio_order: str
) -> None:
    async def answer(request: CallRequest) -> Report:
        await trio.lowlevel.checkpoint()
        return spending(f"re: {request.prompt}")

    ran = run_js(MANY.replace(", {schema: {}}", ""), executor=FakeExecutor(answer), concurrency=30)
    paths = [event["path"] for event in ran.of("agent_done")]
    assert paths[:30] == [f"p0[{i}]/a0" for i in range(30)]
    assert ran.logs[:30] == [f"between {i}" for i in range(30)]
    assert ran.result[7] == ["re: first 7", "re: second 7"]


def test_slots_are_granted_first_in_first_out_in_call_order(run_js: Any, trio_order: str) -> None:
    now = most = 0

    async def answer(request: CallRequest) -> Report:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await trio.sleep(0.001 * (request.index % 3))
        now -= 1
        return Report(text="x")

    executor = FakeExecutor(answer)
    ran = run_js(
        "await parallel(Array.from({length: 20}, (_, i) => () => agent('x' + i)))",
        executor=executor,
        concurrency=3,
    )
    assert [event["index"] for event in ran.of("agent_start")] == list(range(1, 21))
    assert most == 3


def test_an_executor_task_that_times_out_is_cancelled(run_js: Any) -> None:
    cancelled = []

    async def answer(request: CallRequest) -> Report:
        try:
            await trio.sleep_forever()
        except trio.Cancelled:
            cancelled.append(request.attempt)
            raise
        raise AssertionError

    ran = run_js("return await agent('x', {timeoutMs: 5, maxAttempts: 2})", executor=FakeExecutor(answer))
    assert ran.result is None
    assert cancelled == [1, 2]
    assert ran.of("agent_done")[0]["error"]["category"] == "timeout"


def test_a_signal_interrupts_the_run_and_leaves_a_readable_journal(run_js: Any) -> None:
    async def answer(request: CallRequest) -> Report:
        if request.prompt == "b":
            os.kill(os.getpid(), signal.SIGINT)
            await trio.sleep_forever()
        return Report(text="x")

    ran = run_js("await agent('a'); await agent('b')", executor=FakeExecutor(answer), grace_s=0.01)
    assert (ran.outcome.status, ran.outcome.exit_code) == ("interrupted", 130)
    assert [e["type"] for e in ran.journal][-2:] == ["note", "workflow_error"]
    assert ran.state["status"] == "interrupted"


def test_a_signal_in_a_busy_slice_interrupts_too(run_js: Any) -> None:
    class Sink(EventList):
        def on_event(self, event: Event) -> None:
            super().on_event(event)
            if event["type"] == "log":
                os.kill(os.getpid(), signal.SIGTERM)

    ran = run_js("log('now'); for (;;) {}", sink=Sink(), slice_s=20)
    assert ran.outcome.status == "interrupted"


def test_a_bug_of_ours_is_recorded_as_a_failed_run(run_js: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from odw.transpile.host_defined import hooks

    def broken(*args: Any) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(hooks, "enter_phase", broken)
    ran = run_js("await agent('x'); try { phase('P') } catch {} return 1")
    assert ran.error.exit_code == 70
    assert "KeyError" in ran.error.message
    assert ran.state["status"] == "failed"


def test_args_that_nest_too_deeply_are_refused(run_js: Any) -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(UsageError, match="256 levels"):
        run_js("return 1", args=deep)


def test_a_project_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / ".odw").write_text("a file")
    with pytest.raises(UsageError, match="cannot create the run directory"):
        RunDir(str(tmp_path), "x").create()


def test_run_ids_sort_by_time_and_are_unique() -> None:
    ids = [new_run_id(1_700_000_000.0 + n / 1000) for n in range(3)]
    assert ids == sorted(ids)
    assert len({new_run_id(1.0) for _ in range(50)}) == 50


def test_exit_codes() -> None:
    assert EXIT_CODES == {"completed": 0, "failed": 1, "stopped": 1, "parked": 4, "interrupted": 130}


def test_a_sink_hears_every_event_in_journal_order(run_js: Any) -> None:
    ran = run_js("await parallel([() => agent('a'), () => agent('b')]); log('x')")
    assert [event["type"] for event in ran.events] == [event["type"] for event in ran.journal]
