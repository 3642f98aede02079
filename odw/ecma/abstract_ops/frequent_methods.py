"""The helpers of the methods that scripts call in their innermost loops: what the original does, without calling it.

Each does the common case and leaves the others, wrong receivers and replaced methods among them, to the helper that
method_calls.py makes for the same method. Strings and ints are keys of a Map as they are; 1 and true are two of its keys, and
one of Python's.
"""

from __future__ import annotations

from typing import Any, Final

from odw.ecma.abstract_ops.method_calls import HELPERS, Native
from odw.ecma.abstract_ops.type_conversion import WHITE_SPACE
from odw.ecma.keyed_collection import MapObject, SetObject
from odw.ecma.realm import untouched
from odw.ecma.values import MISSING, JSArray, JSValue, undefined
from odw.ecma.watched_methods import MapPrototype, SetPrototype

_add = HELPERS["call_add"]
_get = HELPERS["call_get"]
_has = HELPERS["call_has"]
_includes = HELPERS["call_includes"]
_push = HELPERS["call_push"]
_set = HELPERS["call_set"]
_to_lower_case = HELPERS["call_to_lower_case"]
_trim = HELPERS["call_trim"]


def call_push(o: Any, a: JSValue = MISSING) -> JSValue:
    if type(o) is JSArray and untouched.arrays and untouched.methods and a is not MISSING:
        o.append(a)
        return len(o)
    return _push(o, a)


def call_trim(o: Any) -> JSValue:
    if type(o) is str and untouched.methods:
        return o.strip(WHITE_SPACE)
    return _trim(o)


def call_to_lower_case(o: Any) -> JSValue:
    if type(o) is str and untouched.methods and o.isascii():
        return o.lower()
    return _to_lower_case(o)


def call_includes(o: Any, a: JSValue = MISSING) -> JSValue:
    if type(o) is str and type(a) is str and untouched.methods:
        return a in o
    return _includes(o, a)


def call_get(o: Any, a: JSValue = MISSING) -> JSValue:
    kind = type(a)
    if type(o) is MapObject and (kind is str or kind is int) and untouched.methods:
        if type(o._proto) is MapPrototype and not len(o):
            cell = o.index.get(a)
            return undefined if cell is None else cell[1]
    return _get(o, a)


def call_has(o: Any, a: JSValue = MISSING) -> JSValue:
    kind = type(a)
    if (kind is str or kind is int) and untouched.methods:
        if type(o) is SetObject:
            if type(o._proto) is SetPrototype and not len(o):
                return a in o.index
        elif type(o) is MapObject:
            if type(o._proto) is MapPrototype and not len(o):
                return a in o.index
    return _has(o, a)


def call_set(o: Any, a: JSValue = MISSING, b: JSValue = MISSING) -> JSValue:
    kind = type(a)
    if type(o) is MapObject and (kind is str or kind is int) and untouched.methods and b is not MISSING:
        if type(o._proto) is MapPrototype and not len(o):
            cell = o.index.get(a)
            if cell is None:
                o.store(a, b)
            else:
                cell[1] = b
            return o
    return _set(o, a, b)


def call_add(o: Any, a: JSValue = MISSING) -> JSValue:
    kind = type(a)
    if type(o) is SetObject and (kind is str or kind is int) and untouched.methods:
        if type(o._proto) is SetPrototype and not len(o):
            if a not in o.index:
                o.insert_all((a,))
            return o
    return _add(o, a)


METHOD_HELPERS: Final[dict[str, Native]] = {
    **HELPERS,
    "call_add": call_add,
    "call_get": call_get,
    "call_has": call_has,
    "call_includes": call_includes,
    "call_push": call_push,
    "call_set": call_set,
    "call_to_lower_case": call_to_lower_case,
    "call_trim": call_trim,
}
"""Merged into ``abi.ABI``."""
