"""Iterator and its prototypes (ECMA-262 section 27.1). The methods of Iterator.prototype are in iterator_helpers.py."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.async_iterator_operations import (
    async_from_sync_next,
    async_from_sync_return,
    async_from_sync_throw,
)
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver, not_a_function
from odw.ecma.abstract_ops.iterator_operations import (
    IteratorRecord,
    create_iter_result_object,
    return_method,
)
from odw.ecma.abstract_ops.object_operations import (
    create_data_property_or_throw,
    ordinary_create_from_constructor,
    ordinary_has_instance,
    put,
)
from odw.ecma.completion import type_error
from odw.ecma.intrinsics import iterator_joint
from odw.ecma.intrinsics.builders import builtin, constructor, define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.iterator_helpers import (
    HELPERS,
    get_iterator_flattenable,
    helper_next,
    helper_return,
)
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, ObjectBase, OrdinaryObject, Property, WellKnown, undefined
from odw.ecma.watched_prototypes import IteratorPrototype


class WrapForValidIterator(OrdinaryObject):
    """What Iterator.from makes of an iterator that does not inherit from Iterator.prototype (27.1.3.2.1.1)."""

    __slots__ = ("record",)

    def __init__(self, record: IteratorRecord) -> None:
        super().__init__(R.wrap_for_valid_iterator_prototype)
        self.record = record


def _wrapped(this: Any, method: str) -> IteratorRecord:
    if type(this) is not WrapForValidIterator:
        raise incompatible_receiver(f"%WrapForValidIteratorPrototype%.{method}", this)
    return this.record


def wrap_next(this: Any, *_: Any) -> Any:
    record = _wrapped(this, "next")
    if not isinstance(record.next_method, JSFunction):
        raise not_a_function(record.next_method)
    return record.next_method.call(record.iterator)


def wrap_return(this: Any, *_: Any) -> Any:
    iterator = _wrapped(this, "return").iterator
    method = return_method(iterator)
    return create_iter_result_object(undefined, True) if method is None else method.call(iterator)


def call_iterator(this: Any, *_: Any) -> Any:
    raise type_error("Constructor Iterator requires 'new'")


def construct_iterator(args: Any, new_target: Any) -> Any:
    """Iterator (27.1.3.1): only for subclasses."""
    if new_target is R.iterator_constructor:
        raise type_error("Abstract class Iterator not directly constructable")
    return ordinary_create_from_constructor(new_target, "iterator_prototype")


def iterator_from(this: Any, value: Any = undefined, *_: Any) -> Any:
    """Iterator.from (27.1.3.2.1)."""
    record = get_iterator_flattenable(value, strings=True)
    if ordinary_has_instance(R.iterator_constructor, record.iterator):
        return record.iterator
    return WrapForValidIterator(record)


def return_this(this: Any, *_: Any) -> Any:
    return this


def _weird_accessor(prototype: Any, key: Any, name: str, value: Any) -> None:
    """An accessor that behaves as a data property which instances may shadow (27.1.4.1, 27.1.4.14)."""

    def getter(this: Any, *_: Any) -> Any:
        return value

    def setter(this: Any, new_value: Any = undefined, *_: Any) -> Any:
        """SetterThatIgnoresPrototypeProperties (7.3.33)."""
        if not isinstance(this, ObjectBase):
            raise type_error("Iterator.prototype setter called on non-object")
        if this is prototype:
            raise type_error(f"Cannot assign to read only property '{name}' of object '[object Object]'")
        if this.js_get_own_property(key) is None:  # type: ignore[attr-defined]
            create_data_property_or_throw(this, key, new_value)
        else:
            put(this, key, new_value)
        return undefined

    prototype[key] = Property(
        getter=builtin(getter, f"get {name}", 0), setter=builtin(setter, f"set {name}", 1), configurable=True
    )


def from_sync_next(this: Any, *value: Any) -> Any:
    return async_from_sync_next(this, value)


def from_sync_return(this: Any, *value: Any) -> Any:
    return async_from_sync_return(this, value)


def from_sync_throw(this: Any, *reason: Any) -> Any:
    return async_from_sync_throw(this, reason)


def install(realm: Any) -> None:
    prototype = realm.iterator_prototype = IteratorPrototype(realm.object_prototype)
    function = constructor("Iterator", 0, prototype, call_iterator, construct_iterator)
    realm.iterator_constructor = function
    define_methods(function, {"from": (iterator_from, 1), **iterator_joint.STATICS})
    define_methods(prototype, {WellKnown.iterator: (return_this, 0), **HELPERS})
    realm.iterator_return_this = prototype[WellKnown.iterator].value
    _weird_accessor(prototype, "constructor", "constructor", function)
    _weird_accessor(prototype, WellKnown.to_string_tag, "[Symbol.toStringTag]", "Iterator")

    helpers = realm.iterator_helper_prototype = new_prototype(prototype)
    define_methods(helpers, {"next": (helper_next, 0), "return": (helper_return, 0)})
    define_tag(helpers, "Iterator Helper")

    wrappers = realm.wrap_for_valid_iterator_prototype = new_prototype(prototype)
    define_methods(wrappers, {"next": (wrap_next, 0), "return": (wrap_return, 0)})

    async_prototype = realm.async_iterator_prototype = new_prototype()
    define_methods(async_prototype, {WellKnown.async_iterator: (return_this, 0)})
    from_sync = realm.async_from_sync_iterator_prototype = new_prototype(async_prototype)
    define_methods(
        from_sync,
        {"next": (from_sync_next, 1), "return": (from_sync_return, 1), "throw": (from_sync_throw, 1)},
    )
