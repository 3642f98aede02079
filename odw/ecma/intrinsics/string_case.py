"""String.prototype: case, normal forms, well-formedness and the order of a language (ECMA-262 22.1.3, ECMA-402 19.1)."""

from __future__ import annotations

import re
from typing import Any

from odw.ecma import limits
from odw.ecma.abstract_ops.type_conversion import from_host_string, to_string
from odw.ecma.completion import range_error
from odw.ecma.intrinsics.string_support import check_length, this_string, to_code_points
from odw.ecma.values import undefined

CASE_BYTES = 12  # that CPython takes for each code point whose case it changes: up to three of four bytes
_LONE_SURROGATE = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


def to_upper_case(this: Any, *_: Any) -> Any:
    if type(this) is str and this.isascii():
        return this.upper()
    return upper(this_string(this, "toUpperCase"))


def to_lower_case(this: Any, *_: Any) -> Any:
    if type(this) is str and this.isascii():
        return this.lower()
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

    if locales is undefined and options is undefined:
        return compare(s, other)
    from odw.ecma.intrinsics.intl_collator import read

    chosen = read(locales, options, "String.prototype.localeCompare")
    return compare(
        s,
        other,
        chosen["numeric"],
        chosen["sensitivity"],
        chosen["caseFirst"],
        chosen["ignorePunctuation"],
    )


def _language(locales: Any) -> str:
    """The language of the first requested locale."""
    if locales is undefined:
        return ""
    from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list

    tags = canonicalize_locale_list(locales)
    return tags[0].split("-")[0] if tags else ""
