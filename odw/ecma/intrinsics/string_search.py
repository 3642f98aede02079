"""String.prototype: searching, splitting and replacing, which regular expressions may take over (ECMA-262 22.1.3)."""

from __future__ import annotations

from typing import Any

from odw.ecma import limits
from odw.ecma.abstract_ops.object_operations import construct, get, get_method, invoke
from odw.ecma.abstract_ops.testing_comparison import require_object_coercible
from odw.ecma.abstract_ops.type_conversion import (
    to_integer_or_infinity,
    to_number,
    to_string,
    to_uint32,
    truthy,
)
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.array_support import check_total
from odw.ecma.intrinsics.string_substitution import get_substitution
from odw.ecma.intrinsics.string_support import check_length, short_cuts, this_string
from odw.ecma.realm import R
from odw.ecma.values import JSArray, JSFunction, ObjectBase, WellKnown, undefined

SHORT = 1_000_000  # code units, up to which nobody is asked for the memory of the pieces
STRING_BYTES = 58  # of a short string and its place in a list


def includes(this: Any, wanted: Any = undefined, position: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(wanted) is str and position is undefined:
        return wanted in this
    s = this_string(this, "includes")
    wanted = _plain_pattern(wanted, "includes")
    if position is undefined:
        return wanted in s
    return s.find(wanted, _clamped(position, len(s))) >= 0


def starts_with(this: Any, wanted: Any = undefined, position: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(wanted) is str and position is undefined:
        return this.startswith(wanted)
    s = this_string(this, "startsWith")
    wanted = _plain_pattern(wanted, "startsWith")
    return s.startswith(wanted, 0 if position is undefined else _clamped(position, len(s)))


def ends_with(this: Any, wanted: Any = undefined, end: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(wanted) is str and end is undefined:
        return this.endswith(wanted)
    s = this_string(this, "endsWith")
    wanted = _plain_pattern(wanted, "endsWith")
    return s.endswith(wanted, 0, len(s) if end is undefined else _clamped(end, len(s)))


def index_of(this: Any, wanted: Any = undefined, position: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(wanted) is str and position is undefined:
        return this.find(wanted)
    s = this_string(this, "indexOf")
    wanted = to_string(wanted)
    return s.find(wanted, 0 if position is undefined else _clamped(position, len(s)))


def last_index_of(this: Any, wanted: Any = undefined, position: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "lastIndexOf")
    wanted = to_string(wanted)
    number = to_number(position)
    last = len(s) if number != number else min(max(to_integer_or_infinity(number), 0), len(s))
    end = int(min(last + len(wanted), len(s)))
    if len(wanted) < 100 or len(s) < 10_000:
        return s.rfind(wanted, 0, end)
    found = s[:end][::-1].find(wanted[::-1])  # CPython searches in linear time only forwards
    return found if found < 0 else end - found - len(wanted)


def _clamped(position: Any, length: int) -> int:
    return int(min(max(to_integer_or_infinity(position), 0), length))


def _plain_pattern(wanted: Any, method: str) -> str:
    """ToString of a search string that must not be a regular expression (IsRegExp, 7.2.8)."""
    if type(wanted) is str:
        return wanted
    if isinstance(wanted, ObjectBase) and _is_regexp(wanted):
        raise type_error(f"First argument to String.prototype.{method} must not be a regular expression")
    return to_string(wanted)


def _is_regexp(value: Any) -> bool:
    matcher = get(value, WellKnown.match)
    return value.class_name == "RegExp" if matcher is undefined else truthy(matcher)


def _delegate(this: Any, name: str, pattern: Any, symbol: Any) -> Any:
    """The method of ``pattern`` that takes the work over, or None."""
    if type(this) is not str:
        require_object_coercible(this, f"String.prototype.{name}")
    if not isinstance(pattern, ObjectBase):
        return None
    method = get_method(pattern, symbol)
    return None if method is undefined else method


def _require_global(pattern: Any, name: str) -> None:
    if isinstance(pattern, ObjectBase) and _is_regexp(pattern):
        flags = get(pattern, "flags")
        if flags is None or flags is undefined:
            raise type_error(
                f"The .flags property of the argument to String.prototype.{name} cannot be null or undefined"
            )
        if "g" not in to_string(flags):
            raise _not_global(name)


def _not_global(name: str) -> Exception:
    return type_error(f"String.prototype.{name} called with a non-global RegExp argument")


def match(this: Any, pattern: Any = undefined, *_: Any) -> Any:
    quick = short_cuts.get(type(pattern))
    if quick is not None and type(this) is str and quick.is_pristine(pattern):
        return quick.match_quickly(pattern, this)
    method = _delegate(this, "match", pattern, WellKnown.match)
    if method is not None:
        return method.call(pattern, this)
    return invoke(construct(R.regexp_constructor, [pattern]), WellKnown.match, to_string(this))


def match_all(this: Any, pattern: Any = undefined, *_: Any) -> Any:
    quick = short_cuts.get(type(pattern))
    if quick is not None and type(this) is str and quick.is_pristine(pattern) and quick.is_own_species():
        if not pattern.compiled.flags.is_global:
            raise _not_global("matchAll")
        return quick.match_all_quickly(pattern, this)
    require_object_coercible(this, "String.prototype.matchAll")
    _require_global(pattern, "matchAll")
    method = _delegate(this, "matchAll", pattern, WellKnown.match_all)
    if method is not None:
        return method.call(pattern, this)
    s = to_string(this)
    return invoke(construct(R.regexp_constructor, [pattern, "g"]), WellKnown.match_all, s)


def search(this: Any, pattern: Any = undefined, *_: Any) -> Any:
    method = _delegate(this, "search", pattern, WellKnown.search)
    if method is not None:
        return method.call(pattern, this)
    return invoke(construct(R.regexp_constructor, [pattern]), WellKnown.search, to_string(this))


def split(this: Any, separator: Any = undefined, limit: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-string.prototype.split"""
    if type(this) is str and type(separator) is str and limit is undefined and len(this) < SHORT:
        return JSArray(this.split(separator) if separator else this)
    quick = short_cuts.get(type(separator))
    if (
        quick is not None
        and type(this) is str
        and limit is undefined
        and quick.is_pristine(separator)
        and quick.is_own_species()
    ):
        return JSArray(quick.split_quickly(separator.compiled, this, 0xFFFFFFFF))
    method = _delegate(this, "split", separator, WellKnown.split)
    if method is not None:
        return method.call(separator, this, limit)
    s = to_string(this)
    most = 0xFFFFFFFF if limit is undefined else to_uint32(limit)
    between = to_string(separator)
    if most == 0:
        return JSArray()
    if separator is undefined:
        return JSArray([s])
    if not between:
        check_total(min(len(s), most))
        return JSArray(s[:most])
    if len(s) >= SHORT:
        pieces = s.count(between)
        check_total(pieces)
        limits.expect(STRING_BYTES * pieces)
    if most > len(s):
        return JSArray(s.split(between))
    return JSArray(s.split(between, most)[:most])


def replace(this: Any, pattern: Any = undefined, replacement: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-string.prototype.replace"""
    quick = short_cuts.get(type(pattern))
    if (
        quick is not None
        and type(this) is str
        and (type(replacement) is str or isinstance(replacement, JSFunction))
        and quick.is_pristine(pattern)
    ):
        return quick.replace_quickly(pattern, this, replacement)
    if type(this) is str and type(pattern) is str and type(replacement) is str and "$" not in replacement:
        if len(this) + len(replacement) < SHORT:
            return this.replace(pattern, replacement, 1)
    method = _delegate(this, "replace", pattern, WellKnown.replace)
    if method is not None:
        return method.call(pattern, this, replacement)
    s = to_string(this)
    wanted = to_string(pattern)
    function = replacement.call if isinstance(replacement, JSFunction) else None
    template = "" if function is not None else to_string(replacement)
    position = s.find(wanted)
    if position < 0:
        return s
    if function is not None:
        text = to_string(function(undefined, wanted, position, s))
    else:
        text = get_substitution(wanted, s, position, (), undefined, template)
    check_length(len(s) + len(text))
    return s[:position] + text + s[position + len(wanted) :]


def _replace_literally(s: str, wanted: str, text: str) -> str:
    if len(text) > len(wanted):
        check_length(len(s) + s.count(wanted) * (len(text) - len(wanted)))
    return s.replace(wanted, text)


def replace_all(this: Any, pattern: Any = undefined, replacement: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-string.prototype.replaceall"""
    if type(this) is str and type(pattern) is str and type(replacement) is str and "$" not in replacement:
        return _replace_literally(this, pattern, replacement)
    require_object_coercible(this, "String.prototype.replaceAll")
    _require_global(pattern, "replaceAll")
    method = _delegate(this, "replaceAll", pattern, WellKnown.replace)
    if method is not None:
        return method.call(pattern, this, replacement)
    s = to_string(this)
    wanted = to_string(pattern)
    function = replacement.call if isinstance(replacement, JSFunction) else None
    template = "" if function is not None else to_string(replacement)
    if function is None and "$" not in template:
        return _replace_literally(s, wanted, template)
    parts: list[str] = []
    size = 0
    end = 0
    position = s.find(wanted)
    while position >= 0:
        if function is not None:
            text = to_string(function(undefined, wanted, position, s))
        else:
            text = get_substitution(wanted, s, position, (), undefined, template)
        size += position - end + len(text)
        check_length(size)
        parts += (s[end:position], text)
        end = position + len(wanted)
        position = s.find(wanted, position + max(len(wanted), 1)) if position < len(s) else -1
    parts.append(s[end:])
    check_length(size + len(parts[-1]))
    return "".join(parts)
