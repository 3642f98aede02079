"""The methods of Array.prototype that build another array without a callback, and ``flatMap`` (ECMA-262 23.1.3)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.object_operations import get, get_item
from odw.ecma.abstract_ops.testing_comparison import is_array
from odw.ecma.abstract_ops.type_conversion import (
    clamp_index,
    to_integer_or_infinity,
    to_object,
    truthy,
)
from odw.ecma.completion import range_error, type_error
from odw.ecma.intrinsics.array_support import (
    MAX_ARRAY_LENGTH,
    MAX_INTEGER,
    array_species_create,
    check_total,
    create_at,
    elements,
    length_of,
    sees_only,
    set_length,
    this_object,
)
from odw.ecma.realm import R, untouched
from odw.ecma.values import HOLE, ArrayObject, JSArray, JSFunction, ObjectBase, WellKnown, undefined


def slice_(this: Any, start: Any = undefined, end: Any = undefined, *_: Any) -> Any:
    if type(this) is JSArray and type(start) is int and untouched.arrays:
        if end is undefined:
            return JSArray(this[start:])  # Python's slices count from the end and clamp just the same
        if type(end) is int:
            return JSArray(this[start:end])
    o = to_object(this)
    length = length_of(o)
    k = clamp_index(start, length)
    final = clamp_index(end, length, length)
    if type(o) is JSArray and len(o) == length and untouched.arrays:  # the arguments may have changed it
        return JSArray(o[k:final])
    count = max(final - k, 0)
    result = array_species_create(o, count)
    for index, value in elements(o, final, k):
        create_at(result, index - k, value)
    set_length(result, count)
    return result


def concat(this: Any, *items: Any) -> Any:
    if type(this) is JSArray and untouched.arrays and _nothing_spreadable():
        plain = _concatenated(this, items)
        if plain is not None:
            return JSArray(plain)
    o = this_object(this, "concat")
    result = array_species_create(o, 0)
    n = 0
    for item in (o, *items):
        if (
            type(result) is JSArray
            and len(result) == n  # else what came before ended in holes
            and type(item) is JSArray
            and untouched.arrays
            and _nothing_spreadable()
        ):
            check_total(n + len(item))
            result.extend(item)
            n += len(item)
        elif _is_concat_spreadable(item):
            length = length_of(item)
            if n + length > MAX_INTEGER:
                raise type_error("Invalid array length")
            for index, value in elements(item, length):
                create_at(result, n + index, value)
            n += length
        else:
            if n >= MAX_INTEGER:
                raise type_error("Invalid array length")
            create_at(result, n, item)
            n += 1
    if length_of(result) != n:
        set_length(result, n)
    return result


def _concatenated(first: Any, items: tuple[Any, ...]) -> list[Any] | None:
    """``first``, a plain array, with the items; None if one of them is an object that must be asked what it is."""
    found: list[Any] = first[:]
    for item in items:
        if type(item) is JSArray:
            check_total(len(found) + len(item))
            found.extend(item)
        elif isinstance(item, ObjectBase):
            return None
        else:
            found.append(item)
    return found


def _nothing_spreadable() -> bool:
    """Whether plain arrays have no Symbol.isConcatSpreadable, and so are spread for what they are."""
    symbol = WellKnown.is_concat_spreadable
    return symbol not in R.array_prototype.named and symbol not in R.object_prototype


def _is_concat_spreadable(item: Any) -> bool:
    """IsConcatSpreadable (23.1.3.2.1)."""
    if not isinstance(item, ObjectBase):
        return False
    spreadable = get(item, WellKnown.is_concat_spreadable)
    return is_array(item) if spreadable is undefined else truthy(spreadable)


def flat(this: Any, depth: Any = undefined, *_: Any) -> Any:
    o = to_object(this)
    length = length_of(o)
    levels = 1 if depth is undefined else to_integer_or_infinity(depth)
    if type(o) is JSArray and levels == 1 and untouched.arrays:
        plain = _flattened(o)
        if plain is not None:
            return JSArray(plain)
    result = array_species_create(o, 0)
    _flatten_into(result, o, length, 0, levels)
    return result


def _flattened(array: Any) -> list[Any] | None:
    """The elements of a plain array and of the plain arrays in it; None if it has an element that may be another array."""
    found: list[Any] = []
    value: Any
    for value in array:
        if type(value) is JSArray:
            check_total(len(found) + len(value))
            found.extend([v for v in value if v is not HOLE] if HOLE in value else value)
        elif isinstance(value, ArrayObject) or (
            isinstance(value, ObjectBase) and value.class_name == "Proxy"  # type: ignore[attr-defined]
        ):
            return None
        elif value is not HOLE:
            found.append(value)
    return found


def flat_map(this: Any, mapper: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    o = to_object(this)
    length = length_of(o)
    if not isinstance(mapper, JSFunction):
        raise type_error("flatMap mapper function is not callable")
    call = mapper.call
    result = array_species_create(o, 0)
    plain = type(result) is JSArray
    to = length_of(result)
    lean = sees_only(call, 1, length)
    for index, value in elements(o, length):
        mapped = call(this_arg, value) if lean else call(this_arg, value, index, o)
        if plain and type(mapped) is JSArray and untouched.arrays:
            check_total(to + len(mapped))
            result.extend([v for v in mapped if v is not HOLE] if HOLE in mapped else mapped)
            to = len(result)
        elif is_array(mapped):
            to = _flatten_into(result, mapped, length_of(mapped), to, 0)
        else:
            create_at(result, to, mapped)
            to += 1
    return result


def _flatten_into(target: Any, source: Any, length: int, start: int, depth: float) -> int:
    """FlattenIntoArray (23.1.3.13.1)."""
    for _, value in elements(source, length):
        if depth > 0 and isinstance(value, ObjectBase) and is_array(value):
            start = _flatten_into(target, value, length_of(value), start, depth - 1)
        else:
            check_total(start)
            create_at(target, start, value)
            start += 1
    return start


def _copy(o: Any, start: int, end: int) -> list[Any]:
    """The elements as a list, holes read as undefined."""
    if type(o) is JSArray:
        return [get_item(o, start + k) if v is HOLE else v for k, v in enumerate(o[start:end])]
    check_total(end - start)
    return [get_item(o, k) for k in range(start, end)]


def to_reversed(this: Any, *_: Any) -> Any:
    o = to_object(this)
    length = length_of(o)
    if length > MAX_ARRAY_LENGTH:
        raise range_error("Invalid array length")
    if type(o) is JSArray:
        return JSArray(_copy(o, 0, length)[::-1])
    check_total(length)
    return JSArray([get_item(o, k) for k in range(length - 1, -1, -1)])


def to_spliced(this: Any, *arguments: Any) -> Any:
    o = to_object(this)
    length = length_of(o)
    start = clamp_index(arguments[0], length) if arguments else 0
    if not arguments:
        skip = 0
    elif len(arguments) == 1:
        skip = length - start
    else:
        skip = min(max(to_integer_or_infinity(arguments[1]), 0), length - start)
    total = length + len(arguments[2:]) - skip
    if total > MAX_INTEGER:
        raise type_error("Invalid array length")
    if total > MAX_ARRAY_LENGTH:
        raise range_error("Invalid array length")
    return JSArray([*_copy(o, 0, start), *arguments[2:], *_copy(o, start + skip, length)])


def with_(this: Any, index: Any = undefined, value: Any = undefined, *_: Any) -> Any:
    o = to_object(this)
    length = length_of(o)
    relative = to_integer_or_infinity(index)
    actual = relative if relative >= 0 else length + relative
    if length > MAX_ARRAY_LENGTH:
        raise range_error("Invalid array length")
    if not 0 <= actual < length:
        raise range_error(f"Invalid index : {describe(index)}")
    index = int(actual)
    return JSArray([*_copy(o, 0, index), value, *_copy(o, index + 1, length)])
