"""How two questions to an agent differ, in a few lines."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from typing import Any

LINES = 24  # of a prompt's difference that are shown
_COMPARED = 4000  # characters of two prompts that are compared to find the nearest


def likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """From 0 to 2: how alike the prompts are, and how much of the rest is the same."""
    a, b = one["prompt"][:_COMPARED], other["prompt"][:_COMPARED]
    prompt = 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).quick_ratio()
    names = {*one, *other} - {"prompt"}
    same = sum(one.get(name) == other.get(name) for name in names)
    return prompt + (same / len(names) if names else 1.0)


def differences(recorded: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """What differs, a line each; [] for nothing."""
    found: list[str] = []
    if recorded["prompt"] != asked["prompt"]:
        found += ["prompt:", *_of_texts(recorded["prompt"], asked["prompt"])]
    for name in sorted({*recorded, *asked} - {"prompt"}):
        for path, before, after in _of_values(name, recorded.get(name), asked.get(name)):
            found.append(f"{path}: - {_shown(before)} + {_shown(after)}")
    return found


def _of_texts(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    changed = [f"  {line}" for line in list(lines)[2:] if not line.startswith("@@")]
    if not changed:  # only in how the last line ends
        return [f"  - {before[-60:]!r}", f"  + {after[-60:]!r}"]
    more = len(changed) - LINES
    return [*changed[:LINES], f"  … and {more} lines more"] if more > 0 else changed


def _of_values(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """The innermost places where two JSON values differ."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys((*before, *after)):
            yield from _of_values(f"{path}.{name}", before.get(name), after.get(name))
    else:
        yield path, before, after


def _shown(value: Any) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:99]}…"
