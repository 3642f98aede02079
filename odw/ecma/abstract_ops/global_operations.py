"""The global object and the names that compiled code finds nowhere else (ECMA-262 9.3.3, 9.1.1.4).

The bindings of the realm's table of globals (``realm.GLOBALS``) come into being when they are first looked at, so that
a script pays for the intrinsics that it names and no others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.object_operations import put
from odw.ecma.abstract_ops.testing_comparison import typeof
from odw.ecma.completion import reference_error
from odw.ecma.realm import GLOBALS, R, lookups
from odw.ecma.values import MISSING, OrdinaryObject, Property, PropertyKey, undefined


class GlobalObject(OrdinaryObject):
    """``pending``: the names of lazy bindings that nobody has looked at."""

    __slots__ = ("pending",)

    def __init__(self, proto: Any) -> None:
        self._proto = proto
        self.extensible = True
        self.pending = dict.fromkeys(GLOBALS)
        for name, value in (("undefined", undefined), ("NaN", float("nan")), ("Infinity", float("inf"))):
            self[name] = Property(value)
        self["globalThis"] = Property(self, True, False, True)

    def make(self, name: str) -> None:
        del self.pending[name]
        self[name] = Property(getattr(R, GLOBALS[name][1]), True, False, True)

    def js_get_own_property(self, k: PropertyKey) -> Property | None:
        if k in self.pending:
            self.make(k)
        return super().js_get_own_property(k)  # type: ignore[misc, no-any-return]

    def js_has_property(self, k: PropertyKey) -> bool:
        return k in self.pending or super().js_has_property(k)  # type: ignore[misc]

    def js_get(self, k: PropertyKey, receiver: Any) -> Any:
        if k in self.pending:
            self.make(k)
        return super().js_get(k, receiver)  # type: ignore[misc]

    def js_set(self, k: PropertyKey, v: Any, receiver: Any) -> bool:
        if k in self.pending:
            self.make(k)
        return super().js_set(k, v, receiver)  # type: ignore[misc, no-any-return]

    def js_delete(self, k: PropertyKey) -> bool:
        self.pending.pop(k, None)
        return super().js_delete(k)  # type: ignore[misc, no-any-return]

    def js_own_property_keys(self) -> list[PropertyKey]:
        for name in list(self.pending):
            self.make(name)
        return super().js_own_property_keys()  # type: ignore[misc, no-any-return]


def load_global(name: str) -> Any:
    """The value of a global name; ReferenceError if there is none (GetValue of an unresolvable reference)."""
    o = lookups.globals
    value = o.get(name, MISSING)
    if type(value) is Property and value.getter is MISSING:
        return value.value
    if o.js_has_property(name):
        return o.js_get(name, o)
    # NON-SPEC: the host may say why a global of other hosts is absent here.
    raise reference_error(R.absent_globals.get(name) or f"{name} is not defined")


def store_global(name: str, v: Any) -> Any:
    """Assignment to a global name in strict mode; returns ``v``."""
    o = R.global_object
    if not o.js_has_property(name):
        raise reference_error(f"{name} is not defined")
    return put(o, name, v)


def global_reference(name: str) -> Callable[[Any], Any]:
    """The reference of an assignment whose value may create the name: it is resolved before (13.15.2). Call it with the value."""
    if R.global_object.js_has_property(name):
        return lambda v: store_global(name, v)

    def refuse(v: Any) -> Any:
        raise reference_error(f"{name} is not defined")

    return refuse


def typeof_global(name: str) -> str:
    """``typeof name``, which is no error for an absent one."""
    o = R.global_object
    return typeof(o.js_get(name, o)) if o.js_has_property(name) else "undefined"
