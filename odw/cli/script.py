"""The script that a command line names, as text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from odw.settings import load_settings

if TYPE_CHECKING:
    from odw.transpile.source import Source

STDIN = "<stdin>"


def read_script(word: str) -> Source:
    """The script at a path; ``-`` is standard input. Raises UsageError or ScriptRejected as ``load_source`` does."""
    from odw.transpile.source import load_source

    limit = load_settings().value_of("max_script_bytes")
    if word == "-":
        return load_source(sys.stdin.buffer.read(limit + 1), STDIN, max_bytes=limit)
    return load_source(word, max_bytes=limit)
