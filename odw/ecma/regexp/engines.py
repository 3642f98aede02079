"""The C engine: texts made by ``translate``, compiled by ``re``.

Both it and the machine look for signals as they match, so that the limit of a slice ends a pattern that explodes.
"""

from __future__ import annotations

import re

from odw.ecma.regexp.tree import Flags


def compile_text(text: str, flags: Flags) -> re.Pattern[str]:
    """A Python pattern object with ASCII semantics, whose dot matches everything."""
    options = re.ASCII | re.DOTALL
    if flags.ignore_case and not flags.full_unicode:
        options |= re.IGNORECASE
    return re.compile(text, options)
