"""What ``odw doctor`` tells about this machine: odw itself, git, the disk, the terminal, cores and memory."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

GIT_DEADLINE_S = 5.0
LOW_BYTES = 1 << 30  # below this a run of many agents may fill the disk


def odw_facts() -> dict[str, Any]:
    import trio

    from odw import __version__

    return {
        "version": __version__,
        "python": platform.python_version(),
        "pythonPath": sys.executable,
        "trio": trio.__version__,
        "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


async def git_facts(project: str) -> dict[str, Any]:
    """git, the repository around the project, and whether ``isolation: "worktree"`` would work in it."""
    import trio

    from odw.errors import ExecutorError
    from odw.runtime.git import git_version
    from odw.runtime.repository import find_repository, refuse_large_files, refuse_submodules

    facts: dict[str, Any] = {
        "version": None, "repository": None, "worktrees": False, "problem": None, "next": None,
    }  # fmt: skip
    with trio.move_on_after(GIT_DEADLINE_S) as scope:
        try:
            facts["version"] = ".".join(map(str, await git_version()))
            repository = await find_repository(project)
            facts["repository"] = repository.root
            head = await repository.head()
            await refuse_submodules(repository, head)
            await refuse_large_files(repository)
            facts["worktrees"] = True
        except ExecutorError as error:
            problem, _, step = error.message.removeprefix('isolation "worktree": ').partition("; ")
            facts["problem"], facts["next"] = problem, step or error.hint or None
    if scope.cancelled_caught:
        facts["problem"] = f"git did not answer within {GIT_DEADLINE_S:g} s"
    return facts


def disk_facts(project: Path) -> dict[str, Any]:
    """Where runs are kept, or would be. It is looked at, not tried out: nothing is written."""
    from shutil import disk_usage

    place = project / ".odw"
    there = next(folder for folder in (place / "runs", place, project) if folder.exists())
    facts: dict[str, Any] = {
        "path": str(place), "freeBytes": None, "writable": False, "problem": None, "next": None,
    }  # fmt: skip
    with suppress(OSError):
        facts["freeBytes"] = disk_usage(there).free
    facts["writable"] = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    if not facts["writable"]:
        facts["problem"] = f"{there} is not a directory that can be written to"
        facts["next"] = "Change its permissions, or give another directory with --path."
    elif facts["freeBytes"] is not None and facts["freeBytes"] < LOW_BYTES:
        facts["problem"], facts["next"] = "little space is left", "odw runs list shows what could be deleted."
    return facts


def terminal_facts(environ: Mapping[str, str]) -> dict[str, Any]:
    from shutil import get_terminal_size

    term = environ.get("TERM", "")
    locale = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    tty = _is_terminal(sys.stdout)
    return {
        "stdin": _is_terminal(sys.stdin),
        "stdout": tty,
        "stderr": _is_terminal(sys.stderr),
        "term": term or None,
        "colour": tty and term not in ("", "dumb") and not environ.get("NO_COLOR"),
        "width": get_terminal_size().columns,
        "utf8": "utf8" in locale.lower().replace("-", ""),
    }


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def machine_facts() -> dict[str, Any]:
    """Cores as odw counts them, those that this process may use, memory in bytes; None for what is not to be found out."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": os.cpu_count(),
        "usableCores": usable,
        "memoryBytes": _pages("SC_PHYS_PAGES"),
        "freeMemoryBytes": _available(),
    }


def _pages(name: str) -> int | None:
    with suppress(ValueError, OSError, AttributeError):
        pages = os.sysconf(name) * os.sysconf("SC_PAGE_SIZE")
        return pages if pages > 0 else None
    return None


def _available() -> int | None:
    """What new programs can have without swapping: the kernel's own estimate, else the pages that are free."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return _pages("SC_AVPHYS_PAGES")
