"""Reflect (ECMA-262 section 28.1)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.object_operations import construct as construct_
from odw.ecma.abstract_ops.object_operations import create_list_from_array_like
from odw.ecma.abstract_ops.property_descriptors import from_property_descriptor, to_property_descriptor
from odw.ecma.abstract_ops.type_conversion import to_property_key
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.function import not_applicable
from odw.ecma.values import MISSING, JSArray, JSFunction, ObjectBase, is_constructor, undefined


def _require_object(target: Any, name: str) -> None:
    if not isinstance(target, ObjectBase):
        raise type_error(f"Reflect.{name} called on non-object")


def apply(
    this: Any, target: Any = undefined, this_arg: Any = undefined, args: Any = undefined, *_: Any
) -> Any:
    if not isinstance(target, JSFunction):
        raise not_applicable(target)
    return target.call(this_arg, *create_list_from_array_like(args))


def construct(
    this: Any, target: Any = undefined, args: Any = undefined, new_target: Any = MISSING, *_: Any
) -> Any:
    if not is_constructor(target):
        raise type_error(f"{describe(target)} is not a constructor")
    if new_target is not MISSING and not is_constructor(new_target):
        raise type_error(f"{describe(new_target)} is not a constructor")
    values = create_list_from_array_like(args)
    return construct_(target, values, target if new_target is MISSING else new_target)


def define_property(
    this: Any, target: Any = undefined, k: Any = undefined, attributes: Any = undefined, *_: Any
) -> bool:
    _require_object(target, "defineProperty")
    key = to_property_key(k)
    return target.js_define_own_property(key, to_property_descriptor(attributes))  # type: ignore[no-any-return]


def delete_property(this: Any, target: Any = undefined, k: Any = undefined, *_: Any) -> bool:
    _require_object(target, "deleteProperty")
    return target.js_delete(to_property_key(k))  # type: ignore[no-any-return]


def get(this: Any, target: Any = undefined, k: Any = undefined, receiver: Any = MISSING, *_: Any) -> Any:
    _require_object(target, "get")
    return target.js_get(to_property_key(k), target if receiver is MISSING else receiver)


def get_own_property_descriptor(this: Any, target: Any = undefined, k: Any = undefined, *_: Any) -> Any:
    _require_object(target, "getOwnPropertyDescriptor")
    return from_property_descriptor(target.js_get_own_property(to_property_key(k)))


def get_prototype_of(this: Any, target: Any = undefined, *_: Any) -> Any:
    _require_object(target, "getPrototypeOf")
    return target.js_get_prototype_of()


def has(this: Any, target: Any = undefined, k: Any = undefined, *_: Any) -> bool:
    _require_object(target, "has")
    return target.js_has_property(to_property_key(k))  # type: ignore[no-any-return]


def is_extensible(this: Any, target: Any = undefined, *_: Any) -> bool:
    _require_object(target, "isExtensible")
    return target.js_is_extensible()  # type: ignore[no-any-return]


def own_keys(this: Any, target: Any = undefined, *_: Any) -> JSArray:
    _require_object(target, "ownKeys")
    return JSArray(target.js_own_property_keys())


def prevent_extensions(this: Any, target: Any = undefined, *_: Any) -> bool:
    _require_object(target, "preventExtensions")
    return target.js_prevent_extensions()  # type: ignore[no-any-return]


def set_(
    this: Any,
    target: Any = undefined,
    k: Any = undefined,
    v: Any = undefined,
    receiver: Any = MISSING,
    *_: Any,
) -> bool:
    _require_object(target, "set")
    return target.js_set(to_property_key(k), v, target if receiver is MISSING else receiver)  # type: ignore[no-any-return]


def set_prototype_of(this: Any, target: Any = undefined, proto: Any = undefined, *_: Any) -> bool:
    _require_object(target, "setPrototypeOf")
    if proto is not None and not isinstance(proto, ObjectBase):
        raise type_error(f"Object prototype may only be an Object or null: {describe(proto)}")
    return target.js_set_prototype_of(proto)  # type: ignore[no-any-return]


def install(realm: Any) -> None:
    reflect = realm.reflect = new_prototype()
    define_methods(
        reflect,
        {
            "defineProperty": (define_property, 3),
            "deleteProperty": (delete_property, 2),
            "apply": (apply, 3),
            "construct": (construct, 2),
            "get": (get, 2),
            "getOwnPropertyDescriptor": (get_own_property_descriptor, 2),
            "getPrototypeOf": (get_prototype_of, 1),
            "has": (has, 2),
            "isExtensible": (is_extensible, 1),
            "ownKeys": (own_keys, 1),
            "preventExtensions": (prevent_extensions, 1),
            "set": (set_, 3),
            "setPrototypeOf": (set_prototype_of, 2),
        },
    )
    define_tag(reflect, "Reflect")
