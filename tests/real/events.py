"""What the three protocols share: server-sent events, texts in pieces, counters for names."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from typing import Any

PIECE = 12  # characters of one delta
_numbers = itertools.count(1)


def event(name: str | None, data: Any) -> bytes:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f"event: {name}\ndata: {text}\n\n".encode() if name else f"data: {text}\n\n".encode()


def pieces(text: str) -> list[str]:
    """The text in deltas; a long one in few, so that a megabyte is not 80,000 events."""
    size = max(PIECE, len(text) // 50)
    return [text[at : at + size] for at in range(0, len(text), size)]


def new_id(prefix: str) -> str:
    """A name that no other answer of this process has."""
    return f"{prefix}_{next(_numbers):06d}"


def arguments(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def texts(content: Any, kinds: Iterable[str] = ("text", "input_text", "output_text")) -> str:
    """The text of a message's content, which is a text or a list of blocks."""
    if isinstance(content, str):
        return content
    return "\n".join(
        block.get("text", "")
        for block in content or ()
        if isinstance(block, dict) and block.get("type") in kinds
    )
