"""Prompts of the patterns: texts with holes such as ``{claim}``. Braces around anything else are left as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from odw.dsl.json_values import json_text

_HOLE = re.compile(r"\{([a-z]+)\}")


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with its holes filled, in one pass: what goes in is not looked at for holes again."""

    def filled(hole: re.Match[str]) -> str:
        return text(values[hole[1]]) if hole[1] in values else hole[0]

    return _HOLE.sub(filled, template)


def text(value: Any) -> str:
    """A text as it is, anything else as JSON."""
    return value if type(value) is str else json_text(value)


def bullets(lines: Sequence[str]) -> str:
    """Lines as a list in a prompt."""
    return "\n".join(f"- {line}" for line in lines)
