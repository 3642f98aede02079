"""JavaScript values to JSON values and back.

Outwards the meaning is JSON.stringify's (ECMA-262 25.5.2): ``toJSON`` is honoured, undefined and functions are dropped from objects
and null in arrays, -0 is 0, NaN and the infinities are null. What it cannot say raises ResultNotJson with the path of
the value. Inwards every object is new and ordinary: a ``__proto__`` key is an own property like any other.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.object_operations import get_item, length_of_array_like
from odw.ecma.abstract_ops.own_properties import enumerable_own_properties
from odw.ecma.abstract_ops.testing_comparison import is_array
from odw.ecma.abstract_ops.type_conversion import from_host_string, to_host_string, to_number, to_string
from odw.ecma.realm import R
from odw.ecma.values import (
    HOLE,
    MAX_SAFE,
    BigInt,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    undefined,
)
from odw.ecma.wrappers import BigIntObject, BooleanObject, NumberObject, StringObject
from odw.errors import ResultNotJson
from odw.jsonvalue import MAX_DEPTH, JsonValue
from odw.runtime.abc import ABSENT
from odw.schema import json_path


def to_json(value: Any) -> Any:
    """A deep copy of a script value as JSON; ABSENT for undefined, functions and symbols. May run getters and ``toJSON``."""
    return _Outwards().value(value, "")


def to_json_or_null(value: Any) -> JsonValue:
    """The same, with null for what JSON leaves out."""
    converted = to_json(value)
    return None if converted is ABSENT else converted


class _Outwards:
    """One conversion: the path to the value in hand, and the objects on it."""

    __slots__ = ("_open", "_path", "_plain_methods")

    def __init__(self) -> None:
        self._path: list[str | int] = []
        self._open: set[int] = set()
        # whether any object could inherit a toJSON: no script does that, and the look-up for each would cost
        self._plain_methods = "toJSON" not in R.object_prototype and "toJSON" not in R.array_prototype.named

    def value(self, v: Any, key: str | int) -> Any:
        t = type(v)
        if t is str:
            return to_host_string(v)
        if t is int or t is bool or v is None:
            return v
        if t is float:
            return _number(v)
        if t is JSObject and self._plain_methods and "toJSON" not in v:
            return self._object(v)
        if t is JSArray and self._plain_methods:
            return self._array(v)
        if t is BigInt or isinstance(v, ObjectBase):
            return self._unusual(v, key)
        return ABSENT

    def _unusual(self, v: Any, key: str | int) -> Any:
        if isinstance(v, ObjectBase):
            method = v.js_get("toJSON", v)  # type: ignore[attr-defined]
        else:
            method = R.bigint_prototype.js_get("toJSON", v)
        if isinstance(method, JSFunction):
            v = method.call(v, from_host_string(str(key)))
            if not isinstance(v, ObjectBase) and type(v) is not BigInt:
                return self.value(v, key)
        if isinstance(v, NumberObject):
            return self.value(to_number(v), key)
        if isinstance(v, StringObject):
            return to_host_string(to_string(v))
        if isinstance(v, BooleanObject):
            return v.primitive
        if type(v) is BigInt or isinstance(v, BigIntObject):
            raise self._refuse("a BigInt")
        if isinstance(v, JSFunction):
            return ABSENT
        return self._array(v) if is_array(v) else self._object(v)

    def _object(self, o: Any) -> dict[str, JsonValue]:
        self._enter(o)
        path = self._path
        result: dict[str, JsonValue] = {}
        for key in enumerable_own_properties(o, "key"):
            item = o[key] if type(o) is JSObject and key in o else o.js_get(key, o)
            path.append(key)
            converted = self.value(item, key)
            path.pop()
            if converted is not ABSENT:
                result[to_host_string(key)] = converted
        self._open.discard(id(o))
        return result

    def _array(self, o: Any) -> list[JsonValue]:
        self._enter(o)
        path = self._path
        result: list[JsonValue] = []
        for index in range(length_of_array_like(o)):
            item = o[index] if type(o) is JSArray and index < len(o) else get_item(o, index)
            path.append(index)
            converted = self.value(get_item(o, index) if item is HOLE else item, index)
            path.pop()
            result.append(None if converted is ABSENT else converted)
        self._open.discard(id(o))
        return result

    def _enter(self, o: Any) -> None:
        if id(o) in self._open:
            raise self._refuse("a circular reference")
        if len(self._path) >= MAX_DEPTH:
            raise ResultNotJson(
                f"a value that nests more than {MAX_DEPTH} levels deep cannot be written as JSON", "$"
            )
        self._open.add(id(o))

    def _refuse(self, what: str) -> ResultNotJson:
        path = to_host_string(json_path(self._path))
        return ResultNotJson(f"{what} at {path} cannot be written as JSON", path)


def _number(x: float) -> int | float | None:
    if x - x != 0:  # NaN or an infinity
        return None
    return int(x) if x == 0 else x


def from_json(value: JsonValue) -> Any:
    """A new script value: plain objects and arrays, strings in UTF-16, numbers as the value model has them."""
    t = type(value)
    if t is str:
        return from_host_string(value)  # type: ignore[arg-type]
    if t is dict:
        return JSObject(
            {from_host_string(key): from_json(item) for key, item in value.items()}  # type: ignore[union-attr]
        )
    if t is list:
        return JSArray([from_json(item) for item in value])  # type: ignore[union-attr]
    if t is int:
        return value if -MAX_SAFE <= value <= MAX_SAFE else _large(value)  # type: ignore[operator, arg-type]
    if t is float:
        if value.is_integer() and -MAX_SAFE <= value <= MAX_SAFE:  # type: ignore[union-attr, operator]
            return int(value) if value != 0 or str(value)[0] != "-" else value  # type: ignore[arg-type]
        return value
    return value


def _large(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def host_text(value: Any) -> str:
    """ToString(value) as a host string."""
    return to_host_string(value if type(value) is str else to_string(value))


__all__ = ["from_json", "host_text", "to_json", "to_json_or_null", "undefined"]
