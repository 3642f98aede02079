"""``+=`` on what holds a value: a property, an element, a private field; and the parts of ``s += x`` on a variable.

CPython appends to a string in place if nothing else refers to it, so the holder gives its value away for a moment. Nothing of
the script runs in that moment, and whatever is raised in it finds the value in its place. So 10^5 appends copy nothing. The
steps stand in each function by themselves: one that did them for another would find a second reference in its caller.
"""

from __future__ import annotations

from typing import Any, Final

from odw.ecma.abstract_ops.operators import MAX_STRING, add
from odw.ecma.abstract_ops.private_operations import private_put
from odw.ecma.abstract_ops.property_access import put, put_item
from odw.ecma.abstract_ops.type_conversion import to_primitive, to_string
from odw.ecma.values import MAX_SAFE, MISSING, JSArray, JSObject, JSValue, OrdinaryObject, PrivateName


def to_text(value: JSValue) -> str:
    """What ``+`` makes of its operand beside a string (13.15.3 step 1.c)."""
    return value if type(value) is str else to_string(to_primitive(value))


def text_beside(s: JSValue, value: JSValue) -> JSValue:
    """What ``s + value`` makes of ``value`` if ``s`` is a string; else ``value`` as it is."""
    return to_text(value) if type(s) is str else value


def has_room(s: Any, text: Any) -> bool:
    """Whether ``s`` is a string to which ``text`` may be appended."""
    return type(s) is str and len(s) + len(text) <= MAX_STRING


def extend(text: str, _: None, more: str) -> str:
    """``text + more``, in place: the caller has given up its own reference while it evaluated the second argument."""
    text += more
    return text


def add_to(o: Any, key: str, old: Any, value: Any) -> JSValue:
    """``o.key += value``; ``old`` is what ``o.key`` was before ``value`` was evaluated."""
    if type(o) is JSObject or type(o) is OrdinaryObject:
        kind = type(old)
        if kind is int and type(value) is int:
            total = old + value
            if -MAX_SAFE <= total <= MAX_SAFE and type(o.get(key)) is int:
                o[key] = total
                return total
        elif kind is str:
            value = to_text(value)
            if len(old) + len(value) <= MAX_STRING and o.get(key) is old:
                o[key] = None
                try:
                    old += value
                finally:
                    o[key] = old
                return old
    return put(o, key, add(old, value))


def add_to_item(o: Any, k: Any, old: Any, value: Any) -> JSValue:
    """``o[k] += value``."""
    if type(old) is int and type(value) is int:
        total = old + value
        if -MAX_SAFE <= total <= MAX_SAFE and type(_bare(o, k)) is int:
            o[k] = total
            return total
    elif type(old) is str:
        value = to_text(value)
        if len(old) + len(value) <= MAX_STRING and _bare(o, k) is old:
            o[k] = None
            try:
                old += value
            finally:
                o[k] = old
            return old
    return put_item(o, k, add(old, value))


def _bare(o: Any, k: Any) -> JSValue:
    """The value of an own element or property that is there to be assigned, as it stands in the list or dict; else MISSING."""
    cls = type(o)
    if type(k) is int:
        return o[k] if cls is JSArray and 0 <= k < len(o) else MISSING
    return o.get(k, MISSING) if type(k) is str and (cls is JSObject or cls is OrdinaryObject) else MISSING


def add_to_private(o: Any, name: PrivateName, old: JSValue, value: JSValue) -> JSValue:
    """``o.#name += value``; that ``o`` has the field is known since ``old`` was read."""
    if type(old) is str:
        value = to_text(value)
        elements = o.private
        if elements[name] is old and len(old) + len(value) <= MAX_STRING:
            elements[name] = None
            try:
                old += value
            finally:
                elements[name] = old
            return old
    return private_put(o, name, add(old, value))


ACCUMULATION: Final[dict[str, object]] = {
    "add_to": add_to,
    "add_to_item": add_to_item,
    "add_to_private": add_to_private,
    "extend": extend,
    "has_room": has_room,
    "text_beside": text_beside,
    "to_text": to_text,
}
"""Merged into ``abi.ABI``."""
