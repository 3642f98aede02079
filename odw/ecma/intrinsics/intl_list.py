"""Intl.ListFormat for English (ECMA-402 section 13)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import iterate
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.intrinsics.intl_options import check_locale_matcher, options_object, text_option
from odw.ecma.intrinsics.intl_support import define_constructor, locale_of, parts_array, receiver
from odw.ecma.values import undefined

_OWNER = "Intl.ListFormat"


def read(locales: Any, options: Any) -> dict[str, Any]:
    tags = canonicalize_locale_list(locales)
    options = options_object(options)
    check_locale_matcher(options, _OWNER)
    kinds = ("conjunction", "disjunction", "unit")
    kind = text_option(options, "type", kinds, "conjunction", _OWNER)
    style = text_option(options, "style", ("long", "short", "narrow"), "long", _OWNER)
    return {"locale": locale_of(tags), "type": kind, "style": style}


def list_parts(items: list[str], kind: str, style: str) -> list[tuple[str, str]]:
    """CreatePartsFromList (13.5.2) with the patterns of English."""
    between = " " if kind == "unit" and style == "narrow" else ", "
    if kind == "disjunction":
        pair, last = " or ", ", or "
    elif kind == "unit":
        pair = last = between
    elif style == "long":
        pair, last = " and ", ", and "
    elif style == "short":
        pair, last = " & ", ", & "
    else:
        pair = last = ", "
    parts: list[tuple[str, str]] = []
    for index, item in enumerate(items):
        if index:
            final = index == len(items) - 1
            parts.append(("literal", pair if len(items) == 2 else last if final else between))
        parts.append(("element", item))
    return parts


def _parts(this: Any, items: Any, method: str) -> list[tuple[str, str]]:
    resolved = receiver(this, "ListFormat", method).resolved
    texts: list[str] = []
    if items is not undefined:
        with iterate(items) as iterator:
            for item in iterator:
                if type(item) is not str:
                    raise type_error(f"Iterable yielded {describe(item)} which is not a string")
                texts.append(item)
    return list_parts(texts, resolved["type"], resolved["style"])


def format_(this: Any, items: Any = undefined, *_: Any) -> Any:
    """Intl.ListFormat.prototype.format (13.3.3)."""
    return "".join(text for _, text in _parts(this, items, "format"))


def format_to_parts(this: Any, items: Any = undefined, *_: Any) -> Any:
    """Intl.ListFormat.prototype.formatToParts (13.3.4)."""
    return parts_array(_parts(this, items, "formatToParts"))


def define(intl: Any) -> None:
    methods: dict[Any, Any] = {"format": (format_, 1), "formatToParts": (format_to_parts, 1)}
    define_constructor(intl, "ListFormat", read, methods, {})
