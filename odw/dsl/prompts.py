"""Prompts from templates: ``Review the diff for {dimension} problems.``

A value that is no text goes in as JSON, unless the template gives it a format of its own (``{score:.2f}``, ``{name!r}``).
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from odw.dsl.json_values import json_text


class _PromptFormatter(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec:
            return format(value, format_spec)
        return value if type(value) is str else json_text(value)


_FORMATTER = _PromptFormatter()


class Template:
    """A prompt with ``{names}``. Most name whole parameters: those are put in without Python's formatter, which takes its time."""

    __slots__ = ("_plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain = _plain_parts(text)

    def fill(self, values: Mapping[str, Any], what: str) -> str:
        """The template with its names replaced. Raises TypeError, which names ``what``, for a name that is not there."""
        if self._plain is not None:
            try:
                return "".join(
                    [
                        part
                        if name is None
                        else value
                        if type(value := values[name]) is str
                        else json_text(value)
                        for part, name in self._plain
                    ]
                )
            except KeyError:
                pass  # the formatter says which
        try:
            return _FORMATTER.vformat(self.text, (), values)
        except KeyError as error:
            known = ", ".join(values) or "none"
            raise TypeError(
                f"{what}: the prompt names {{{error.args[0]}}}, which is no parameter (there are: {known}); "
                "a brace that is meant as such is written twice"
            ) from None
        except (ValueError, IndexError) as error:
            raise TypeError(
                f"{what}: the prompt is no template: {error}; a brace that is meant as such is written twice"
            ) from None


def _plain_parts(text: str) -> list[tuple[str, str | None]] | None:
    """Texts and names in turn; None for a template that has formats, conversions or parts of values."""
    parts: list[tuple[str, str | None]] = []
    try:
        for literal, name, form, conversion in _FORMATTER.parse(text):
            if literal:
                parts.append((literal, None))
            if name is None:
                continue
            if form or conversion or not name.isidentifier():
                return None
            parts.append((name, name))
    except ValueError:  # the formatter says what is wrong, when the call is made
        return None
    return parts
