"""Find text in the files of the workspace."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from types import FrameType
from typing import Any

from odw.executors.bamboo.tools import Tool, clipped, integer, parameters, text
from odw.executors.bamboo.workspace import Refused, Workspace

HITS = 200
LARGEST = 1 << 20  # bytes of a file that is searched
LISTING_S = 20.0
SEARCH_S = 30.0
_SKIPPED = frozenset((".git", "node_modules", ".odw", "__pycache__", ".venv", "venv", ".pandacode"))


def tools(workspace: Workspace) -> list[Tool]:
    return [
        Tool(
            "search",
            "Search files for a regular expression. Gives path:line: text. Files that git ignores are left out.",
            parameters(
                ("pattern",),
                pattern={"type": "string", "description": 'a Python regular expression; "" lists the files'},
                path={
                    "type": "string",
                    "description": "a directory or file to search, else all of the workspace",
                },
                glob={"type": "string", "description": "only files whose path or name matches, such as *.py"},
                limit={"type": "integer", "description": f"at most so many hits, up to {HITS}"},
            ),
            lambda arguments: _search(workspace, arguments),
            shown="pattern",
        )
    ]


def _search(workspace: Workspace, arguments: dict[str, Any]) -> str:
    pattern = text(arguments, "pattern")
    try:
        wanted = re.compile(pattern)
    except re.error as error:
        raise Refused(f"pattern: {error}") from None
    place = workspace.path(arguments.get("path") or ".")
    if not place.exists():
        raise Refused(f"{workspace.shown(place)} does not exist")
    limit = integer(arguments, "limit", HITS, 1, HITS)
    glob = arguments.get("glob")
    files = (
        path
        for path in _files(workspace, place)
        if not isinstance(glob, str)
        or not glob
        or fnmatch(workspace.shown(path), glob)
        or fnmatch(path.name, glob)
    )
    if not pattern:
        return _listed([workspace.shown(path) for path in files], limit, "files")
    hits: list[str] = []
    with _deadline(SEARCH_S):
        for path in files:
            hits += _hits(workspace, path, wanted)
            if len(hits) > limit:
                break
    return _listed(hits, limit, "hits")


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Some expressions need longer than the world will last on the wrong line; the engine heeds signals."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Refused(f"it took more than {seconds:g} s: choose a simpler pattern, or fewer files")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _listed(found: list[str], limit: int, what: str) -> str:
    if not found:
        return f"(no {what})"
    more = f"\n(more {what}; narrow the search)" if len(found) > limit else ""
    return clipped("\n".join(found[:limit])) + more


def _hits(workspace: Workspace, path: Path, wanted: re.Pattern[str]) -> Iterator[str]:
    try:
        if path.stat().st_size > LARGEST:
            return
        data = path.read_bytes()
    except OSError:
        return
    if b"\0" in data[:1024]:
        return
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if wanted.search(line[:5000]):
            yield f"{workspace.shown(path)}:{number}: {line.strip()[:300]}"


def _files(workspace: Workspace, place: Path) -> Iterator[Path]:
    """What git knows or could know below a place, else all but what nobody wrote by hand. Links are not followed."""
    if place.is_file():
        yield place
        return
    listed = _of_git(place)
    if listed:  # nothing at all: it is not git's, or git ignores all of it
        for name in listed:
            path = place / name
            if path.is_file() and not path.is_symlink():
                yield path
        return
    for folder, below, names in os.walk(place):
        below[:] = sorted(name for name in below if name not in _SKIPPED)
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _of_git(place: Path) -> list[str]:
    # the repository's settings may name a program to ask for changes: it is not to run here, and never with a key
    command = [
        "git",
        "-c",
        "core.fsmonitor=false",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    try:
        done = subprocess.run(
            command,
            cwd=place,
            env=env,
            capture_output=True,
            timeout=LISTING_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    if done.returncode:
        return []
    return sorted({os.fsdecode(name) for name in done.stdout.split(b"\0") if name})
