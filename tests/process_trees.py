"""Small programs that make trees of processes, and what became of their processes. Linux: it reads /proc."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

PYTHON = (sys.executable, "-S", "-E", "-c")
DEADLINE_S = 20.0  # generous: reached only by a test that fails

_BEGIN = "import os, signal, sys, time; tell = lambda: None\n"
_TELL = "os.write(1, b'%d\\n' % os.getpid()); tell()\n"
_WAIT = "time.sleep(300)\n"

# Each prints the ids of its processes, one a line; what matters is in the last one.
SINGLE = _BEGIN + _TELL + _WAIT
GRANDCHILD = _BEGIN + "os.fork()\n" + _TELL + _WAIT
SETSID = _BEGIN + "if os.fork() == 0:\n    os.setsid()\n" + _TELL + _WAIT
DAEMON = (
    _BEGIN
    + "if os.fork() == 0:\n    os.setsid()\n    if os.fork():\n        os._exit(0)\n    "
    + _TELL
    + "    "
    + _WAIT
    + _TELL
    + _WAIT
)
DEAF = _BEGIN + "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.fork()\n" + _TELL + _WAIT
TREES = {
    "single": (SINGLE, 1),
    "grandchild": (GRANDCHILD, 2),
    "setsid": (SETSID, 2),
    "daemon": (DAEMON, 2),
    "deaf": (DEAF, 2),
}


def leaving(tree: str) -> str:
    """A program that ends with 7 as soon as it has started ``tree``."""
    code, count = TREES[tree]
    imports, _, rest = code.partition("\n")
    return (
        f"{imports}\nr, w = os.pipe()\ntell = lambda: os.write(w, b'.')\n"
        f"if os.fork():\n    for _ in range({count}): os.read(r, 1)\n    os._exit(7)\n{rest}"
    )


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def wait_for(condition: Callable[[], bool]) -> bool:
    """Whether it came to be true before the deadline."""
    end = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def wait_until_dead(pids: list[int]) -> list[int]:
    """Those that still run at the deadline: none, if all is well."""
    wait_for(lambda: not any(alive(pid) for pid in pids))
    return [pid for pid in pids if alive(pid)]


def kill(pids: list[int]) -> None:
    """What a failed test leaves."""
    for pid in pids:
        if alive(pid):
            os.kill(pid, 9)
