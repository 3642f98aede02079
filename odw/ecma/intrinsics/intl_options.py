"""Reading the options of the Intl constructors (ECMA-402 sections 9.2.11 to 9.2.13)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import to_number, to_object, to_string, truthy
from odw.ecma.completion import NotSupportedYet, range_error, type_error
from odw.ecma.values import JSObject, ObjectBase, undefined


def options_object(options: Any) -> Any:
    """GetOptionsObject (9.2.11)."""
    if options is undefined:
        return JSObject()
    if isinstance(options, ObjectBase):
        return options
    raise type_error("invalid_argument")  # V8's words


def coerced_options(options: Any, owner: str = "") -> Any:
    """CoerceOptionsToObject (9.2.12): anything but null; V8 names the ``owner``."""
    if options is None and owner:
        raise type_error(f"{owner} called on null or undefined")
    return JSObject() if options is undefined else to_object(options)


def check_locale_matcher(options: Any, owner: str) -> None:
    """The option ``localeMatcher``: there is one locale to be found, by either."""
    text_option(options, "localeMatcher", ("lookup", "best fit"), "best fit", owner)


def text_option(options: Any, name: str, allowed: Sequence[str], default: str | None, owner: str) -> Any:
    """GetOption (9.2.13) of type string; ``owner`` is named by the RangeError."""
    value = get(options, name)
    if value is undefined:
        return default
    text = to_string(value)
    if allowed and text not in allowed:
        raise range_error(f"Value {text} out of range for {owner} options property {name}")
    return text


def keyword_option(options: Any, name: str, *supported: str) -> None:
    """An option whose value is a keyword of Unicode's (``numberingSystem``): any but the ``supported`` stops the run."""
    value = get(options, name)
    if value is undefined:
        return
    text = to_string(value)
    if re.fullmatch("[A-Za-z0-9]{3,8}(-[A-Za-z0-9]{3,8})*", text) is None:
        raise range_error(f"Invalid {name} : {text}")
    if text.lower() not in supported:
        raise NotSupportedYet(f"{name} {text} in Intl")


def flag_option(options: Any, name: str, default: bool | None) -> bool | None:
    """GetOption (9.2.13) of type boolean."""
    value = get(options, name)
    return default if value is undefined else truthy(value)


def number_option(options: Any, name: str, low: int, high: int, default: int | None) -> int | None:
    """GetNumberOption (9.2.15)."""
    value = get(options, name)
    return default if value is undefined else checked_number(value, name, low, high)


def checked_number(value: Any, name: str, low: int, high: int) -> int:
    """DefaultNumberOption (9.2.14)."""
    number = to_number(value)
    if not low <= number <= high:
        raise range_error(f"{name} value is out of range.")
    return int(number)
