"""How intrinsics are made: built-in functions and the tables of properties that hang on an object.

A native function takes ``(this, *args)``; it declares each parameter it reads with the default ``undefined`` and ends
with ``*_`` so that surplus arguments are ignored, as every ECMAScript function does::

    def array_prototype_join(this, separator=undefined, *_): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from odw.ecma.realm import R
from odw.ecma.values import JSFunction, OrdinaryObject, Property, PropertyKey, Symbol, WellKnown, undefined


def builtin(
    native: Callable[..., Any],
    name: PropertyKey,
    length: int,
    construct: Callable[[Any, Any], Any] | None = None,
) -> JSFunction:
    """CreateBuiltinFunction (10.3.4): a function object with ``name`` and ``length`` and no ``prototype``."""
    return JSFunction(native, R.function_prototype, name, length, construct)


def define_methods(target: Any, methods: Mapping[PropertyKey, tuple[Callable[..., Any], int]]) -> None:
    """Define writable, non-enumerable, configurable methods: ``{key: (native, length)}``."""
    for key, (native, length) in methods.items():
        target[key] = Property(builtin(native, function_name(key), length), True, False, True)


def define_getters(target: Any, getters: Mapping[PropertyKey, Callable[..., Any]]) -> None:
    """Define non-enumerable, configurable accessors without a setter."""
    for key, native in getters.items():
        getter = builtin(native, f"get {function_name(key)}", 0)
        target[key] = Property(getter=getter, setter=undefined, configurable=True)


def define_constants(target: Any, constants: Mapping[PropertyKey, Any]) -> None:
    """Define non-writable, non-enumerable, non-configurable data properties."""
    for key, value in constants.items():
        target[key] = Property(value)


def define_hidden(target: Any, key: PropertyKey, value: Any) -> None:
    """Define one writable, non-enumerable, configurable data property."""
    target[key] = Property(value, True, False, True)


def define_tag(target: Any, tag: str) -> None:
    """Define ``Symbol.toStringTag`` (configurable only)."""
    target[WellKnown.to_string_tag] = Property(tag, configurable=True)


def new_prototype(parent: Any = None) -> OrdinaryObject:
    """An empty prototype object that inherits from ``parent`` (default %Object.prototype%)."""
    return OrdinaryObject(R.object_prototype if parent is None else parent)


def constructor(
    name: str,
    length: int,
    prototype: Any,
    call: Callable[..., Any],
    construct: Callable[[Any, Any], Any],
    parent: Any = None,
) -> JSFunction:
    """A constructor function linked with ``prototype``; ``parent`` is its own [[Prototype]] (a constructor or None)."""
    function = builtin(call, name, length, construct)
    if parent is not None:
        function._proto = parent
    function.materialize()  # type: ignore[attr-defined]
    function["prototype"] = Property(prototype)
    prototype["constructor"] = Property(function, True, False, True)
    return function


def function_name(key: PropertyKey) -> str:
    """SetFunctionName (10.2.9) without a prefix."""
    if isinstance(key, Symbol):
        return f"[{key.description}]" if key.description is not undefined else ""
    return str(key)
