"""The warden of a run: a process that outlives odw by a moment and kills what odw left behind.

It waits on a pipe whose other end only odw holds. ``kill -9`` of odw closes that end, and the warden kills every process
that bears the run's tag (``process_tags.py``). PR_SET_PDEATHSIG would not do: it fires when the *thread* that started the
process ends, which in trio is a worker thread, ten seconds later, and it reaches no grandchild.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from odw.runtime import process_tags

if TYPE_CHECKING:
    import subprocess


class Warden:
    """One per run. ``ensure`` before each process of the run is started, ``close`` when the run ends."""

    __slots__ = ("_prefix", "_process", "_write_end")

    def __init__(self, run_id: str) -> None:
        self._prefix = f"{run_id}."
        self._process: subprocess.Popen[bytes] | None = None
        self._write_end = -1

    @property
    def pid(self) -> int | None:
        """The warden's process id while there is one."""
        return None if self._process is None else self._process.pid

    def ensure(self) -> None:
        """See that the warden is there; about a millisecond the first time. Raises OSError if it cannot be started."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            self._forget()  # someone killed it
        import subprocess

        # Both ends are close-on-exec: an agent that inherited the write end would keep the warden asleep.
        read_end, self._write_end = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, *_flags(), process_tags.__file__, self._prefix],
                stdin=read_end,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                # odw may itself be an agent of another run, whose sweep must not take this warden along
                env={name: value for name, value in os.environ.items() if name != process_tags.VARIABLE},
                start_new_session=True,
            )
        except OSError:
            self._forget()
            raise
        finally:
            os.close(read_end)

    def close(self) -> None:
        """The run is over: kill what is left of it, then the warden, and reap it. Nothing if it never started."""
        if self._process is None:
            return
        process_tags.sweep(self._prefix)
        self._process.kill()
        self._process.wait()
        self._forget()

    def _forget(self) -> None:
        os.close(self._write_end)
        self._write_end = -1
        self._process = None


def _flags() -> tuple[str, ...]:
    """Isolated, so that no file beside the script can pose as a standard module; -S where psutil is not needed."""
    return ("-I", "-S") if os.path.isdir("/proc/self") else ("-I",)  # noqa: PTH112 - pathlib is slow to import
