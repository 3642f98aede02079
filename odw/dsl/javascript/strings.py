"""Methods of texts. Positions count UTF-16 code units, as in JavaScript; the rules are those of ``odw.ecma``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.functions import call
from odw.dsl.javascript.regexp import Match, RegExp
from odw.dsl.javascript.values import points, text, units
from odw.ecma import realm
from odw.ecma.abstract_ops.number_text import WHITE_SPACE
from odw.ecma.collation import compare
from odw.ecma.completion import JsThrow
from odw.ecma.intrinsics import string_case, string_parts, string_search
from odw.ecma.values import undefined

WHITESPACE = WHITE_SPACE
"""What ``trim`` removes: ``value.strip(js.WHITESPACE)``."""


def ready() -> None:
    """See to it that the library of ECMAScript can make its errors."""
    if "object_prototype" not in realm.R.__dict__:
        realm.activate()


def lifted(native: Callable[..., Any]) -> Callable[..., Any]:
    """A method of odw.ecma on our values: texts go in as code units and come out as code points."""

    def method(value: Any, *given: Any) -> Any:
        arguments = [_inwards(item) for item in given]
        try:
            result = native(units(text(value)), *arguments)
        except JsThrow as thrown:
            raise translated(thrown) from None
        except AttributeError:  # a realm is needed to make the error
            ready()
            try:
                result = native(units(text(value)), *arguments)
            except JsThrow as thrown:
                raise translated(thrown) from None
        return points(result) if isinstance(result, str) else result

    method.__name__ = native.__name__
    return method


def _inwards(value: Any) -> Any:
    if isinstance(value, str):
        return units(value)
    return value if value is None or value is undefined or isinstance(value, int | float) else text(value)


def translated(thrown: JsThrow) -> errors.Error:
    """An error of odw.ecma as one of ours."""
    from odw.ecma.abstract_ops.describe import peek

    name, message = peek(thrown.value, "name"), peek(thrown.value, "message")
    kind = getattr(errors, str(name), errors.Error)
    made: errors.Error = kind(points(message) if isinstance(message, str) else "")
    return made


slice_text = lifted(string_parts.slice_)
pad_start = lifted(string_parts.pad_start)
pad_end = lifted(string_parts.pad_end)


def split(value: str, separator: Any = undefined, limit: Any = undefined) -> list[str]:
    """https://tc39.es/ecma262/#sec-string.prototype.split"""
    most = 2**32 - 1 if limit is undefined else int(limit)
    if isinstance(separator, RegExp):
        return separator.split(value, most)
    if separator is undefined:
        return [value][:most]
    by = text(separator)
    return (value.split(by) if by else list(units(value)))[:most]


def replace(value: str, pattern: Any, replacement: Any) -> str:
    """https://tc39.es/ecma262/#sec-string.prototype.replace"""
    if isinstance(pattern, RegExp):
        return pattern.replace(value, replacement)
    return _replaced(value, text(pattern), replacement, 1)


def replace_all(value: str, pattern: Any, replacement: Any) -> str:
    if isinstance(pattern, RegExp):
        return pattern.replace(value, replacement)
    return _replaced(value, text(pattern), replacement, -1)


def _replaced(value: str, wanted: str, replacement: Any, most: int) -> str:
    if not callable(replacement):
        plain = text(replacement)
        if "$" not in plain and wanted:
            return value.replace(wanted, plain, most)
        from odw.ecma.intrinsics.string_substitution import get_substitution

        def substitute(at: int) -> str:
            return points(get_substitution(units(wanted), wide, at, (), undefined, units(plain)))

    else:

        def substitute(at: int) -> str:
            return text(call(replacement, wanted, at, value))

    wide, needle = units(value), units(wanted)
    parts: list[str] = []
    end, at = 0, wide.find(needle)
    while at >= 0:
        parts += (wide[end:at], substitute(at))
        end = at + len(needle)
        if most == 1:
            break
        at = wide.find(needle, end if needle else end + 1) if end <= len(wide) else -1
        if not needle and at < 0:
            break
    return points("".join(parts) + wide[end:])


def match(value: str, pattern: Any) -> list[Any] | None:
    return _pattern(pattern).match(value)


def match_all(value: str, pattern: Any) -> list[Match]:
    return _pattern(pattern, "g").match_all(value)


def search(value: str, pattern: Any) -> int:
    return _pattern(pattern).search(value)


def _pattern(pattern: Any, flags: str = "") -> RegExp:
    if isinstance(pattern, RegExp):
        return pattern
    return RegExp("(?:)" if pattern is undefined else text(pattern), flags)


def locale_compare(value: str, other: Any, locales: Any = undefined, options: Any = undefined) -> int:
    """The order of two texts for people: -1, 0 or 1."""
    chosen = options if isinstance(options, dict) else {}
    names = {
        "numeric": "numeric",
        "sensitivity": "sensitivity",
        "caseFirst": "case_first",
        "ignorePunctuation": "ignore_punctuation",
    }
    given = {ours: chosen[theirs] for theirs, ours in names.items() if theirs in chosen}
    return compare(units(value), units(text(other)), **given)


def normalize(value: str, form: Any = "NFC") -> str:
    import unicodedata

    wanted: Any = form if isinstance(form, str) else "NFC"
    return unicodedata.normalize(wanted, value)


def from_char_code(*codes: Any) -> str:
    from odw.dsl.javascript.numbers import to_uint32

    return points("".join(chr(to_uint32(code) & 0xFFFF) for code in codes))


def from_code_point(*codes: Any) -> str:
    return "".join(chr(int(code)) for code in codes)


def code_point_at(value: str, index: Any = 0) -> Any:
    return string_parts.code_point_at(units(value), index)


METHODS: dict[str, Callable[..., Any]] = {
    "at": lifted(string_parts.at),
    "charAt": lifted(string_parts.char_at),
    "charCodeAt": lifted(string_parts.char_code_at),
    "codePointAt": lifted(string_parts.code_point_at),
    "concat": lambda value, *more: value + "".join(map(text, more)),
    "endsWith": lifted(string_search.ends_with),
    "includes": lifted(string_search.includes),
    "indexOf": lifted(string_search.index_of),
    "lastIndexOf": lifted(string_search.last_index_of),
    "localeCompare": locale_compare,
    "match": match,
    "matchAll": match_all,
    "normalize": normalize,
    "padEnd": pad_end,
    "padStart": pad_start,
    "repeat": lifted(string_parts.repeat),
    "replace": replace,
    "replaceAll": replace_all,
    "search": search,
    "slice": slice_text,
    "split": split,
    "startsWith": lifted(string_search.starts_with),
    "substr": lifted(string_parts.substr),
    "substring": lifted(string_parts.substring),
    "toLocaleLowerCase": lambda value, *_: points(string_case.lower(units(value))),
    "toLocaleUpperCase": lambda value, *_: points(string_case.upper(units(value))),
    "toLowerCase": lambda value: points(string_case.lower(units(value))),
    "toString": lambda value: value,
    "toUpperCase": lambda value: points(string_case.upper(units(value))),
    "trim": lambda value: value.strip(WHITESPACE),
    "trimEnd": lambda value: value.rstrip(WHITESPACE),
    "trimStart": lambda value: value.lstrip(WHITESPACE),
    "valueOf": lambda value: value,
}
