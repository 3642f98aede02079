"""Read, list, edit and write files of the workspace."""

from __future__ import annotations

import difflib
import stat
from pathlib import Path
from typing import Any

from odw.executors.bamboo.tools import Tool, clipped, integer, parameters, text
from odw.executors.bamboo.workspace import Refused, Workspace

LARGEST = 4 << 20  # bytes of a file that is read or edited
LINES = 2000  # of a file that one read gives
LONGEST_LINE = 2000
ENTRIES = 500
_STRING = {"type": "string"}
_PATH = {"type": "string", "description": "relative to the workspace"}


def reading(workspace: Workspace) -> list[Tool]:
    return [
        Tool(
            "read",
            "Read a text file. Lines come with their numbers; give offset and limit for a part of a long file.",
            parameters(
                ("path",),
                path=_PATH,
                offset={"type": "integer", "description": "first line, from 1"},
                limit={"type": "integer", "description": f"how many lines, at most {LINES}"},
            ),
            lambda arguments: _read(workspace, arguments),
            shown="path",
        ),
        Tool(
            "list",
            "List a directory: one entry a line, directories with a slash.",
            parameters((), path=_PATH),
            lambda arguments: _list(workspace, arguments),
            shown="path",
        ),
    ]


def writing(workspace: Workspace) -> list[Tool]:
    return [
        Tool(
            "edit",
            "Replace a text in a file. old must stand there exactly once, white space included, or set all to replace every one. "
            "Returns the diff.",
            parameters(("path", "old", "new"), path=_PATH, old=_STRING, new=_STRING, all={"type": "boolean"}),
            lambda arguments: _edit(workspace, arguments),
            writes=True,
            shown="path",
        ),
        Tool(
            "write",
            "Write a whole file; directories are made. Prefer edit for a file that exists.",
            parameters(("path", "content"), path=_PATH, content=_STRING),
            lambda arguments: _write(workspace, arguments),
            writes=True,
            shown="path",
        ),
    ]


def _read(workspace: Workspace, arguments: dict[str, Any]) -> str:
    path = workspace.path(arguments.get("path"))
    offset = integer(arguments, "offset", 1, 1, 10**9)
    limit = integer(arguments, "limit", LINES, 1, LINES)
    lines = load(workspace, path).splitlines()
    part = lines[offset - 1 : offset - 1 + limit]
    if not part:
        return f"(the file has {len(lines)} lines)" if lines else "(the file is empty)"
    shown = [
        f"{number:>6}  {line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + '…'}"
        for number, line in enumerate(part, offset)
    ]
    end = offset - 1 + len(part)
    more = f"\n({len(lines) - end} more lines; go on with offset {end + 1})" if end < len(lines) else ""
    return clipped("\n".join(shown)) + more


def load(workspace: Workspace, path: Path) -> str:
    """A text file, its ends of line as they are. Raises Refused for what is none."""
    shown = workspace.shown(path)
    if path.is_dir():
        raise Refused(f"{shown} is a directory: use list")
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would be waited for
            raise Refused(f"{shown} is no file")
        if found.st_size > LARGEST:
            raise Refused(f"{shown} is larger than {LARGEST >> 20} MB: use search, or bash")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"{shown} does not exist{_near(workspace, path)}") from None
    except OSError as error:
        raise Refused(f"{shown}: {error.strerror}") from None
    if b"\0" in data[:8192]:
        raise Refused(f"{shown} is a binary file of {len(data)} bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"{shown} is not UTF-8") from None


def _near(workspace: Workspace, path: Path) -> str:
    """What may have been meant."""
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, names, 3)
    return f"; there is {', '.join(workspace.shown(path.parent / name) for name in close)}" if close else ""


def _list(workspace: Workspace, arguments: dict[str, Any]) -> str:
    path = workspace.path(arguments.get("path") or ".")
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise Refused(f"{workspace.shown(path)}: {error.strerror}") from None
    names = [f"{entry.name}{'/' if entry.is_dir() else ''}" for entry in entries if entry.name != ".git"]
    more = f"\n({len(names) - ENTRIES} more)" if len(names) > ENTRIES else ""
    return "\n".join(names[:ENTRIES]) + more or "(empty)"


def _edit(workspace: Workspace, arguments: dict[str, Any]) -> str:
    path = workspace.writable(arguments.get("path"))
    old, new = text(arguments, "old"), text(arguments, "new")
    before = load(workspace, path)
    if "\r\n" in before and "\r\n" not in old:  # models write \n; the file keeps its own ends of line
        old, new = old.replace("\n", "\r\n"), new.replace("\n", "\r\n")
    if not old:
        raise Refused("old is empty: use write for a new file")
    if old == new:
        raise Refused("old and new are the same")
    count = before.count(old)
    if not count:
        raise Refused(f"old does not stand in {workspace.shown(path)}{_nearly(before, old)}")
    if count > 1 and arguments.get("all") is not True:
        raise Refused(
            f"old stands {count} times in {workspace.shown(path)}: give more of its surroundings, or set all"
        )
    after = before.replace(old, new)
    save(workspace, path, after)
    return diff(before, after, workspace.shown(path))


def _nearly(before: str, old: str) -> str:
    """What the model may have wrong: the white space, mostly."""
    wanted = [line.strip() for line in old.splitlines() if line.strip()]
    lines = before.splitlines()
    if wanted:
        for number, line in enumerate(lines, 1):
            if line.strip() == wanted[0]:
                return f"; line {number} is alike but for its white space: {line[:200]!r}"
    return "; read the file again"


def _write(workspace: Workspace, arguments: dict[str, Any]) -> str:
    path = workspace.writable(arguments.get("path"))
    content = text(arguments, "content")
    if path.exists() and not path.is_file():
        raise Refused(f"{workspace.shown(path)} is {'a directory' if path.is_dir() else 'no file'}")
    try:
        before = load(workspace, path) if path.exists() else ""
    except Refused:
        before = ""
    save(workspace, path, content)
    return (
        diff(before, content, workspace.shown(path)) if before else f"wrote {len(content.splitlines())} lines"
    )


def save(workspace: Workspace, path: Path, content: str) -> None:
    """Write in place: the file keeps its rights. Raises Refused."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", errors="surrogatepass", newline="")
    except OSError as error:
        raise Refused(f"{workspace.shown(path)} cannot be written: {error.strerror}") from None


def diff(before: str, after: str, name: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
    return clipped("\n".join(lines), 6000) or "(no change but at the ends of lines)"
