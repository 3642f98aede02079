"""What the files of Array share: creating result arrays, walking elements, refusing what is no function.

Every method is generic, as ECMA-262 asks. Beside that it has a fast way for plain arrays: a callback may do anything to
the array while it is walked, so the fast loops read the live list and hand over to the generic walk at the first
element that is a hole or an accessor (``elements`` with the index to go on from).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from types import FunctionType
from typing import Any, Final

from odw.ecma import limits
from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.object_operations import (
    construct,
    create_data_property_or_throw,
    get,
    get_item,
    has_property,
    length_of_array_like,
    put,
)
from odw.ecma.abstract_ops.testing_comparison import is_array
from odw.ecma.abstract_ops.type_conversion import to_object
from odw.ecma.completion import range_error, type_error
from odw.ecma.realm import R, untouched
from odw.ecma.sparse_array import SparseArray, sparse_array
from odw.ecma.values import (
    HOLE,
    JSArray,
    JSFunction,
    ObjectBase,
    Property,
    WellKnown,
    is_constructor,
    undefined,
)

MAX_ELEMENTS: Final = (
    50_000_000  # NON-SPEC: a longer array is a RangeError instead of all the machine's memory
)
MAX_DENSE: Final = 2**25  # as in V8: the longest ``new Array(length)`` that is laid out in full
MAX_ARRAY_LENGTH: Final = 2**32 - 1
MAX_INTEGER: Final = 2**53 - 1
ALL_ARGUMENTS: Final = 2**31
VARARGS: Final = 4  # inspect.CO_VARARGS, without that module
_FEW: Final = 8  # calls for which asking what a callback sees does not pay


def require_callable(f: Any) -> Any:
    """The Python callable of a function object; V8's TypeError for anything else."""
    if isinstance(f, JSFunction):
        return f.call
    raise type_error(f"{describe(f)} is not a function")


def arguments_seen(call: Any) -> int:
    """To how many of the arguments of a call a function can see a difference, or ``ALL_ARGUMENTS``.

    A function that declares its parameters and then ``*_`` drops what is beyond them, as compiled functions and natives
    do (docs/emitted-code.md); a caller that knows may save making it. Rest parameters and ``arguments`` have other names.
    """
    if type(call) is FunctionType:
        code = call.__code__
        count = code.co_argcount
        if code.co_flags & VARARGS and code.co_varnames[count + code.co_kwonlyargcount] == "_":
            return count - 1  # the first is ``this``
    return ALL_ARGUMENTS


def sees_only(call: Any, count: int, length: int) -> bool:
    """Whether a loop of ``length`` calls may pass ``count`` arguments in each: the function sees no others, and asking pays."""
    return length > _FEW and arguments_seen(call) <= count


def this_object(this: Any, method: str) -> Any:
    """ToObject(this value), with V8's message naming the method."""
    if isinstance(this, ObjectBase):
        return this
    if this is None or this is undefined:
        raise type_error(f"Array.prototype.{method} called on null or undefined")
    return to_object(this)


def length_of(o: Any) -> int:
    return len(o) if type(o) is JSArray else length_of_array_like(o)


def elements(o: Any, length: int, start: int = 0) -> Iterator[tuple[int, Any]]:
    """The elements that are present, from ``start`` upwards, each looked up when its turn comes."""
    if type(o) is JSArray:
        for value in islice(o, start, length):
            if value is HOLE or type(value) is Property:
                break
            yield start, value
            start += 1
    for index in _indices(o, start, length):
        if has_property(o, str(index)):
            yield index, get_item(o, index)


def elements_backwards(o: Any, start: int) -> Iterator[tuple[int, Any]]:
    """The elements that are present from ``start`` down to 0."""
    for index in o.present_backwards(start) if _is_all_there(o) else range(start, -1, -1):
        value = o[index] if type(o) is JSArray and index < len(o) else HOLE
        if value is not HOLE:
            yield index, value
        elif has_property(o, str(index)):
            yield index, get_item(o, index)


def _indices(o: Any, start: int, stop: int) -> Iterable[int]:
    return o.present(start, stop) if _is_all_there(o) else range(start, stop)


def _is_all_there(o: Any) -> bool:
    """Whether ``o`` is a sparse array of which no absent element can be inherited."""
    return type(o) is SparseArray and untouched.arrays and o.proto is R.array_prototype


def array_create(length: int, proto: Any = None) -> Any:
    """ArrayCreate (10.4.2.2): ``length`` holes."""
    if length > MAX_ARRAY_LENGTH:
        raise range_error("Invalid array length")
    if length > MAX_DENSE:
        array = sparse_array(length)
    else:
        check_total(length)
        array = JSArray([HOLE] * length)
    if proto is not None and proto is not R.array_prototype:
        array.js_set_prototype_of(proto)  # type: ignore[attr-defined]
    return array


def array_species_create(original: Any, length: int) -> Any:
    """ArraySpeciesCreate: https://tc39.es/ecma262/#sec-arrayspeciescreate

    A plain array's ``constructor`` is %Array% for certain while nobody has touched the prototypes.
    """
    if type(original) is JSArray and untouched.arrays:
        return array_create(length)
    if not is_array(original):
        check_total(length)  # every index of an array-like will be looked at
        return array_create(length)
    maker = get(original, "constructor")
    if isinstance(maker, ObjectBase):
        maker = get(maker, WellKnown.species)
        if maker is None:
            maker = undefined
    if maker is undefined:
        return array_create(length)
    if not is_constructor(maker):
        raise type_error("object.constructor[Symbol.species] is not a constructor")
    if maker is R.array_constructor:
        return array_create(length)
    return construct(maker, [length])


def create_at(array: Any, index: int, value: Any) -> None:
    """CreateDataPropertyOrThrow on an index; appends to a plain array where that is the same."""
    if type(array) is JSArray and index <= len(array):
        if index == len(array):
            array.append(value)
        else:
            array[index] = value
    else:
        create_data_property_or_throw(array, str(index), value)


def set_length(o: Any, length: int) -> None:
    put(o, "length", length)


def check_total(count: int) -> None:
    """Refuse to build an array that the machine could not hold."""
    if count >= limits.LARGE // 8:
        if count > MAX_ELEMENTS:
            raise range_error("Invalid array length")
        limits.expect(8 * count)
