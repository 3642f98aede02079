"""The essential internal methods of ordinary objects and functions (ECMA-262 sections 10.1 and 10.2).

``js_get`` is [[Get]], ``js_own_property_keys`` is [[OwnPropertyKeys]] and so on; importing this module gives them to
:class:`~odw.ecma.values.JSObject` and with it to every ordinary object. An exotic object overrides the ones it needs.

* ``js_get_own_property(k)`` returns a complete Property, or None. It may be the live one: do not change it.
* ``js_define_own_property(k, desc)`` takes a PropertyDescriptor or a Property.
* the ones that ECMA-262 lets fail return False, and the caller decides whether that throws.
"""

from __future__ import annotations

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
        prop = changed(self.js_is_extensible(), desc, self.js_get_own_property(k))
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
            if type(o) is not OrdinaryObject:
                if type(o) is ObjectPrototype:  # which has no prototype
                    value = o.get(k, MISSING)
                    break
                return undefined if o is None else o.js_get(k, receiver)
        if type(value) is not Property:
            return undefined if value is MISSING else value
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


class _Function:
    """Functions: ``length``, ``name`` and ``prototype`` come into being on the first look (see values.JSFunction)."""

    def js_get(self: Any, k: PropertyKey, receiver: Any) -> Any:
        if self.lazy is not None and k in _LAZY:
            self.materialize()
        return _Ordinary.js_get(self, k, receiver)

    def js_has_property(self: Any, k: PropertyKey) -> bool:
        if self.lazy is not None and k in _LAZY:
            self.materialize()
        return _Ordinary.js_has_property(self, k)

    def js_get_own_property(self: Any, k: PropertyKey) -> Property | None:
        if self.lazy is not None:
            self.materialize()
        return _Ordinary.js_get_own_property(self, k)

    def js_define_own_property(self: Any, k: PropertyKey, desc: Any) -> bool:
        if self.lazy is not None:
            self.materialize()
        return _Ordinary.js_define_own_property(self, k, desc)

    def js_set(self: Any, k: PropertyKey, v: Any, receiver: Any) -> bool:
        if self.lazy is not None:
            self.materialize()
        return _Ordinary.js_set(self, k, v, receiver)

    def js_delete(self: Any, k: PropertyKey) -> bool:
        if self.lazy is not None:
            self.materialize()
        return _Ordinary.js_delete(self, k)

    def js_own_property_keys(self: Any) -> list[PropertyKey]:
        if self.lazy is not None:
            self.materialize()
        return ordered_keys(self)


_LAZY = frozenset(("length", "name", "prototype"))


def set_with_own_property(o: Any, k: PropertyKey, v: Any, receiver: Any, own: Property | None) -> bool:
    """OrdinarySetWithOwnDescriptor (10.1.9.2). https://tc39.es/ecma262/#sec-ordinarysetwithowndescriptor"""
    if own is None:
        parent = o.js_get_prototype_of()
        if parent is not None:
            return parent.js_set(k, v, receiver)  # type: ignore[no-any-return]
    elif own.getter is not MISSING:
        if own.setter is undefined:
            return False
        own.setter.call(receiver, v)
        return True
    elif not own.writable:
        return False
    if not isinstance(receiver, ObjectBase):
        return False
    existing = own if receiver is o else receiver.js_get_own_property(k)  # type: ignore[attr-defined]
    if existing is None:
        return receiver.js_define_own_property(k, plain_property(v))  # type: ignore[attr-defined, no-any-return]
    if existing.getter is not MISSING or not existing.writable:
        return False
    return receiver.js_define_own_property(k, PropertyDescriptor(v))  # type: ignore[attr-defined, no-any-return]


def ordered_keys(keys: Any) -> list[PropertyKey]:
    """OrdinaryOwnPropertyKeys (10.1.11.1) of keys in order of creation: indices ascending, strings, symbols."""
    plain = True
    for key in keys:
        if type(key) is not str or key[:1] in _DIGITS:
            plain = False
            break
    if plain:
        return list(keys)
    indices = [key for key in keys if array_index(key) >= 0]
    indices.sort(key=int)
    strings = [key for key in keys if type(key) is str and array_index(key) < 0]
    return indices + strings + [key for key in keys if type(key) is Symbol]


give_methods(JSObject, _Ordinary)
give_methods(JSFunction, _Function)
