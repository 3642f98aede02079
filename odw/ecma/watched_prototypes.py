"""%Object.prototype%, %Array.prototype%, %Array% and their like: what arrays inherit, and whether a script has touched it.

An absent element of an array is looked up in its prototypes, an assignment to one may meet a setter there, and a method
that makes an array asks ``constructor`` and ``Symbol.species`` for the maker. No script in practice defines any of these,
and looking would cost every operation on arrays. So the three objects watch themselves instead: ``untouched.arrays`` is
true until a script gives a prototype of plain arrays an element or another prototype, or changes the maker. While it is
true, an operation on a plain array may take holes for ``undefined`` and make plain arrays without a look-up.

In the same way ``untouched.iteration`` is true until a script changes ``Symbol.iterator`` of %Array.prototype% or ``next``
of %ArrayIteratorPrototype%, or gives that object or its prototypes a ``return``, which a loop that is left early calls. While
it is true, a plain array's iteration may be a walk through its list.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.number_text import array_index
from odw.ecma.internal_methods import give_methods
from odw.ecma.realm import untouched
from odw.ecma.values import ArrayObject, JSFunction, ObjectPrototype, OrdinaryObject, PropertyKey, WellKnown


def _touch() -> None:
    untouched.arrays = False


class _ObjectPrototype:
    def js_set_prototype_of(self: Any, proto: Any) -> bool:
        """SetImmutablePrototype (10.4.7.2)."""
        return proto is None

    def js_define_own_property(self: Any, k: PropertyKey, desc: Any) -> bool:
        if array_index(k) >= 0:
            _touch()
        elif k == "return":
            _touch_iteration()
        return OrdinaryObject.js_define_own_property(self, k, desc)  # type: ignore[attr-defined, no-any-return]


def _touch_iteration() -> None:
    untouched.iteration = False


class ArrayPrototype(ArrayObject):
    """%Array.prototype%, an array itself (23.1.3)."""

    __slots__ = ()

    def js_set_prototype_of(self, proto: Any) -> bool:
        _touch()
        return ArrayObject.js_set_prototype_of(self, proto)  # type: ignore[attr-defined, no-any-return]

    def js_define_own_property(self, k: PropertyKey, desc: Any) -> bool:
        if k is WellKnown.iterator:
            _touch_iteration()
        elif k == "constructor" or array_index(k) >= 0:
            _touch()
        return ArrayObject.js_define_own_property(self, k, desc)  # type: ignore[attr-defined, no-any-return]

    def js_delete(self, k: PropertyKey) -> bool:
        if k is WellKnown.iterator:
            _touch_iteration()
        elif k == "constructor":
            _touch()
        return ArrayObject.js_delete(self, k)  # type: ignore[attr-defined, no-any-return]


class IteratorPrototype(OrdinaryObject):
    """%Iterator.prototype% (27.1.4), and what the next class has in common with it."""

    __slots__ = ()

    def js_set_prototype_of(self, proto: Any) -> bool:
        _touch_iteration()
        return OrdinaryObject.js_set_prototype_of(self, proto)  # type: ignore[attr-defined, no-any-return]

    def js_define_own_property(self, k: PropertyKey, desc: Any) -> bool:
        if k == "next" or k == "return":
            _touch_iteration()
        return OrdinaryObject.js_define_own_property(self, k, desc)  # type: ignore[attr-defined, no-any-return]


class ArrayIteratorPrototype(IteratorPrototype):
    """%ArrayIteratorPrototype% (23.1.5.2)."""

    __slots__ = ()

    def js_delete(self, k: PropertyKey) -> bool:
        if k == "next":
            _touch_iteration()
        return OrdinaryObject.js_delete(self, k)  # type: ignore[attr-defined, no-any-return]


class ArrayConstructor(JSFunction):
    """%Array% (23.1.1)."""

    __slots__ = ()

    def js_define_own_property(self, k: PropertyKey, desc: Any) -> bool:
        if k is WellKnown.species:
            _touch()
        return JSFunction.js_define_own_property(self, k, desc)  # type: ignore[attr-defined, no-any-return]

    def js_delete(self, k: PropertyKey) -> bool:
        if k is WellKnown.species:
            _touch()
        return JSFunction.js_delete(self, k)  # type: ignore[attr-defined, no-any-return]


give_methods(ObjectPrototype, _ObjectPrototype)
