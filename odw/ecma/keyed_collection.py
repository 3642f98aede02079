"""The storage of Map and Set: insertion order, SameValueZero keys, iteration that stays exact while entries come and go.

``cells`` lists the entries in insertion order, each a two-element list ``[key, value]``; ``index`` finds a cell by its
key. A deleted cell keeps its place in the list, with ``DELETED`` as its key, until half the list is such; then the list
is replaced by a compact one. Iterators hold a list and a position: a replaced list knows its ``successor`` and its
``gaps`` (the positions that fell out), which tell where to go on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, Final

from odw.ecma.values import JSArray, OrdinaryObject, undefined

DELETED: Final = object()
_TRUE, _FALSE, _NAN = object(), object(), object()
_ODD = frozenset((bool, float))  # the types whose values need hash_key
_key_of, _value_of = itemgetter(0), itemgetter(1)
_SLACK = 16  # deleted cells that are not worth a replacement


class _Cells(list):  # type: ignore[type-arg]
    __slots__ = ("gaps", "successor")

    def __init__(self, items: Any = ()) -> None:
        list.__init__(self, items)
        self.successor: _Cells | None = None
        self.gaps: Sequence[int] = ()


def hash_key(key: Any) -> Any:
    """A Python dict key equal exactly for SameValueZero-equal (7.2.11) script values.

    Python says ``True == 1`` and ``nan != nan``; all other values behave (objects and symbols compare by identity).
    """
    if key is True:
        return _TRUE
    if key is False:
        return _FALSE
    return _NAN if key != key else key


class KeyedCollection(OrdinaryObject):
    """A Map or Set object; a Set's cells hold the member twice."""

    __slots__ = ("cells", "index")

    def __init__(self, proto: Any) -> None:
        self._proto = proto
        self.extensible = True
        self.cells = _Cells()
        self.index: dict[Any, list[Any]] = {}

    def find(self, key: Any) -> list[Any] | None:
        """The cell of ``key``, or None."""
        return self.index.get(hash_key(key) if type(key) in _ODD else key)

    def store(self, key: Any, value: Any) -> None:
        """Set the value of ``key``, appending it if it is new. A key -0 becomes +0."""
        hashed = hash_key(key) if type(key) in _ODD else key
        cell = self.index.get(hashed)
        if cell is None:
            if key == 0 and type(key) is float:
                key = 0
            self.index[hashed] = cell = [key, value]
            self.cells.append(cell)
        else:
            cell[1] = value

    def insert_all(self, members: Iterable[Any]) -> None:
        """Add those of a Set's ``members`` that are new."""
        index, append = self.index, self.cells.append
        for member in members:
            hashed = hash_key(member) if type(member) in _ODD else member
            if hashed not in index:
                if member == 0 and type(member) is float:
                    member = 0
                index[hashed] = cell = [member, member]
                append(cell)

    def remove(self, key: Any) -> bool:
        """Delete ``key``; whether it was there."""
        cell = self.index.pop(hash_key(key) if type(key) in _ODD else key, None)
        if cell is None:
            return False
        cell[0] = DELETED
        cell[1] = undefined
        cells = self.cells
        if len(cells) > 2 * len(self.index) + _SLACK:
            gaps = [position for position, cell in enumerate(cells) if cell[0] is DELETED]
            self._replace_cells(_Cells(cell for cell in cells if cell[0] is not DELETED), gaps)
        return True

    def clear_all(self) -> None:
        for cell in self.cells:
            cell[0] = DELETED
            cell[1] = undefined
        self.index = {}
        self._replace_cells(_Cells(), range(len(self.cells)))

    def _replace_cells(self, successor: _Cells, gaps: Sequence[int]) -> None:
        self.cells.successor = successor
        self.cells.gaps = gaps
        self.cells = successor

    def live_cells(self) -> Iterator[list[Any]]:
        """The cells in order, those added meanwhile included, those deleted before their turn left out."""
        cells = self.cells
        position = 0
        while True:
            while cells.successor is not None:
                position -= bisect_left(cells.gaps, position)
                cells = cells.successor
            for cell in islice(cells, position, None):  # sees what is appended meanwhile
                position += 1
                if cell[0] is not DELETED:
                    yield cell
                    if cells.successor is not None:
                        break
            else:
                return

    def live_keys(self) -> Iterator[Any]:
        return map(_key_of, self.live_cells())

    def live_values(self) -> Iterator[Any]:
        return map(_value_of, self.live_cells())

    def live_entries(self) -> Iterator[Any]:
        """``[key, value]`` arrays."""
        return map(JSArray, self.live_cells())


class MapObject(KeyedCollection):
    __slots__ = ()
    class_name = "Map"


class SetObject(KeyedCollection):
    __slots__ = ()
    class_name = "Set"
