"""The front matter of a test: what its comment ``/*--- … ---*/`` says about how to run it (INTERPRETING.md of the suite).

It is YAML, of which the suite uses little: lists in brackets or of lines with dashes, and one mapping, ``negative``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_COMMENT = re.compile(r"/\*---(.*?)---\*/", re.DOTALL)


class FrontMatter(NamedTuple):
    """``phase`` and ``error`` are of the expected failure: ("parse" | "resolution" | "runtime", constructor's name) or empty."""

    flags: frozenset[str] = frozenset()
    features: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    phase: str = ""
    error: str = ""


def read_front_matter(text: str) -> FrontMatter:
    found = _COMMENT.search(text)
    if found is None:
        return FrontMatter()
    yaml = re.sub(r"\r\n?", "\n", found[1]) + "\n"
    negative = re.search(r"^negative:[^\n]*\n((?:[ \t]+[^\n]*\n)*)", yaml, re.MULTILINE)
    below = negative[1] if negative else ""
    return FrontMatter(
        frozenset(_list(yaml, "flags")),
        tuple(_list(yaml, "features")),
        tuple(_list(yaml, "includes")),
        _word(below, "phase"),
        _word(below, "type"),
    )


def _list(yaml: str, key: str) -> list[str]:
    if inline := re.search(rf"^{key}:\s*\[(.*?)\]", yaml, re.MULTILINE | re.DOTALL):
        return [item for item in re.split(r"[\s,]+", re.sub(r"#.*", "", inline[1])) if item]
    if lines := re.search(rf"^{key}:[^\S\n]*\n((?:[^\S\n]*-[^\n]*\n)+)", yaml, re.MULTILINE):
        return re.findall(r"^\s*-\s*(\S+)", lines[1], re.MULTILINE)
    return []


def _word(yaml: str, key: str) -> str:
    found = re.search(rf"^\s*{key}:\s*(\S+)", yaml, re.MULTILINE)
    return found[1] if found else ""
