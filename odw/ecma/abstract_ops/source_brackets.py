"""Where the strings and brackets of a script's text end, for messages that quote it.

Comments and regular expressions count as code: what is scanned is the text of one expression.
"""

from __future__ import annotations

from typing import Final

CLOSING: Final = {"(": ")", "[": "]", "{": "}"}


def pieces(inner: str) -> list[str]:
    """What stands between the commas outside all brackets; none after the last comma."""
    found = []
    start = i = 0
    while i < len(inner):
        c = inner[i]
        if c in "\"'`":
            i = string_end(inner, i)
        elif c in CLOSING:
            i = close_of(inner, i)
        else:
            i += 1
            if c == ",":
                found.append(inner[start : i - 1])
                start = i
    if inner[start:].strip():
        found.append(inner[start:])
    return found


def substitutions(template: str) -> list[str]:
    """The texts of the expressions in a template."""
    found = []
    i = 1
    while i < len(template):
        if template[i] == "\\":
            i += 2
        elif template.startswith("${", i):
            end = close_of(template, i + 1)
            found.append(template[i + 2 : end - 1])
            i = end
        else:
            i += 1
    return found


def called_expression(text: str) -> str:
    """What stands before the argument list that ends ``text``, the source of an expression; "" if that is no call."""
    i = 0
    while i < len(text):
        c = text[i]
        if c in "\"'`":
            i = string_end(text, i)
        elif c in CLOSING:
            end = close_of(text, i)
            if c == "(" and end == len(text):
                return text[:i]
            i = end
        else:
            i += 1
    return ""


def string_end(text: str, start: int) -> int:
    """The index after the string or template that starts at ``start``."""
    quote = text[start]
    i = start + 1
    while i < len(text):
        if text[i] == "\\":
            i += 2
        elif text[i] == quote:
            return i + 1
        elif quote == "`" and text.startswith("${", i):
            i = close_of(text, i + 1)
        else:
            i += 1
    return len(text)


def close_of(text: str, start: int) -> int:
    """The index after the bracket that closes the one at ``start``; the end of the text when none does."""
    stack = [CLOSING[text[start]]]
    i = start + 1
    while i < len(text) and stack:
        c = text[i]
        if c in "\"'`":
            i = string_end(text, i)
            continue
        if c in CLOSING:
            stack.append(CLOSING[c])
        elif c == stack[-1]:
            stack.pop()
        i += 1
    return i
