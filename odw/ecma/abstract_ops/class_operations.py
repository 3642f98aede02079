"""Classes: what a compiled class definition and ``super`` call (ECMA-262 section 15.7). See docs/emitted-code.md.

https://tc39.es/ecma262/#sec-class-definitions
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

from odw.ecma.abstract_ops.describe import describe, function_debug_name
from odw.ecma.abstract_ops.function_operations import set_function_name
from odw.ecma.abstract_ops.object_operations import (
    define_property_or_throw,
    get,
    get_prototype_from_constructor,
)
from odw.ecma.abstract_ops.private_operations import PrivateElement, private_add, private_add_all
from odw.ecma.abstract_ops.testing_comparison import typeof
from odw.ecma.abstract_ops.type_conversion import to_property_key
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.functions import ClassConstructor, check_function_realm, not_without_new
from odw.ecma.property_descriptor import PropertyDescriptor, plain_property
from odw.ecma.realm import R
from odw.ecma.values import (
    MISSING,
    JSFunction,
    ObjectBase,
    OrdinaryObject,
    PrivateName,
    Property,
    undefined,
)

NO_PARENT: Final = object()


class ClassFields:
    """What a class adds to each new instance: first ``privates``, then ``fields`` in order.

    ``privates`` holds the private methods and accessors, and those private fields without an initializer that come before
    all other fields: no code runs before they are there.
    """

    __slots__ = ("fields", "privates")

    def __init__(self) -> None:
        self.privates: dict[PrivateName, Any] = {}
        self.fields: list[tuple[Any, Callable[[Any], Any] | None]] = []


_create = OrdinaryObject.__new__


def _constructing(c: Any, code: Any, home: Any, derived: bool) -> Callable[[Any, Any], Any]:
    """[[Construct]] (10.2.2) of a class constructor ``c``."""

    def construct(args: Any, new_target: Any) -> Any:
        if derived:
            if code is None:
                made = super_call(c, args, new_target)
                if c.fields is not None:
                    initialize_instance_elements(made, c)
                return made
            this: Any = undefined
        else:
            this = _create(OrdinaryObject)
            this._proto = home if new_target is c else _prototype_for(new_target)
            this.extensible = True
            this.private = None
            if c.fields is not None:
                initialize_instance_elements(this, c)
            if code is None:
                return this
        count = len(args)  # a call with known arguments costs half of one with a list
        if count == 1:
            made = code(this, args[0], new_target=new_target)
        elif count == 2:
            made = code(this, args[0], args[1], new_target=new_target)
        elif count == 0:
            made = code(this, new_target=new_target)
        else:
            made = code(this, *args, new_target=new_target)
        if derived:
            return made.settle() if type(made) is PendingResult else made
        return this if made is undefined or not isinstance(made, ObjectBase) else made

    return construct


def _prototype_for(new_target: Any) -> Any:
    """The prototype of what ``Reflect.construct(C, args, new_target)`` makes; a class's own is its ``home``."""
    if type(new_target) is ClassConstructor:
        return new_target.home
    proto = new_target.js_get("prototype", new_target)
    if isinstance(proto, ObjectBase):
        return proto
    check_function_realm(new_target)
    return R.object_prototype


def class_begin(name: Any, parent: Any, code: Any, length: int) -> Any:
    """ClassDefinitionEvaluation (15.7.14) up to the elements: the constructor ``c``; its prototype object is ``c.home``."""
    if parent is NO_PARENT:
        proto_parent, constructor_parent = R.object_prototype, R.function_prototype
    elif parent is None:
        proto_parent, constructor_parent = None, R.function_prototype
    elif not isinstance(parent, JSFunction) or parent.construct is None:
        raise type_error(f"Class extends value {describe(parent)} is not a constructor or null")
    else:
        proto_parent, constructor_parent = get(parent, "prototype"), parent
        if proto_parent is not None and not isinstance(proto_parent, ObjectBase):
            shown = describe(proto_parent)
            raise type_error(f"Class extends value does not have valid prototype property {shown}")
    prototype = OrdinaryObject(proto_parent)
    c: Any = ClassConstructor()
    c._proto = constructor_parent
    c.extensible = True
    c.private = None
    c.name = name
    c.length = length
    c.call = not_without_new(name if type(name) is str else "")
    frame = sys._getframe(1)
    c.definition = (frame.f_code, frame.f_globals)
    c.home = prototype
    c.construct = _constructing(c, code, prototype, parent is not NO_PARENT)
    c.fields = None
    c.materialize()
    c["prototype"] = Property(prototype)
    prototype["constructor"] = Property(c, True, False, True)
    return c


def class_end(c: Any) -> Any:
    """The class is complete; returns it."""
    return c


def class_method(target: Any, k: Any, fn: Any) -> Any:
    """A method of the class (target ``c.home``) or a static one (target ``c``): not enumerable."""
    _define(target, to_property_key(k), Property(fn, True, False, True))
    return target


def _define(target: Any, key: Any, desc: Any) -> None:
    if key == "prototype" and isinstance(target, ClassConstructor):
        raise type_error("Classes may not have a static property named 'prototype'")
    define_property_or_throw(target, key, desc)


def class_getter(target: Any, k: Any, fn: Any) -> Any:
    desc = PropertyDescriptor(getter=fn, enumerable=False, configurable=True)
    _define(target, to_property_key(k), desc)
    return target


def class_setter(target: Any, k: Any, fn: Any) -> Any:
    desc = PropertyDescriptor(setter=fn, enumerable=False, configurable=True)
    _define(target, to_property_key(k), desc)
    return target


def _elements(c: Any) -> ClassFields:
    if c.fields is None:
        c.fields = ClassFields()
    return c.fields  # type: ignore[no-any-return]


def class_field(c: Any, key: Any, init: Callable[[Any], Any] | None) -> None:
    """An instance field; ``key`` is a property key or a PrivateName, ``init(this)`` gives its value."""
    elements = _elements(c)
    if type(key) is not PrivateName:
        key = to_property_key(key)
    elif init is None and not elements.fields:
        elements.privates[key] = undefined
        return
    elements.fields.append((key, init))


def class_private_method(c: Any, name: PrivateName, fn: Any) -> None:
    _private_element(c, name, fn, None, None)


def class_private_accessor(c: Any, name: PrivateName, getter: Any, setter: Any) -> None:
    _private_element(c, name, None, getter, setter)


def _private_element(c: Any, name: PrivateName, fn: Any, getter: Any, setter: Any) -> None:
    owner = function_debug_name(c)
    name.owner = f"an instance of class {owner or 'anonymous'}"
    _elements(c).privates[name] = PrivateElement(fn, getter, setter, owner)


def initialize_instance_elements(o: Any, c: Any) -> None:
    """InitializeInstanceElements (7.3.34)."""
    elements = c.fields
    if elements is None:
        return
    if elements.privates:
        private_add_all(o, elements.privates)
    for key, init in elements.fields:
        value = undefined if init is None else init(o)
        if type(key) is PrivateName:
            private_add(o, key, value)
        elif type(o) is OrdinaryObject and o.extensible and type(o.get(key)) is not Property:
            o[key] = value
        else:
            define_property_or_throw(o, key, plain_property(value))


def super_call(c: Any, args: Any, new_target: Any) -> Any:
    """``super(...args)`` in the constructor of ``c`` (13.3.7.1): the new ``this``, still without the fields of ``c``."""
    parent = c._proto
    if type(parent) is ClassConstructor:
        return parent.construct(args, new_target)
    if not isinstance(parent, JSFunction) or parent.construct is None:
        shown = (
            (function_debug_name(parent) or "null") if isinstance(parent, JSFunction) else describe(parent)
        )
        of = function_debug_name(c) or "anonymous class"
        raise type_error(f"Super constructor {shown} of {of} is not a constructor")
    return parent.construct(args, new_target)


def initialize_elements(o: Any, c: Any) -> Any:
    """What ``super()`` does once ``this`` is bound; returns ``o``."""
    if c.fields is not None:
        initialize_instance_elements(o, c)
    return o


class PendingResult:
    """A ``return`` of a derived constructor that is judged when the code has ended (10.2.2): no ``catch`` of its own
    sees the error, and a ``finally`` may still call ``super()``."""

    __slots__ = ("this", "value")

    def __init__(self, value: Any, this: Callable[[], Any]) -> None:
        self.value = value
        self.this = this

    def settle(self) -> Any:
        if self.value is undefined:
            return self.this()
        raise type_error("Derived constructors may only return object or undefined")


def derived_result(value: Any, this: Callable[[], Any]) -> Any:
    """What a derived constructor's ``return value`` gives; ``this`` is a thunk, since it may be unbound."""
    return value if isinstance(value, ObjectBase) else PendingResult(value, this)


def super_get(home: Any, k: Any, this: Any) -> Any:
    """``super.k`` (13.3.7.3) in a method whose home object is ``home``."""
    parent = home.proto if type(home) is OrdinaryObject else home.js_get_prototype_of()
    if type(parent) is OrdinaryObject and type(k) is str:
        value = parent.get(k, MISSING)
        if type(value) is Property and value.getter is MISSING:
            return value.value
    if parent is None:
        raise type_error(f"Cannot read properties of null (reading '{describe(k)}')")
    return parent.js_get(to_property_key(k), this)


def super_put(home: Any, k: Any, v: Any, this: Any) -> Any:
    """``super.k = v``; returns ``v``."""
    parent = home.js_get_prototype_of()
    if parent is None:
        raise type_error(f"Cannot set properties of null (setting '{describe(k)}')")
    key = to_property_key(k)
    if not parent.js_set(key, v, this):
        raise _cannot_assign(parent, key, this)
    return v


def _cannot_assign(parent: Any, key: Any, this: Any) -> JsThrow:
    """Why [[Set]] of a ``super`` property said no."""
    shown = describe(key)
    found: Any = None
    while parent is not None and parent.class_name != "Proxy":
        found = parent.js_get_own_property(key)
        if found is not None and found.is_accessor:
            return type_error(f"Cannot set property {shown} of {describe(parent)} which has only a getter")
        if found is not None:
            break
        parent = parent.proto
    if isinstance(this, ObjectBase):
        own = this.js_get_own_property(key)  # type: ignore[attr-defined]  # every object has it
        if own is not None and own.is_accessor:
            return type_error(f"Cannot redefine property: {shown}")
        if own is None and (found is None or found.writable):
            return type_error(f"Cannot add property {shown}, object is not extensible")
    return type_error(f"Cannot assign to read only property '{shown}' of {typeof(this)} '{describe(this)}'")


__all__ = [
    "NO_PARENT",
    "class_begin",
    "class_end",
    "class_field",
    "class_getter",
    "class_method",
    "class_private_accessor",
    "class_private_method",
    "class_setter",
    "derived_result",
    "get_prototype_from_constructor",
    "initialize_elements",
    "initialize_instance_elements",
    "set_function_name",
    "super_call",
    "super_get",
    "super_put",
]
