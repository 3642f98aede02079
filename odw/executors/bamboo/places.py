"""Where the words of a command line lead, as far as that can be told without running it: inside the workspace, or out of it."""

from __future__ import annotations

import posixpath
import re
import tempfile

_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_UNKNOWN = re.compile(r"\$|<\(…\)")
_ALL = re.compile(r"[*?.]*\*[*?.]*")  # a name that stands for all names
# What is outside and yet free: nobody misses what is there.
_FREE = ("/tmp", "/var/tmp", "/private/tmp")


class Places:
    """Follows ``cd`` and plain assignments from command to command; a subshell has its own directory."""

    def __init__(self, root: str) -> None:
        self._root = posixpath.realpath(root)
        free = {posixpath.realpath(place) for place in (*_FREE, tempfile.gettempdir())}
        # a workspace among temporary files has neighbours of its own kind
        self._free = {place for place in free if not self._root.startswith(place + "/")}
        self._directories: dict[tuple[int, ...], str | None] = {(): self._root}
        self._group: tuple[int, ...] = ()
        self._variables = {"HOME": posixpath.expanduser("~"), "PWD": self._root}

    def enter(self, group: tuple[int, ...]) -> None:
        """The next command is in this group of subshells."""
        if group not in self._directories:
            known = group
            while known not in self._directories:
                known = known[:-1]
            self._directories[group] = self._directories[known]
        self._group = group

    def move(self, word: str) -> None:
        self._directories[self._group] = self._resolved(word)

    def assign(self, name: str, value: str) -> None:
        self._variables[name] = value

    def outside(self, word: str) -> bool:
        """Whether a path leads out of the workspace; also when it begins with what cannot be known."""
        path = self._resolved(word)
        if path is None:
            return self._led_by_unknown(word)
        if path == self._root or path.startswith(self._root + "/"):
            return False
        return not any(path.startswith(free + "/") for free in self._free)

    def whole(self, word: str) -> bool:
        """Whether a path is all of the workspace, or its history."""
        path = self._resolved(word)
        if path is None:
            return False
        folder, name = posixpath.split(path)
        if _ALL.fullmatch(name) and folder == self._root:
            return True
        return (
            self._root == path
            or self._root.startswith(path + "/")
            or path == posixpath.join(self._root, ".git")
        )

    def _resolved(self, word: str) -> str | None:
        """None when it cannot be known. A link at its end is not followed, unless a slash asks for it."""
        word = _VARIABLE.sub(lambda found: self._variables.get(found[1] or found[2], found[0]), word)
        if word == "~" or word.startswith("~/"):
            word = self._variables["HOME"] + word[1:]
        directory = self._directories[self._group]
        if _UNKNOWN.search(word) or word.startswith("~") or (directory is None and not word.startswith("/")):
            return None
        path = posixpath.join(directory or "/", word)
        if word.endswith("/") or posixpath.basename(path) in ("", ".", ".."):
            return posixpath.realpath(path)
        return posixpath.join(posixpath.realpath(posixpath.dirname(path)), posixpath.basename(path))

    def _led_by_unknown(self, word: str) -> bool:
        """A variable alone is mostly a temporary directory; one before a slash may be empty, and ``/x`` is elsewhere."""
        if not word.startswith(("$", "~")):
            return not word.startswith("/") and self._directories[self._group] is None
        return word.startswith("~") or "/" in word
