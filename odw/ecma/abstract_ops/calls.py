"""Calling, constructing, and asking what made an object (ECMA-262 sections 7.3.14 to 7.3.23, 10.1.13, 13.10.2)."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from odw.ecma import positions
from odw.ecma.abstract_ops.callee_text import callee_text
from odw.ecma.abstract_ops.describe import call_site_text, describe
from odw.ecma.abstract_ops.iteration_errors import called_part
from odw.ecma.abstract_ops.property_access import get
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.functions import BoundFunction, ClassConstructor, check_function_realm
from odw.ecma.realm import R, lookups
from odw.ecma.values import JSFunction, ObjectBase, OrdinaryObject, WellKnown, undefined

# --- calls -----------------------------------------------------------------------------------------------------------


def call(f: Any, this: Any, *args: Any) -> Any:
    """Call (7.3.14). From compiled code a value that is no function is named by its text in the script."""
    try:
        code = f.call
    except AttributeError:
        raise type_error(f"{_shown_callee(f)} is not a function") from None
    count = len(args)  # a call with known arguments costs half of one with a list
    if count == 1:
        return code(this, args[0])
    if count == 2:
        return code(this, args[0], args[1])
    return code(this, *args)


def invoke(v: Any, key: Any, *args: Any) -> Any:
    """Invoke (7.3.21)."""
    function = get(v, key)
    if not isinstance(function, JSFunction):
        raise type_error(f"{describe(function)} is not a function")
    return function.call(v, *args)


def construct(f: Any, args: Any = (), new_target: Any = None) -> Any:
    """Construct (7.3.15)."""
    if not isinstance(f, JSFunction) or f.construct is None:
        raise type_error(f"{describe(f)} is not a constructor")
    return f.construct(args, f if new_target is None else new_target)


def new(f: Any, *args: Any) -> Any:
    """The ``new`` operator (13.3.5.1)."""
    try:
        construct = f.construct
    except AttributeError:
        construct = None
    if construct is None:
        raise type_error(f"{_shown_callee(f)} is not a constructor")
    return construct(args, f)


def not_callable(f: Any, direct: bool = False) -> JsThrow:
    """The TypeError of a native that was to call ``f``, in the words of the call that the script wrote.

    With ``direct`` only if nothing but a ``call``, ``apply`` or ``construct`` is between the script and the native.
    """
    frame: FrameType | None = sys._getframe(1)
    while direct and frame is not None and frame.f_globals.get("__name__") in _CALLING:
        frame = frame.f_back
    if direct and (frame is None or not positions.is_script(frame.f_code.co_filename)):
        return type_error(f"{call_site_text(f)} is not a function")
    place = positions.current_place(frame)
    shown = describe(f) if place is None else callee_text(called_part(place.text) or place.text)
    return type_error(f"{shown} is not a function")


_CALLING = frozenset(
    (__name__, *(f"odw.ecma.intrinsics.{module}" for module in ("function", "proxy_object", "reflect")))
)


def _shown_callee(f: Any) -> str:
    """The callee's text in the script when compiled code is the caller of our caller, else the value's own."""
    if positions.is_script(sys._getframe(2).f_code.co_filename):
        place = positions.current_place(sys._getframe(2))
        if place is not None:
            return callee_text(place.text)
    return describe(f) if isinstance(f, ObjectBase) else call_site_text(f)


# --- instanceof, species, prototypes ---------------------------------------------------------------------------------


def instance_of(v: Any, target: Any) -> bool:
    """InstanceofOperator (13.10.2)."""
    if _has_default_test(target):
        return ordinary_has_instance(target, v)
    if not isinstance(target, ObjectBase):
        raise type_error("Right-hand side of 'instanceof' is not an object")
    handler = target.js_get(WellKnown.has_instance, target)  # type: ignore[attr-defined]
    if handler is R.function_has_instance:
        return ordinary_has_instance(target, v)
    if handler is not None and handler is not undefined:
        if not isinstance(handler, JSFunction):
            raise type_error(f"{call_site_text(handler)} is not a function")
        return truthy(handler.call(target, v))
    if not isinstance(target, JSFunction):
        raise type_error("Right-hand side of 'instanceof' is not callable")
    return ordinary_has_instance(target, v)


def _has_default_test(f: Any) -> bool:
    """Whether ``f`` inherits the ``Symbol.hasInstance`` of %Function.prototype%, which nothing can change."""
    while isinstance(f, JSFunction) and f.class_name != "Proxy" and _HAS_INSTANCE not in f:
        f = f._proto
    return f is lookups.function


_HAS_INSTANCE = WellKnown.has_instance


def ordinary_has_instance(c: Any, o: Any) -> bool:
    """OrdinaryHasInstance (7.3.22)."""
    if type(c) is ClassConstructor:
        wanted = c.home
        if not isinstance(o, ObjectBase):
            return False
    else:
        if not isinstance(c, JSFunction):
            return False
        if isinstance(c, BoundFunction):
            return instance_of(o, c.target)
        if not isinstance(o, ObjectBase):
            return False
        wanted = get(c, "prototype")
        if not isinstance(wanted, ObjectBase):
            raise type_error(f"Function has non-object prototype '{describe(wanted)}' in instanceof check")
    walk: Any = o
    while True:
        walk = walk.proto if type(walk) is OrdinaryObject else walk.js_get_prototype_of()
        if walk is None:
            return False
        if walk is wanted:
            return True


def species_constructor(o: Any, default: Any) -> Any:
    """SpeciesConstructor (7.3.23)."""
    c = get(o, "constructor")
    if c is undefined:
        return default
    if not isinstance(c, ObjectBase):
        raise type_error("The .constructor property is not an object")
    species = get(c, WellKnown.species)
    if species is undefined or species is None:
        return default
    if isinstance(species, JSFunction) and species.construct is not None:
        return species
    raise type_error("object.constructor[Symbol.species] is not a constructor")


def get_prototype_from_constructor(new_target: Any, default: str) -> Any:
    """GetPrototypeFromConstructor (10.1.14); ``default`` is an attribute of the realm: "map_prototype"."""
    proto = get(new_target, "prototype")
    if isinstance(proto, ObjectBase):
        return proto
    check_function_realm(new_target)
    return getattr(R, default)


def ordinary_create_from_constructor(new_target: Any, default: str, cls: Any = OrdinaryObject) -> Any:
    """OrdinaryCreateFromConstructor (10.1.13): ``cls(proto)``."""
    return cls(get_prototype_from_constructor(new_target, default))
