"""structuredClone and queueMicrotask (HTML sections 2.7 and 8.4)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import iterate
from odw.ecma.abstract_ops.object_operations import get, get_item, put, put_item
from odw.ecma.abstract_ops.own_properties import enumerable_own_properties
from odw.ecma.abstract_ops.property_access import get_method
from odw.ecma.abstract_ops.type_conversion import to_object, to_string
from odw.ecma.completion import JsThrow, make_error
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.intrinsics.date_object import DateObject
from odw.ecma.intrinsics.node_errors import coded_type_error, require_callback
from odw.ecma.keyed_collection import MapObject, SetObject
from odw.ecma.realm import R
from odw.ecma.sparse_array import SparseArray
from odw.ecma.values import (
    HOLE,
    ArrayObject,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    Property,
    Symbol,
    WellKnown,
    undefined,
)
from odw.ecma.wrappers import PrimitiveObject, SymbolObject

# The kinds of object that can be cloned; others have a state of their own that HTML does not let out.
_CLONEABLE = frozenset(
    (
        "Object",
        "Arguments",
        "Array",
        "Boolean",
        "Number",
        "String",
        "BigInt",
        "Date",
        "RegExp",
        "Error",
        "Map",
        "Set",
    )
)


def structured_clone(this: Any, *args: Any) -> Any:
    """structuredClone(value, options)."""
    if not args:
        raise coded_type_error("ERR_MISSING_ARGS", "The value argument must be specified")
    if len(args) > 1:
        _check_options(args[1])
    return _clone(args[0], {})


def _check_options(options: Any) -> None:
    """The second argument: nothing here could be in its ``transfer`` list, which has to be empty."""
    if options is undefined or options is None:
        return
    if not isinstance(options, ObjectBase):
        raise coded_type_error(
            "ERR_INVALID_ARG_TYPE", "The options argument must be either an object or undefined"
        )
    listed = get(options, "transfer")
    if listed is undefined or listed is None:
        return
    if not isinstance(listed, ObjectBase):
        raise coded_type_error("ERR_INVALID_ARG_TYPE", "Optional transferList argument must be an iterable")
    if get_method(listed, WellKnown.iterator) is undefined:
        return
    with iterate(listed) as values:
        for _ in values:
            raise coded_type_error("ERR_INVALID_TRANSFER_OBJECT", "Found invalid object in transferList")


def _clone(value: Any, memory: dict[int, tuple[Any, Any]]) -> Any:
    """StructuredSerializeInternal and StructuredDeserialize in one; ``memory``: id -> (original, copy)."""
    if not isinstance(value, ObjectBase):
        if type(value) is Symbol:
            raise _not_cloneable(value)
        return value
    known = memory.get(id(value))
    if known is not None:
        return known[1]
    if isinstance(value, JSFunction) or value.class_name not in _CLONEABLE:  # type: ignore[attr-defined]
        raise _not_cloneable(value)
    return _clone_object(value, memory)


def _clone_object(value: Any, memory: dict[int, tuple[Any, Any]]) -> Any:
    copy: Any
    if isinstance(value, JSArray):
        copy = JSArray()
        memory[id(value)] = (value, copy)
        _clone_array(value, copy, memory)
        return copy
    if isinstance(value, DateObject):
        copy = DateObject(R.date_prototype, value.time)
    elif value.class_name == "RegExp":
        from odw.ecma.intrinsics.regexp_object import RegExpObject

        copy = RegExpObject(R.regexp_prototype, value.compiled)
    elif isinstance(value, PrimitiveObject):
        if isinstance(value, SymbolObject):
            raise _not_cloneable(value)
        copy = to_object(value.primitive)
    elif value.class_name == "Error":
        return _clone_error(value, memory)
    elif isinstance(value, MapObject):
        copy = MapObject(R.map_prototype)
        memory[id(value)] = (value, copy)
        for key, item in [(cell[0], cell[1]) for cell in value.live_cells()]:
            copy.store(_clone(key, memory), _clone(item, memory))
        return copy
    elif isinstance(value, SetObject):
        copy = SetObject(R.set_prototype)
        memory[id(value)] = (value, copy)
        for item in list(value.live_keys()):
            copy.insert_all([_clone(item, memory)])
        return copy
    else:
        copy = JSObject()
        memory[id(value)] = (value, copy)
        for key in enumerable_own_properties(value, "key"):
            copy[key] = _clone(get(value, key), memory)
        return copy
    memory[id(value)] = (value, copy)
    return copy


def _clone_array(value: JSArray, copy: JSArray, memory: dict[int, tuple[Any, Any]]) -> None:
    if type(value) is SparseArray:
        for index in value.present(0, len(value)):
            put_item(copy, index, _clone(get_item(value, index), memory))
        put(copy, "length", len(value))
    for index in range(list.__len__(value)):
        item = list.__getitem__(value, index)
        copy.append(HOLE if item is HOLE else _clone(get_item(value, index), memory))
    if isinstance(value, ArrayObject):
        for key in enumerable_own_properties(value, "key"):
            if key in value.named:
                put(copy, key, _clone(get(value, key), memory))


_ERRORS = ("Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError")


def _clone_error(value: Any, memory: dict[int, tuple[Any, Any]]) -> Any:
    """An error keeps its kind, message, stack and cause."""
    name = to_string(get(value, "name"))
    copy = make_error(name if name in _ERRORS else "Error", "")
    memory[id(value)] = (value, copy)
    copy.pop("message", None)
    for key in ("stack", "message", "cause"):
        prop = value.js_get_own_property(key)
        if prop is not None:
            item = get(value, key)
            copied = (
                _clone(item, memory) if key == "cause" else item if item is undefined else to_string(item)
            )
            copy[key] = Property(copied, True, False, True)
    return copy


def _not_cloneable(value: Any) -> JsThrow:
    """The DOMException of a value that cannot be cloned."""
    from odw.ecma.intrinsics.dom_exception import make_dom_exception

    return JsThrow(make_dom_exception(f"{describe(value)} could not be cloned.", "DataCloneError"))


def queue_microtask(this: Any, callback: Any = undefined, *_: Any) -> Any:
    """queueMicrotask(callback)."""
    function = require_callback(callback)
    R.jobs.enqueue(lambda: function.call(undefined))
    return undefined


def install(realm: Any) -> None:
    realm.structured_clone = builtin(structured_clone, "structuredClone", 1)
    realm.queue_microtask = builtin(queue_microtask, "queueMicrotask", 1)
