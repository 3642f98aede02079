"""JSON values as Python has them, their one canonical text, and errors that name the path of what is not JSON."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any, TypeAlias

from odw.errors import ResultNotJson

MAX_DEPTH = 256  # levels of nesting that a value may have; far below what recursion over it could bear

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None


def canonical_json(value: JsonValue) -> str:
    """The text that equal values share: sorted keys, no spaces, lone surrogates replaced, integral floats as ints."""
    return json.dumps(_normalised(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(value: JsonValue) -> str:
    """SHA-256 of ``canonical_json``, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "replace")).hexdigest()


def check_json(value: Any, path: str = "$") -> None:
    """Raise ResultNotJson, naming the path, unless ``value`` is made of dict, list, str, finite numbers, bool, None."""
    _check(value, path, set())


def too_deep(value: Any, levels: int = MAX_DEPTH) -> bool:
    """Whether arrays and objects nest more than ``levels`` deep in ``value``."""
    if isinstance(value, dict):
        items: Any = value.values()
    elif isinstance(value, list):
        items = value
    else:
        return False
    return levels == 0 or any(type(item) is not str and too_deep(item, levels - 1) for item in items)


def _check(value: Any, path: str, ancestors: set[int]) -> None:
    if value is None or isinstance(value, bool | str | int):
        return
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ResultNotJson(f"{value!r} at {path} is not a JSON number", path)
        return
    if not isinstance(value, dict | list):
        raise ResultNotJson(f"a {type(value).__name__} at {path} is not JSON", path)
    if id(value) in ancestors:
        raise ResultNotJson(f"the value at {path} contains itself", path)
    ancestors.add(id(value))
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ResultNotJson(f"the key {key!r} at {path} is not a string", path)
            _check(item, f"{path}.{key}" if key.isidentifier() else f"{path}[{json.dumps(key)}]", ancestors)
    else:
        for index, item in enumerate(value):
            _check(item, f"{path}[{index}]", ancestors)
    ancestors.discard(id(value))


def _normalised(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    if isinstance(value, dict):
        return {key: _normalised(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normalised(item) for item in value]
    return value
