"""Property access as scripts do it (ECMA-262 sections 7.3.2 to 7.3.13): ``o.k``, ``o[k] = v``, ``delete``, ``in``.

The first lines of ``get``, ``put`` and their like are what a script spends its time in: one test of the exact class
for a plain object, array or string, and the general way behind it.
"""

from __future__ import annotations

from typing import Any

# The internal methods come into being with this import.
from odw.ecma import array_internal_methods as _arrays  # noqa: F401
from odw.ecma.abstract_ops.describe import call_site_text, describe
from odw.ecma.abstract_ops.number_text import array_index
from odw.ecma.abstract_ops.testing_comparison import typeof
from odw.ecma.abstract_ops.type_conversion import to_object, to_property_key
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.property_descriptor import plain_property
from odw.ecma.realm import R, lookups, untouched
from odw.ecma.values import (
    HOLE,
    MISSING,
    ArrayObject,
    BigInt,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    ObjectPrototype,
    OrdinaryObject,
    Property,
    Symbol,
    WellKnown,
    undefined,
)

# --- reading ---------------------------------------------------------------------------------------------------------


def get(o: Any, key: Any) -> Any:
    """``o.key``: GetV (7.3.3) with a property key (str or Symbol)."""
    cls = type(o)
    if cls is JSObject:
        value = o.get(key, MISSING)
        if value is not MISSING:
            return value
        value = lookups.object.get(key, MISSING)
        if value is MISSING:
            return undefined
    elif cls is OrdinaryObject:
        value = o.get(key, MISSING)
        if value is MISSING:
            proto = o.proto
            while type(proto) is OrdinaryObject:  # what classes are made of
                value = proto.get(key, MISSING)
                if value is not MISSING:
                    break
                proto = proto.proto
            else:
                return undefined if proto is None else proto.js_get(key, o)
    elif cls is JSArray:
        if key == "length":
            return len(o)
        value = lookups.array.get(key, MISSING)
        if value is MISSING:
            return o.js_get(key, o)
    elif cls is str:
        if key == "length":
            return len(o)
        value = lookups.string.get(key, MISSING)
        if value is MISSING:
            return _get_of_string(o, key)
    elif isinstance(o, ObjectBase):
        return o.js_get(key, o)  # type: ignore[attr-defined]
    else:
        return _prototype_of_primitive(o, key).js_get(key, o)
    if type(value) is not Property:
        return value
    if value.getter is MISSING:
        return value.value
    if value.getter is undefined:
        return undefined
    code = value.getter.call
    return code(o)


def get_item(o: Any, k: Any) -> Any:
    """``o[k]``: as ``get`` with any value for the key."""
    tk = type(k)
    if tk is int:
        cls = type(o)
        if cls is JSArray or cls is str:
            if 0 <= k < len(o):
                value = o[k]
                if value is not HOLE:
                    return value
        elif cls is JSObject:
            value = o.get(int.__repr__(k), MISSING)
            if value is not MISSING:
                return value
        elif cls is ArrayObject and 0 <= k < len(o):  # what ``match`` returns, mostly
            value = o[k]
            if value is not HOLE and type(value) is not Property:
                return value
        return get(o, int.__repr__(k))
    if tk is str:
        if type(o) is JSObject:
            value = o.get(k, MISSING)
            if value is not MISSING:
                return value
        return get(o, k)
    if tk is Symbol:
        return get(o, k)
    if o is None or o is undefined:
        raise _cannot_read(o, k)
    return get(o, to_property_key(k))


def get_method(v: Any, key: Any) -> Any:
    """GetMethod (7.3.11): a function, or undefined."""
    function = get(v, key)
    if function is None or function is undefined:
        return undefined
    if not isinstance(function, JSFunction):
        raise type_error(f"{call_site_text(function)} is not a function")
    return function


def has(k: Any, o: Any) -> bool:
    """The ``in`` operator (13.10.1)."""
    if type(o) is JSObject and type(k) is str and k in o:
        return True
    if not isinstance(o, ObjectBase):
        raise type_error(f"Cannot use 'in' operator to search for '{describe(k)}' in {describe(o)}")
    return o.js_has_property(to_property_key(k))  # type: ignore[attr-defined, no-any-return]


def has_property(o: Any, key: Any) -> bool:
    """HasProperty (7.3.12)."""
    return o.js_has_property(key)  # type: ignore[no-any-return]


def has_own_property(o: Any, key: Any) -> bool:
    """HasOwnProperty (7.3.13)."""
    if type(o) is JSObject or type(o) is OrdinaryObject:
        return key in o
    return o.js_get_own_property(key) is not None


# --- writing ---------------------------------------------------------------------------------------------------------


_ANYTHING = Property()  # stands for what only the prototype itself can tell


def put(o: Any, key: Any, v: Any) -> Any:
    """``o.key = v`` in strict mode: Set (7.3.4) with throwing; returns ``v``."""
    cls = type(o)
    if cls is JSObject:
        if key not in lookups.object or key in o:
            o[key] = v
            return v
    elif cls is OrdinaryObject:
        found = o.get(key, MISSING)
        if found is MISSING:
            found = _ANYTHING
            if o.extensible:
                proto = o.proto
                while type(proto) is OrdinaryObject or type(proto) is ObjectPrototype:
                    found = proto.get(key, MISSING)
                    if found is not MISSING:
                        break
                    proto = proto.proto
                else:
                    found = undefined if proto is None else _ANYTHING
        if type(found) is not Property:  # nothing is inherited, or what an assignment may hide
            o[key] = v
            return v
        if found.setter is not MISSING and found.setter is not undefined:
            found.setter.call(o, v)
            return v
    elif isinstance(o, JSFunction):
        found = o.get(key, MISSING)
        if found is not MISSING and type(found) is not Property:
            o[key] = v
            return v
    if isinstance(o, ObjectBase):
        if not o.js_set(key, v, o):  # type: ignore[attr-defined]
            raise _cannot_assign(o, key)
        return v
    _put_on_primitive(o, key, v)
    return v


def put_item(o: Any, k: Any, v: Any) -> Any:
    """``o[k] = v``: as ``put`` with any value for the key."""
    if type(k) is int:
        if type(o) is JSArray and k >= 0:
            length = len(o)
            if k < length:
                if o[k] is not HOLE:
                    o[k] = v
                    return v
            elif k == length and untouched.arrays:
                o.append(v)
                return v
        return put(o, int.__repr__(k), v)
    if type(k) is str or type(k) is Symbol:
        return put(o, k, v)
    if o is None or o is undefined:
        raise type_error(f"Cannot set properties of {describe(o)}{_doing('setting', k)}")
    return put(o, to_property_key(k), v)


def set_property(o: Any, key: Any, v: Any, throw: bool = True) -> bool:
    """Set (7.3.4) on an object."""
    done: bool = o.js_set(key, v, o)
    if not done and throw:
        raise _cannot_assign(o, key)
    return done


def delete(o: Any, key: Any) -> bool:
    """``delete o.key`` in strict mode."""
    if type(o) is JSObject:
        o.pop(key, None)
        return True
    if not isinstance(o, ObjectBase):
        o = to_object(o)
    if not o.js_delete(key):
        said_no = refuser(o, "deleteProperty")
        if said_no.class_name == "Proxy":
            raise _falsish("deleteProperty", key)
        raise type_error(f"Cannot delete property '{describe(key)}' of {describe(said_no)}")
    return True


def delete_item(o: Any, k: Any) -> bool:
    """``delete o[k]``."""
    if o is None or o is undefined:
        raise type_error("Cannot convert undefined or null to object")
    return delete(o, to_property_key(k))


delete_property_or_throw = delete


def create_data_property(o: Any, key: Any, v: Any) -> bool:
    """CreateDataProperty (7.3.5)."""
    if type(o) is JSObject:
        o[key] = v
        return True
    return o.js_define_own_property(key, plain_property(v))  # type: ignore[no-any-return]


def create_data_property_or_throw(o: Any, key: Any, v: Any) -> None:
    """CreateDataPropertyOrThrow (7.3.7)."""
    if type(o) is JSObject:
        o[key] = v
    else:
        define_property_or_throw(o, key, plain_property(v))


def define_property_or_throw(o: Any, key: Any, desc: Any) -> None:
    """DefinePropertyOrThrow (7.3.8)."""
    if o.js_define_own_property(key, desc):
        return
    shown = describe(key)
    o = refuser(o, "defineProperty")
    if o.class_name == "Proxy":
        raise _falsish("defineProperty", key)
    if o.js_get_own_property(key) is None:  # not extensible, or an array whose length cannot grow
        raise type_error(f"Cannot define property {shown}, object is not extensible")
    raise type_error(f"Cannot redefine property: {shown}")


# --- helpers ---------------------------------------------------------------------------------------------------------


def _get_of_string(o: str, key: Any) -> Any:
    """A property of a string that ``lookups`` does not know."""
    prototype = R.string_prototype
    if lookups.string is not prototype and not any(array_index(k) >= 0 for k in prototype):
        lookups.string = prototype
        return get(o, key)
    index = array_index(key)
    return o[index] if 0 <= index < len(o) else prototype.js_get(key, o)


def _prototype_of_primitive(v: Any, key: Any) -> Any:
    cls = type(v)
    if cls is int or cls is float:
        return R.number_prototype
    if cls is bool:
        return R.boolean_prototype
    if v is None or v is undefined:
        raise _cannot_read(v, key)
    if cls is Symbol:
        return R.symbol_prototype
    if cls is BigInt:
        return R.bigint_prototype
    return R.string_prototype


def _cannot_read(v: Any, key: Any) -> JsThrow:
    if key is WellKnown.iterator:
        return type_error(
            f"{call_site_text(v)} is not iterable (cannot read property Symbol(Symbol.iterator))"
        )
    return type_error(f"Cannot read properties of {describe(v)}{_doing('reading', key)}")


def _doing(verb: str, key: Any) -> str:
    """V8 names a key that is an object only where it has a text of its own."""
    shown = describe(key)
    return "" if isinstance(key, ObjectBase) and shown.startswith("[object ") else f" ({verb} '{shown}')"


def _put_on_primitive(v: Any, key: Any, value: Any) -> None:
    if v is None or v is undefined:
        raise type_error(f"Cannot set properties of {describe(v)}{_doing('setting', key)}")
    if type(v) is str and (key == "length" or 0 <= array_index(key) < len(v)):
        raise type_error(f"Cannot assign to read only property '{key}' of string '{v}'")
    if not _prototype_of_primitive(v, key).js_set(key, value, v):
        raise type_error(f"Cannot create property '{describe(key)}' on {typeof(v)} '{describe(v)}'")


def refuser(o: Any, trap: str) -> Any:
    """The object whose internal method said no: a proxy without the trap hands the request on to its target."""
    while o.class_name == "Proxy" and type(o.handler) is JSObject and trap not in o.handler:
        o = o.target
    return o


def _falsish(trap: str, key: Any) -> JsThrow:
    return type_error(f"'{trap}' on proxy: trap returned falsish for property '{describe(key)}'")


def _cannot_assign(o: Any, key: Any) -> JsThrow:
    """Why [[Set]] said no."""
    shown = describe(key)
    base = walk = refuser(o, "set")
    by_trap = base is not o and refuser(o, "defineProperty").class_name == "Proxy"
    while walk is not None:
        if walk.class_name == "Proxy":
            return _falsish("set", key)
        own = walk.js_get_own_property(key)
        if own is not None:
            if own.is_accessor:
                return type_error(f"Cannot set property {shown} of {describe(base)} which has only a getter")
            if walk is base and own.writable:
                if by_trap:
                    return _falsish("defineProperty", key)
                if key == "length" and isinstance(o, JSArray):  # an element refuses to go
                    return type_error(f"Cannot delete property '{len(o) - 1}' of {describe(o)}")
                return type_error(f"Cannot add property {shown}, object is not extensible")
            if own.writable:  # an inherited one: it is the receiver that takes no new property
                break
            return type_error(f"Cannot assign to read only property '{shown}' of {typeof(o)} '{describe(o)}'")
        walk = refuser(walk.proto, "set") if walk.proto is not None else None
    if base is not o:
        return (
            _falsish("defineProperty", key)
            if by_trap
            else type_error(f"Cannot define property {shown}, object is not extensible")
        )
    if isinstance(o, JSArray) and o.js_is_extensible() and array_index(key) >= len(o):  # type: ignore[attr-defined]
        return type_error(f"Cannot assign to read only property 'length' of object '{describe(o)}'")
    return type_error(f"Cannot add property {shown}, object is not extensible")
