"""WeakMap and WeakSet (ECMA-262 sections 24.3 and 24.4).

NON-SPEC: both hold their keys strongly. No script can tell, and the values of a run do not outlive it.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
from odw.ecma.abstract_ops.iterator_operations import iterate
from odw.ecma.abstract_ops.object_operations import get, ordinary_create_from_constructor
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import constructor, define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.collection_support import adder, require_function
from odw.ecma.realm import R
from odw.ecma.values import MISSING, ObjectBase, OrdinaryObject, Symbol, undefined


class WeakMapObject(OrdinaryObject):
    __slots__ = ("entries",)
    class_name = "WeakMap"

    def __init__(self, proto: Any) -> None:
        super().__init__(proto)
        self.entries: dict[Any, Any] = {}


class WeakSetObject(OrdinaryObject):
    __slots__ = ("members",)
    class_name = "WeakSet"

    def __init__(self, proto: Any) -> None:
        super().__init__(proto)
        self.members: dict[Any, None] = {}


def can_be_held_weakly(value: Any) -> bool:
    """CanBeHeldWeakly (9.14): objects, and symbols that Symbol.for did not make."""
    if isinstance(value, ObjectBase):
        return True
    return type(value) is Symbol and all(registered is not value for registered in R.symbol_registry.values())


# What cannot be held weakly is never a key, so a look-up need not ask: keys are found by identity.


def _map(this: Any, method: str) -> WeakMapObject:
    if not isinstance(this, WeakMapObject):
        raise incompatible_receiver(f"WeakMap.prototype.{method}", this)
    return this


def _set(this: Any, method: str) -> WeakSetObject:
    if not isinstance(this, WeakSetObject):
        raise incompatible_receiver(f"WeakSet.prototype.{method}", this)
    return this


def call_weak_map(this: Any, *_: Any) -> Any:
    raise type_error("Constructor WeakMap requires 'new'")


def construct_weak_map(args: Any, new_target: Any) -> Any:
    """WeakMap (24.3.1.1)."""
    created = ordinary_create_from_constructor(new_target, "weak_map_prototype", WeakMapObject)
    iterable = args[0] if args else undefined
    if iterable is undefined or iterable is None:
        return created
    add = adder(created, "set")
    with iterate(iterable) as entries:
        for entry in entries:
            if not isinstance(entry, ObjectBase):
                raise type_error(f"Iterator value {describe(entry)} is not an entry object")
            add.call(created, get(entry, "0"), get(entry, "1"))
    return created


def map_get(this: Any, key: Any = undefined, *_: Any) -> Any:
    return _map(this, "get").entries.get(key, undefined)


def map_set(this: Any, key: Any = undefined, value: Any = undefined, *_: Any) -> Any:
    entries = _map(this, "set").entries
    if not can_be_held_weakly(key):
        raise type_error("Invalid value used as weak map key")
    entries[key] = value
    return this


def map_has(this: Any, key: Any = undefined, *_: Any) -> Any:
    return key in _map(this, "has").entries


def map_get_or_insert(this: Any, key: Any = undefined, value: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-weakmap.prototype.getorinsert"""
    entries = _map(this, "getOrInsert").entries
    if not can_be_held_weakly(key):
        raise type_error("Invalid value used as weak map key")
    return entries.setdefault(key, value)


def map_get_or_insert_computed(this: Any, key: Any = undefined, callback: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-weakmap.prototype.getorinsertcomputed"""
    entries = _map(this, "getOrInsertComputed").entries
    if not can_be_held_weakly(key):
        raise type_error("Invalid value used as weak map key")
    call = require_function(callback).call
    if key not in entries:
        entries[key] = call(undefined, key)
    return entries[key]


def map_delete(this: Any, key: Any = undefined, *_: Any) -> Any:
    return _map(this, "delete").entries.pop(key, MISSING) is not MISSING


def call_weak_set(this: Any, *_: Any) -> Any:
    raise type_error("Constructor WeakSet requires 'new'")


def construct_weak_set(args: Any, new_target: Any) -> Any:
    """WeakSet (24.4.1.1)."""
    created = ordinary_create_from_constructor(new_target, "weak_set_prototype", WeakSetObject)
    iterable = args[0] if args else undefined
    if iterable is undefined or iterable is None:
        return created
    add = adder(created, "add")
    with iterate(iterable) as values:
        for value in values:
            add.call(created, value)
    return created


def set_add(this: Any, value: Any = undefined, *_: Any) -> Any:
    members = _set(this, "add").members
    if not can_be_held_weakly(value):
        raise type_error("Invalid value used in weak set")
    members[value] = None
    return this


def set_has(this: Any, value: Any = undefined, *_: Any) -> Any:
    return value in _set(this, "has").members


def set_delete(this: Any, value: Any = undefined, *_: Any) -> Any:
    return _set(this, "delete").members.pop(value, MISSING) is not MISSING


def install(realm: Any) -> None:
    weak_map = realm.weak_map_prototype = new_prototype()
    realm.weak_map_constructor = constructor("WeakMap", 0, weak_map, call_weak_map, construct_weak_map)
    define_methods(
        weak_map,
        {
            "delete": (map_delete, 1),
            "get": (map_get, 1),
            "set": (map_set, 2),
            "has": (map_has, 1),
            "getOrInsert": (map_get_or_insert, 2),
            "getOrInsertComputed": (map_get_or_insert_computed, 2),
        },
    )
    define_tag(weak_map, "WeakMap")
    weak_set = realm.weak_set_prototype = new_prototype()
    realm.weak_set_constructor = constructor("WeakSet", 0, weak_set, call_weak_set, construct_weak_set)
    define_methods(weak_set, {"delete": (set_delete, 1), "has": (set_has, 1), "add": (set_add, 1)})
    define_tag(weak_set, "WeakSet")
