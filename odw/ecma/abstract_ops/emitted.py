"""Helpers that only compiled code needs: what JavaScript's environments have and Python's frames have not.

Everything else that compiled code calls is an operation of ECMA-262 and lives with its kin; docs/emitted-code.md lists all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from odw.ecma.values import JSFunction, JSValue, ObjectBase, Property, Symbol, is_callable, undefined, unusual


class Cell:
    """A binding of one pass of a loop body that closures share. ``value`` is unset in the temporal dead zone."""

    __slots__ = ("value",)

    def __init__(self, *value: JSValue) -> None:
        if value:
            (self.value,) = value

    def set(self, value: JSValue) -> JSValue:
        """Assign as an expression."""
        self.value = value
        return value


def stable_key(key: JSValue) -> JSValue:
    """A property key that is converted once although a compound assignment uses it twice (13.15.2)."""
    if isinstance(key, ObjectBase):
        from odw.ecma.abstract_ops.type_conversion import to_property_key

        return to_property_key(key)
    return key


def copy_properties(target: Any, source: JSValue) -> Any:
    """CopyDataProperties (7.3.26) into an object literal under construction that has accessors; returns ``target``."""
    from odw.ecma.abstract_ops.emitted_links import define_field, own_properties

    for key, value in own_properties(source).items():
        define_field(target, key, value)
    return target


def freeze_deep(value: JSValue) -> JSValue:
    """Freeze a literal of plain objects and arrays all the way down: ``meta``. Returns it."""
    if isinstance(value, dict) and isinstance(value, ObjectBase):
        for item in value.values():
            freeze_deep(item)
        unusual(value)
        for key in list(value):
            value[key] = Property(value[key], False, True, False)
        value.extensible = False  # type: ignore[attr-defined]  # the second shape has it
    elif isinstance(value, list) and isinstance(value, ObjectBase):
        for item in value:
            freeze_deep(item)
        unusual(value)
        value[:] = [Property(item, False, True, False) for item in value]
        value.extensible = False  # type: ignore[attr-defined]
        value.length_writable = False  # type: ignore[attr-defined]
    return value


def call_default(exported: JSValue, args: JSValue) -> JSValue:
    """The result of a module that did not return: its default export, called with ``args`` if it is a function."""
    return exported.call(undefined, args) if isinstance(exported, JSFunction) else exported


EMITTED: Final[dict[str, object]] = {
    "Cell": Cell,
    "call_default": call_default,
    "copy_properties": copy_properties,
    "freeze_deep": freeze_deep,
    "stable_key": stable_key,
}
"""Merged into ``abi.ABI``."""
