"""The essential internal methods of ordinary objects and functions (ECMA-262 sections 10.1 and 10.2).

``js_get`` is [[Get]], ``js_own_property_keys`` is [[OwnPropertyKeys]] and so on; importing this module gives them to
:class:`~odw.ecma.values.JSObject` and with it to every ordinary object. An exotic object overrides the ones it needs.

* ``js_get_own_property(k)`` returns a complete Property, or None. It may be the live one: do not change it.
* ``js_define_own_property(k, desc)`` takes a PropertyDescriptor or a Property.
* the ones that ECMA-262 lets fail return False, and the caller decides whether that throws.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from odw.ecma.abstract_ops.number_text import array_index
from odw.ecma.property_descriptor import PropertyDescriptor, changed, is_plain, plain_property
from odw.ecma.values import (
    MISSING,
    JSFunction,
    JSObject,
    ObjectBase,
    ObjectPrototype,
    OrdinaryObject,
    Property,
    PropertyKey,
    Symbol,
    undefined,
    unusual,
)

_DIGITS = frozenset("0123456789")
_first_character = itemgetter(0)


def give_methods(target: type, source: type) -> None:
    """Put the functions of ``source`` into ``target``; values.py cannot import them, being below."""
    for name, function in source.__dict__.items():
        if name.startswith("js_"):
            setattr(target, name, function)


class _Ordinary:
    """Shared by both shapes of object: on the plain one every value is bare, and nothing is ever refused."""

    def js_get_prototype_of(self: Any) -> Any:
        return self.proto

    def js_set_prototype_of(self: Any, proto: Any) -> bool:
        """OrdinarySetPrototypeOf (10.1.2.1)."""
        if proto is self.proto:
            return True
        if not self.js_is_extensible():
            return False
        walk = proto
        while walk is not None and walk.class_name != "Proxy":
            if walk is self:
                return False
            walk = walk.proto
        unusual(self)
        self._proto = proto
        return True

    def js_is_extensible(self: Any) -> bool:
        return type(self) is JSObject or self.extensible

    def js_prevent_extensions(self: Any) -> bool:
        unusual(self)
        self.extensible = False
        return True

    def js_get_own_property(self: Any, k: PropertyKey) -> Property | None:
        value = self.get(k, MISSING)
        if value is MISSING:
            return None
        return value if type(value) is Property else Property(value, True, True, True)

    def js_define_own_property(self: Any, k: PropertyKey, desc: Any) -> bool:
        """OrdinaryDefineOwnProperty (10.1.6.1)."""
        current = self.js_get_own_property(k)
        extensible = self.js_is_extensible()
        if current is None and extensible and desc.writable is desc.enumerable is desc.configurable is True:
            self[k] = undefined if desc.value is MISSING else desc.value  # as an assignment makes it
            return True
        prop = changed(extensible, desc, current)
        if prop is None:
            return False
        if is_plain(prop):
            self[k] = prop.value
        else:
            unusual(self)
            self[k] = prop
        return True

    def js_has_property(self: Any, k: PropertyKey) -> bool:
        if k in self:
            return True
        parent = self.proto
        return parent is not None and parent.js_has_property(k)

    def js_get(self: Any, k: PropertyKey, receiver: Any) -> Any:
        """OrdinaryGet (10.1.8.1), in a loop as long as the prototypes are ordinary."""
        o = self
        while True:
            value = o.get(k, MISSING)
            if value is not MISSING:
                break
            o = o.proto
            cls = type(o)
            if cls is not OrdinaryObject:
                if o is None:
                    return undefined
                if cls.js_get is not _ordinary_get:
                    return o.js_get(k, receiver)
        if type(value) is not Property:
            return value
        if value.getter is MISSING:
            return value.value
        return undefined if value.getter is undefined else value.getter.call(receiver)

    def js_set(self: Any, k: PropertyKey, v: Any, receiver: Any) -> bool:
        """OrdinarySet (10.1.9.1)."""
        if receiver is self:
            value = self.get(k, MISSING)
            if value is not MISSING and type(value) is not Property:
                self[k] = v
                return True
        return set_with_own_property(self, k, v, receiver, self.js_get_own_property(k))

    def js_delete(self: Any, k: PropertyKey) -> bool:
        value = self.get(k, MISSING)
        if value is MISSING:
            return True
        if type(value) is Property and not value.configurable:
            return False
        del self[k]
        return True

    def js_own_property_keys(self: Any) -> list[PropertyKey]:
        return ordered_keys(self)


_ordinary_get = _Ordinary.js_get


class _Function:
    """Functions: ``length``, ``name`` and ``prototype`` come into being on the first look (see values.JSFunction)."""

    def js_get(self: Any, k: PropertyKey, receiver: Any) -> Any:
        value = self.get(k, MISSING)
        if value is MISSING:
            if self.name is not None and k in _LAZY:
                self.materialize()
            return _ordinary_get(self, k, receiver)
        if type(value) is not Property:
            return value
        if value.getter is MISSING:
            return value.value
        return undefined if value.getter is undefined else value.getter.call(receiver)

    def js_has_property(self: Any, k: PropertyKey) -> bool:
        if self.name is not None and k in _LAZY:
            self.materialize()
        return _Ordinary.js_has_property(self, k)

    def js_get_own_property(self: Any, k: PropertyKey) -> Property | None:
        if self.name is not None:
            self.materialize()
        return _Ordinary.js_get_own_property(self, k)

    def js_define_own_property(self: Any, k: PropertyKey, desc: Any) -> bool:
        if self.name is not None:
            self.materialize()
        return _Ordinary.js_define_own_property(self, k, desc)

    def js_set(self: Any, k: PropertyKey, v: Any, receiver: Any) -> bool:
        if self.name is not None:
            self.materialize()
        return _Ordinary.js_set(self, k, v, receiver)

    def js_delete(self: Any, k: PropertyKey) -> bool:
        if self.name is not None:
            self.materialize()
        return _Ordinary.js_delete(self, k)

    def js_own_property_keys(self: Any) -> list[PropertyKey]:
        if self.name is not None:
            self.materialize()
        return ordered_keys(self)


_LAZY = frozenset(("length", "name", "prototype"))


_AS_ASSIGNED = Property(undefined, True, True, True)


def set_with_own_property(o: Any, k: PropertyKey, v: Any, receiver: Any, own: Property | None) -> bool:
    """OrdinarySetWithOwnDescriptor (10.1.9.2). https://tc39.es/ecma262/#sec-ordinarysetwithowndescriptor"""
    met = own
    if own is None:
        parent = o.js_get_prototype_of()
        while type(parent) is OrdinaryObject or type(parent) is ObjectPrototype:
            found = parent.get(k, MISSING)
            if found is not MISSING:
                met = found if type(found) is Property else _AS_ASSIGNED
                break
            parent = parent.proto
        else:
            if parent is not None:
                return parent.js_set(k, v, receiver)  # type: ignore[no-any-return]
    if met is not None:
        if met.getter is not MISSING:
            if met.setter is undefined:
                return False
            met.setter.call(receiver, v)
            return True
        if not met.writable:
            return False
    if not isinstance(receiver, ObjectBase):
        return False
    existing = own if receiver is o else receiver.js_get_own_property(k)  # type: ignore[attr-defined]
    if existing is None:
        return receiver.js_define_own_property(k, plain_property(v))  # type: ignore[attr-defined, no-any-return]
    if existing.getter is not MISSING or not existing.writable:
        return False
    return receiver.js_define_own_property(k, PropertyDescriptor(v))  # type: ignore[attr-defined, no-any-return]


def are_ordered(keys: Any) -> bool:
    """Whether keys in order of creation are strings only, and in the order of [[OwnPropertyKeys]], at a quick look."""
    try:
        return _DIGITS.isdisjoint(map(_first_character, keys))
    except (TypeError, IndexError):  # a symbol has no first character, and "" none either
        return False


def ordered_keys(keys: Any) -> list[PropertyKey]:
    """OrdinaryOwnPropertyKeys (10.1.11.1) of keys in order of creation: indices ascending, strings, symbols."""
    if are_ordered(keys):
        return list(keys)
    indices = [key for key in keys if array_index(key) >= 0]
    indices.sort(key=int)
    strings = [key for key in keys if type(key) is str and array_index(key) < 0]
    return indices + strings + [key for key in keys if type(key) is Symbol]


give_methods(JSObject, _Ordinary)
give_methods(JSFunction, _Function)
