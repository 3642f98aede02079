"""Arrays with few elements among very many indices: the third shape of an Array exotic object (ECMA-262 10.4.2).

An array is a list until it would hold more than ``MAX_HOLES`` holes in a row. Then its elements move into a dict by index
and its list stays empty. ``len(a)``, ``a[i]`` and ``a[i] = v`` mean the same as for the other shapes (``HOLE`` is what is
absent), so that they share their internal methods; whatever else a list can do is not for this shape.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Final

from odw.ecma.completion import range_error
from odw.ecma.internal_methods import ordered_keys
from odw.ecma.values import HOLE, ArrayObject, JSArray, Property, PropertyKey, unusual

MAX_HOLES: Final = 2**22
"""The most holes in a row that an array's list grows by at once; each takes 8 bytes."""
MAX_SPARSE_ELEMENTS: Final = 2**22
"""NON-SPEC: an array of this shape with more elements is a RangeError; each takes a hundred bytes."""


class _Named(dict):  # type: ignore[type-arg]
    """The ``named`` properties of a sparse array and, beside them, its elements; ``changes`` counts comings and goings."""

    __slots__ = ("changes", "elements", "length")

    def __init__(self, named: dict[PropertyKey, Any], elements: dict[int, Any], length: int) -> None:
        super().__init__(named)
        self.elements = elements
        self.length = length
        self.changes = 0


class SparseArray(ArrayObject):
    """An Array of the third shape."""

    __slots__ = ()

    def __len__(self) -> int:
        return self.named.length  # type: ignore[no-any-return]

    def __getitem__(self, index: Any) -> Any:
        return self.named.elements.get(index, HOLE)

    def __setitem__(self, index: Any, value: Any) -> None:
        named = self.named
        elements = named.elements
        if value is HOLE:
            if elements.pop(index, HOLE) is not HOLE:
                named.changes += 1
            return
        if index not in elements:
            if len(elements) >= MAX_SPARSE_ELEMENTS:
                raise range_error("Invalid array length")
            named.changes += 1
        elements[index] = value
        if index >= named.length:
            named.length = index + 1

    def set_length(self, length: int) -> bool:
        """Steps 10 to 21 of ArraySetLength (10.4.2.4): False when an element refuses to go."""
        named = self.named
        for index in sorted((i for i in named.elements if i >= length), reverse=True):
            value = named.elements[index]
            if type(value) is Property and not value.configurable:
                named.length = index + 1
                return False
            self[index] = HOLE
        named.length = length
        return True

    def present(self, start: int, stop: int) -> Iterator[int]:
        """The indices from ``start`` up to ``stop`` that have an element when their turn comes."""
        named = self.named
        order, position, changes = [], 0, -1
        while True:
            if named.changes != changes:
                order, changes = sorted(named.elements), named.changes
                position = bisect_left(order, start)
            if position >= len(order) or order[position] >= stop:
                return
            yield order[position]
            start = order[position] + 1
            position += 1

    def present_backwards(self, start: int) -> Iterator[int]:
        """The indices from ``start`` down to 0 that have an element when their turn comes."""
        named = self.named
        order, position, changes = [], 0, -1
        while True:
            if named.changes != changes:
                order, changes = sorted(named.elements), named.changes
                position = bisect_left(order, start + 1)
            position -= 1
            if position < 0:
                return
            yield order[position]
            start = order[position] - 1

    def js_own_property_keys(self) -> list[PropertyKey]:
        named = self.named
        return [*(str(index) for index in sorted(named.elements)), "length", *ordered_keys(named)]


def make_sparse(array: Any, length: int) -> None:
    """Give an array of one of the first two shapes the third one, in place, and this length, which is no smaller."""
    unusual(array)
    if type(array) is not ArrayObject:  # %Array.prototype%, whose own methods would be lost
        raise range_error("Invalid array length")
    elements = {index: value for index, value in enumerate(array) if value is not HOLE}
    list.clear(array)
    array._named = _Named(array._named, elements, length)
    array.__class__ = SparseArray


def sparse_array(length: int) -> JSArray:
    """A new array of ``length`` holes in the third shape."""
    array = JSArray()
    make_sparse(array, length)
    return array
