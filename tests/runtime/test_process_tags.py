"""Finding and killing processes by the tag in their environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from process_trees import PYTHON, SINGLE, TREES, alive, kill, wait_until_dead

from odw.runtime import process_tags
from odw.runtime.process_tags import VARIABLE, strike, sweep, tagged

RUN = f"tags-{os.getpid()}"
Start = Callable[[str, str, int], list[int]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a program under a tag and read the ids it tells."""
    children: list[subprocess.Popen[bytes]] = []
    pids: list[int] = []

    def start(code: str, tag: str, count: int) -> list[int]:
        child = subprocess.Popen(
            [*PYTHON, code], env={VARIABLE: tag}, stdout=subprocess.PIPE, start_new_session=True
        )
        children.append(child)
        assert child.stdout is not None
        found = [int(child.stdout.readline()) for _ in range(count)]
        pids.extend(found)
        return found

    yield start
    kill(pids)
    for child in children:
        child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


@pytest.mark.parametrize("tree", TREES)
def test_a_sweep_kills_every_kind_of_descendant(tree: str, start: Start) -> None:
    code, count = TREES[tree]
    pids = start(code, f"{RUN}.1.1.", count)
    assert set(pids) <= set(tagged(f"{RUN}.1."))
    assert sweep(f"{RUN}.") >= count
    assert wait_until_dead(pids) == [] and tagged(f"{RUN}.") == []
    assert sweep(f"{RUN}.") == 0


def test_a_prefix_takes_nothing_else_along(start: Start) -> None:
    [one] = start(SINGLE, f"{RUN}.1.1.", 1)
    [eleven] = start(SINGLE, f"{RUN}.11.1.", 1)
    [other] = start(SINGLE, f"{RUN}1.1.1.", 1)
    assert sweep(f"{RUN}.1.") == 1 and wait_until_dead([one]) == []
    assert alive(eleven) and alive(other)
    assert sweep(f"{RUN}.") == 1 and wait_until_dead([eleven]) == []
    assert alive(other) and tagged(f"{RUN}1.") == [other]


def test_a_prefix_without_its_dot_is_refused() -> None:
    for prefix in ("", "run"):
        for function in (tagged, strike, sweep):
            with pytest.raises(ValueError, match="ends with a dot"):
                function(prefix)


def test_this_process_is_never_found(monkeypatch: pytest.MonkeyPatch, start: Start) -> None:
    """A program sweeps its own tag and survives."""
    code = (
        f"import sys; sys.path += {[str(Path(process_tags.__file__).parent)]!r}\n"
        f"from process_tags import sweep\nprint(sweep('{RUN}.'), flush=True)\nprint(1, flush=True)"
    )
    assert start(code, f"{RUN}.1.1.", 2) == [0, 1]


def test_only_the_variable_itself_counts(start: Start) -> None:
    [pid] = start("import os, time; print(os.getpid(), flush=True); time.sleep(300)", "other.", 1)
    assert tagged(f"{RUN}.") == [] and tagged("other.") == [pid]
    child = subprocess.Popen(
        [*PYTHON, SINGLE],
        env={f"NOT_{VARIABLE}": f"{RUN}.1."},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert child.stdout is not None and child.stdout.readline()
        assert tagged(f"{RUN}.") == []
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_without_proc_and_without_psutil_nothing_is_found(
    monkeypatch: pytest.MonkeyPatch, start: Start
) -> None:
    [pid] = start(SINGLE, f"{RUN}.1.1.", 1)
    monkeypatch.setattr(process_tags, "_PROC", "/no/such/directory")
    monkeypatch.setitem(sys.modules, "psutil", None)
    assert sweep(f"{RUN}.") == 0 and alive(pid)


def test_without_proc_psutil_finds_them(monkeypatch: pytest.MonkeyPatch, start: Start) -> None:
    """A stand-in for psutil, which is not needed where there is /proc."""
    [pid] = start(SINGLE, f"{RUN}.1.1.", 1)

    class Error(Exception):
        pass

    class Process:
        def __init__(self, pid: int, tag: str | None, state: str = "running") -> None:
            self.pid, self._tag, self._state = pid, tag, state

        def environ(self) -> dict[str, str]:
            if self._tag is None:
                raise Error("access denied")
            return {VARIABLE: self._tag}

        def status(self) -> str:
            return self._state

    class Psutil:
        @staticmethod
        def process_iter() -> list[Process]:
            tag = f"{RUN}.1.1."
            others = [
                Process(os.getpid(), tag),
                Process(2, None),
                Process(3, tag, "zombie"),
                Process(4, "other."),
            ]
            return [*others, *([Process(pid, tag)] if alive(pid) else [])]

    Psutil.Error = Error  # type: ignore[attr-defined]
    monkeypatch.setattr(process_tags, "_PROC", "/no/such/directory")
    monkeypatch.setitem(sys.modules, "psutil", Psutil)
    assert tagged(f"{RUN}.") == [pid]
    assert sweep(f"{RUN}.") == 1 and wait_until_dead([pid]) == []
