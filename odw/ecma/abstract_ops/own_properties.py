"""Operations on all own properties at once: enumeration, copying, freezing (ECMA-262 7.3.16, 7.3.17, 7.3.24, 7.3.26)."""

from __future__ import annotations

from typing import Any

from odw.ecma.completion import type_error
from odw.ecma.internal_methods import are_ordered, ordered_keys
from odw.ecma.property_descriptor import PropertyDescriptor
from odw.ecma.values import (
    HOLE,
    JSArray,
    JSObject,
    ObjectBase,
    OrdinaryObject,
    Property,
    Symbol,
    undefined,
    unusual,
)


def enumerable_own_properties(o: Any, kind: str) -> list[Any]:
    """EnumerableOwnProperties (7.3.24); ``kind`` is "key", "value" or "key+value" (pairs as JSArray)."""
    if type(o) is JSObject:
        if are_ordered(o):
            if kind == "key":
                return list(o)
            return list(o.values()) if kind == "value" else list(map(JSArray, o.items()))
        keys = [k for k in ordered_keys(o) if type(k) is str]
        if kind == "key":
            return keys
        if kind == "value":
            return [o[k] for k in keys]
        return [JSArray((k, o[k])) for k in keys]
    if type(o) is JSArray:
        if kind == "value":
            return [v for v in o if v is not HOLE]
        if kind == "key":
            return [str(i) for i, v in enumerate(o) if v is not HOLE]
        return [JSArray((str(i), v)) for i, v in enumerate(o) if v is not HOLE]
    found: list[Any] = []
    for k in o.js_own_property_keys():
        if type(k) is not str:
            continue
        own = o.js_get_own_property(k)
        if own is None or not own.enumerable:
            continue
        if kind == "key":
            found.append(k)
        else:
            value = o.js_get(k, o)
            found.append(value if kind == "value" else JSArray((k, value)))
    return found


def own_properties(source: Any) -> dict[Any, Any]:
    """What ``{...source}`` copies, symbols too, as a dict (do not change it); nothing for undefined and null."""
    if type(source) is JSObject:
        return source
    if source is None or source is undefined:
        return {}
    if isinstance(source, str):
        return {str(i): c for i, c in enumerate(source)}
    if not isinstance(source, ObjectBase):
        return {}
    o: Any = source
    if type(o) is OrdinaryObject and Property not in map(type, o.values()):  # an instance of a class, mostly
        return o
    result: dict[Any, Any] = {}
    for k in o.js_own_property_keys():
        own = o.js_get_own_property(k)
        if own is not None and own.enumerable:
            result[k] = o.js_get(k, o)
    return result


def copy_data_properties(target: Any, source: Any, excluded: Any = ()) -> Any:
    """CopyDataProperties (7.3.26) into an object that was just made; returns it."""
    for k, v in own_properties(source).items():
        if k not in excluded:
            target[k] = v
    return target


def rest_properties(source: Any, excluded: Any) -> JSObject:
    """``{a, b, ...rest} = source``: a new object without the keys of ``excluded``."""
    if type(source) is JSObject:
        others = dict(source)
        for k in excluded:
            others.pop(k, None)
        return JSObject(others)
    rest = JSObject()
    if isinstance(source, ObjectBase):
        o: Any = source
        for k in o.js_own_property_keys():
            if k not in excluded:
                own = o.js_get_own_property(k)
                if own is not None and own.enumerable:
                    rest[k] = o.js_get(k, o)
        return rest
    return copy_data_properties(rest, source, excluded)  # type: ignore[no-any-return]


def set_integrity_level(target: Any, level: str) -> bool:
    """SetIntegrityLevel (7.3.16); ``level`` is "sealed" or "frozen"."""
    frozen = level == "frozen"
    o = target
    if type(target) is JSObject:
        unusual(o)
        o.extensible = False
        for k, v in o.items():
            o[k] = Property(v, not frozen, True, False)
        return True
    if type(target) is JSArray:
        unusual(o)
        o.extensible = False
        o.length_writable = not frozen
        o[:] = [v if v is HOLE else Property(v, not frozen, True, False) for v in o]
        return True
    if not o.js_prevent_extensions():
        return False
    for k in o.js_own_property_keys():
        desc = PropertyDescriptor(configurable=False)
        if frozen:
            own = o.js_get_own_property(k)
            if own is None:
                continue
            if not own.is_accessor:
                desc.writable = False
        if not o.js_define_own_property(k, desc):
            shown = k.description if type(k) is Symbol else k
            raise type_error(f"Cannot redefine property: {shown}")
    return True


def test_integrity_level(o: Any, level: str) -> bool:
    """TestIntegrityLevel (7.3.17)."""
    if o.js_is_extensible():
        return False
    for k in o.js_own_property_keys():
        own = o.js_get_own_property(k)
        if own is not None and (
            own.configurable or (level == "frozen" and not own.is_accessor and own.writable)
        ):
            return False
    return True
