"""Object and Object.prototype (ECMA-262 section 20.1)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import builtin_tag, describe
from odw.ecma.abstract_ops.object_operations import (
    define_property_or_throw,
    get,
    get_prototype_from_constructor,
    has_own_property,
    invoke,
)
from odw.ecma.abstract_ops.testing_comparison import nullish
from odw.ecma.abstract_ops.type_conversion import to_object, to_property_key
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import builtin, constructor, define_methods
from odw.ecma.intrinsics.object_statics import STATICS, change_prototype
from odw.ecma.property_descriptor import PropertyDescriptor
from odw.ecma.realm import R
from odw.ecma.values import (
    JSFunction,
    JSObject,
    ObjectBase,
    OrdinaryObject,
    Property,
    WellKnown,
    undefined,
)


def object_call(this: Any, value: Any = undefined, *_: Any) -> Any:
    return JSObject() if nullish(value) else to_object(value)


def object_construct(args: Any, new_target: Any) -> Any:
    """https://tc39.es/ecma262/#sec-object-value"""
    if new_target is not R.object_constructor:
        return OrdinaryObject(get_prototype_from_constructor(new_target, "object_prototype"))
    return object_call(undefined, *args)


# --- Object.prototype ------------------------------------------------------------------------------------------------


def to_string(this: Any, *_: Any) -> str:
    """https://tc39.es/ecma262/#sec-object.prototype.tostring"""
    if this is undefined:
        return "[object Undefined]"
    if this is None:
        return "[object Null]"
    o = to_object(this)
    if o.class_name == "Proxy" and o.target is None:
        raise type_error("Cannot perform 'Object.prototype.toString' on a proxy that has been revoked")
    tag = builtin_tag(o)
    own = get(o, WellKnown.to_string_tag)
    return f"[object {own if type(own) is str else tag}]"


def to_locale_string(this: Any, *_: Any) -> Any:
    if nullish(this):
        raise type_error("Object.prototype.toLocaleString called on null or undefined")
    return invoke(this, "toString")


def value_of(this: Any, *_: Any) -> Any:
    return to_object(this)


def has_own(this: Any, k: Any = undefined, *_: Any) -> bool:
    key = to_property_key(k)
    return has_own_property(to_object(this), key)


def is_prototype_of(this: Any, v: Any = undefined, *_: Any) -> bool:
    if not isinstance(v, ObjectBase):
        return False
    o = to_object(this)
    walk: Any = v
    while True:
        walk = walk.js_get_prototype_of()
        if walk is None:
            return False
        if walk is o:
            return True


def property_is_enumerable(this: Any, k: Any = undefined, *_: Any) -> bool:
    key = to_property_key(k)
    own = to_object(this).js_get_own_property(key)
    return own is not None and own.enumerable


# --- legacy accessors (20.1.3.8, 20.1.3.9) ------------------------------------------------------------------------------


def get_proto(this: Any, *_: Any) -> Any:
    return to_object(this).js_get_prototype_of()


def set_proto(this: Any, proto: Any = undefined, *_: Any) -> Any:
    if nullish(this):
        raise type_error("set Object.prototype.__proto__ called on null or undefined")
    if isinstance(this, ObjectBase) and (proto is None or isinstance(proto, ObjectBase)):
        change_prototype(this, proto, setter=True)
    return undefined


def define_getter(this: Any, k: Any = undefined, getter: Any = undefined, *_: Any) -> Any:
    return _define_accessor(this, k, getter, "Getter")


def define_setter(this: Any, k: Any = undefined, setter: Any = undefined, *_: Any) -> Any:
    return _define_accessor(this, k, setter, "Setter")


def _define_accessor(this: Any, k: Any, function: Any, kind: str) -> Any:
    o = to_object(this)
    if not isinstance(function, JSFunction):
        raise type_error(f"Object.prototype.__define{kind}__: Expecting function")
    desc = PropertyDescriptor(enumerable=True, configurable=True)
    if kind == "Getter":
        desc.getter = function
    else:
        desc.setter = function
    define_property_or_throw(o, to_property_key(k), desc)
    return undefined


def lookup_getter(this: Any, k: Any = undefined, *_: Any) -> Any:
    own = _lookup(this, k)
    return own.getter if own is not None and own.is_accessor else undefined


def lookup_setter(this: Any, k: Any = undefined, *_: Any) -> Any:
    own = _lookup(this, k)
    return own.setter if own is not None and own.is_accessor else undefined


def _lookup(this: Any, k: Any) -> Property | None:
    o = to_object(this)
    key = to_property_key(k)
    while o is not None:
        own = o.js_get_own_property(key)
        if own is not None:
            return own  # type: ignore[no-any-return]
        o = o.js_get_prototype_of()
    return None


def fill_prototype(realm: Any) -> None:
    """%Object.prototype%'s own properties, in V8's order, and the constructor."""
    prototype = realm.object_prototype
    realm.object_constructor = constructor("Object", 1, prototype, object_call, object_construct)
    define_methods(
        prototype,
        {
            "__defineGetter__": (define_getter, 2),
            "__defineSetter__": (define_setter, 2),
            "hasOwnProperty": (has_own, 1),
            "__lookupGetter__": (lookup_getter, 1),
            "__lookupSetter__": (lookup_setter, 1),
            "isPrototypeOf": (is_prototype_of, 1),
            "propertyIsEnumerable": (property_is_enumerable, 1),
            "toString": (to_string, 0),
            "valueOf": (value_of, 0),
        },
    )
    prototype["__proto__"] = Property(
        getter=builtin(get_proto, "get __proto__", 0),
        setter=builtin(set_proto, "set __proto__", 1),
        configurable=True,
    )
    define_methods(prototype, {"toLocaleString": (to_locale_string, 0)})
    realm.object_prototype_to_string = prototype["toString"].value
    define_methods(realm.object_constructor, STATICS)


def install(realm: Any) -> None:
    """``bootstrap`` has done it: every realm has %Object% from the start."""


__all__ = ["describe", "fill_prototype", "install"]
