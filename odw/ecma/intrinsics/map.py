"""Map objects and Map iterators (ECMA-262 sections 24.1 and 24.1.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
from odw.ecma.abstract_ops.iterator_operations import iterate, next_by
from odw.ecma.abstract_ops.object_operations import get, get_item, ordinary_create_from_constructor
from odw.ecma.abstract_ops.testing_comparison import require_object_coercible
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import (
    constructor,
    define_getters,
    define_hidden,
    define_methods,
    define_tag,
    new_prototype,
)
from odw.ecma.intrinsics.collection_support import adder, require_function
from odw.ecma.keyed_collection import MapObject, hash_key
from odw.ecma.realm import R
from odw.ecma.values import (
    MISSING,
    JSArray,
    ObjectBase,
    OrdinaryObject,
    WellKnown,
    undefined,
)
from odw.ecma.watched_methods import MapPrototype


def _map(this: Any, method: str) -> MapObject:
    if not isinstance(this, MapObject):
        raise incompatible_receiver(f"Map.prototype.{method}", this)
    return this


def call_map(this: Any, *_: Any) -> Any:
    raise type_error("Constructor Map requires 'new'")


def construct_map(args: Any, new_target: Any) -> Any:
    """Map (24.1.1.1)."""
    created = ordinary_create_from_constructor(new_target, "map_prototype", MapObject)
    iterable = args[0] if args else undefined
    if iterable is undefined or iterable is None:
        return created
    add = adder(created, "set")
    fast = add.call is set_
    with iterate(iterable) as entries:
        for entry in entries:
            if type(entry) is JSArray and len(entry) >= 2 and fast:
                created.store(get_item(entry, 0), get_item(entry, 1))
            elif isinstance(entry, ObjectBase):
                add.call(created, get(entry, "0"), get(entry, "1"))
            else:
                raise type_error(f"Iterator value {describe(entry)} is not an entry object")
    return created


def get_(this: Any, key: Any = undefined, *_: Any) -> Any:
    """Map.prototype.get (24.1.3.6)."""
    map_ = this if type(this) is MapObject else _map(this, "get")
    kind = type(key)
    cell = map_.index.get(hash_key(key) if kind is float or kind is bool else key)
    return undefined if cell is None else cell[1]


def set_(this: Any, key: Any = undefined, value: Any = undefined, *_: Any) -> Any:
    """Map.prototype.set (24.1.3.9)."""
    map_ = this if type(this) is MapObject else _map(this, "set")
    kind = type(key)
    if kind is float or kind is bool:
        map_.store(key, value)
        return this
    cell = map_.index.get(key)
    if cell is None:
        map_.index[key] = cell = [key, value]
        map_.cells.append(cell)
    else:
        cell[1] = value
    return this


def get_or_insert(this: Any, key: Any = undefined, value: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-map.prototype.getorinsert"""
    map_ = _map(this, "getOrInsert")
    cell = map_.find(key)
    if cell is not None:
        return cell[1]
    map_.store(key, value)
    return value


def get_or_insert_computed(this: Any, key: Any = undefined, callback: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-map.prototype.getorinsertcomputed"""
    map_ = _map(this, "getOrInsertComputed")
    call = require_function(callback).call
    cell = map_.find(key)
    if cell is not None:
        return cell[1]
    value = call(undefined, 0 if key == 0 and type(key) is float else key)
    map_.store(key, value)  # the callback may have stored another value
    return value


def has(this: Any, key: Any = undefined, *_: Any) -> Any:
    map_ = this if type(this) is MapObject else _map(this, "has")
    kind = type(key)
    return (hash_key(key) if kind is float or kind is bool else key) in map_.index


def delete(this: Any, key: Any = undefined, *_: Any) -> Any:
    return _map(this, "delete").remove(key)


def clear(this: Any, *_: Any) -> Any:
    _map(this, "clear").clear_all()
    return undefined


def size(this: Any, *_: Any) -> Any:
    if not isinstance(this, MapObject):
        raise incompatible_receiver("get Map.prototype.size", this)
    return len(this.index)


def for_each(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    """Map.prototype.forEach (24.1.3.5)."""
    cells = _map(this, "forEach").live_cells()
    call = require_function(callback).call
    for cell in cells:
        call(this_arg, cell[1], cell[0], this)
    return undefined


class MapIterator(OrdinaryObject):
    """A Map iterator; ``walk`` goes through the map and stays at its end once there."""

    __slots__ = ("walk",)
    class_name = "Map Iterator"

    def __init__(self, walk: Iterator[Any]) -> None:
        self._proto = R.map_iterator_prototype
        self.extensible = True
        self.walk = walk


def entries(this: Any, *_: Any) -> Any:
    return MapIterator(_map(this, "entries").live_entries())


def keys(this: Any, *_: Any) -> Any:
    return MapIterator(_map(this, "keys").live_keys())


def values(this: Any, *_: Any) -> Any:
    return MapIterator(_map(this, "values").live_values())


def iterator_step(this: Any) -> Any:
    """The next value or MISSING, of %MapIteratorPrototype%.next (24.1.5.2.1)."""
    if type(this) is not MapIterator:
        raise incompatible_receiver("Map Iterator.prototype.next", this)
    return next(this.walk, MISSING)


def group_by(this: Any, items: Any = undefined, callback: Any = undefined, *_: Any) -> Any:
    """Map.groupBy (24.1.2.1)."""
    require_object_coercible(items)
    call = require_function(callback).call
    groups = MapObject(R.map_prototype)
    with iterate(items) as values:
        for index, value in enumerate(values):
            key = call(undefined, value, index)
            cell = groups.find(key)
            if cell is None:
                groups.store(key, JSArray([value]))
            else:
                cell[1].append(value)
    return groups


def species(this: Any, *_: Any) -> Any:
    return this


def install(realm: Any) -> None:
    prototype = realm.map_prototype = MapPrototype(realm.object_prototype)
    function = constructor("Map", 0, prototype, call_map, construct_map)
    realm.map_constructor = function
    define_methods(function, {"groupBy": (group_by, 2)})
    define_getters(function, {WellKnown.species: species})
    define_methods(
        prototype,
        {
            "get": (get_, 1),
            "set": (set_, 2),
            "has": (has, 1),
            "delete": (delete, 1),
            "clear": (clear, 0),
            "entries": (entries, 0),
            "forEach": (for_each, 1),
            "keys": (keys, 0),
            "getOrInsert": (get_or_insert, 2),
            "getOrInsertComputed": (get_or_insert_computed, 2),
        },
    )
    define_getters(prototype, {"size": size})
    define_methods(prototype, {"values": (values, 0)})
    define_tag(prototype, "Map")
    realm.map_entries = prototype["entries"].value
    define_hidden(prototype, WellKnown.iterator, realm.map_entries)
    iterator = realm.map_iterator_prototype = new_prototype(realm.iterator_prototype)
    define_methods(iterator, {"next": (next_by(iterator_step), 0)})
    define_tag(iterator, "Map Iterator")
    realm.map_iterator_next = iterator["next"].value
