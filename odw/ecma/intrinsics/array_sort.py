"""Array.prototype.sort and toSorted (ECMA-262 23.1.3.30, 23.1.3.34).

Python's sort and V8's are the same algorithm, so comparison functions are asked the same questions in the same order.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from odw.ecma.abstract_ops.object_operations import delete_property_or_throw, get_item, put_item
from odw.ecma.abstract_ops.type_conversion import to_number, to_object, to_string
from odw.ecma.completion import range_error, type_error
from odw.ecma.intrinsics.array_support import MAX_ARRAY_LENGTH, check_total, elements, length_of
from odw.ecma.realm import untouched
from odw.ecma.sparse_array import SparseArray
from odw.ecma.values import HOLE, JSArray, JSFunction, ObjectBase, undefined


def sort(this: Any, comparator: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-array.prototype.sort"""
    _require_comparator(comparator)
    o = to_object(this)
    length = length_of(o)
    # As V8: it does not write the one element back, which a frozen array or a proxy would tell.
    if length < 2:
        return o
    if type(o) is JSArray and untouched.arrays:
        ordered = _sorted([value for value in o if value is not HOLE], comparator)
        # The comparison function may have changed the array.
        if type(o) is JSArray and len(o) == length and untouched.arrays:
            o[: len(ordered)] = ordered
            for k in range(len(ordered), length):
                o[k] = HOLE
            return o
    else:
        ordered = _sorted([value for _, value in elements(o, length)], comparator)
    for k, value in enumerate(ordered):
        put_item(o, k, value)
    beyond = range(len(ordered), length)
    for k in list(o.present(len(ordered), length)) if type(o) is SparseArray else beyond:
        delete_property_or_throw(o, str(k))
    return o


def to_sorted(this: Any, comparator: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-array.prototype.tosorted"""
    _require_comparator(comparator)
    o = to_object(this)
    length = length_of(o)
    if length > MAX_ARRAY_LENGTH:
        raise range_error("Invalid array length")
    check_total(length)
    if type(o) is JSArray and untouched.arrays:
        values = [undefined if value is HOLE else value for value in o]
    else:
        values = [get_item(o, k) for k in range(length)]
    return JSArray(_sorted(values, comparator))


def _require_comparator(comparator: Any) -> None:
    if comparator is not undefined and not isinstance(comparator, JSFunction):
        raise type_error("The comparison function must be either a function or undefined")


MANY = 32  # elements from which it pays to read what a comparison function says
SORT_STEP = 2**20  # elements that CPython sorts at one go, deaf to signals
MAX_NESTED_SORTS = 100  # a sort inside a comparison inside a sort …: each takes some kilobytes of the C stack
_nested_sorts = 0


def _sorted(values: list[Any], comparator: Any) -> list[Any]:
    """SortIndexedProperties (23.1.3.30.1): undefined goes last and is never compared."""
    defined = [v for v in values if v is not undefined]
    missing = len(values) - len(defined)
    if len(defined) > 1:  # one is compared with nothing, and so not converted
        _sort_defined(defined, comparator)
    defined.extend([undefined] * missing)
    return defined


def _sort_defined(values: list[Any], comparator: Any) -> None:
    if comparator is not undefined:
        if not MANY <= len(values) <= SORT_STEP or not _sort_by_order(values, comparator):
            _sort_by(values, _comparison(comparator.call))
    elif set(map(type, values)) <= _STRING_ONLY:
        _sort_strings(values)
    elif any(isinstance(v, ObjectBase) for v in values):  # converting these can be observed
        _sort_by(values, _by_text)
    else:
        values.sort(key=to_string)


def _sort_by_order(values: list[Any], comparator: Any) -> bool:
    """Sort in place without calls if the comparison function allows it; else False."""
    from odw.ecma.intrinsics.sort_orders import order_of, sort_by_keys

    order = order_of(comparator)
    return bool(order) and sort_by_keys(values, order)


def _sort_strings(values: list[Any]) -> None:
    """Sort in place by code units, as ECMA-262 compares strings, in steps that a slice limit can come between."""
    count = len(values)
    if count * max(map(len, values), default=0) > 2**32:
        _sort_by(values, _by_text)  # strings so long that a single comparison is felt
        return
    for start in range(0, count if count > SORT_STEP else 0, SORT_STEP):
        values[start : start + SORT_STEP] = sorted(values[start : start + SORT_STEP])
    values.sort()  # merges what is sorted already


def _sort_by(values: list[Any], compare: Callable[[Any, Any], Any]) -> None:
    """Sort in place by a comparison that may run script code."""
    global _nested_sorts
    if _nested_sorts >= MAX_NESTED_SORTS:
        raise RecursionError
    _nested_sorts += 1
    try:
        values.sort(key=cmp_to_key(compare))
    finally:
        _nested_sorts -= 1


_STRING_ONLY = frozenset((str,))


def _by_text(a: Any, b: Any) -> int:
    x, y = to_string(a), to_string(b)
    return -1 if x < y else 1 if x > y else 0


def _comparison(compare: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def compared(a: Any, b: Any) -> Any:
        v = compare(undefined, a, b)
        # NaN compares as neither, which is what 0 means.
        return v if type(v) is int or type(v) is float else to_number(v)

    return compared
