"""Asks acorn about many sources at once, and brings both trees into one form."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ACORN = HERE.parents[1] / "node_modules" / "acorn"

needs_acorn = pytest.mark.skipif(
    shutil.which("node") is None or not ACORN.is_dir(),
    reason="needs node on PATH and acorn in tests/node_modules (npm install --prefix tests)",
)


def ask_acorn(sources: list[str]) -> list[dict[str, Any]]:
    """For each source ``{"tree": …, "comments": […]}`` or ``{"error": message}``; one node process."""
    done = subprocess.run(
        ["node", str(HERE / "acorn_batch.js"), str(ACORN)],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def in_acorns_form(tree: Any, source: str) -> Any:
    """Our JSON tree with UTF-16 offsets and with strings as JSON brings them from JavaScript."""
    offsets = [0]
    for ch in source:
        offsets.append(offsets[-1] + (2 if ord(ch) > 0xFFFF else 1))
    return _convert(tree, offsets)


def _convert(value: Any, offsets: list[int]) -> Any:
    if isinstance(value, dict):
        return {
            key: offsets[item] if key in ("start", "end") else _convert(item, offsets)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_convert(item, offsets) for item in value]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if isinstance(value, float) and math.isinf(value):
        return "Infinity"
    return value


def first_difference(ours: Any, theirs: Any, path: str = "Program") -> str:
    """Where two JSON trees differ, with both values; "" if nowhere. Numbers compare by value, booleans by kind."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if ours.keys() != theirs.keys():
            return f"{path}: fields {sorted(ours.keys() ^ theirs.keys())} on one side only"
        pairs = [(f"{path}.{key}", ours[key], theirs[key]) for key in ours]
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = [(f"{path}[{i}]", a, b) for i, (a, b) in enumerate(zip(ours, theirs, strict=True))]
    else:
        same = isinstance(ours, bool) == isinstance(theirs, bool) and (
            ours == theirs or (isinstance(ours, float) and isinstance(theirs, int) and ours == float(theirs))
        )
        return "" if same else f"{path}: ours {ours!r}, acorn's {theirs!r}"
    return next(filter(None, (first_difference(a, b, where) for where, a, b in pairs)), "")
