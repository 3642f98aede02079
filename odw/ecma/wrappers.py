"""Objects that wrap a primitive: what ``Object(1)``, ``new String("a")`` and a method's ``this`` conversion make."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.number_text import array_index
from odw.ecma.realm import lookups
from odw.ecma.values import MISSING, OrdinaryObject, Property, PropertyKey


class PrimitiveObject(OrdinaryObject):
    """An object with a [[StringData]], [[NumberData]], … slot, which is ``primitive``."""

    __slots__ = ("primitive",)

    def __init__(self, primitive: Any, proto: Any) -> None:
        self._proto = proto
        self.extensible = True
        self.primitive = primitive


class BooleanObject(PrimitiveObject):
    __slots__ = ()
    class_name = "Boolean"


class NumberObject(PrimitiveObject):
    __slots__ = ()
    class_name = "Number"


class SymbolObject(PrimitiveObject):
    __slots__ = ()
    class_name = "Symbol"


class BigIntObject(PrimitiveObject):
    __slots__ = ()
    class_name = "BigInt"


class StringObject(PrimitiveObject):
    """A String exotic object (10.4.3): indices and ``length`` come from the string and cannot change.

    https://tc39.es/ecma262/#sec-string-exotic-objects
    """

    __slots__ = ()
    class_name = "String"

    def _string_property(self, k: PropertyKey) -> Property | None:
        """StringGetOwnProperty (10.4.3.5), and ``length``."""
        if k == "length":
            return Property(len(self.primitive))
        index = array_index(k)
        if 0 <= index < len(self.primitive):
            return Property(self.primitive[index], False, True, False)
        return None

    def js_get_own_property(self, k: PropertyKey) -> Property | None:
        return self._string_property(k) or super().js_get_own_property(k)  # type: ignore[misc]

    def js_has_property(self, k: PropertyKey) -> bool:
        return self._string_property(k) is not None or super().js_has_property(k)  # type: ignore[misc]

    def js_get(self, k: PropertyKey, receiver: Any) -> Any:
        own = self._string_property(k)
        return own.value if own is not None else super().js_get(k, receiver)  # type: ignore[misc]

    def js_set(self, k: PropertyKey, v: Any, receiver: Any) -> bool:
        return self._string_property(k) is None and super().js_set(k, v, receiver)  # type: ignore[misc]

    def js_delete(self, k: PropertyKey) -> bool:
        return self._string_property(k) is None and super().js_delete(k)  # type: ignore[misc]

    def js_define_own_property(self, k: PropertyKey, desc: Any) -> bool:
        own = self._string_property(k)
        if own is None:
            if self is lookups.string and array_index(k) >= 0:  # which a string's own may hide
                lookups.string = {}
            return super().js_define_own_property(k, desc)  # type: ignore[misc, no-any-return]
        return (
            desc.configurable is not True
            and desc.writable is not True
            and desc.getter is MISSING
            and desc.setter is MISSING
            and (desc.enumerable is MISSING or desc.enumerable == own.enumerable)
            and (desc.value is MISSING or (type(desc.value) is type(own.value) and desc.value == own.value))
        )

    def js_own_property_keys(self) -> list[PropertyKey]:
        count = len(self.primitive)
        named = super().js_own_property_keys()  # type: ignore[misc]
        split = 0
        while split < len(named) and array_index(named[split]) >= 0:
            split += 1
        return [*map(str, range(count)), *named[:split], "length", *named[split:]]
