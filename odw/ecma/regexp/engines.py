"""The C engines: texts made by ``translate`` compiled by ``re``, or by ``regex`` where a text needs it."""

from __future__ import annotations

import re
from typing import Any

from odw.ecma.regexp.tree import Flags


def compile_text(text: str, flags: Flags, needs_regex: bool) -> Any:
    """A Python pattern object. ``re`` gets ASCII semantics; a dot matches everything in both engines."""
    if needs_regex:
        import regex

        return regex.compile(text, regex.DOTALL | regex.UNICODE | regex.VERSION0)
    options = re.ASCII | re.DOTALL
    if flags.ignore_case and not flags.full_unicode:
        options |= re.IGNORECASE
    return re.compile(text, options)
