"""The text an executor is given: the author's prompt, what shape the answer is to have, what was wrong with the last one.

What is added comes after the prompt, so that equal beginnings stay equal and providers' caches hit.
"""

from __future__ import annotations

import json
from typing import Any

from odw.runtime.abc import CallRequest

PREVIOUS_LIMIT = 50_000  # characters of a wrong answer that are shown again


def prompt_text(request: CallRequest, *, native_schema: bool = False, native_agent: bool = False) -> str:
    """The whole prompt of one attempt.

    ``native_schema``, ``native_agent``: the program gets the schema, or the agent type's prompt, by other means.
    """
    parts = [request.prompt]
    if request.agent is not None and request.agent.prompt and not native_agent:
        parts.insert(0, request.agent.prompt)
    if request.schema is not None and not native_schema:
        parts.append(contract(request.schema))
    if request.feedback:
        parts.append(f"Your previous answer was:\n{_previous(request.previous)}\n\n{_mismatch(request)}")
    return "\n\n".join(parts)


def repair_text(request: CallRequest, *, native_schema: bool = False) -> str:
    """What an executor is told that continues the session in which it gave the wrong answer."""
    text = f"Your answer was not accepted. {_mismatch(request)}"
    return text if native_schema else f"{text}\n\n{contract(request.schema)}"


def contract(schema: Any) -> str:
    """What is added to a prompt for an executor that takes no schema: the same bytes for the same schema."""
    text = json.dumps(schema, ensure_ascii=False)
    return (
        "Answer with one JSON value that is valid under this JSON Schema, and with nothing else: "
        f"no explanation before or after it, no code fence.\n{text}"
    )


def _mismatch(request: CallRequest) -> str:
    problems = "\n".join(f"- {problem}" for problem in request.feedback)
    return f"It does not match the schema:\n{problems}\n\nGive the whole answer again, with these problems mended."


def _previous(text: str) -> str:
    if len(text) <= PREVIOUS_LIMIT:
        return text
    half = PREVIOUS_LIMIT // 2
    return f"{text[:half]}\n[{len(text) - PREVIOUS_LIMIT} characters left out]\n{text[-half:]}"
