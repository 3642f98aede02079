"""RLIMIT_FSIZE: files may not grow beyond so many bytes, which is a full disk that needs no root."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import crash_world
import pytest
from crash_scripts import DOZEN, fixed
from crash_world import World, check_blobs, check_journal
from faulty import Fault

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
