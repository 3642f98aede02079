"""The essential internal methods of Array exotic objects (ECMA-262 section 10.4.2), over a Python list.

Importing this module gives them to :class:`~odw.ecma.values.JSArray`. The list's length is the array's; a list holds
bare values, HOLE, and, in an array of the second shape, Property. ``sparse_array.py`` has the third shape.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.number_text import array_index
from odw.ecma.abstract_ops.type_conversion import to_number, to_uint32
from odw.ecma.completion import range_error
from odw.ecma.internal_methods import give_methods, ordered_keys, set_with_own_property
from odw.ecma.property_descriptor import PropertyDescriptor, changed, is_plain
from odw.ecma.sparse_array import MAX_HOLES, SparseArray, make_sparse
from odw.ecma.values import (
    HOLE,
    MISSING,
    JSArray,
    OrdinaryObject,
    Property,
    PropertyKey,
    undefined,
    unusual,
)


class _Array:
    def js_get_prototype_of(self: Any) -> Any:
        return self.proto

    def js_set_prototype_of(self: Any, proto: Any) -> bool:
        return OrdinaryObject.js_set_prototype_of(self, proto)  # type: ignore[attr-defined, no-any-return]

    def js_is_extensible(self: Any) -> bool:
        return type(self) is JSArray or self.extensible

    def js_prevent_extensions(self: Any) -> bool:
        unusual(self)
        self.extensible = False
        return True

    def js_get_own_property(self: Any, k: PropertyKey) -> Property | None:
        if k == "length":
            return Property(len(self), type(self) is JSArray or self.length_writable)
        index = array_index(k)
        if index >= 0:
            value = self[index] if index < len(self) else HOLE
            if value is HOLE:
                return None
        elif type(self) is JSArray:
            return None
        else:
            value = self.named.get(k, MISSING)
            if value is MISSING:
                return None
        return value if type(value) is Property else Property(value, True, True, True)

    def js_define_own_property(self: Any, k: PropertyKey, desc: Any) -> bool:
        """10.4.2.1."""
        if k == "length":
            return _set_length(self, desc)
        index = array_index(k)
        if index >= len(self) and not (type(self) is JSArray or self.length_writable):
            return False
        prop = changed(self.js_is_extensible(), desc, self.js_get_own_property(k))
        if prop is None:
            return False
        if index < 0:
            unusual(self)
            self.named[k] = prop.value if is_plain(prop) else prop
        elif is_plain(prop):
            _store(self, index, prop.value)
        else:
            unusual(self)
            _store(self, index, prop)
        return True

    def js_has_property(self: Any, k: PropertyKey) -> bool:
        if self.js_get_own_property(k) is not None:
            return True
        parent = self.proto
        return parent is not None and parent.js_has_property(k)

    def js_get(self: Any, k: PropertyKey, receiver: Any) -> Any:
        if k == "length":
            return len(self)
        value = HOLE if type(self) is JSArray else self.named.get(k, HOLE)
        if value is HOLE:
            index = array_index(k)
            if 0 <= index < len(self):
                value = self[index]
            if value is HOLE:
                parent = self.proto
                return undefined if parent is None else parent.js_get(k, receiver)
        if type(value) is not Property:
            return value
        if value.getter is MISSING:
            return value.value
        return undefined if value.getter is undefined else value.getter.call(receiver)

    def js_set(self: Any, k: PropertyKey, v: Any, receiver: Any) -> bool:
        if receiver is self:
            index = array_index(k)
            if 0 <= index < len(self):
                value = self[index]
                if value is not HOLE and type(value) is not Property:
                    self[index] = v
                    return True
        return set_with_own_property(self, k, v, receiver, self.js_get_own_property(k))

    def js_delete(self: Any, k: PropertyKey) -> bool:
        own = self.js_get_own_property(k)
        if own is None:
            return True
        if not own.configurable:
            return False
        index = array_index(k)
        if index >= 0:
            self[index] = HOLE
        else:
            del self.named[k]
        return True

    def js_own_property_keys(self: Any) -> list[PropertyKey]:
        keys: list[PropertyKey] = [str(i) for i, value in enumerate(self) if value is not HOLE]
        keys.append("length")
        if type(self) is not JSArray and self.named:
            keys += ordered_keys(self.named)
        return keys


def grow(array: Any, length: int) -> None:
    """Fill up with holes to ``length``: the list, or where it would hold too many of them, none."""
    missing = length - len(array)
    if type(array) is SparseArray:
        array.set_length(length)
    elif missing > MAX_HOLES:
        make_sparse(array, length)
    else:
        array.extend([HOLE] * missing)


def set_array_length(array: Any, length: int) -> bool:
    """Steps 10 to 21 of ArraySetLength (10.4.2.4): False when an element refuses to go."""
    if length >= len(array):
        if length > len(array):
            grow(array, length)
        return True
    if type(array) is SparseArray:
        return array.set_length(length)
    keep = length
    if type(array) is not JSArray:
        for index in range(len(array) - 1, length - 1, -1):
            value = array[index]
            if type(value) is Property and not value.configurable:
                keep = index + 1
                break
    del array[keep:]
    return keep == length


def array_length_value(v: Any) -> int:
    """Steps 3 to 5 of ArraySetLength: RangeError for what is no array length."""
    if type(v) is int and 0 <= v <= 0xFFFFFFFF:
        return v
    length = to_uint32(v)
    if to_number(v) != length:
        raise range_error("Invalid array length")
    return length


def _set_length(array: Any, desc: Any) -> bool:
    """ArraySetLength (10.4.2.4). https://tc39.es/ecma262/#sec-arraysetlength"""
    length = MISSING if desc.value is MISSING else array_length_value(desc.value)
    current = array.js_get_own_property("length")
    if length == current.value:
        length = MISSING
    wanted = PropertyDescriptor(
        length, desc.writable, desc.enumerable, desc.configurable, desc.getter, desc.setter
    )
    if changed(True, wanted, current) is None:
        return False
    done = length is MISSING or set_array_length(array, length)
    if desc.writable is False:
        unusual(array)
        array.length_writable = False
    return done


def _store(array: Any, index: int, value: Any) -> None:
    if index > len(array):
        grow(array, index)
    if index < len(array) or type(array) is SparseArray:
        array[index] = value
    else:
        array.append(value)


give_methods(JSArray, _Array)
