"""Intl.Collator (ECMA-402 section 10), by the collation of String.prototype.localeCompare."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.collation import compare
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.intrinsics.intl_options import (
    check_locale_matcher,
    coerced_options,
    flag_option,
    keyword_option,
    text_option,
)
from odw.ecma.intrinsics.intl_support import (
    IntlObject,
    bound_function,
    define_constructor,
    locale_of,
    receiver,
)
from odw.ecma.values import undefined

_OWNER = "Intl.Collator"


def read(locales: Any, options: Any, owner: str = _OWNER) -> dict[str, Any]:
    """InitializeCollator (10.1.2); the numeric and caseFirst of a locale's -u- extension count, too."""
    tags = canonicalize_locale_list(locales)
    options = coerced_options(options, owner)
    usage = text_option(options, "usage", ("sort", "search"), "sort", owner)
    check_locale_matcher(options, owner)
    keyword_option(options, "collation", "default", "standard", "search")
    numeric = flag_option(options, "numeric", None)
    case_first = text_option(options, "caseFirst", ("upper", "lower", "false"), None, owner)
    sensitivities = ("base", "accent", "case", "variant")
    sensitivity = text_option(options, "sensitivity", sensitivities, "variant", owner)
    ignore_punctuation = flag_option(options, "ignorePunctuation", False)
    extension = _extension(tags[0].lower() if tags else "")
    if numeric is None:
        numeric = extension.get("kn", "false") in ("", "true")
    return {
        "locale": locale_of(tags),
        "usage": usage,
        "sensitivity": sensitivity,
        "ignorePunctuation": ignore_punctuation,
        "collation": "default",
        "numeric": numeric,
        "caseFirst": case_first or extension.get("kf", "false"),
    }


def _extension(tag: str) -> dict[str, str]:
    """The keywords of a tag's -u- extension: ``de-u-kn-true`` has ``{"kn": "true"}``."""
    _, _, rest = tag.partition("-u-")
    keywords: dict[str, str] = {}
    key = ""
    for part in rest.split("-"):
        if len(part) == 2:
            key = part
            keywords[key] = ""
        elif key:
            keywords[key] = part
    return keywords


def compare_getter(this: Any, *_: Any) -> Any:
    """get Intl.Collator.prototype.compare (10.3.3)."""
    collator: IntlObject = receiver(this, "Collator", "compare", getter=True)
    resolved = collator.resolved

    def compare_(_this: Any, x: Any = undefined, y: Any = undefined, *_: Any) -> Any:
        return compare(
            x if type(x) is str else to_string(x),
            y if type(y) is str else to_string(y),
            resolved["numeric"],
            resolved["sensitivity"],
            resolved["caseFirst"],
            resolved["ignorePunctuation"],
        )

    return bound_function(collator, compare_, 2)


def define(intl: Any) -> None:
    define_constructor(intl, "Collator", read, {}, {"compare": compare_getter}, callable_without_new=True)
