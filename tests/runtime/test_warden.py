"""The warden: what odw started does not outlive odw, however it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from process_trees import PYTHON, SINGLE, TREES, alive, kill, wait_for, wait_until_dead

from odw.runtime.process_tags import VARIABLE, sweep, tagged
from odw.runtime.warden import Warden

ROOT = Path(__file__).parents[2]
RUN = f"warden-{os.getpid()}"
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)

# A stand-in for odw: a warden, one tree of each kind, and then it waits to be killed.
DRIVER = """
import subprocess, sys, time
sys.path.insert(0, {root!r})
from odw.runtime.warden import Warden
warden = Warden({run!r})
warden.ensure()
print(warden.pid, flush=True)
for number, code in enumerate({codes!r}):
    child = subprocess.Popen([*{python!r}, code], env={{"ODW_NODE": {run!r} + ".%d.1." % number}}, start_new_session=True)
time.sleep(300)
"""


class Driver:
    """The stand-in, running; ``pids`` are those of its trees, ``warden`` is its warden's."""

    def __init__(self, run: str, trees: dict[str, tuple[str, int]]) -> None:
        codes = [code for code, _ in trees.values()]
        program = DRIVER.format(root=str(ROOT), run=run, codes=codes, python=PYTHON)
        self.process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.warden = int(self.process.stdout.readline())
        self.pids = [
            int(self.process.stdout.readline()) for _ in range(sum(count for _, count in trees.values()))
        ]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def drivers() -> Iterator[list[Driver]]:
    started: list[Driver] = []
    yield started
    for driver in started:
        driver.kill()
        kill([driver.warden, *driver.pids])


def test_kill_9_of_odw_kills_all_that_it_started(drivers: list[Driver]) -> None:
    driver = Driver(RUN, TREES)
    drivers.append(driver)
    assert all(alive(pid) for pid in driver.pids)
    driver.kill()
    assert wait_until_dead(driver.pids) == []
    assert wait_until_dead([driver.warden]) == [] and tagged(f"{RUN}.") == []


def test_two_runs_whose_ids_begin_alike(drivers: list[Driver]) -> None:
    first, second = (Driver(run, {"setsid": TREES["setsid"]}) for run in (f"{RUN}1", f"{RUN}11"))
    drivers.extend([first, second])
    first.kill()
    assert wait_until_dead([*first.pids, first.warden]) == []
    assert all(alive(pid) for pid in [*second.pids, second.warden])


def ignores(pid: int, signals: tuple[signal.Signals, ...]) -> bool:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    mask = int(next(line.split()[1] for line in status if line.startswith("SigIgn")), 16)
    return all(mask >> (number - 1) & 1 for number in signals)


def test_the_warden_is_deaf_to_what_ends_odw(drivers: list[Driver]) -> None:
    driver = Driver(RUN, {"deaf": TREES["deaf"]})
    drivers.append(driver)
    assert wait_for(lambda: ignores(driver.warden, SIGNALS))
    assert os.getsid(driver.warden) == driver.warden
    for number in SIGNALS:
        os.kill(driver.warden, number)
    driver.kill()
    assert wait_until_dead([*driver.pids, driver.warden]) == []


def tagged_child(tag: str) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [*PYTHON, SINGLE], env={VARIABLE: tag}, stdout=subprocess.PIPE, start_new_session=True
    )
    assert child.stdout is not None
    child.stdout.readline()
    return child


def finish(child: subprocess.Popen[bytes]) -> int:
    code = child.wait(20)
    assert child.stdout is not None
    child.stdout.close()
    return code


def test_the_orderly_end() -> None:
    warden = Warden(RUN)
    assert warden.pid is None
    warden.close()  # it never started
    before = len(list(Path("/proc/self/fd").iterdir()))
    warden.ensure()
    pid = warden.pid
    warden.ensure()
    assert warden.pid == pid is not None
    child = tagged_child(f"{RUN}.1.1.")
    warden.close()
    assert finish(child) == -signal.SIGKILL
    assert not Path(f"/proc/{pid}").exists(), "it is reaped"
    assert warden.pid is None and len(list(Path("/proc/self/fd").iterdir())) == before
    warden.close()


def test_a_warden_that_was_killed_is_replaced() -> None:
    warden = Warden(RUN)
    warden.ensure()
    first = warden.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert wait_until_dead([first]) == []
    warden.ensure()
    assert warden.pid not in (None, first)
    os.kill(warden.pid or 0, signal.SIGSTOP)  # and one that is stopped still goes
    warden.close()


def test_a_sweep_spares_the_warden_of_an_inner_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """odw started as an agent of another odw: the outer tag is in its environment, and must not be in its warden's."""
    monkeypatch.setenv(VARIABLE, f"{RUN}-outer.1.1.")
    warden = Warden(f"{RUN}-inner")
    warden.ensure()
    try:
        assert warden.pid is not None
        assert sweep(f"{RUN}-outer.") == 0 and sweep(f"{RUN}-inner.") == 0
        assert alive(warden.pid)
    finally:
        warden.close()


def test_agents_do_not_hold_the_wardens_pipe() -> None:
    """One that did would keep the warden asleep after odw's death."""
    warden = Warden(RUN)
    warden.ensure()
    child = tagged_child(f"{RUN}.1.1.")
    try:
        own, inherited = (_descriptors(pid) for pid in (warden.pid, child.pid))
        assert [pipe for pipe in own if pipe.startswith("pipe:")] != [] and not own & inherited - {
            "/dev/null"
        }
    finally:
        warden.close()
        finish(child)


def _descriptors(pid: int | None) -> set[str]:
    return {str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()}
