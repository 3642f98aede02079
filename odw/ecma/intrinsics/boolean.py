"""Boolean (ECMA-262 section 20.3)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.object_operations import get_prototype_from_constructor
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import constructor, define_methods
from odw.ecma.values import undefined
from odw.ecma.wrappers import BooleanObject


def boolean_call(this: Any, value: Any = undefined, *_: Any) -> bool:
    return truthy(value)


def boolean_construct(args: Any, new_target: Any) -> BooleanObject:
    proto = get_prototype_from_constructor(new_target, "boolean_prototype")
    return BooleanObject(truthy(args[0]) if args else False, proto)


def _this_boolean(this: Any, method: str) -> bool:
    """ThisBooleanValue (20.3.3.3.1)."""
    if type(this) is bool:
        return this
    if isinstance(this, BooleanObject):
        return this.primitive  # type: ignore[no-any-return]
    raise type_error(f"Boolean.prototype.{method} requires that 'this' be a Boolean")


def to_text(this: Any, *_: Any) -> str:
    return "true" if _this_boolean(this, "toString") else "false"


def value_of(this: Any, *_: Any) -> bool:
    return _this_boolean(this, "valueOf")


def install(realm: Any) -> None:
    prototype = realm.boolean_prototype = BooleanObject(False, realm.object_prototype)
    realm.boolean_constructor = constructor("Boolean", 1, prototype, boolean_call, boolean_construct)
    define_methods(prototype, {"toString": (to_text, 0), "valueOf": (value_of, 0)})
