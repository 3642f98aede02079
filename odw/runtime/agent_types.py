"""``agentType``: agents that Markdown files describe, and those that the built-in tool always has.

Looked for in ``.odw/agents`` then ``.claude/agents``, from the project's directory up to the repository's root, then in the same two
under the home directory. A file is found by the ``name`` of its front matter, else by its own name; the nearest wins.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from odw.runtime.abc import AgentType, Capabilities
from odw.runtime.agent_file import AgentFileError, likely_name, read_agent_file
from odw.runtime.primitives.agent_schema import OptionError
from odw.settings_file import up_to_root

FOLDERS = (".odw/agents", ".claude/agents")
MAX_FILES = 1000  # in one folder and below it
SHOWN_NAMES = 40

_EXPLORE = (
    "You explore a code base for someone else, and change nothing: no file is written, no command is run that alters "
    "anything. Search broadly by name and by content, read the parts that matter, and follow references until you can "
    "answer. Report what you found with paths and line numbers, say what you looked for in vain, and leave out what was not asked."
)
_PLAN = (
    "You plan a change for someone else, and make none of it: read, search and think, but write no file and run no command "
    "that alters anything. Find out how the code does such things today, then give an ordered list of steps, each with "
    "the files it touches and how to check it, followed by the risks and the questions that are open."
)
# What the built-in tool knows without a file. An executor that has agents of its own gets the name alone.
BUILT_IN = {
    agent.name: agent
    for agent in (
        AgentType("general-purpose", "Searches, reads and changes: anything.", ""),
        AgentType("Explore", "Searches and reads, changes nothing.", _EXPLORE),
        AgentType("Plan", "Plans a change and makes none.", _PLAN),
        AgentType("statusline-setup", "Sets up the status line of Claude Code.", ""),
        AgentType("output-style-setup", "Makes an output style for Claude Code.", ""),
        AgentType("claude-code-guide", "Answers questions about Claude Code.", ""),
    )
}


class _Entry(NamedTuple):
    """One file: its agent, or what is wrong with it."""

    name: str
    agent: AgentType | None
    problem: str
    in_project: bool


class AgentTypes:
    """The agent types that the calls of one run can name. Each file is read once, when a name is first looked for."""

    def __init__(self, project: Path, home: Path | None = None) -> None:
        self._project = project
        self._home = home or Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none
        self._entries: list[_Entry] | None = None
        self._found: dict[str, AgentType | None] = {}

    def find(self, name: str, capabilities: Capabilities) -> AgentType | None:
        """The agent type of that name, for an executor with these capabilities.

        None for an unknown name that does no harm: no process is started, and the project has no agent files or the name is
        that of a plugin's agent. Raises OptionError for any other unknown name, and for a file that cannot be used.
        """
        if name not in self._found:
            self._found[name] = self._from_file(name)
        agent = self._found[name]
        if agent is not None:
            return agent
        built_in = BUILT_IN.get(name)
        if built_in is not None:
            return built_in._replace(prompt="") if capabilities.agents else built_in
        if capabilities.agents and _of_plugin(name):
            return AgentType(name, "", "")
        files = any(entry.in_project for entry in self._all())
        if capabilities.processes or (files and not _of_plugin(name)):
            raise OptionError("Error", self._unknown(name))
        return None

    def names(self) -> list[str]:
        """Every name that is known, sorted."""
        files = {entry.name for entry in self._all() if entry.agent is not None}
        return sorted({*files, *BUILT_IN}, key=str.casefold)

    def _from_file(self, name: str) -> AgentType | None:
        for entry in self._all():
            if entry.name == name:
                if entry.agent is None:
                    raise OptionError("Error", f"agent({{agentType}}) cannot use {entry.problem}")
                return entry.agent
        return None

    def _all(self) -> list[_Entry]:
        if self._entries is None:
            self._entries = list(self._read())
        return self._entries

    def _read(self) -> Iterator[_Entry]:
        for folder, in_project in self._folders():
            for path in sorted(islice(folder.rglob("*.md"), MAX_FILES)):
                if not path.is_file():  # a directory, or something that would block
                    continue
                try:
                    agent = read_agent_file(path)
                except AgentFileError as error:
                    problem = f"{self._shown(path)}:{error.line}: {error.message}"
                    yield _Entry(likely_name(path), None, problem, in_project)
                else:
                    yield _Entry(agent.name, agent, "", in_project)

    def _folders(self) -> Iterator[tuple[Path, bool]]:
        seen: set[Path] = set()
        bases = [(base, True) for base in up_to_root(self._project)]
        for base, in_project in (*bases, (self._home, False)):
            for name in FOLDERS:
                folder = base / name
                if folder not in seen and folder.is_dir():
                    seen.add(folder)
                    yield folder, in_project

    def _shown(self, path: Path) -> str:
        """The path as short as it is clear: from the project or a folder above it, or ``~/…``."""
        for base in up_to_root(self._project):
            if path.is_relative_to(base):
                return str(path.relative_to(base))
        return f"~/{path.relative_to(self._home)}" if path.is_relative_to(self._home) else str(path)

    def _unknown(self, name: str) -> str:
        from odw.diagnostics import closest

        known = self.names()
        meant = closest(name, known)
        shown = name if len(name) <= 80 else f"{name[:79]}…"
        listing = ", ".join(known[:SHOWN_NAMES]) + (", …" if len(known) > SHOWN_NAMES else "")
        broken = [entry.problem for entry in self._all() if entry.agent is None]
        parts = [
            f'agent({{agentType}}) received an unknown agent type "{shown}"'
            + (f" (did you mean {meant}?)" if meant else ""),
            f"known: {listing}",
            *([f"cannot be used: {' | '.join(broken[:3])}"] if broken else []),
            f"others are files in {' or '.join(FOLDERS)}",
        ]
        return "; ".join(parts)


def _of_plugin(name: str) -> bool:
    """``plugin:agent``: what a program's plugins bring along, only the program knows."""
    plugin, _, agent = name.partition(":")
    return bool(plugin and agent) and not name.startswith("-")
