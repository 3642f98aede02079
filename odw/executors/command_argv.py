"""The command line of a declared program: placeholders filled in, what has no value left out."""

from __future__ import annotations

from collections.abc import Mapping

from odw.executors._wishes import plain
from odw.executors.command_config import PLACEHOLDER
from odw.runtime.abc import CallRequest


def command_line(argv: tuple[str, ...], request: CallRequest, files: Mapping[str, str | None]) -> list[str]:
    """``argv`` with its placeholders filled in; ``files`` holds prompt_file and schema_file.

    A word with a placeholder that has no value is left out; if it is no flag itself, a flag right before it goes too:
    ``["--model", "{model}"]`` and ``["--model={model}"]`` both vanish in a call that names no model.
    """
    values: dict[str, str | None] = {
        "model": plain("model", request.model),
        "effort": plain("effort", request.effort),
        "cwd": request.cwd,
        "label": "".join(c if c.isprintable() else " " for c in request.label),
        "attempt": str(request.attempt),
        **files,
    }
    words: list[str] = []
    literal = False  # whether the last of ``words`` stands in argv as it is
    for word in argv:
        names = [match["name"] for match in PLACEHOLDER.finditer(word) if match["name"]]
        if any(values[name] is None for name in names):
            if literal and words[-1].startswith("-") and not word.startswith("-") and len(words) > 1:
                words.pop()
            literal = False
            continue
        words.append(
            PLACEHOLDER.sub(
                lambda match: values[match["name"]] or "" if match["name"] else f"{{{match['literal']}}}",
                word,
            )
        )
        literal = not names
    return words
