"""Language tags and lists of them (ECMA-402 sections 6.2 and 9.2.1).

NON-SPEC: every well-formed locale is taken for en-US, the one whose data is here. Tags that others have replaced
(``iw`` by ``he``) stay as they are.
"""

from __future__ import annotations

import re
from typing import Any

from odw.ecma.abstract_ops.object_operations import get, has_property, length_of_array_like
from odw.ecma.abstract_ops.type_conversion import to_object, to_string
from odw.ecma.completion import range_error, type_error
from odw.ecma.values import ObjectBase, undefined

_LANGUAGE = re.compile(r"[a-z]{2,3}|[a-z]{5,8}")
_SCRIPT = re.compile(r"[a-z]{4}")
_REGION = re.compile(r"[a-z]{2}|[0-9]{3}")
_VARIANT = re.compile(r"[a-z0-9]{5,8}|[0-9][a-z0-9]{3}")
_SINGLETON = re.compile(r"[a-z0-9]")
_PART = re.compile(r"[a-z0-9]{2,8}")
_PRIVATE = re.compile(r"[a-z0-9]{1,8}")


def canonicalize_locale_list(locales: Any) -> list[str]:
    """CanonicalizeLocaleList (9.2.1): the tags in their canonical form, each once."""
    if locales is undefined:
        return []
    if type(locales) is str:
        return [canonical_tag(locales)]
    o = to_object(locales)
    tags: dict[str, None] = {}
    for k in range(length_of_array_like(o)):
        if has_property(o, str(k)):
            value = get(o, str(k))
            if type(value) is not str and not isinstance(value, ObjectBase):
                raise type_error("Language ID should be string or object.")
            tags[canonical_tag(to_string(value))] = None
    return list(tags)


def canonical_tag(tag: str) -> str:
    """A tag with each part in the case that is usual for it; the RangeErrors are V8's."""
    parts = tag.lower().split("-") if tag.isascii() else [""]
    if parts[-1] == "" and len(parts) > 1:
        parts.pop()
        whole = False
    else:
        whole = True
    if _LANGUAGE.fullmatch(parts[0]) is None:
        raise range_error("Incorrect locale information provided")
    shaped = [parts[0]]
    rest = parts[1:]
    if rest and _SCRIPT.fullmatch(rest[0]):
        shaped.append(rest.pop(0).title())
    if rest and _REGION.fullmatch(rest[0]):
        shaped.append(rest.pop(0).upper())
    variants: list[str] = []
    while rest and _VARIANT.fullmatch(rest[0]):
        variants.append(rest.pop(0))
    if rest and _SINGLETON.fullmatch(rest[0]) is None:
        raise range_error("Incorrect locale information provided")
    extensions = _extensions(rest)
    if not whole or extensions is None or len(set(variants)) < len(variants):
        raise range_error(f"Invalid language tag: {tag}")
    return "-".join([*shaped, *sorted(variants), *extensions])


def _extensions(parts: list[str]) -> list[str] | None:
    """What follows the first singleton, ordered; None if it is malformed."""
    found: dict[str, list[str]] = {}
    private: list[str] = []
    while parts:
        singleton, parts = parts[0], parts[1:]
        if singleton == "x":
            if not parts or not all(map(_PRIVATE.fullmatch, parts)):
                return None
            private, parts = ["x", *parts], []
            continue
        length = next((n for n, part in enumerate(parts) if not _PART.fullmatch(part)), len(parts))
        follows, parts = parts[:length], parts[length:]
        if not follows or singleton in found or (parts and not _SINGLETON.fullmatch(parts[0])):
            return None
        found[singleton] = _keywords(follows) if singleton == "u" else follows
    return [part for key in sorted(found) for part in (key, *found[key])] + private


def _keywords(parts: list[str]) -> list[str]:
    """The parts of a -u- extension: attributes, then keywords by their keys, the first of a key counts, without "true"."""
    attributes: list[str] = []
    keywords: dict[str, list[str]] = {}
    values = attributes
    for part in parts:
        if len(part) == 2:
            values = []
            keywords.setdefault(part, values)
        else:
            values.append(part)
    shown = {key: [] if value in (["true"], ["yes"]) else value for key, value in keywords.items()}
    return [*sorted(attributes), *(part for key in sorted(shown) for part in (key, *shown[key]))]


def without_extensions(tag: str) -> str:
    """The language, script, region and variants of a canonical tag."""
    return re.split("-[a-z0-9]-", tag, maxsplit=1)[0]
