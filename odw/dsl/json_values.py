"""Python values as JSON: models, dataclasses and the like become objects, everything else stays or is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

from odw.ecma.abstract_ops.number_text import number_to_string
from odw.errors import ResultNotJson
from odw.jsonvalue import JsonValue, check_json


def to_json(value: Any, what: str) -> JsonValue:
    """``value`` as JSON, its own copy. Raises TypeError, which names ``what`` and the path of what is not JSON."""
    converted = plain(value)
    try:
        check_json(converted)
    except ResultNotJson as error:
        raise TypeError(f"{what}: {error.message}") from None
    result: JsonValue = converted
    return result


def plain(value: Any) -> Any:
    """dict, list, str, numbers, bool and None, as far as that goes; what JSON cannot say stays what it is."""
    kind = type(value)
    if kind in (str, int, bool) or value is None:
        return value
    if kind is float:
        return int(value) if value.is_integer() and abs(value) <= 2**53 else value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name if type(name) is str else _key(name): plain(item) for name, item in value.items()}
    return _object(value)


def _object(value: Any) -> Any:
    dump = getattr(type(value), "model_dump", None)
    if dump is not None:  # a pydantic model
        return plain(value.model_dump(mode="json", by_alias=True))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, set | frozenset):  # their own order is not the same in two processes
        return sorted((plain(item) for item in value), key=json_text)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | PurePath):
        return str(value)
    for kind in (str, bool, int, float):  # subclasses
        if isinstance(value, kind):
            return kind(value)
    return value


def _key(name: Any) -> Any:
    plain_name = plain(name)
    return plain_name if isinstance(plain_name, str) else name


def json_text(value: Any) -> str:
    """As JavaScript's JSON.stringify writes it; what is not JSON by its repr."""
    found = plain(value)
    if _has_odd_float(found):
        return _written(found)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), default=repr)


def _has_odd_float(value: Any) -> bool:
    """Whether a number is in it that Python writes in another way than JavaScript: 1e-07, 1e+16, NaN."""
    if type(value) is float:
        return not math.isfinite(value) or "e" in repr(value)
    if type(value) is dict:
        return any(map(_has_odd_float, value.values()))
    return type(value) is list and any(map(_has_odd_float, value))


def _written(value: Any) -> str:
    if type(value) is float:
        return number_to_string(value) if math.isfinite(value) else "null"
    if type(value) is dict:
        return "{" + ",".join(f"{json_text(name)}:{_written(item)}" for name, item in value.items()) + "}"
    if type(value) is list:
        return f"[{','.join(map(_written, value))}]"
    return json.dumps(value, ensure_ascii=False, default=repr)
