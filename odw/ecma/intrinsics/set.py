"""Set objects and Set iterators (ECMA-262 sections 24.2 and 24.2.6). The set algebra is in set_algebra.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
from odw.ecma.abstract_ops.iterator_operations import iterate, next_by
from odw.ecma.abstract_ops.object_operations import ordinary_create_from_constructor
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
from odw.ecma.intrinsics.set_algebra import SET_ALGEBRA
from odw.ecma.keyed_collection import SetObject, hash_key
from odw.ecma.realm import R
from odw.ecma.values import MISSING, OrdinaryObject, WellKnown, undefined
from odw.ecma.watched_methods import SetPrototype


def _set(this: Any, method: str) -> SetObject:
    if not isinstance(this, SetObject):
        raise incompatible_receiver(f"Set.prototype.{method}", this)
    return this


def call_set(this: Any, *_: Any) -> Any:
    raise type_error("Constructor Set requires 'new'")


def construct_set(args: Any, new_target: Any) -> Any:
    """Set (24.2.2.1)."""
    created = ordinary_create_from_constructor(new_target, "set_prototype", SetObject)
    iterable = args[0] if args else undefined
    if iterable is undefined or iterable is None:
        return created
    function = adder(created, "add")
    with iterate(iterable) as values:
        if function.call is add:
            created.insert_all(values)
        else:
            for value in values:
                function.call(created, value)
    return created


def add(this: Any, value: Any = undefined, *_: Any) -> Any:
    """Set.prototype.add (24.2.4.1)."""
    set_ = this if type(this) is SetObject else _set(this, "add")
    kind = type(value)
    if kind is float or kind is bool:
        set_.insert_all((value,))
    elif value not in set_.index:
        set_.index[value] = cell = [value, value]
        set_.cells.append(cell)
    return this


def has(this: Any, value: Any = undefined, *_: Any) -> Any:
    set_ = this if type(this) is SetObject else _set(this, "has")
    kind = type(value)
    return (hash_key(value) if kind is float or kind is bool else value) in set_.index


def delete(this: Any, value: Any = undefined, *_: Any) -> Any:
    return _set(this, "delete").remove(value)


def clear(this: Any, *_: Any) -> Any:
    _set(this, "clear").clear_all()
    return undefined


def size(this: Any, *_: Any) -> Any:
    if not isinstance(this, SetObject):
        raise incompatible_receiver("get Set.prototype.size", this)
    return len(this.index)


def for_each(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    """Set.prototype.forEach (24.2.4.9)."""
    members = _set(this, "forEach").live_keys()
    call = require_function(callback).call
    for member in members:
        call(this_arg, member, member, this)
    return undefined


class SetIterator(OrdinaryObject):
    """A Set iterator; ``walk`` goes through the set and stays at its end once there."""

    __slots__ = ("walk",)
    class_name = "Set Iterator"

    def __init__(self, walk: Iterator[Any]) -> None:
        self._proto = R.set_iterator_prototype
        self.extensible = True
        self.walk = walk


def values(this: Any, *_: Any) -> Any:
    return SetIterator(_set(this, "values").live_keys())


def entries(this: Any, *_: Any) -> Any:
    return SetIterator(_set(this, "entries").live_entries())


def iterator_step(this: Any) -> Any:
    """The next value or MISSING, of %SetIteratorPrototype%.next (24.2.6.2.1)."""
    if type(this) is not SetIterator:
        raise incompatible_receiver("Set Iterator.prototype.next", this)
    return next(this.walk, MISSING)


def species(this: Any, *_: Any) -> Any:
    return this


def install(realm: Any) -> None:
    prototype = realm.set_prototype = SetPrototype(realm.object_prototype)
    function = realm.set_constructor = constructor("Set", 0, prototype, call_set, construct_set)
    define_getters(function, {WellKnown.species: species})
    define_methods(
        prototype,
        {
            "has": (has, 1),
            "add": (add, 1),
            "delete": (delete, 1),
            "clear": (clear, 0),
            "entries": (entries, 0),
            "forEach": (for_each, 1),
        },
    )
    define_getters(prototype, {"size": size})
    define_methods(prototype, {"values": (values, 0), **SET_ALGEBRA})
    define_tag(prototype, "Set")
    realm.set_values = prototype["values"].value
    define_hidden(prototype, "keys", realm.set_values)
    define_hidden(prototype, WellKnown.iterator, realm.set_values)
    iterator = realm.set_iterator_prototype = new_prototype(realm.iterator_prototype)
    define_methods(iterator, {"next": (next_by(iterator_step), 0)})
    define_tag(iterator, "Set Iterator")
    realm.set_iterator_next = iterator["next"].value
