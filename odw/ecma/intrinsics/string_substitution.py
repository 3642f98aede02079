"""What ``$1``, ``$&`` and their like stand for in a replacement text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.intrinsics.string_support import check_length
from odw.ecma.values import undefined


def get_substitution(
    matched: str, text: str, position: int, captures: Sequence[Any], named_captures: Any, template: str
) -> str:
    """GetSubstitution: https://tc39.es/ecma262/#sec-getsubstitution

    ``captures`` are str or undefined, the first group first; ``named_captures`` is an object or undefined.
    """
    dollar = template.find("$")
    if dollar < 0:
        return template
    parts: list[str] = []
    start = 0
    count = len(captures)
    while dollar >= 0:
        parts.append(template[start:dollar])
        sign = template[dollar + 1 : dollar + 2]
        start = dollar + 2
        if sign == "$":
            parts.append("$")
        elif sign == "&":
            parts.append(matched)
        elif sign == "`":
            parts.append(text[:position])
        elif sign == "'":
            parts.append(text[position + len(matched) :])
        elif sign and sign in "0123456789":
            digits = template[dollar + 1 : dollar + 3]
            width = 2 if len(digits) == 2 and digits[1] in "0123456789" else 1
            if width == 2 and not 1 <= int(digits) <= count:
                width = 1
            group = int(digits[:width])
            if 1 <= group <= count:
                capture = captures[group - 1]
                parts.append("" if capture is undefined else capture)
                start = dollar + 1 + width
            else:
                parts.append("$")
                start = dollar + 1
        elif sign == "<" and named_captures is not undefined and (end := template.find(">", dollar)) >= 0:
            capture = get(named_captures, template[dollar + 2 : end])
            parts.append("" if capture is undefined else to_string(capture))
            start = end + 1
        else:
            parts.append("$")
            start = dollar + 1
        dollar = template.find("$", start)
    parts.append(template[start:])
    check_length(sum(map(len, parts)))
    return "".join(parts)
