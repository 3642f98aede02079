"""String iterator objects: code points, one after the other (ECMA-262 22.1.5)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import next_by
from odw.ecma.abstract_ops.pristine import code_points
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.string_support import this_string
from odw.ecma.realm import R
from odw.ecma.values import MISSING, OrdinaryObject


class StringIterator(OrdinaryObject):
    __slots__ = ("points",)
    class_name = "String Iterator"

    def __init__(self, text: str) -> None:
        super().__init__(R.string_iterator_prototype)
        self.points = code_points(text)


def iterator(this: Any, *_: Any) -> Any:
    """String.prototype[Symbol.iterator]: https://tc39.es/ecma262/#sec-string.prototype-%symbol.iterator%"""
    return StringIterator(this_string(this, "[Symbol.iterator]"))


def step(this: Any) -> Any:
    """The next code point or MISSING, of %StringIteratorPrototype%.next (22.1.5.1)."""
    if type(this) is not StringIterator:
        raise type_error(
            f"Method String Iterator.prototype.next called on incompatible receiver {describe(this)}"
        )
    return next(this.points, MISSING)


def install_iterator(realm: Any) -> None:
    prototype = new_prototype(realm.iterator_prototype)
    define_methods(prototype, {"next": (next_by(step), 0)})
    define_tag(prototype, "String Iterator")
    realm.string_iterator_prototype = prototype
    realm.string_iterator_next = prototype["next"].value
