"""How much a workflow may hand over at once: its result, a prompt, a checkpoint, a line of its log.

All of it goes into the journal, to executors and to terminals, where a value of hundreds of megabytes, most often one that a
loop has grown by mistake, would hold the run up and fill the disk. What agents answer is bounded by their executors.
"""

from __future__ import annotations

import json
from typing import Any

from odw.errors import WorkflowError

LINE = 2**20  # characters of a line of the log, of a phase's title or detail
MEGABYTE = 2**20


class TooLarge(ValueError):
    """A value that is not recorded because of its size; the message says what, how large, and what to do."""


def check_text_size(text: str, what: str, limit_mb: int) -> None:
    """Raise TooLarge for a text of more than ``limit_mb`` megabytes of UTF-8; ``what`` begins the message."""
    if len(text) > limit_mb * MEGABYTE // 4:  # a character has four bytes at most
        size = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
        if size > limit_mb * MEGABYTE:
            raise TooLarge(
                f"{what} has {size / MEGABYTE:.1f} MB, more than the {limit_mb} MB that a value may have "
                "(ODW_MAX_VALUE_MB raises the limit)"
            )


def check_json_size(value: Any, what: str, limit_mb: int) -> None:
    """The same for a JSON value, by the text that is recorded of it."""
    if isinstance(value, str):
        check_text_size(value, what, limit_mb)
    elif isinstance(value, dict | list):
        check_text_size(json.dumps(value, ensure_ascii=False, separators=(",", ":")), what, limit_mb)


def check_result_size(result: Any, limit_mb: int) -> None:
    """Raise WorkflowError for a result that is too large to be recorded. The answers it is made of are safe."""
    try:
        check_json_size(result, "the result", limit_mb)
    except TooLarge as error:
        raise WorkflowError(
            f"result_too_large: {error}",
            hint="Return what matters, or let an agent write the rest into files. The agents' answers are recorded: "
            "odw resume gives them back without asking again.",
            code="result_too_large",
        ) from None


def line(text: str) -> str:
    """A line for the log: cut at LINE characters, and it says so."""
    if len(text) <= LINE:
        return text
    return f"{text[:LINE]}… [cut: {LINE:,} of {len(text):,} characters are shown]"
