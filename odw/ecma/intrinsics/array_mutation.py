"""The methods of Array.prototype that change their array in place (ECMA-262 23.1.3), but ``sort``."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.object_operations import (
    delete_property_or_throw,
    get_item,
    has_property,
    put_item,
)
from odw.ecma.abstract_ops.type_conversion import clamp_index, to_integer_or_infinity, to_object
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.array_support import (
    MAX_INTEGER,
    array_species_create,
    check_total,
    create_at,
    elements,
    length_of,
    set_length,
)
from odw.ecma.realm import untouched
from odw.ecma.values import HOLE, MISSING, JSArray, undefined


def push(this: Any, item: Any = MISSING, *more: Any) -> Any:
    if type(this) is JSArray and untouched.arrays:
        if item is not MISSING:
            this.append(item)
            if more:
                this.extend(more)
        return len(this)
    items = () if item is MISSING else (item, *more)
    o = to_object(this)
    length = length_of(o)
    if length + len(items) > MAX_INTEGER:
        raise type_error(
            f"Pushing {len(items)} elements on an array-like of length {length} is disallowed, "
            "as the total surpasses 2**53-1"
        )
    for item in items:
        put_item(o, length, item)
        length += 1
    set_length(o, length)
    return length


def pop(this: Any, *_: Any) -> Any:
    if type(this) is JSArray and untouched.arrays:
        last = this.pop() if len(this) else undefined
        return undefined if last is HOLE else last
    o = to_object(this)
    length = length_of(o)
    if length == 0:
        set_length(o, 0)
        return undefined
    value = get_item(o, length - 1)
    delete_property_or_throw(o, str(length - 1))
    set_length(o, length - 1)
    return value


def shift(this: Any, *_: Any) -> Any:
    if type(this) is JSArray and untouched.arrays:
        head = this.pop(0) if len(this) else undefined
        return undefined if head is HOLE else head
    o = to_object(this)
    length = length_of(o)
    if length == 0:
        set_length(o, 0)
        return undefined
    first = get_item(o, 0)
    for k in range(1, length):
        _move(o, k, k - 1)
    delete_property_or_throw(o, str(length - 1))
    set_length(o, length - 1)
    return first


def unshift(this: Any, *items: Any) -> Any:
    if type(this) is JSArray and untouched.arrays:
        this[0:0] = items
        return len(this)
    o = to_object(this)
    length = length_of(o)
    count = len(items)
    if count:
        if length + count > MAX_INTEGER:
            raise type_error("Invalid array length")
        for k in range(length - 1, -1, -1):
            _move(o, k, k + count)
        for k, item in enumerate(items):
            put_item(o, k, item)
    set_length(o, length + count)
    return length + count


def _move(o: Any, source: int, target: int) -> None:
    """Copy one element within ``o``, or delete the target where the source is absent."""
    if has_property(o, str(source)):
        put_item(o, target, get_item(o, source))
    else:
        delete_property_or_throw(o, str(target))


def splice(this: Any, *arguments: Any) -> Any:
    """https://tc39.es/ecma262/#sec-array.prototype.splice"""
    o = to_object(this)
    length = length_of(o)
    start = clamp_index(arguments[0], length) if arguments else 0
    if not arguments:
        count = 0
    elif len(arguments) == 1:
        count = length - start
    else:
        count = min(max(to_integer_or_infinity(arguments[1]), 0), length - start)
    items = arguments[2:]
    if type(o) is JSArray and len(o) == length and untouched.arrays:  # the arguments may have changed it
        removed = JSArray(o[start : start + count])
        o[start : start + count] = items
        return removed
    if length + len(items) - count > MAX_INTEGER:
        raise type_error("Invalid array length")
    result = array_species_create(o, count)
    for k, value in elements(o, start + count, start):
        create_at(result, k - start, value)
    set_length(result, count)
    shift_by = len(items) - count
    if shift_by < 0:
        for k in range(start + count, length):
            _move(o, k, k + shift_by)
        for k in range(length - 1, length + shift_by - 1, -1):
            delete_property_or_throw(o, str(k))
    elif shift_by > 0:
        for k in range(length - 1, start + count - 1, -1):
            _move(o, k, k + shift_by)
    for k, item in enumerate(items):
        put_item(o, start + k, item)
    set_length(o, length + shift_by)
    return result


def reverse(this: Any, *_: Any) -> Any:
    if type(this) is JSArray and untouched.arrays:
        list.reverse(this)
        return this
    o = to_object(this)
    length = length_of(o)
    for lower in range(length // 2):
        upper = length - 1 - lower
        has_lower = has_property(o, str(lower))
        low = get_item(o, lower) if has_lower else undefined
        has_upper = has_property(o, str(upper))
        high = get_item(o, upper) if has_upper else undefined
        if has_upper:
            put_item(o, lower, high)
        elif has_lower:
            delete_property_or_throw(o, str(lower))
        if has_lower:
            put_item(o, upper, low)
        elif has_upper:
            delete_property_or_throw(o, str(upper))
    return o


def fill(this: Any, value: Any = undefined, start: Any = undefined, end: Any = undefined, *_: Any) -> Any:
    o = to_object(this)
    length = length_of(o)
    k = clamp_index(start, length)
    final = clamp_index(end, length, length)
    if type(o) is JSArray and untouched.arrays:
        final = min(final, len(o))  # NON-SPEC, as V8: no growing back what a conversion above cut off
        if k < final:
            o[k:final] = [value] * (final - k)
        return o
    check_total(final - k)
    for index in range(k, final):
        put_item(o, index, value)
    return o


def copy_within(
    this: Any, target: Any = undefined, start: Any = undefined, end: Any = undefined, *_: Any
) -> Any:
    o = to_object(this)
    length = length_of(o)
    to = clamp_index(target, length)
    source = clamp_index(start, length)
    final = clamp_index(end, length, length)
    count = min(final - source, length - to)
    steps = range(count - 1, -1, -1) if source < to < source + count else range(count)
    for step in steps:
        _move(o, source + step, to + step)
    return o
