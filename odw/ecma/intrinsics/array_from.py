"""Array.from, Array.of and Array.fromAsync (ECMA-262 23.1.2)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.iterator_operations import get_iterator_from_method, spread
from odw.ecma.abstract_ops.object_operations import (
    construct,
    create_data_property_or_throw,
    get,
    get_item,
    get_method,
    length_of_array_like,
)
from odw.ecma.abstract_ops.pristine import fast_values
from odw.ecma.abstract_ops.type_conversion import to_object
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.array_support import (
    check_total,
    create_at,
    require_callable,
    set_length,
)
from odw.ecma.realm import R, untouched
from odw.ecma.values import JSArray, JSFunction, JSObject, WellKnown, is_constructor, undefined


def of(this: Any, *items: Any) -> Any:
    if this is R.array_constructor or not is_constructor(this):
        return JSArray(items)
    result = construct(this, [len(items)])
    for k, item in enumerate(items):
        create_data_property_or_throw(result, str(k), item)
    set_length(result, len(items))
    return result


def from_(
    this: Any, items: Any = undefined, mapper: Any = undefined, this_arg: Any = undefined, *_: Any
) -> Any:
    """https://tc39.es/ecma262/#sec-array.from"""
    call = None if mapper is undefined else require_callable(mapper)
    plain = this is R.array_constructor or not is_constructor(this)
    if plain:
        values = fast_values(items)
        if values is not None:  # nobody can see the iteration, nor an iterator left open by an error
            if call is None:
                return JSArray(spread(items))
            return JSArray([call(this_arg, value, index) for index, value in enumerate(values)])
    method = _iterator_method(items)
    if method is None:
        return _from_array_like(this, plain, to_object(items), call, this_arg)
    result = JSArray() if plain else construct(this)
    k = 0
    with get_iterator_from_method(items, method) as record:
        for value in record:
            create_at(result, k, value if call is None else call(this_arg, value, k))
            k += 1
            check_total(k)
    set_length(result, k)
    return result


def _iterator_method(items: Any) -> Any:
    if items is undefined or items is None:
        shown = "object null" if items is None else "undefined"
        raise type_error(f"{shown} is not iterable (cannot read property Symbol(Symbol.iterator))")
    method = get(items, WellKnown.iterator)
    if method is undefined or method is None:
        return None
    if isinstance(method, JSFunction):
        return method
    raise type_error(
        "%Array%.from requires that the property of the first argument, items[Symbol.iterator], "
        "when exists, be a function"
    )


def _from_array_like(this: Any, plain: bool, source: Any, call: Any, this_arg: Any) -> Any:
    length = length_of_array_like(source)
    if plain:
        check_total(length)
        if call is None:
            return JSArray([get_item(source, k) for k in range(length)])
        mapped: list[Any] = []
        for k in range(length):
            if type(source) is JSObject and len(source) == 1 and "length" in source and untouched.arrays:
                value = undefined  # ``{length: n}`` has no element and inherits none, unless the mapper changes that
            else:
                value = get_item(source, k)
            mapped.append(call(this_arg, value, k))
        return JSArray(mapped)
    result = construct(this, [length])
    for k in range(length):
        value = get_item(source, k)
        create_data_property_or_throw(result, str(k), value if call is None else call(this_arg, value, k))
    set_length(result, length)
    return result


def from_async(
    this: Any, items: Any = undefined, mapper: Any = undefined, this_arg: Any = undefined, *_: Any
) -> Any:
    """Array.fromAsync: https://tc39.es/ecma262/#sec-array.fromasync"""
    from odw.ecma.abstract_ops.generator_operations import start_async

    return start_async(_collect(this, items, mapper, this_arg))


async def _collect(this: Any, items: Any, mapper: Any, this_arg: Any) -> Any:
    from odw.ecma.abstract_ops.async_iterator_operations import AsyncIteration
    from odw.ecma.abstract_ops.generator_operations import aw

    call = None if mapper is undefined else require_callable(mapper)
    record = _async_record(items)
    if record is None:
        return await _collect_array_like(this, to_object(items), call, this_arg)
    result = construct(this) if is_constructor(this) else JSArray()
    k = 0
    async with AsyncIteration(record) as iteration:
        async for value in iteration:
            create_at(result, k, value if call is None else await aw(call(this_arg, value, k)))
            k += 1
            check_total(k)
    set_length(result, k)
    return result


def _async_record(items: Any) -> Any:
    """The iterator record of what has an async or a sync iterator; None for an array-like."""
    from odw.ecma.abstract_ops.async_iterator_operations import create_async_from_sync_iterator

    if items is undefined or items is None:
        _iterator_method(items)
    method = get_method(items, WellKnown.async_iterator)
    if method is not undefined:
        return get_iterator_from_method(items, method)
    method = _iterator_method(items)
    return (
        None if method is None else create_async_from_sync_iterator(get_iterator_from_method(items, method))
    )


async def _collect_array_like(this: Any, source: Any, call: Any, this_arg: Any) -> Any:
    from odw.ecma.abstract_ops.generator_operations import aw

    length = length_of_array_like(source)
    if is_constructor(this):
        result = construct(this, [length])
    else:
        check_total(length)
        result = JSArray()
    for k in range(length):
        value = await aw(get_item(source, k))
        create_at(result, k, value if call is None else await aw(call(this_arg, value, k)))
    set_length(result, length)
    return result
