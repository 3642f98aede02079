"""String.prototype: case, normal forms, well-formedness and the order of a language (ECMA-262 22.1.3, ECMA-402 19.1)."""

from __future__ import annotations

import re
from typing import Any

from odw.ecma import limits
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import from_host_string, to_object, to_string, truthy
from odw.ecma.completion import range_error
from odw.ecma.intrinsics.string_support import check_length, this_string, to_code_points
from odw.ecma.values import JSArray, undefined

CASE_BYTES = 12  # that CPython takes for each code point whose case it changes: up to three of four bytes
_LONE_SURROGATE = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


def to_upper_case(this: Any, *_: Any) -> Any:
    return upper(this_string(this, "toUpperCase"))


def to_lower_case(this: Any, *_: Any) -> Any:
    return lower(this_string(this, "toLowerCase"))


def to_locale_upper_case(this: Any, locales: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "toLocaleUpperCase")
    if _language(locales) in ("tr", "az"):
        s = s.replace("i", "\u0130")
    return upper(s)


def to_locale_lower_case(this: Any, locales: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "toLocaleLowerCase")
    if _language(locales) in ("tr", "az"):
        s = s.replace("I\u0307", "i").replace("I", "\u0131").replace("\u0130", "i")
    return lower(s)


def upper(s: str) -> str:
    if s.isascii():
        return s.upper()
    limits.expect(CASE_BYTES * len(s))
    changed = to_code_points(s).upper()
    check_length(len(changed))
    return from_host_string(changed)


def lower(s: str) -> str:
    if s.isascii():
        return s.lower()
    limits.expect(CASE_BYTES * len(s))
    return from_host_string(to_code_points(s).lower())


def normalize(this: Any, form: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "normalize")
    name = "NFC" if form is undefined else to_string(form)
    if name not in ("NFC", "NFD", "NFKC", "NFKD"):
        raise range_error("The normalization form should be one of NFC, NFD, NFKC, NFKD.")
    if s.isascii():
        return s
    import unicodedata

    form_name: Any = name
    longest = 4 * len(s) + 14 * s.count("\ufdfa") + 4 * s.count("\ufdfb")  # of the compatibility forms
    limits.expect(4 * longest)
    normal = unicodedata.normalize(form_name, to_code_points(s))
    check_length(len(normal))
    return from_host_string(normal)


def is_well_formed(this: Any, *_: Any) -> Any:
    s = this_string(this, "isWellFormed")
    return s.isascii() or _LONE_SURROGATE.search(s) is None


def to_well_formed(this: Any, *_: Any) -> Any:
    s = this_string(this, "toWellFormed")
    return s if s.isascii() else _LONE_SURROGATE.sub("\ufffd", s)


def locale_compare(
    this: Any, that: Any = undefined, locales: Any = undefined, options: Any = undefined, *_: Any
) -> Any:
    """https://tc39.es/ecma402/#sup-String.prototype.localeCompare"""
    s = this_string(this, "localeCompare")
    other = to_string(that)
    from odw.ecma.collation import compare

    if locales is not undefined:
        _language(locales)
    if options is undefined:
        return compare(s, other)
    source = to_object(options)
    numeric = truthy(get(source, "numeric"))
    case_first = _choice(source, "caseFirst", ("upper", "lower", "false"), "false")
    sensitivity = _choice(source, "sensitivity", ("base", "accent", "case", "variant"), "variant")
    ignore_punctuation = truthy(get(source, "ignorePunctuation"))
    return compare(s, other, numeric, sensitivity, case_first, ignore_punctuation)


def _choice(source: Any, name: str, allowed: tuple[str, ...], default: str) -> str:
    """GetOption (ECMA-402 9.2.12) for a string."""
    value = get(source, name)
    if value is undefined:
        return default
    text = to_string(value)
    if text not in allowed:
        raise range_error(
            f"Value {text} out of range for String.prototype.localeCompare options property {name}"
        )
    return text


_TAG = re.compile(r"([A-Za-z]{2,3}|[A-Za-z]{5,8})(-[A-Za-z0-9]{1,8})*")


def _language(locales: Any) -> str:
    """The language of the first requested locale; a RangeError for what is no language tag."""
    requested = list(locales) if type(locales) is JSArray else [] if locales is undefined else [locales]
    for locale in requested:
        tag = to_string(locale)
        if _TAG.fullmatch(tag) is None:
            raise range_error("Incorrect locale information provided")
    return to_string(requested[0]).split("-")[0].lower() if requested else ""
