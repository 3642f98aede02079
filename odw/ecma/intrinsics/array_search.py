"""Array.prototype: looking elements up, and the array as a string (ECMA-262 23.1.3)."""

from __future__ import annotations

from itertools import islice
from typing import Any

from odw.ecma.abstract_ops.object_operations import get, get_item, invoke
from odw.ecma.abstract_ops.testing_comparison import nullish, same_value_zero, strict_equals
from odw.ecma.abstract_ops.type_conversion import to_integer_or_infinity, to_object, to_string
from odw.ecma.intrinsics.array_support import (
    elements,
    elements_backwards,
    length_of,
    this_object,
)
from odw.ecma.intrinsics.string_support import check_length
from odw.ecma.realm import R, untouched
from odw.ecma.values import HOLE, BigInt, JSArray, JSFunction, ObjectBase, undefined


def at(this: Any, index: Any = undefined, *_: Any) -> Any:
    if type(this) is JSArray and type(index) is int and -len(this) <= index < len(this):
        value = this[index]  # Python counts from the end just the same
        if value is not HOLE:
            return value
    o = to_object(this)
    length = length_of(o)
    k = to_integer_or_infinity(index)
    if k < 0:
        k += length
    return get_item(o, int(k)) if 0 <= k < length else undefined


def includes(this: Any, wanted: Any = undefined, start: Any = undefined, *_: Any) -> Any:
    if type(this) is JSArray and type(wanted) is str and start is undefined and untouched.arrays:
        return wanted in this if len(wanted) <= LONG else _position(this, wanted, 0) >= 0
    o = to_object(this)
    length = length_of(o)
    index = _start(start, length)
    if type(o) is JSArray and len(o) == length and untouched.arrays and wanted == wanted:
        if wanted is undefined:  # which a hole is, too
            return any(value is undefined or value is HOLE for value in islice(o, index, None))
        return _position(o, wanted, index) >= 0
    return any(same_value_zero(get_item(o, k), wanted) for k in range(index, length))


def index_of(this: Any, wanted: Any = undefined, start: Any = undefined, *_: Any) -> Any:
    if type(this) is JSArray and start is undefined and untouched.arrays:
        return _position(this, wanted, 0)
    o = this_object(this, "indexOf")
    length = length_of(o)
    index = _start(start, length)
    if type(o) is JSArray and len(o) == length and untouched.arrays:
        return _position(o, wanted, index)
    for k, value in elements(o, length, index):
        if strict_equals(value, wanted):
            return k
    return -1


def last_index_of(this: Any, wanted: Any = undefined, *start: Any) -> Any:
    o = to_object(this)
    length = length_of(o)
    if length == 0:
        return -1
    k = to_integer_or_infinity(start[0]) if start else length - 1
    k = min(k, length - 1) if k >= 0 else length + k
    if k >= 0:
        for index, value in elements_backwards(o, int(k)):
            if strict_equals(value, wanted):
                return index
    return -1


LONG = 4096  # where comparing a string with many others may take long, signals are heeded in between


def _position(array: Any, wanted: Any, start: int) -> int:
    """The first index of a plain array from ``start`` that holds what is strictly equal, or -1; holes are passed over."""
    kind = type(wanted)
    if kind is str and len(wanted) > LONG and len(array) > LONG:
        return next((k for k, value in enumerate(islice(array, start, None), start) if value == wanted), -1)
    if kind is str or kind is BigInt or ((kind is int or kind is float) and wanted == wanted):
        try:
            found = list.index(array, wanted, start)
            while type(array[found]) is bool:  # to Python, True is 1
                found = list.index(array, wanted, found + 1)
        except ValueError:
            return -1
        return found
    if kind is float:
        return -1  # NaN
    for value in islice(array, start, None):
        if value is wanted:
            return start
        start += 1
    return -1


def _start(start: Any, length: int) -> int:
    if start is undefined or length == 0:
        return 0
    n = to_integer_or_infinity(start)
    if n < 0:
        n += length
    return 0 if n < 0 else int(min(n, length))


_joining: list[
    Any
] = []  # the arrays whose joining is under way: one met again inside itself is empty, as in V8


def join(this: Any, separator: Any = undefined, *_: Any) -> Any:
    if type(this) is JSArray:
        if separator is undefined:
            return _join_plain(this, ",")
        if type(separator) is str:
            return _join_plain(this, separator)
    o = to_object(this)
    length = length_of(o)
    between = "," if separator is undefined else to_string(separator)
    if type(o) is JSArray and len(o) == length:
        return _join_plain(o, between)
    check_length(max(length - 1, 0) * len(between))
    return _guarded(o, lambda: _joined([_text(get_item(o, k)) for k in range(length)], between))


def _join_plain(o: Any, between: str) -> str:
    if 0 < len(o) <= LONG and type(o[0]) is str:
        try:
            return _joined(o, between)
        except TypeError:  # not all of them are strings
            pass
    parts: list[str] = []
    for index, value in enumerate(o):
        kind = type(value)
        if kind is str:
            parts.append(value)
        elif kind is int:
            parts.append(int.__repr__(value))
        elif (
            isinstance(value, ObjectBase) or value is HOLE
        ):  # converting it may run code that changes the array
            length = len(o)
            return _guarded(
                o,
                lambda: _joined(parts + [_text(get_item(o, k)) for k in range(index, length)], between),  # noqa: B023
            )
        else:
            parts.append(_text(value))
    return _joined(parts, between)


def _joined(parts: list[str], between: str) -> str:
    check_length(sum(map(len, parts)) + len(between) * (len(parts) - 1))
    return between.join(parts)


def _text(value: Any) -> str:
    return "" if value is None or value is undefined else to_string(value)


def _guarded(o: Any, produce: Any) -> str:
    if any(o is outer for outer in _joining):
        return ""
    _joining.append(o)
    try:
        return produce()  # type: ignore[no-any-return]
    finally:
        _joining.pop()


def to_string_(this: Any, *_: Any) -> Any:
    """Array.prototype.toString: https://tc39.es/ecma262/#sec-array.prototype.tostring"""
    o = to_object(this)
    method = get(o, "join")
    if isinstance(method, JSFunction):
        return method.call(o)
    return R.object_prototype_to_string.call(o)


def to_locale_string(this: Any, locales: Any = undefined, options: Any = undefined, *_: Any) -> Any:
    o = to_object(this)

    def produce() -> str:
        parts = []
        for k in range(length_of(o)):
            value = get_item(o, k)
            parts.append(
                "" if nullish(value) else to_string(invoke(value, "toLocaleString", locales, options))
            )
        return _joined(parts, ",")

    return _guarded(o, produce)
