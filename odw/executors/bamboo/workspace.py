"""The directory that the agent may work in: every path it names is resolved inside it, links included, or refused."""

from __future__ import annotations

import os
from pathlib import Path

_KEPT = frozenset((".git", ".odw"))


class Refused(Exception):
    """A tool call that is not carried out; the message goes back to the model, which can do better."""


class Workspace:
    """``root`` is absolute and free of links."""

    def __init__(self, root: str) -> None:
        self.root = Path(root).resolve()

    def path(self, name: object, *, what: str = "path") -> Path:
        """The real path behind a name. Raises Refused for one that leads out of the workspace, also over a link.

        A file that is to be made is resolved as far as its directories exist, so that a link among those cannot lead out either.
        """
        if not isinstance(name, str) or not name.strip() or "\0" in name:
            raise Refused(f"{what}: expected a path inside the workspace, found {name!r}")
        path = Path(os.path.realpath(self.root / os.path.expanduser(name)))  # noqa: PTH111 - ~ must be refused, not taken as a name
        if path != self.root and self.root not in path.parents:
            raise Refused(f"{what}: {name} is outside the workspace")
        return path

    def writable(self, name: object) -> Path:
        """The same for a file that is to be changed. Git's own files and odw's are none: what stands there is run, or is a record."""
        path = self.path(name)
        inside = path.relative_to(self.root).parts
        if _KEPT.intersection(inside):
            raise Refused(f"path: {name} belongs to git or odw, and is not to be changed by hand")
        return path

    def shown(self, path: Path) -> str:
        """A path as the model knows it."""
        return str(path.relative_to(self.root)) if path != self.root else "."
