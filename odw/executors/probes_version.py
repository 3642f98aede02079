"""Which version a program is: from the package that it came in where that is enough, else by asking it, with a deadline."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from odw.errors import ExecutorError
from odw.executors._environment import NETWORK, environment
from odw.executors._process import Limits, run_process

DEADLINE_S = 5.0
GRACE_S = 0.3
KEPT = 4096  # bytes of what it says
# These write into the home directory even for --version; what they came in says it too.
_WRITING = ("gemini", "opencode")
# These fetch and start something else: asking them may install it.
LAUNCHERS = (
    "npx",
    "bunx",
    "pnpx",
    "pnpm",
    "yarn",
    "bun",
    "deno",
    "uvx",
    "pipx",
    "docker",
    "podman",
    "ssh",
    "sudo",
)
_QUIET = {
    "DISABLE_AUTOUPDATER": "1",
    "DISABLE_TELEMETRY": "1",
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "OPENCODE_DISABLE_AUTOUPDATE": "1",
    "NO_UPDATE_NOTIFIER": "1",
    "NO_COLOR": "1",
}
_VERSION = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+(?:[-+][\w.]+)?)")


class Version(NamedTuple):
    """``text`` is "" when it is not known; ``problem`` says why the program is of no use, if that came out."""

    text: str = ""
    problem: str = ""


class _Head:
    """The beginning of an output."""

    def __init__(self) -> None:
        self.data = b""

    def feed(self, chunk: bytes | bytearray) -> None:
        self.data += bytes(chunk[: KEPT - len(self.data)])

    def end(self) -> None:
        return


async def version_of(
    program: str, words: Sequence[str], kind: str, environ: Mapping[str, str], cwd: str, tag: str
) -> Version:
    """``program`` is the path that ``words[0]`` was found at; ``words`` start it; ``kind`` is the executor that it serves.

    The program sees no key. Whatever it starts has ended when this returns. Cost: at most ``DEADLINE_S`` and a second.
    """
    if Path(words[0]).name in LAUNCHERS:
        return Version()
    packaged = _packaged(program) if kind in _WRITING else ""
    if packaged:
        return Version(packaged)
    head = _Head()
    try:
        ended = await run_process(
            [*words, "--version"],
            head,
            env=environment(environ, (*NETWORK, "CODEX_HOME", "CLAUDE_CONFIG_DIR"), _QUIET),
            cwd=cwd,
            tag=tag,
            limits=Limits(DEADLINE_S, None, GRACE_S),
        )
    except ExecutorError as error:
        return Version(problem=error.message)
    asked = f"{Path(words[0]).name} --version"
    if ended.stopped is not None:
        return Version(problem=f"{asked}: {ended.stopped.message}")
    said = head.data.decode("utf-8", "replace")
    if ended.code != 0:
        how = f"exit status {ended.code}" if ended.code is not None else f"killed by signal {ended.signal}"
        last = _line("\n".join(reversed(ended.stderr.splitlines())))
        return Version(problem=f"{asked}: {how}{f': {last}' if last else ''}")
    found = _VERSION.search(said) or _VERSION.search(ended.stderr)
    return Version(found[1][:40] if found else _line(said)[:40])


def _packaged(program: str) -> str:
    """The version in the package.json around an npm program; "" if there is none."""
    path = Path(os.path.realpath(program))
    for folder in list(path.parents)[:4]:
        try:
            with (folder / "package.json").open("rb") as stream:
                package = json.loads(stream.read(1 << 20))
        except (OSError, ValueError, RecursionError):
            continue
        version = package.get("version") if isinstance(package, dict) else None
        return version[:40] if isinstance(version, str) and _VERSION.match(version) else ""
    return ""


def _line(text: str) -> str:
    """The first line that is not blank, as plain text of one line."""
    from odw.diagnostics import printable

    lines = [line.strip() for line in printable(text).splitlines() if line.strip()]
    return lines[0][:200] if lines else ""
