"""Reading the options of the Intl constructors (ECMA-402 sections 9.2.11 to 9.2.13), and locale lists.

NON-SPEC: every well-formed locale is taken for en-US, the one whose data is here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from odw.ecma.abstract_ops.object_operations import create_list_from_array_like, get
from odw.ecma.abstract_ops.type_conversion import to_number, to_object, to_string, truthy
from odw.ecma.completion import range_error, type_error
from odw.ecma.values import JSObject, ObjectBase, undefined

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[A-Za-z]{5,8}(?:-[A-Za-z0-9]{1,8})*")


def check_locales(locales: Any) -> list[str]:
    """CanonicalizeLocaleList (9.2.1), as far as refusing what is no language tag."""
    if locales is undefined:
        return []
    if type(locales) is str:
        tags: list[Any] = [locales]
    else:
        tags = create_list_from_array_like(to_object(locales))
    for tag in tags:
        if type(tag) is not str and not isinstance(tag, ObjectBase):
            raise type_error("Incorrect locale information provided")
        text = to_string(tag)
        if _TAG.fullmatch(text) is None:
            raise range_error("Incorrect locale information provided")
    return [to_string(tag) for tag in tags]


def options_object(options: Any) -> Any:
    """GetOptionsObject (9.2.11)."""
    if options is undefined:
        return JSObject()
    if isinstance(options, ObjectBase):
        return options
    raise type_error("Incorrect options: expected an object")


def coerced_options(options: Any) -> Any:
    """CoerceOptionsToObject (9.2.12): anything but null."""
    return JSObject() if options is undefined else to_object(options)


def text_option(options: Any, name: str, allowed: Sequence[str], default: str | None, owner: str) -> Any:
    """GetOption (9.2.13) of type string; ``owner`` is named by the RangeError."""
    value = get(options, name)
    if value is undefined:
        return default
    text = to_string(value)
    if allowed and text not in allowed:
        raise range_error(f"Value {text} out of range for {owner} options property {name}")
    return text


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
