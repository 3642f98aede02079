"""The script that a command line names, as text; and where what is made of it is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from odw.cli.terminal import note
from odw.errors import UsageError
from odw.settings import load_settings

if TYPE_CHECKING:
    from odw.transpile.source import Source

STDIN = "<stdin>"


def write_output(target: str | None, text: str) -> None:
    """Write ``text`` to the file of ``-o``, or to standard output for None and ``-``. Raises UsageError."""
    if target is None or target == "-":
        sys.stdout.write(text)
        return
    try:
        Path(target).write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"-o: cannot write {target}: {error.strerror}") from None
    note(f"wrote {target}")


def script_path(word: str) -> str:
    """The file that a path, or the name of a saved workflow, means. Raises UsageError for a name that nothing has."""
    from odw.loader import Loader

    path = Loader(Path.cwd(), load_settings()).path_of(word)
    return word if path == Path(word) else str(path)


def read_script(word: str) -> Source:
    """The script at a path or of a saved name; ``-`` is standard input. Raises UsageError or ScriptRejected as ``load_source`` does."""
    from odw.transpile.source import load_source

    limit = load_settings().value_of("max_script_bytes")
    if word == "-":
        return load_source(sys.stdin.buffer.read(limit + 1), STDIN, max_bytes=limit)
    return load_source(script_path(word), max_bytes=limit)


def read_bytes(path: str) -> bytes:
    """A file of Python. Raises UsageError."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
