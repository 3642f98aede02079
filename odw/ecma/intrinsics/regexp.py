"""RegExp: the constructor, the accessors and the methods with a name (ECMA-262 section 22.2.4 to 22.2.6).

The methods behind ``String.prototype.match``, ``replace``, ``search`` and ``split`` are in ``regexp_symbols``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.object_operations import get, get_prototype_from_constructor
from odw.ecma.abstract_ops.type_conversion import to_string, truthy
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import constructor, define_getters, define_methods
from odw.ecma.intrinsics.regexp_iterator import install_iterator
from odw.ecma.intrinsics.regexp_object import (
    RegExpObject,
    RegExpPrototype,
    builtin_exec,
    compiled_or_throw,
    incompatible,
    is_pristine,
    is_regexp,
    match_bounds,
    regexp,
    regexp_exec,
    set_last_index,
)
from odw.ecma.intrinsics.regexp_symbols import SYMBOL_METHODS
from odw.ecma.realm import R
from odw.ecma.regexp.code_units import to_code_units
from odw.ecma.values import ObjectBase, WellKnown, undefined

__all__ = ["RegExpObject", "install", "regexp"]


def call_regexp(this: Any, pattern: Any = undefined, flags: Any = undefined, *_: Any) -> Any:
    """RegExp(…) without ``new`` (22.2.4.1): a RegExp is returned as it is."""
    if flags is undefined and is_regexp(pattern) and get(pattern, "constructor") is R.regexp_constructor:
        return pattern
    return construct_regexp((pattern, flags), R.regexp_constructor)


def construct_regexp(args: Any, new_target: Any) -> Any:
    """RegExp (22.2.4.1)."""
    pattern = args[0] if args else undefined
    flags = args[1] if len(args) > 1 else undefined
    if isinstance(pattern, RegExpObject):
        source: Any = to_code_units(pattern.compiled.pattern.source)
        if flags is undefined:
            flags = pattern.compiled.flags.text
    elif is_regexp(pattern):
        source = get(pattern, "source")
        if flags is undefined:
            flags = get(pattern, "flags")
    else:
        source = pattern
    created = RegExpObject(get_prototype_from_constructor(new_target, "regexp_prototype"))
    _initialize(created, source, flags)
    return created


def _initialize(target: RegExpObject, pattern: Any, flags: Any) -> None:
    """RegExpInitialize (22.2.3.3)."""
    source = "" if pattern is undefined else to_string(pattern)
    target.compiled = compiled_or_throw(source, "" if flags is undefined else to_string(flags))
    set_last_index(target, 0)


def exec_(this: Any, text: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype.exec (22.2.6.2)."""
    if not isinstance(this, RegExpObject):
        raise incompatible("exec", this)
    return builtin_exec(this, to_string(text))


def test(this: Any, text: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype.test (22.2.6.16)."""
    if not isinstance(this, ObjectBase):
        raise incompatible("test", this)
    if type(text) is not str:
        text = to_string(text)
    if is_pristine(this):
        return match_bounds(this, text) is not None  # type: ignore[arg-type]
    return regexp_exec(this, text) is not None


def to_string_(this: Any, *_: Any) -> Any:
    """RegExp.prototype.toString (22.2.6.17)."""
    if not isinstance(this, ObjectBase):
        raise incompatible("toString", this)
    return f"/{to_string(get(this, 'source'))}/{to_string(get(this, 'flags'))}"


def compile_(this: Any, pattern: Any = undefined, flags: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype.compile (B.2.4.1)."""
    if not isinstance(this, RegExpObject):
        raise incompatible("compile", this)
    if isinstance(pattern, RegExpObject):
        if flags is not undefined:
            raise type_error("Invalid flags supplied to RegExp constructor")
        _initialize(this, to_code_units(pattern.compiled.pattern.source), pattern.compiled.flags.text)
    else:
        _initialize(this, pattern, flags)
    return this


_FLAGS = (
    ("d", "hasIndices", "has_indices"),
    ("g", "global", "is_global"),
    ("i", "ignoreCase", "ignore_case"),
    ("m", "multiline", "multiline"),
    ("s", "dotAll", "dot_all"),
    ("u", "unicode", "unicode"),
    ("v", "unicodeSets", "unicode_sets"),
    ("y", "sticky", "sticky"),
)


def _flag_getter(letter: str, name: str) -> Callable[..., Any]:
    """RegExpHasFlag (22.2.6.4.1)."""

    def getter(this: Any, *_: Any) -> Any:
        if isinstance(this, RegExpObject):
            return letter in this.compiled.flags.text
        if this is R.regexp_prototype:
            return undefined
        raise type_error(f"RegExp.prototype.{name} getter called on non-RegExp object")

    return getter


def flags_getter(this: Any, *_: Any) -> Any:
    """get RegExp.prototype.flags (22.2.6.4)."""
    if not isinstance(this, ObjectBase):
        from odw.ecma.abstract_ops.describe import describe

        raise type_error(f"RegExp.prototype.flags getter called on non-object {describe(this)}")
    if is_pristine(this):
        return this.compiled.flags.text  # type: ignore[attr-defined]
    return "".join(letter for letter, name, _ in _FLAGS if truthy(get(this, name)))


def source_getter(this: Any, *_: Any) -> Any:
    """get RegExp.prototype.source (22.2.6.13)."""
    if isinstance(this, RegExpObject):
        return escape_source(to_code_units(this.compiled.pattern.source))
    if this is R.regexp_prototype:
        return "(?:)"
    raise type_error("RegExp.prototype.source getter called on non-RegExp object")


def escape_source(source: str) -> str:
    """EscapeRegExpPattern (22.2.6.13.1): text that is the same pattern between slashes."""
    if not source:
        return "(?:)"
    result: list[str] = []
    in_class = escaped = False
    for character in source:
        if escaped:
            escaped = False
            result.append(_LINE_BREAKS.get(character, character))
            continue
        if character == "/" and not in_class:
            result.append("\\/")
            continue
        if character in _LINE_BREAKS:
            result.append("\\" + _LINE_BREAKS[character])
            continue
        if character == "\\":
            escaped = True
        elif character == "[":
            in_class = True
        elif character == "]":
            in_class = False
        result.append(character)
    return "".join(result)


_LINE_BREAKS = {"\n": "n", "\r": "r", "\u2028": "u2028", "\u2029": "u2029"}


def species(this: Any, *_: Any) -> Any:
    return this


def install(realm: Any) -> None:
    """%RegExp%, %RegExp.prototype% and %RegExpStringIteratorPrototype%."""
    prototype = RegExpPrototype(realm.object_prototype)
    realm.regexp_prototype = prototype
    realm.regexp_constructor = constructor("RegExp", 2, prototype, call_regexp, construct_regexp)
    define_getters(realm.regexp_constructor, {WellKnown.species: species})
    realm.regexp_species = realm.regexp_constructor[WellKnown.species]
    getters: dict[Any, Callable[..., Any]] = {
        name: _flag_getter(letter, name) for letter, name, _ in sorted(_FLAGS, key=lambda row: row[1])
    }
    getters["flags"] = flags_getter
    getters["source"] = source_getter
    define_methods(prototype, {"exec": (exec_, 1)})
    define_getters(prototype, getters)
    define_methods(prototype, {"compile": (compile_, 2), "toString": (to_string_, 0), "test": (test, 1)})
    define_methods(prototype, SYMBOL_METHODS)
    prototype.pristine = True
    install_iterator(realm)
