"""The text an executor is given: the author's prompt, what shape the answer is to have, what was wrong with the last one.

What is added comes after the prompt, so that equal beginnings stay equal and providers' caches hit.
"""

from __future__ import annotations

import json

from odw.runtime.abc import CallRequest

PREVIOUS_LIMIT = 50_000  # characters of a wrong answer that are shown again


def prompt_text(request: CallRequest, *, native_schema: bool = False) -> str:
    """The whole prompt of one attempt. ``native_schema``: the program gets the schema by other means."""
    parts = [request.prompt]
    if request.schema is not None and not native_schema:
        schema = json.dumps(request.schema, ensure_ascii=False)
        parts.append(
            "Answer with one JSON value that is valid under this JSON Schema, and with nothing else: "
            f"no explanation before or after it, no code fence.\n{schema}"
        )
    if request.feedback:
        problems = "\n".join(f"- {problem}" for problem in request.feedback)
        parts.append(
            f"Your previous answer was:\n{_previous(request.previous)}\n\n"
            f"It does not match the schema:\n{problems}\n\n"
            "Give the whole answer again, with these problems mended."
        )
    return "\n\n".join(parts)


def _previous(text: str) -> str:
    if len(text) <= PREVIOUS_LIMIT:
        return text
    half = PREVIOUS_LIMIT // 2
    return f"{text[:half]}\n[{len(text) - PREVIOUS_LIMIT} characters left out]\n{text[-half:]}"
