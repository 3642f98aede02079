"""RLIMIT_FSIZE: files may not grow beyond so many bytes, which is a full disk that needs no root."""

from __future__ import annotations

import errno
import os
import resource
import signal
from pathlib import Path

import crash_world
import pytest
from crash_scripts import DOZEN, fixed
from crash_world import World, check_blobs, check_journal
from faulty import Fault
from script_runs import Project

from odw.runtime.fakes import FakePlanner
from odw.runtime.journal import writer

PARKED, REFUSED = 4, 2
LIMITS = 20
SCRIPT = DOZEN.replace("out.push(await ask('large', 0, LARGE))", "")


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault's number is the limit of the child that meets it."""

    def install(fault: Fault) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as Python does at its start
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.number, resource.RLIM_INFINITY))

    monkeypatch.setattr(crash_world, "install", install)


@pytest.mark.usefixtures("limited")
def test_files_that_may_not_grow_park_the_run(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    (world.project / "main.js").write_text(fixed(SCRIPT, "mock"))
    reference = world.reference("main.js", "mock")
    whole = (world.run_dir("reference") / "events.jsonl").stat().st_size
    codes = set()
    for limit in range(whole // LIMITS // 2, whole, whole // LIMITS):
        run_id = f"r{limit}"
        child = world.start("main.js", run_id, "mock", fault=Fault("limit", "", limit))
        codes.add(code := child.wait())
        begun = bool(world.journal(run_id).events)
        assert code == PARKED or (code == REFUSED and not begun), (limit, code, child.errors)
        assert "Traceback" not in child.errors, child.errors
        if begun:
            assert f"odw resume {run_id}" in child.errors
            again = world.resume(run_id, fault=Fault("limit", "", limit))  # the disk is still full
            assert again.wait() in (PARKED, REFUSED), again.errors
            assert "Traceback" not in again.errors, again.errors
        check_blobs(world, run_id, check_journal(world, run_id, reference))
        last = world.go_on("main.js", run_id, "mock")
        assert last.wait() == 0, last.errors
        assert last.result == reference.result
        check_blobs(world, run_id, check_journal(world, run_id, reference))
    assert codes == {PARKED, REFUSED}


def test_no_call_starts_when_its_prompt_cannot_be_stored(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third prompt meets a full disk: the first two calls end, nothing behind them begins."""
    source = "return await parallel([1, 2, 3, 4, 5].map((i) => () => agent(`${i} ${'long '.repeat(2000)}`, { label: `${i}` })))"
    stored: list[str] = []
    write_whole = writer.write_whole

    def full(path: str, data: bytes, durable: bool = True) -> None:
        if path.endswith(".txt"):
            stored.append(path)
            if len(stored) > 2:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_whole(path, data, durable)

    monkeypatch.setattr(writer, "write_whole", full)
    executor = FakePlanner(lambda request: request.label)
    first = project.run(source, executor=executor, concurrency=4)
    assert first.outcome.status == "parked"
    assert "No space left on device" in first.error.message
    assert [request.label for request in executor.seen] == ["1", "2"]
    assert len(stored) == 3 + 1, "one more at the end: the attempt to save what is in memory"
    assert first.outcome.census["dropped"] == 3
    monkeypatch.undo()
    again = project.run(source, executor=executor, concurrency=4, resume_from=first.outcome.run_id)
    assert again.result == ["1", "2", "3", "4", "5"]
