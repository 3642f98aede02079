"""What object literals and template literals are made of (ECMA-262 sections 13.2.5 and 13.2.8)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.object_operations import create_data_property_or_throw
from odw.ecma.abstract_ops.own_properties import set_integrity_level
from odw.ecma.abstract_ops.type_conversion import to_property_key
from odw.ecma.completion import type_error
from odw.ecma.functions import ClassConstructor
from odw.ecma.property_descriptor import PropertyDescriptor
from odw.ecma.values import (
    MISSING,
    JSArray,
    JSObject,
    ObjectBase,
    OrdinaryObject,
    Property,
    undefined,
    unusual,
)


def object_with(properties: dict[Any, Any], proto: Any = MISSING) -> Any:
    """An object literal; ``proto`` is what ``__proto__: v`` names, ignored unless it is an object or null."""
    if proto is MISSING or not (proto is None or isinstance(proto, ObjectBase)):
        return JSObject(properties)
    o = OrdinaryObject(proto)
    o.update(properties)
    return o


def define_method(o: Any, k: Any, fn: Any, enumerable: bool = True) -> Any:
    """A method of a literal; returns ``o``."""
    if enumerable and type(o) is JSObject:
        o[to_property_key(k)] = fn
        return o
    o.js_define_own_property(to_property_key(k), Property(fn, True, enumerable, True))
    return o


def define_getter(o: Any, k: Any, fn: Any, enumerable: bool = True) -> Any:
    """A getter of a literal; returns ``o``."""
    key = to_property_key(k)
    if type(o) is JSObject or (type(o) is OrdinaryObject and o.extensible and key not in o):
        unusual(o)[key] = Property(enumerable=enumerable, configurable=True, getter=fn, setter=undefined)
        return o
    desc = PropertyDescriptor(getter=fn, enumerable=enumerable, configurable=True)
    o.js_define_own_property(key, desc)
    return o


def define_setter(o: Any, k: Any, fn: Any, enumerable: bool = True) -> Any:
    """A setter of a literal; returns ``o``."""
    desc = PropertyDescriptor(setter=fn, enumerable=enumerable, configurable=True)
    o.js_define_own_property(to_property_key(k), desc)
    return o


def define_field(o: Any, k: Any, v: Any) -> Any:
    """CreateDataPropertyOrThrow (7.3.7); returns ``o``."""
    key = to_property_key(k)
    if key == "prototype" and isinstance(o, ClassConstructor):
        raise type_error("Classes may not have a static property named 'prototype'")
    create_data_property_or_throw(o, key, v)
    return o


def template_object(cooked: list[Any], raw: list[Any]) -> Any:
    """GetTemplateObject (13.2.8.4); the caller keeps one for each site."""
    strings, raws = JSArray(cooked), JSArray(raw)
    set_integrity_level(raws, "frozen")
    strings.js_define_own_property("raw", Property(raws))  # type: ignore[attr-defined]
    set_integrity_level(strings, "frozen")
    return strings
