"""%Array.prototype%, %String.prototype%, %Map.prototype% and %Set.prototype%, which see when a script replaces a method.

``untouched.methods`` is true until one of the methods of ``method_names.ARGUMENTS`` is defined anew or deleted on one of them.
While it is true, such a method of a plain array, a string, or a Map or Set without properties of its own is the original one,
and calling it takes no look-up. Each class has one instance in a realm: an object whose prototype has the class has the
realm's prototype.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.method_names import ARGUMENTS
from odw.ecma.realm import untouched
from odw.ecma.values import MISSING, OrdinaryObject, PropertyKey
from odw.ecma.watched_prototypes import ArrayPrototype
from odw.ecma.wrappers import StringObject


class _Watched:
    """Every way of changing a property that is there ends in one of these; freezing one gives it no other value."""

    __slots__ = ()

    def js_define_own_property(self, k: PropertyKey, desc: Any) -> bool:
        if k in ARGUMENTS and (desc.value is not MISSING or desc.is_accessor):
            untouched.methods = False
        return super().js_define_own_property(k, desc)  # type: ignore[misc, no-any-return]

    def js_delete(self, k: PropertyKey) -> bool:
        if k in ARGUMENTS:
            untouched.methods = False
        return super().js_delete(k)  # type: ignore[misc, no-any-return]


class WatchedArrayPrototype(_Watched, ArrayPrototype):
    """%Array.prototype% (23.1.3)."""

    __slots__ = ()


class StringPrototype(_Watched, StringObject):
    """%String.prototype% (22.1.3)."""

    __slots__ = ()


class MapPrototype(_Watched, OrdinaryObject):
    """%Map.prototype% (24.1.3)."""

    __slots__ = ()


class SetPrototype(_Watched, OrdinaryObject):
    """%Set.prototype% (24.2.4)."""

    __slots__ = ()
