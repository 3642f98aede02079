"""What JavaScript makes of values: which are true, what they are as text, as a number, as a key.

Values are Python's own: dict, list, str (code points), int, float, bool, None for null, and ``undefined``.
"""

from __future__ import annotations

from math import inf, nan
from typing import Any

from odw.ecma.abstract_ops.number_text import normalise, number_to_string, string_to_number
from odw.ecma.abstract_ops.type_conversion import from_host_string
from odw.ecma.values import undefined

NUMBERS = (int, float)


def nullish(value: Any) -> bool:
    """Whether a value is null or undefined."""
    return value is None or value is undefined


def truthy(value: Any) -> bool:
    """ToBoolean (ECMA-262 7.1.2): unlike in Python, empty lists and dicts are true, and NaN is false."""
    if isinstance(value, float):
        return value == value and value != 0
    if value is None or value is undefined or isinstance(value, str | int):
        return bool(value)
    return True


def first_truthy(value: Any, otherwise: Any) -> Any:
    """``value || otherwise`` where ``otherwise`` costs nothing to know."""
    return value if truthy(value) else otherwise


def coalesce(value: Any, otherwise: Any) -> Any:
    """``value ?? otherwise`` where ``otherwise`` costs nothing to know."""
    return otherwise if value is None or value is undefined else value


def is_number(value: Any) -> bool:
    """``typeof value === 'number'``; bool is no number."""
    return isinstance(value, NUMBERS) and not isinstance(value, bool)


def typeof(value: Any) -> str:
    """https://tc39.es/ecma262/#sec-typeof-operator"""
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, NUMBERS):
        return "number"
    if value is undefined:
        return "undefined"
    return "function" if is_function(value) else "object"


def is_function(value: Any) -> bool:
    return callable(value) and not isinstance(value, Exception)


def text(value: Any) -> str:
    """ToString (7.1.17), as in a template: ``null``, ``true``, ``1.5``, lists joined by commas, ``[object Object]``."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, NUMBERS):
        return number_to_string(normalise(value))
    if value is undefined:
        return "undefined"
    if isinstance(value, list):
        return ",".join("" if nullish(item) else text(item) for item in value)
    if isinstance(value, dict):
        own = value.get("toString")
        method: Any = own if own is not None else getattr(type(value), "toString", None)
        if is_function(method):
            return text(method() if own is not None else method(value))
        return "[object Object]"
    if isinstance(value, BaseException):
        from odw.dsl.javascript.errors import error_text

        return error_text(value)
    shown = getattr(value, "javascript_text", None)
    if shown is not None:
        return str(shown())
    return f"function {getattr(value, '__name__', '')}() {{ [Python code] }}"


def number(value: Any) -> int | float:
    """ToNumber (7.1.4)."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, NUMBERS):
        return value
    if value is None:
        return 0
    if value is undefined:
        return nan
    if not isinstance(value, str):
        instant = getattr(value, "javascript_number", None)
        if instant is not None:
            found: int | float = instant()
            return found
        value = text(value)
    return string_to_number(value)


def integer(value: Any, otherwise: int | float = 0) -> int | float:
    """ToIntegerOrInfinity (7.1.5); ``otherwise`` for undefined."""
    if value is undefined:
        return otherwise
    x = number(value)
    if x != x:
        return 0
    return x if x in (inf, -inf) else int(x)


def tidy(value: int | float) -> int | float:
    """A number in its one form: an int when it is whole and exact, else a float."""
    return normalise(value)


def key(name: Any) -> str:
    """ToPropertyKey (7.1.19), which is a text."""
    return name if isinstance(name, str) else text(name)


def index_of_key(name: Any) -> int:
    """The array index that a key is, -1 if it is none."""
    if isinstance(name, float) and name.is_integer():
        name = int(name)
    if isinstance(name, int) and not isinstance(name, bool):
        return max(name, -1)
    if isinstance(name, str) and name.isascii() and name.isdigit() and (name == "0" or name[0] != "0"):
        return int(name)
    return -1


def units(value: str) -> str:
    """A text as UTF-16 code units, one per character: what JavaScript counts and cuts by."""
    return from_host_string(value)


def points(value: str) -> str:
    """Code units as code points again; a lone surrogate stays what it is."""
    if value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def clean(value: str) -> str:
    """A text that can be written out: a lone surrogate becomes U+FFFD."""
    if value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
