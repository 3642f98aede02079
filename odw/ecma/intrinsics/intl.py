"""Intl, for en-US and UTC (ECMA-402). Its constructors are made here from the modules ``intl_…``.

NON-SPEC: any other locale is taken for en-US, and the only time zone is UTC; what is not there raises NotSupportedYet.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.completion import NotSupportedYet
from odw.ecma.intrinsics import (
    intl_collator,
    intl_date,
    intl_list,
    intl_number,
    intl_plural,
    intl_relative,
    intl_segmenter,
)
from odw.ecma.intrinsics.builders import define_methods, define_tag
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list
from odw.ecma.values import JSArray, OrdinaryObject, Property, undefined


def get_canonical_locales(this: Any, locales: Any = undefined, *_: Any) -> Any:
    """Intl.getCanonicalLocales (8.3.1)."""
    return JSArray(canonicalize_locale_list(locales))


def _missing(name: str) -> Any:
    def getter(this: Any, *_: Any) -> Any:
        raise NotSupportedYet(f"Intl.{name}")

    return getter


def install(realm: Any) -> None:
    """%Intl%."""
    from odw.ecma.intrinsics.builders import builtin

    intl = OrdinaryObject(realm.object_prototype)
    define_tag(intl, "Intl")
    define_methods(intl, {"getCanonicalLocales": (get_canonical_locales, 1)})
    for module in (
        intl_date,
        intl_number,
        intl_collator,
        intl_plural,
        intl_relative,
        intl_list,
        intl_segmenter,
    ):
        module.define(intl)
    for name in ("Locale", "DisplayNames", "supportedValuesOf"):
        intl[name] = Property(
            getter=builtin(_missing(name), f"get {name}", 0), setter=undefined, configurable=True
        )
    realm.intl = intl
