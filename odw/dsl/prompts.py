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


def fill(template: str, values: Mapping[str, Any], what: str) -> str:
    """The template with its names replaced. Raises TypeError, which names ``what``, for a name that is not there."""
    if "{" not in template and "}" not in template:
        return template
    try:
        return _FORMATTER.vformat(template, (), values)
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
