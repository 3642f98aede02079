"""The intrinsics that every realm has from the start: what all others inherit from, and the global object."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.global_operations import GlobalObject
from odw.ecma.completion import type_error
from odw.ecma.intrinsics import array, builders, function, object
from odw.ecma.values import JSFunction, JSObject, Property, undefined
from odw.ecma.watched_methods import WatchedArrayPrototype


def bootstrap(realm: Any) -> None:
    """CreateIntrinsics (9.3.2) as far as it is not lazy, and SetDefaultGlobalBindings (9.3.4)."""
    realm.absent_globals = {}
    realm.function_prototype = JSFunction(_nothing, realm.object_prototype, "", 0)
    realm.array_prototype = WatchedArrayPrototype((), realm.object_prototype)
    realm.throw_type_error = _throw_type_error()
    realm.global_object = GlobalObject(realm.object_prototype)
    function.fill_prototype(realm)
    object.fill_prototype(realm)
    array.install(realm)
    realm.array_prototype_values = realm.array_prototype.named["values"].value


def _nothing(this: Any, *_: Any) -> Any:
    """%Function.prototype% accepts anything and returns undefined."""
    return undefined


def _throw_type_error() -> JSFunction:
    """%ThrowTypeError% (10.2.4.1): frozen, and without a name."""

    def fail(this: Any, *_: Any) -> Any:
        raise type_error(
            "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions "
            "or the arguments objects for calls to them"
        )

    f = builders.builtin(fail, "", 0)
    f.name = None
    f["length"] = Property(0)
    f["name"] = Property("")
    f.extensible = False
    return f


__all__ = ["JSObject", "bootstrap"]
