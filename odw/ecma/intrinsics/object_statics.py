"""The functions of the Object constructor (ECMA-262 section 20.1.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import iterate
from odw.ecma.abstract_ops.object_operations import (
    define_property_or_throw,
    enumerable_own_properties,
    get,
    has_own_property,
    object_with_prototype,
    put,
    set_integrity_level,
    test_integrity_level,
)
from odw.ecma.abstract_ops.property_access import refuser
from odw.ecma.abstract_ops.property_descriptors import from_property_descriptor, to_property_descriptor
from odw.ecma.abstract_ops.testing_comparison import nullish, require_object_coercible, same_value
from odw.ecma.abstract_ops.type_conversion import to_object, to_property_key
from odw.ecma.completion import type_error
from odw.ecma.realm import R, lookups
from odw.ecma.values import (
    HOLE,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    OrdinaryObject,
    Symbol,
    undefined,
)


def assign(this: Any, target: Any = undefined, *sources: Any) -> Any:
    """https://tc39.es/ecma262/#sec-object.assign"""
    to = to_object(target)
    for source in sources:
        if type(source) is JSObject and type(to) is JSObject:  # no accessor runs between the reads
            if lookups.object.keys().isdisjoint(source):
                to.update(source)
            else:
                for k, v in list(source.items()):
                    put(to, k, v)
        elif not nullish(source):
            from_ = to_object(source)
            for k in from_.js_own_property_keys():
                own = from_.js_get_own_property(k)
                if own is not None and own.enumerable:
                    put(to, k, get(from_, k))
    return to


def create(this: Any, proto: Any = undefined, properties: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-object.create"""
    if proto is not None and not isinstance(proto, ObjectBase):
        raise type_error(f"Object prototype may only be an Object or null: {describe(proto)}")
    o = object_with_prototype(proto)
    return o if properties is undefined else _define_properties(o, properties)


def define_property(
    this: Any, o: Any = undefined, k: Any = undefined, attributes: Any = undefined, *_: Any
) -> Any:
    if not isinstance(o, ObjectBase):
        raise type_error("Object.defineProperty called on non-object")
    key = to_property_key(k)
    define_property_or_throw(o, key, to_property_descriptor(attributes))
    return o


def define_properties(this: Any, o: Any = undefined, properties: Any = undefined, *_: Any) -> Any:
    if not isinstance(o, ObjectBase):
        raise type_error("Object.defineProperties called on non-object")
    return _define_properties(o, properties)


def _define_properties(o: Any, properties: Any) -> Any:
    """ObjectDefineProperties (20.1.2.3.1)."""
    source = to_object(properties)
    descriptors = []
    for k in source.js_own_property_keys():
        own = source.js_get_own_property(k)
        if own is not None and own.enumerable:
            descriptors.append((k, to_property_descriptor(get(source, k))))
    for k, desc in descriptors:
        define_property_or_throw(o, k, desc)
    return o


def entries(this: Any, o: Any = undefined, *_: Any) -> JSArray:
    return JSArray(enumerable_own_properties(to_object(o), "key+value"))


def keys(this: Any, o: Any = undefined, *_: Any) -> JSArray:
    return JSArray(enumerable_own_properties(to_object(o), "key"))


def values(this: Any, o: Any = undefined, *_: Any) -> JSArray:
    return JSArray(enumerable_own_properties(to_object(o), "value"))


def freeze(this: Any, o: Any = undefined, *_: Any) -> Any:
    return _set_level(o, "frozen", "freeze")


def seal(this: Any, o: Any = undefined, *_: Any) -> Any:
    return _set_level(o, "sealed", "seal")


def _set_level(o: Any, level: str, name: str) -> Any:
    if isinstance(o, ObjectBase) and not set_integrity_level(o, level):
        raise type_error("'preventExtensions' on proxy: trap returned falsish")
    return o


def prevent_extensions(this: Any, o: Any = undefined, *_: Any) -> Any:
    if isinstance(o, ObjectBase) and not o.js_prevent_extensions():  # type: ignore[attr-defined]
        raise type_error("'preventExtensions' on proxy: trap returned falsish")
    return o


def is_frozen(this: Any, o: Any = undefined, *_: Any) -> bool:
    return not isinstance(o, ObjectBase) or test_integrity_level(o, "frozen")


def is_sealed(this: Any, o: Any = undefined, *_: Any) -> bool:
    return not isinstance(o, ObjectBase) or test_integrity_level(o, "sealed")


def is_extensible(this: Any, o: Any = undefined, *_: Any) -> bool:
    return isinstance(o, ObjectBase) and o.js_is_extensible()  # type: ignore[attr-defined]


def from_entries(this: Any, iterable: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-object.fromentries"""
    if nullish(iterable):
        raise type_error("undefined is not iterable")  # V8 says so of null, too
    result = JSObject()
    with iterate(iterable) as entries_:
        for entry in entries_:
            if type(entry) is JSArray and len(entry) == 2 and type(entry[0]) is str:
                k, v = entry
                if v is HOLE:
                    v = get(entry, "1")
            elif isinstance(entry, ObjectBase):
                k = get(entry, "0")
                v = get(entry, "1")
            else:
                raise type_error(f"Iterator value {describe(entry)} is not an entry object")
            result[to_property_key(k)] = v
    return result


def get_own_property_descriptor(this: Any, o: Any = undefined, k: Any = undefined, *_: Any) -> Any:
    obj = to_object(o)
    return from_property_descriptor(obj.js_get_own_property(to_property_key(k)))


def get_own_property_descriptors(this: Any, o: Any = undefined, *_: Any) -> Any:
    obj = to_object(o)
    result = JSObject()
    for k in obj.js_own_property_keys():
        own = obj.js_get_own_property(k)
        if own is not None:
            result[k] = from_property_descriptor(own)
    return result


def get_own_property_names(this: Any, o: Any = undefined, *_: Any) -> JSArray:
    return JSArray([k for k in to_object(o).js_own_property_keys() if type(k) is str])


def get_own_property_symbols(this: Any, o: Any = undefined, *_: Any) -> JSArray:
    return JSArray([k for k in to_object(o).js_own_property_keys() if type(k) is Symbol])


def get_prototype_of(this: Any, o: Any = undefined, *_: Any) -> Any:
    return to_object(o).js_get_prototype_of()


def set_prototype_of(this: Any, o: Any = undefined, proto: Any = undefined, *_: Any) -> Any:
    require_object_coercible(o, "Object.setPrototypeOf")
    if proto is not None and not isinstance(proto, ObjectBase):
        raise type_error(f"Object prototype may only be an Object or null: {describe(proto)}")
    if isinstance(o, ObjectBase):
        change_prototype(o, proto)
    return o


def change_prototype(o: Any, proto: Any, setter: bool = False) -> None:
    """[[SetPrototypeOf]], with V8's words for why it said no, which are others for the ``setter`` of ``__proto__``."""
    if o.js_set_prototype_of(proto):
        return
    o = refuser(o, "setPrototypeOf")
    if o.class_name == "Proxy":
        of = "" if setter else " for property 'undefined'"
        raise type_error(f"'setPrototypeOf' on proxy: trap returned falsish{of}")
    if o is R.object_prototype:
        raise type_error("Immutable prototype object 'Object.prototype' cannot have their prototype set")
    if not o.js_is_extensible():
        raise type_error(f"{describe(o)} is not extensible")
    raise type_error("Cyclic __proto__ value")


def group_by(this: Any, items: Any = undefined, callback: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-object.groupby"""
    if nullish(items):
        raise type_error(f"{describe(items)} is not iterable")
    if not isinstance(callback, JSFunction):
        raise type_error(f"{describe(callback)} is not a function")
    result = OrdinaryObject(None)
    with iterate(items) as values_:
        for k, value in enumerate(values_):
            key = to_property_key(callback.call(undefined, value, k))
            group = result.get(key)
            if group is None:
                result[key] = JSArray((value,))
            else:
                group.append(value)
    return result


def has_own(this: Any, o: Any = undefined, k: Any = undefined, *_: Any) -> bool:
    obj = to_object(o)
    return has_own_property(obj, to_property_key(k))


def is_(this: Any, a: Any = undefined, b: Any = undefined, *_: Any) -> bool:
    return same_value(a, b)


STATICS: dict[Any, tuple[Callable[..., Any], int]] = {
    "assign": (assign, 2),
    "getOwnPropertyDescriptor": (get_own_property_descriptor, 2),
    "getOwnPropertyDescriptors": (get_own_property_descriptors, 1),
    "getOwnPropertyNames": (get_own_property_names, 1),
    "getOwnPropertySymbols": (get_own_property_symbols, 1),
    "hasOwn": (has_own, 2),
    "is": (is_, 2),
    "preventExtensions": (prevent_extensions, 1),
    "seal": (seal, 1),
    "create": (create, 2),
    "defineProperties": (define_properties, 2),
    "defineProperty": (define_property, 3),
    "freeze": (freeze, 1),
    "getPrototypeOf": (get_prototype_of, 1),
    "setPrototypeOf": (set_prototype_of, 2),
    "isExtensible": (is_extensible, 1),
    "isFrozen": (is_frozen, 1),
    "isSealed": (is_sealed, 1),
    "keys": (keys, 1),
    "entries": (entries, 1),
    "fromEntries": (from_entries, 1),
    "values": (values, 1),
    "groupBy": (group_by, 2),
}
