"""Operations on objects (ECMA-262 section 7.3): property access as scripts do it, calls and construction.

The first lines of ``get``, ``put`` and their like are what a script spends its time in: one test of the exact class
for a plain object, array or string, and the general way behind it.
https://tc39.es/ecma262/#sec-operations-on-objects
"""

from __future__ import annotations

import sys
from typing import Any

# The internal methods come into being with these two imports.
from odw.ecma import array_internal_methods as _arrays  # noqa: F401
from odw.ecma import positions
from odw.ecma.abstract_ops.callee_text import callee_text
from odw.ecma.abstract_ops.describe import call_site_text, describe, describe_symbol
from odw.ecma.abstract_ops.number_text import array_index
from odw.ecma.abstract_ops.testing_comparison import is_array, typeof
from odw.ecma.abstract_ops.type_conversion import to_length, to_object, to_property_key, truthy
from odw.ecma.completion import JsThrow, range_error, type_error
from odw.ecma.functions import BoundFunction
from odw.ecma.property_descriptor import plain_property
from odw.ecma.realm import R
from odw.ecma.values import (
    HOLE,
    MISSING,
    BigInt,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    OrdinaryObject,
    Property,
    Symbol,
    WellKnown,
    undefined,
    unusual,
)

# --- reading ---------------------------------------------------------------------------------------------------------


def get(o: Any, key: Any) -> Any:
    """``o.key``: GetV (7.3.3) with a property key (str or Symbol)."""
    cls = type(o)
    if cls is JSObject or cls is OrdinaryObject:
        value = o.get(key, MISSING)
        if value is MISSING:
            proto = o.proto
            return undefined if proto is None else proto.js_get(key, o)
        if type(value) is not Property:
            return value
        return o.js_get(key, o)
    if cls is JSArray:
        if key == "length":
            return len(o)
        value = o.proto.named.get(key)
        if type(value) is Property and value.getter is MISSING:
            return value.value
        return o.js_get(key, o)
    if cls is str:
        if key == "length":
            return len(o)
        value = R.string_prototype.get(key)
        if type(value) is Property and value.getter is MISSING:
            return value.value
        index = array_index(key)
        if 0 <= index < len(o):
            return o[index]
        return R.string_prototype.js_get(key, o)
    if isinstance(o, ObjectBase):
        return o.js_get(key, o)  # type: ignore[attr-defined]
    return _prototype_of_primitive(o, key).js_get(key, o)


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
        return get(o, int.__repr__(k))
    if tk is str or tk is Symbol:
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


def put(o: Any, key: Any, v: Any) -> Any:
    """``o.key = v`` in strict mode: Set (7.3.4) with throwing; returns ``v``."""
    cls = type(o)
    if cls is JSObject or (cls is OrdinaryObject and o.extensible):
        current = o.get(key, MISSING)
        if current is MISSING:
            if _nothing_inherited(o.proto, key):
                o[key] = v
                return v
        elif type(current) is not Property:
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
            elif k == length and not o.proto and _nothing_inherited(o.proto.proto, int.__repr__(k)):
                o.append(v)
                return v
        return put(o, int.__repr__(k), v)
    if type(k) is str or type(k) is Symbol:
        return put(o, k, v)
    if o is None or o is undefined:
        raise type_error(f"Cannot set properties of {describe(o)} (setting '{describe(k)}')")
    return put(o, to_property_key(k), v)


def set_property(o: Any, key: Any, v: Any, throw: bool = True) -> bool:
    """Set (7.3.4) on an object."""
    done: bool = o.js_set(key, v, o)
    if not done and throw:
        raise _cannot_assign(o, key)
    return done


def delete(o: Any, key: Any) -> bool:
    """``delete o.key`` in strict mode."""
    if not isinstance(o, ObjectBase):
        o = to_object(o)
    if not o.js_delete(key):
        if o.class_name == "Proxy":
            raise type_error(f"'deleteProperty' on proxy: trap returned falsish for property '{describe(key)}'")
        raise type_error(f"Cannot delete property '{describe(key)}' of {describe(o)}")
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
    if o.class_name == "Proxy":
        raise type_error(f"'defineProperty' on proxy: trap returned falsish for property '{shown}'")
    if not o.js_is_extensible() and o.js_get_own_property(key) is None:
        raise type_error(f"Cannot define property {shown}, object is not extensible")
    raise type_error(f"Cannot redefine property: {shown}")


# --- calls -----------------------------------------------------------------------------------------------------------


def call(f: Any, this: Any, *args: Any) -> Any:
    """Call (7.3.14). From compiled code a value that is no function is named by its text in the script."""
    if isinstance(f, JSFunction):
        return f.call(this, *args)
    raise type_error(f"{_shown_callee(f)} is not a function")


def invoke(v: Any, key: Any, *args: Any) -> Any:
    """Invoke (7.3.21)."""
    function = get(v, key)
    if not isinstance(function, JSFunction):
        raise type_error(f"{describe(v)}.{describe(key)} is not a function")
    return function.call(v, *args)


def construct(f: Any, args: Any = (), new_target: Any = None) -> Any:
    """Construct (7.3.15)."""
    if not isinstance(f, JSFunction) or f.construct is None:
        raise type_error(f"{describe(f)} is not a constructor")
    return f.construct(args, f if new_target is None else new_target)


def new(f: Any, *args: Any) -> Any:
    """The ``new`` operator (13.3.5.1)."""
    if isinstance(f, JSFunction) and f.construct is not None:
        return f.construct(args, f)
    raise type_error(f"{_shown_callee(f)} is not a constructor")


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


def ordinary_has_instance(c: Any, o: Any) -> bool:
    """OrdinaryHasInstance (7.3.22)."""
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
        walk = walk.js_get_prototype_of()
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
    return proto if isinstance(proto, ObjectBase) else getattr(R, default)


def ordinary_create_from_constructor(new_target: Any, default: str, cls: Any = OrdinaryObject) -> Any:
    """OrdinaryCreateFromConstructor (10.1.13): ``cls(proto)``."""
    return cls(get_prototype_from_constructor(new_target, default))


def object_with_prototype(proto: Any) -> Any:
    """OrdinaryObjectCreate (10.1.12), plain where that is possible."""
    return JSObject() if proto is JSObject.proto else OrdinaryObject(proto)


def new_object(properties: dict[Any, Any] | None = None) -> JSObject:
    return JSObject(properties or ())


def new_array(items: Any = ()) -> JSArray:
    """CreateArrayFromList (7.3.18)."""
    return JSArray(items)


# --- array-likes -----------------------------------------------------------------------------------------------------


def length_of_array_like(o: Any) -> int:
    """LengthOfArrayLike (7.3.19)."""
    if isinstance(o, JSArray):
        return len(o)
    return to_length(get(o, "length"))


def create_list_from_array_like(o: Any) -> list[Any]:
    """CreateListFromArrayLike (7.3.20)."""
    if type(o) is JSArray and HOLE not in o:
        return list(o)
    if not isinstance(o, ObjectBase):
        raise type_error("CreateListFromArrayLike called on non-object")
    length = length_of_array_like(o)
    if length > _arrays.MAX_HOLES:
        raise range_error("Invalid array length")
    return [get(o, str(i)) for i in range(length)]


# --- helpers ---------------------------------------------------------------------------------------------------------


def _nothing_inherited(proto: Any, key: Any) -> bool:
    """True when no prototype has ``key``, so that an assignment simply creates the property."""
    while proto is not None:
        if type(proto) is not OrdinaryObject or key in proto:
            return False
        proto = proto.proto
    return True


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
    return type_error(f"Cannot read properties of {describe(v)} (reading '{describe(key)}')")


def _put_on_primitive(v: Any, key: Any, value: Any) -> None:
    if v is None or v is undefined:
        raise type_error(f"Cannot set properties of {describe(v)} (setting '{describe(key)}')")
    if type(v) is str and (key == "length" or 0 <= array_index(key) < len(v)):
        raise type_error(f"Cannot assign to read only property '{key}' of string '{v}'")
    if not _prototype_of_primitive(v, key).js_set(key, value, v):
        raise type_error(f"Cannot create property '{describe(key)}' on {typeof(v)} '{describe(v)}'")


def _cannot_assign(o: Any, key: Any) -> JsThrow:
    """Why [[Set]] said no."""
    shown = describe(key)
    walk = o
    while walk is not None:
        if walk.class_name == "Proxy":
            return type_error(f"'set' on proxy: trap returned falsish for property '{shown}'")
        own = walk.js_get_own_property(key)
        if own is not None:
            if own.is_accessor:
                return type_error(f"Cannot set property {shown} of {describe(o)} which has only a getter")
            if walk is o and own.writable:
                return type_error(f"Cannot add property {shown}, object is not extensible")
            return type_error(f"Cannot assign to read only property '{shown}' of {typeof(o)} '{describe(o)}'")
        walk = walk.proto
    return type_error(f"Cannot add property {shown}, object is not extensible")


from odw.ecma.abstract_ops.own_properties import (  # noqa: E402  (needs the names above)
    copy_data_properties,
    enumerable_own_properties,
    own_properties,
    rest_properties,
    set_integrity_level,
    test_integrity_level,
)

__all__ = [
    "call",
    "construct",
    "copy_data_properties",
    "create_data_property",
    "create_data_property_or_throw",
    "create_list_from_array_like",
    "define_property_or_throw",
    "delete",
    "delete_item",
    "delete_property_or_throw",
    "describe_symbol",
    "enumerable_own_properties",
    "get",
    "get_item",
    "get_method",
    "get_prototype_from_constructor",
    "has",
    "has_own_property",
    "has_property",
    "instance_of",
    "invoke",
    "is_array",
    "length_of_array_like",
    "new",
    "new_array",
    "new_object",
    "object_with_prototype",
    "ordinary_create_from_constructor",
    "ordinary_has_instance",
    "own_properties",
    "put",
    "put_item",
    "rest_properties",
    "set_integrity_level",
    "set_property",
    "species_constructor",
    "test_integrity_level",
    "unusual",
]
