"""Find and kill processes by the tag in their environment, ``ODW_NODE=<run id>.<call>.<attempt>.``

A process group loses whatever calls setsid, a walk over children loses whatever was orphaned; the environment is inherited
by all of them. A program that rewrites its own environment block, or runs as another user, escapes.

Run as a script this file is the warden of a run (``warden.py``), which is why it imports nothing of odw and nothing that is
slow: ``python -I -S process_tags.py PREFIX`` waits on standard input, and at its end kills what bears the tag.
"""

from __future__ import annotations

import os
import signal
import sys
import time  # only to sleep

VARIABLE = "ODW_NODE"

_PROC = "/proc"
PAUSE_S = 0.002
ROUNDS = 2500  # then what is left cannot be killed: it hangs in the kernel
_QUIET_ROUNDS = 100  # the warden's: a process that was being started when odw died has its tag by then
_BLOCK = 1 << 17

_LOOKS = 20  # on a machine where processes end all the time

# Processes without an environment as of the last look: kernel threads and the dead that nobody reaped.
_blank: frozenset[int] = frozenset()


def tagged(prefix: str) -> list[int]:
    """The ids of living processes, but this one, whose tag begins with ``prefix``, which ends with a dot."""
    found: list[int] = []
    for _ in range(_LOOKS):
        found, unsure = _look(prefix)
        if found or not unsure:
            break
    return found


def strike(prefix: str) -> list[int]:
    """SIGKILL every process whose tag begins with ``prefix``, once; their ids. They may take a moment to be gone."""
    found = tagged(prefix)
    for pid in found:
        try:
            os.kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
    return found


def sweep(prefix: str) -> int:
    """Strike until none is left; how many there were. Returns at once if there are none; blocks for milliseconds else."""
    killed: set[int] = set()
    for _ in range(ROUNDS):
        found = strike(prefix)
        if not found:
            break
        killed.update(found)
        time.sleep(PAUSE_S)
    return len(killed)


def _look(prefix: str) -> tuple[list[int], bool]:
    """One pass over all processes: those with the tag, and whether some ended since the last pass.

    One that ended while we looked may have left a child that the listing does not have yet.
    """
    global _blank
    if not prefix.endswith("."):
        raise ValueError(f"a tag's prefix ends with a dot, or node 1 would take node 11 along: {prefix!r}")
    try:
        names = os.listdir(_PROC)  # noqa: PTH208 - pathlib is slow to import
    except OSError:
        names = []
    pids = [int(name) for name in names if name.isdecimal()]
    if not pids:
        return _look_elsewhere(prefix), False
    needle = f"{VARIABLE}={prefix}".encode()
    later = b"\0" + needle
    own = os.getpid()
    found, blank = [], set()
    for pid in pids:
        if pid == own:
            continue
        block = _environment(pid)
        if block is None:
            blank.add(pid)
        elif later in block or block.startswith(needle):
            found.append(pid)
    unsure = not blank <= _blank
    _blank = frozenset(blank)
    return found, unsure


def _environment(pid: int) -> bytes | None:
    """The environment that a process was started with; None if it has none any more, b"" if it is not ours to see."""
    try:
        descriptor = os.open(f"{_PROC}/{pid}/environ", os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:
        return b""
    except OSError:
        return None
    block = b""
    try:
        while part := os.read(descriptor, _BLOCK):
            block += part
            if len(part) < _BLOCK:
                break
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return block or None


def _look_elsewhere(prefix: str) -> list[int]:
    """Without /proc: what psutil finds, or nothing where it is not installed."""
    try:
        import psutil  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return []
    found = []
    for process in psutil.process_iter():
        try:
            tag = process.environ().get(VARIABLE, "")
            if tag.startswith(prefix) and process.pid != os.getpid() and process.status() != "zombie":
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue
    return found


def _watch(prefix: str) -> None:
    """The warden: wait until the run's process is gone, then kill what it left."""
    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGTSTP"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    os.read(0, 1)
    quiet = 0
    while quiet < _QUIET_ROUNDS:
        quiet = 0 if sweep(prefix) else quiet + 1
        time.sleep(PAUSE_S)


if __name__ == "__main__":
    _watch(sys.argv[1])
