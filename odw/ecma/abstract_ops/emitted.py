"""Helpers that only compiled code needs: what JavaScript's environments have and Python's frames have not.

Everything else that compiled code calls is an operation of ECMA-262 and lives with its kin; docs/emitted-code.md lists all.
"""

from __future__ import annotations

from typing import Any, Final

from odw.ecma.abstract_ops.callee_text import chain_text
from odw.ecma.abstract_ops.own_properties import copy_data_properties, set_integrity_level
from odw.ecma.completion import type_error
from odw.ecma.values import JSArray, JSFunction, JSObject, JSValue, ObjectBase, undefined, unusual


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


def copy_properties(target: Any, source: JSValue) -> Any:
    """CopyDataProperties (7.3.26) into an object literal under construction that has accessors; returns ``target``."""
    return copy_data_properties(target, source)


def set_literal_prototype(o: Any, proto: JSValue) -> Any:
    """``__proto__: proto`` in an object literal (B.3.1): what is neither an object nor null is ignored. Returns ``o``."""
    if proto is None or isinstance(proto, ObjectBase):
        unusual(o)._proto = proto
    return o


def check_destructurable(value: JSValue, key: str | None, source: str | None) -> None:
    """RequireObjectCoercible (7.2.1) of an object pattern, in V8's words.

    ``key`` is the pattern's first property, if it has a fixed name; ``source`` the text of the expression that gave
    ``value``, "" for a parameter, None inside another pattern.
    """
    if value is None or value is undefined:
        shown = "null" if value is None else "undefined"
        if source is None:
            reading = "" if key is None else f" (reading '{key}')"
            raise type_error(f"Cannot read properties of {shown}{reading}")
        absent = "object null" if source == "" and value is None else shown
        of = chain_text(source) if source else absent
        what = f"'{of}'" if key is None else f"property '{key}' of '{of}'"
        raise type_error(f"Cannot destructure {what} as it is {shown}.")


def freeze_deep(value: JSValue) -> JSValue:
    """Freeze a literal of plain objects and arrays all the way down: ``meta``. Returns it."""
    if isinstance(value, JSObject | JSArray):
        for item in list(value.values()) if isinstance(value, JSObject) else value:
            freeze_deep(item)
        set_integrity_level(value, "frozen")
    return value


def call_default(exported: JSValue, args: JSValue) -> JSValue:
    """The result of a module that did not return: its default export, called with ``args`` if it is a function."""
    return exported.call(undefined, args) if isinstance(exported, JSFunction) else exported


EMITTED: Final[dict[str, object]] = {
    "Cell": Cell,
    "check_destructurable": check_destructurable,
    "call_default": call_default,
    "copy_properties": copy_properties,
    "freeze_deep": freeze_deep,
    "int": int,
    "len": len,
    "set_literal_prototype": set_literal_prototype,
}
"""Merged into ``abi.ABI``."""
