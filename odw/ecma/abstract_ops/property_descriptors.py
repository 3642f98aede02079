"""Property descriptors to and from objects (ECMA-262 6.2.6.4, 6.2.6.5)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import type_error
from odw.ecma.property_descriptor import PropertyDescriptor
from odw.ecma.values import JSFunction, JSObject, ObjectBase, Property, undefined


def from_property_descriptor(prop: Property | None) -> Any:
    """FromPropertyDescriptor (6.2.6.4) of a complete property."""
    if prop is None:
        return undefined
    if prop.is_accessor:
        fields = {"get": prop.getter, "set": prop.setter}
    else:
        fields = {"value": prop.value, "writable": prop.writable}
    return JSObject({**fields, "enumerable": prop.enumerable, "configurable": prop.configurable})


def to_property_descriptor(o: Any) -> PropertyDescriptor:
    """ToPropertyDescriptor (6.2.6.5). https://tc39.es/ecma262/#sec-topropertydescriptor"""
    if not isinstance(o, ObjectBase):
        raise type_error(f"Property description must be an object: {describe(o)}")
    obj: Any = o
    desc = PropertyDescriptor()
    if obj.js_has_property("enumerable"):
        desc.enumerable = truthy(obj.js_get("enumerable", o))
    if obj.js_has_property("configurable"):
        desc.configurable = truthy(obj.js_get("configurable", o))
    if obj.js_has_property("value"):
        desc.value = obj.js_get("value", o)
    if obj.js_has_property("writable"):
        desc.writable = truthy(obj.js_get("writable", o))
    if obj.js_has_property("get"):
        desc.getter = _accessor(obj.js_get("get", o), "Getter")
    if obj.js_has_property("set"):
        desc.setter = _accessor(obj.js_get("set", o), "Setter")
    if desc.is_accessor and desc.is_data:
        raise type_error(
            "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, "
            + describe(o)
        )
    return desc


def _accessor(v: Any, what: str) -> Any:
    if v is not undefined and not isinstance(v, JSFunction):
        raise type_error(f"{what} must be a function: {describe(v)}")
    return v
