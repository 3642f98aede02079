"""The methods of Array.prototype that call a function for each element (ECMA-262 23.1.3).

Most functions see only the first of the arguments ``(element, index, array)`` (of ``reduce``: the first two). For those
there is a loop that passes no others.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from odw.ecma.abstract_ops.object_operations import get_item
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.array_support import (
    array_species_create,
    create_at,
    elements,
    elements_backwards,
    length_of,
    require_callable,
    sees_only,
    this_object,
)
from odw.ecma.realm import untouched
from odw.ecma.values import HOLE, JSArray, Property, undefined


def for_each(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    o = this_object(this, "forEach")
    length = length_of(o)
    call = require_callable(callback)
    index = 0
    if type(o) is JSArray:
        if sees_only(call, 1, length):
            for value in islice(o, length):
                if value is HOLE or type(value) is Property:
                    break
                call(this_arg, value)
                index += 1
        else:
            for value in islice(o, length):
                if value is HOLE or type(value) is Property:
                    break
                call(this_arg, value, index, o)
                index += 1
    for k, value in elements(o, length, index):
        call(this_arg, value, k, o)
    return undefined


def map_(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    o = this_object(this, "map")
    length = length_of(o)
    call = require_callable(callback)
    index = 0
    if type(o) is JSArray and untouched.arrays:
        results: list[Any] = []
        if sees_only(call, 1, length):
            for value in islice(o, length):
                if value is HOLE or type(value) is Property:
                    break
                results.append(call(this_arg, value))
            index = len(results)
        else:
            for value in islice(o, length):
                if value is HOLE or type(value) is Property:
                    break
                results.append(call(this_arg, value, index, o))
                index += 1
        if index == length:
            return JSArray(results)
        results.extend([HOLE] * (length - index))
        result = JSArray(results)
    else:
        result = array_species_create(o, length)
    for k, value in elements(o, length, index):
        create_at(result, k, call(this_arg, value, k, o))
    return result


def filter_(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    o = this_object(this, "filter")
    length = length_of(o)
    call = require_callable(callback)
    index = 0
    if type(o) is JSArray and untouched.arrays:
        kept: list[Any] = []
        lean = sees_only(call, 1, length)
        for value in islice(o, length):
            if value is HOLE or type(value) is Property:
                break
            chosen = call(this_arg, value) if lean else call(this_arg, value, index, o)
            if chosen is True or (chosen is not False and truthy(chosen)):
                kept.append(value)
            index += 1
        result = JSArray(kept)
        if index == length:
            return result
    else:
        result = array_species_create(o, 0)
    to = len(result) if type(result) is JSArray else 0
    for k, value in elements(o, length, index):
        if truthy(call(this_arg, value, k, o)):
            create_at(result, to, value)
            to += 1
    return result


def some(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    o = this_object(this, "some")
    length = length_of(o)
    call = require_callable(callback)
    index = 0
    if type(o) is JSArray:
        lean = sees_only(call, 1, length)
        for value in islice(o, length):
            if value is HOLE or type(value) is Property:
                break
            chosen = call(this_arg, value) if lean else call(this_arg, value, index, o)
            if chosen is True or (chosen is not False and truthy(chosen)):
                return True
            index += 1
    for k, value in elements(o, length, index):  # noqa: SIM110  any() would take C stack for every nested call
        if truthy(call(this_arg, value, k, o)):
            return True
    return False


def every(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    o = this_object(this, "every")
    length = length_of(o)
    call = require_callable(callback)
    index = 0
    if type(o) is JSArray:
        lean = sees_only(call, 1, length)
        for value in islice(o, length):
            if value is HOLE or type(value) is Property:
                break
            chosen = call(this_arg, value) if lean else call(this_arg, value, index, o)
            if chosen is False or (chosen is not True and not truthy(chosen)):
                return False
            index += 1
    for k, value in elements(o, length, index):  # noqa: SIM110  all() would, too
        if not truthy(call(this_arg, value, k, o)):
            return False
    return True


def find(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    return _find_via(this_object(this, "find"), callback, this_arg)[1]


def find_index(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    return _find_via(this_object(this, "findIndex"), callback, this_arg)[0]


def find_last(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    return _find_last_via(this_object(this, "findLast"), callback, this_arg)[1]


def find_last_index(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    return _find_last_via(this_object(this, "findLastIndex"), callback, this_arg)[0]


def _find_via(o: Any, callback: Any, this_arg: Any) -> tuple[int, Any]:
    """FindViaPredicate (23.1.3.12.1), ascending; holes are visited as undefined."""
    length = length_of(o)
    call = require_callable(callback)
    index = 0
    if type(o) is JSArray:
        lean = sees_only(call, 1, length)
        for value in islice(o, length):
            if value is HOLE or type(value) is Property:
                break
            chosen = call(this_arg, value) if lean else call(this_arg, value, index, o)
            if chosen is True or (chosen is not False and truthy(chosen)):
                return index, value
            index += 1
    for k in range(index, length):
        value = get_item(o, k)
        if truthy(call(this_arg, value, k, o)):
            return k, value
    return -1, undefined


def _find_last_via(o: Any, callback: Any, this_arg: Any) -> tuple[int, Any]:
    """FindViaPredicate, descending."""
    length = length_of(o)
    call = require_callable(callback)
    lean = sees_only(call, 1, length)
    for index in range(length - 1, -1, -1):
        value = o[index] if type(o) is JSArray and index < len(o) else HOLE
        if value is HOLE:
            value = get_item(o, index)
        if truthy(call(this_arg, value) if lean else call(this_arg, value, index, o)):
            return index, value
    return -1, undefined


def reduce(this: Any, callback: Any = undefined, *initial: Any) -> Any:
    o = this_object(this, "reduce")
    length = length_of(o)
    call = require_callable(callback)
    index = 0 if initial else 1
    accumulator = initial[0] if initial else o[0] if type(o) is JSArray and length else HOLE
    if accumulator is not HOLE:
        if type(o) is JSArray:
            lean = sees_only(call, 2, length)
            for value in islice(o, index, length):
                if value is HOLE or type(value) is Property:
                    break
                if lean:
                    accumulator = call(undefined, accumulator, value)
                else:
                    accumulator = call(undefined, accumulator, value, index, o)
                index += 1
        walk = elements(o, length, index)
    else:
        walk = elements(o, length)
        accumulator = _first(walk)
    for index, value in walk:
        accumulator = call(undefined, accumulator, value, index, o)
    return accumulator


def reduce_right(this: Any, callback: Any = undefined, *initial: Any) -> Any:
    o = this_object(this, "reduceRight")
    length = length_of(o)
    call = require_callable(callback)
    walk = elements_backwards(o, length - 1)
    accumulator = initial[0] if initial else _first(walk)
    lean = sees_only(call, 2, length)
    for index, value in walk:
        if lean:
            accumulator = call(undefined, accumulator, value)
        else:
            accumulator = call(undefined, accumulator, value, index, o)
    return accumulator


def _first(walk: Any) -> Any:
    for _, value in walk:
        return value
    raise type_error("Reduce of empty array with no initial value")
