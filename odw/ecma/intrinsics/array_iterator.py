"""Array iterator objects (ECMA-262 23.1.5)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import next_by
from odw.ecma.abstract_ops.object_operations import get_item
from odw.ecma.abstract_ops.type_conversion import to_object
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.array_support import length_of
from odw.ecma.intrinsics.builders import define_methods, define_tag
from odw.ecma.realm import R
from odw.ecma.values import HOLE, MISSING, JSArray, OrdinaryObject
from odw.ecma.watched_prototypes import ArrayIteratorPrototype


class ArrayIterator(OrdinaryObject):
    """``source`` is the array, or None once the end was reached; ``kind`` is "key", "value" or "key+value"."""

    __slots__ = ("index", "kind", "source")
    class_name = "Array Iterator"

    def __init__(self, source: Any, kind: str) -> None:
        super().__init__(R.array_iterator_prototype)
        self.source = source
        self.index = 0
        self.kind = kind


def values(this: Any, *_: Any) -> Any:
    return ArrayIterator(to_object(this), "value")


def keys(this: Any, *_: Any) -> Any:
    return ArrayIterator(to_object(this), "key")


def entries(this: Any, *_: Any) -> Any:
    return ArrayIterator(to_object(this), "key+value")


def step(this: Any) -> Any:
    """The next value or MISSING, of %ArrayIteratorPrototype%.next: https://tc39.es/ecma262/#sec-%arrayiteratorprototype%.next"""
    if type(this) is not ArrayIterator:
        raise type_error(
            f"Method Array Iterator.prototype.next called on incompatible receiver {describe(this)}"
        )
    source, index = this.source, this.index
    if source is None:
        return MISSING
    if index >= (len(source) if type(source) is JSArray else length_of(source)):
        this.source = None
        return MISSING
    this.index = index + 1
    if this.kind == "key":
        return index
    value = source[index] if type(source) is JSArray else HOLE
    if value is HOLE:
        value = get_item(source, index)
    return value if this.kind == "value" else JSArray([index, value])


def install_iterator(realm: Any) -> None:
    prototype = ArrayIteratorPrototype(realm.iterator_prototype)
    define_methods(prototype, {"next": (next_by(step), 0)})
    define_tag(prototype, "Array Iterator")
    realm.array_iterator_prototype = prototype
