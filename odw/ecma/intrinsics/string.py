"""String: the constructor, its static methods, and the table of String.prototype (ECMA-262 22.1)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe_symbol
from odw.ecma.abstract_ops.object_operations import (
    get,
    get_item,
    get_prototype_from_constructor,
    length_of_array_like,
)
from odw.ecma.abstract_ops.type_conversion import (
    from_host_string,
    to_number,
    to_object,
    to_string,
    to_uint16,
)
from odw.ecma.completion import type_error
from odw.ecma.intrinsics import string_case as case
from odw.ecma.intrinsics import string_iterator
from odw.ecma.intrinsics import string_parts as parts
from odw.ecma.intrinsics import string_search as search
from odw.ecma.intrinsics.builders import builtin, constructor, define_hidden, define_methods
from odw.ecma.intrinsics.string_html import html_methods
from odw.ecma.intrinsics.string_support import check_length
from odw.ecma.values import Property, Symbol, WellKnown, undefined
from odw.ecma.watched_methods import StringPrototype
from odw.ecma.wrappers import StringObject

METHODS = {
    "at": (parts.at, 1),
    "charAt": (parts.char_at, 1),
    "charCodeAt": (parts.char_code_at, 1),
    "codePointAt": (parts.code_point_at, 1),
    "concat": (parts.concat, 1),
    "endsWith": (search.ends_with, 1),
    "includes": (search.includes, 1),
    "indexOf": (search.index_of, 1),
    "isWellFormed": (case.is_well_formed, 0),
    "lastIndexOf": (search.last_index_of, 1),
    "localeCompare": (case.locale_compare, 1),
    "match": (search.match, 1),
    "matchAll": (search.match_all, 1),
    "normalize": (case.normalize, 0),
    "padEnd": (parts.pad_end, 1),
    "padStart": (parts.pad_start, 1),
    "repeat": (parts.repeat, 1),
    "replace": (search.replace, 2),
    "replaceAll": (search.replace_all, 2),
    "search": (search.search, 1),
    "slice": (parts.slice_, 2),
    "split": (search.split, 2),
    "substr": (parts.substr, 2),
    "substring": (parts.substring, 2),
    "startsWith": (search.starts_with, 1),
    "toWellFormed": (case.to_well_formed, 0),
    "trim": (parts.trim, 0),
    "toLocaleLowerCase": (case.to_locale_lower_case, 0),
    "toLocaleUpperCase": (case.to_locale_upper_case, 0),
    "toLowerCase": (case.to_lower_case, 0),
    "toUpperCase": (case.to_upper_case, 0),
}


def string_call(this: Any, *arguments: Any) -> Any:
    if not arguments:
        return ""
    value = arguments[0]
    return describe_symbol(value) if type(value) is Symbol else to_string(value)


def string_construct(arguments: Any, new_target: Any) -> Any:
    text = to_string(arguments[0]) if arguments else ""
    return StringObject(text, get_prototype_from_constructor(new_target, "string_prototype"))


def string_from_char_code(this: Any, *units: Any) -> Any:
    return "".join([chr(to_uint16(unit)) for unit in units])


def string_from_code_point(this: Any, *points: Any) -> Any:
    characters = []
    for point in points:
        number = point if type(point) is int else to_number(point)
        if type(number) is not int or not 0 <= number <= 0x10FFFF:
            if number != 0:  # -0 is a code point, NaN is none
                raise parts.invalid_code_point(number)
            number = 0
        characters.append(chr(number))
    return from_host_string("".join(characters))


def string_raw(this: Any, template: Any = undefined, *substitutions: Any) -> Any:
    """https://tc39.es/ecma262/#sec-string.raw"""
    literals = to_object(get(to_object(template), "raw"))
    pieces: list[str] = []
    count = length_of_array_like(literals)
    size = 0
    for index in range(count):
        pieces.append(to_string(get_item(literals, index)))
        size += len(pieces[-1])
        if index + 1 < count and index < len(substitutions):
            pieces.append(to_string(substitutions[index]))
            size += len(pieces[-1])
        check_length(size)
    return "".join(pieces)


def this_string_value(this: Any, method: str) -> str:
    """ThisStringValue (22.1.3.35.1)."""
    if type(this) is str:
        return this
    if isinstance(this, StringObject):
        return this.primitive  # type: ignore[no-any-return]
    raise type_error(f"String.prototype.{method} requires that 'this' be a String")


def string_to_string(this: Any, *_: Any) -> Any:
    return this_string_value(this, "toString")


def string_value_of(this: Any, *_: Any) -> Any:
    return this_string_value(this, "valueOf")


def install(realm: Any) -> None:
    prototype = StringPrototype("", realm.object_prototype)
    realm.string_prototype = prototype
    maker = constructor("String", 1, prototype, string_call, string_construct)
    realm.string_constructor = maker
    define_methods(
        maker,
        {
            "fromCharCode": (string_from_char_code, 1),
            "fromCodePoint": (string_from_code_point, 1),
            "raw": (string_raw, 1),
        },
    )
    define_methods(prototype, METHODS)
    define_methods(prototype, html_methods())
    define_methods(prototype, {"toString": (string_to_string, 0), "valueOf": (string_value_of, 0)})
    for name, alias, native in (
        ("trimStart", "trimLeft", parts.trim_start),
        ("trimEnd", "trimRight", parts.trim_end),
    ):
        function = builtin(native, name, 0)
        define_hidden(prototype, name, function)
        define_hidden(prototype, alias, function)
    realm.string_iterator = builtin(string_iterator.iterator, "[Symbol.iterator]", 0)
    prototype[WellKnown.iterator] = Property(realm.string_iterator, True, False, True)
    string_iterator.install_iterator(realm)
