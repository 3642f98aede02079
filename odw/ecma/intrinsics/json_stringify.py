"""JSON.stringify to the letter (ECMA-262 25.5.2): getters, ``toJSON``, replacers, proxies, cycles."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import constructor_name
from odw.ecma.abstract_ops.number_text import number_to_string
from odw.ecma.abstract_ops.object_operations import (
    enumerable_own_properties,
    get,
    get_item,
    length_of_array_like,
)
from odw.ecma.abstract_ops.testing_comparison import is_array
from odw.ecma.abstract_ops.type_conversion import to_number, to_string
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.string_support import check_length
from odw.ecma.json_plain import quote
from odw.ecma.values import BigInt, JSFunction, JSObject, ObjectBase, undefined
from odw.ecma.wrappers import BigIntObject, BooleanObject, NumberObject, StringObject


def stringify_exactly(value: Any, replacer: Any, names: list[str] | None, gap: str) -> Any:
    """The JSON text or ``undefined``. ``replacer`` is a function or None; ``names`` restricts the properties."""
    serializer = _Serializer(replacer, names, gap)
    holder = JSObject({"": value})
    if not serializer.property("", value, holder, "\n"):
        return undefined
    check_length(serializer.size)
    return "".join(serializer.out)


class _Serializer:
    """The state of one serialization (the record of 25.5.2). ``path`` holds the objects being written, each with the
    key that led to it; ``size`` counts what ``out`` holds, so that an endless structure ends in a RangeError."""

    def __init__(self, replacer: Any, names: list[str] | None, gap: str) -> None:
        self.replacer = replacer
        self.names = names
        self.gap = gap
        self.out: list[str] = []
        self.size = 0
        self.path: list[tuple[Any, Any]] = []
        self.open: set[int] = set()

    def emit(self, text: str) -> None:
        self.out.append(text)
        self.size += len(text)

    def property(self, key: str | int, value: Any, holder: Any, newline: str, prefix: str = "") -> bool:
        """SerializeJSONProperty (25.5.2.2): write ``prefix`` and the value; False, and nothing, if it has no text."""
        if isinstance(value, ObjectBase) or type(value) is BigInt:
            method = get(value, "toJSON")
            if isinstance(method, JSFunction):
                value = method.call(value, str(key))
        if self.replacer is not None:
            value = self.replacer.call(holder, str(key), value)
        if isinstance(value, ObjectBase):
            value = _unwrapped(value)
        kind = type(value)
        if kind is str:
            text = quote(value)
        elif kind is bool:
            text = "true" if value else "false"
        elif value is None:
            text = "null"
        elif kind is int or kind is float:
            text = number_to_string(value) if value - value == 0 else "null"
        elif kind is BigInt:
            raise type_error("Do not know how to serialize a BigInt")
        elif isinstance(value, ObjectBase) and not isinstance(value, JSFunction):
            self.emit(prefix)
            self.object(key, value, newline)
            return True
        else:
            return False
        self.emit(prefix)
        self.emit(text)
        return True

    def object(self, key: str | int, value: Any, newline: str) -> None:
        if id(value) in self.open:
            raise type_error(_circular_message([*self.path, (key, value)]))
        self.path.append((key, value))
        self.open.add(id(value))
        check_length(self.size)
        if is_array(value):
            self.array_elements(value, newline)
        else:
            self.object_members(value, newline)
        self.open.discard(id(value))
        self.path.pop()

    def object_members(self, value: Any, newline: str) -> None:
        """SerializeJSONObject (25.5.2.5)."""
        names = enumerable_own_properties(value, "key") if self.names is None else self.names
        inner = newline + self.gap if self.gap else ""
        colon = ": " if self.gap else ":"
        opening = "{"
        for name in names:
            if self.property(name, get(value, name), value, inner, opening + inner + quote(name) + colon):
                opening = ","
        if opening == "{":
            self.emit("{}")
        else:
            self.emit(newline + "}" if self.gap else "}")

    def array_elements(self, value: Any, newline: str) -> None:
        """SerializeJSONArray (25.5.2.6)."""
        length = length_of_array_like(value)
        check_length(self.size + 2 * length)  # each element takes a character and one beside it
        inner = newline + self.gap if self.gap else ""
        for k in range(length):
            prefix = ("," if k else "[") + inner
            if not self.property(k, get_item(value, k), value, inner, prefix):
                self.emit(prefix + "null")
            if not k & 0xFFFF:
                check_length(self.size)
        if length == 0:
            self.emit("[]")
        else:
            self.emit(newline + "]" if self.gap else "]")


def _unwrapped(value: Any) -> Any:
    """A wrapper object's primitive, converted as SerializeJSONProperty says."""
    if isinstance(value, NumberObject):
        return to_number(value)
    if isinstance(value, StringObject):
        return to_string(value)
    if isinstance(value, BooleanObject | BigIntObject):
        return value.primitive
    return value


def _circular_message(path: list[tuple[Any, Any]]) -> str:
    """V8's picture of the cycle: where it starts, two steps, the last step, and what closes it."""
    closing_key, target = path.pop()
    start = next(index for index, (_, value) in enumerate(path) if value is target)
    lines = [
        "Converting circular structure to JSON",
        f"\n    --> starting at object with constructor {_shown_constructor(target)}",
    ]
    steps = [
        f"\n    |     {_shown_key(key)} -> object with constructor {_shown_constructor(value)}"
        for key, value in path[start + 1 :]
    ]
    lines += steps if len(steps) <= 3 else [*steps[:2], "\n    |     ...", steps[-1]]
    lines.append(f"\n    --- {_shown_key(closing_key)} closes the circle")
    return "".join(lines)


def _shown_key(key: str | int) -> str:
    return f"index {key}" if type(key) is int else f"property '{key}'" if key else "<anonymous>"


def _shown_constructor(value: Any) -> str:
    return f"'{constructor_name(value) or 'Object'}'"
