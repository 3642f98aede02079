"""Operations on objects (ECMA-262 section 7.3), gathered: property access, calls, own properties, array-likes.

https://tc39.es/ecma262/#sec-operations-on-objects
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.calls import (
    call,
    construct,
    get_prototype_from_constructor,
    instance_of,
    invoke,
    new,
    ordinary_create_from_constructor,
    ordinary_has_instance,
    species_constructor,
)
from odw.ecma.abstract_ops.own_properties import (
    copy_data_properties,
    enumerable_own_properties,
    own_properties,
    rest_properties,
    set_integrity_level,
    test_integrity_level,
)
from odw.ecma.abstract_ops.property_access import (
    create_data_property,
    create_data_property_or_throw,
    define_property_or_throw,
    delete,
    delete_item,
    delete_property_or_throw,
    get,
    get_item,
    get_method,
    has,
    has_own_property,
    has_property,
    put,
    put_item,
    set_property,
)
from odw.ecma.abstract_ops.type_conversion import to_length
from odw.ecma.completion import range_error, type_error
from odw.ecma.realm import untouched
from odw.ecma.values import HOLE, JSArray, JSObject, ObjectBase, OrdinaryObject, undefined

MAX_LIST = 2**26  # NON-SPEC: an array-like that is longer is refused as a list of arguments


def object_with_prototype(proto: Any) -> Any:
    """OrdinaryObjectCreate (10.1.12), plain where that is possible."""
    return JSObject() if proto is JSObject.proto else OrdinaryObject(proto)


def new_object(properties: dict[Any, Any] | None = None) -> JSObject:
    return JSObject(properties or ())


def new_array(items: Any = ()) -> JSArray:
    """CreateArrayFromList (7.3.18)."""
    return JSArray(items)


def length_of_array_like(o: Any) -> int:
    """LengthOfArrayLike (7.3.19)."""
    if isinstance(o, JSArray):
        return len(o)
    return to_length(get(o, "length"))


def create_list_from_array_like(o: Any) -> list[Any]:
    """CreateListFromArrayLike (7.3.20)."""
    if type(o) is JSArray and untouched.arrays:
        return [undefined if value is HOLE else value for value in o]
    if not isinstance(o, ObjectBase):
        raise type_error("CreateListFromArrayLike called on non-object")
    length = length_of_array_like(o)
    if length > MAX_LIST:
        raise range_error("Invalid array length")
    return [get(o, str(i)) for i in range(length)]


__all__ = [
    "call",
    "construct",
    "copy_data_properties",
    "create_data_property",
    "create_data_property_or_throw",
    "create_list_from_array_like",
    "define_property_or_throw",
    "delete",
    "delete_item",
    "delete_property_or_throw",
    "enumerable_own_properties",
    "get",
    "get_item",
    "get_method",
    "get_prototype_from_constructor",
    "has",
    "has_own_property",
    "has_property",
    "instance_of",
    "invoke",
    "length_of_array_like",
    "new",
    "new_array",
    "new_object",
    "object_with_prototype",
    "ordinary_create_from_constructor",
    "ordinary_has_instance",
    "own_properties",
    "put",
    "put_item",
    "rest_properties",
    "set_integrity_level",
    "set_property",
    "species_constructor",
    "test_integrity_level",
]
