"""RegExp.prototype[Symbol.match / matchAll / replace / search / split] (ECMA-262 section 22.2.6).

Each method is written twice: by the letter of ECMA-262, for objects that a script has prepared in some way, and by a
loop over the compiled pattern for a regular expression that is just that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from odw.ecma.abstract_ops.object_operations import (
    construct,
    get,
    length_of_array_like,
    species_constructor,
)
from odw.ecma.abstract_ops.testing_comparison import same_value
from odw.ecma.abstract_ops.type_conversion import (
    to_integer_or_infinity,
    to_length,
    to_object,
    to_string,
    to_uint32,
)
from odw.ecma.intrinsics.array_support import arguments_seen
from odw.ecma.intrinsics.regexp_iterator import RegExpStringIterator
from odw.ecma.intrinsics.regexp_object import (
    RegExpObject,
    advance_string_index,
    builtin_exec,
    groups_object,
    incompatible,
    is_pristine,
    last_index,
    match_bounds,
    regexp_exec,
    set_last_index,
)
from odw.ecma.intrinsics.string_substitution import get_substitution
from odw.ecma.intrinsics.string_support import short_cuts
from odw.ecma.realm import R
from odw.ecma.regexp.compiled import Bounds, CompiledPattern
from odw.ecma.values import JSArray, JSFunction, ObjectBase, WellKnown, undefined


def match(this: Any, text: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype[Symbol.match] (22.2.6.8)."""
    if not isinstance(this, ObjectBase):
        raise incompatible("@@match", this)
    text = to_string(text)
    if is_pristine(this):
        return match_quickly(this, text)  # type: ignore[arg-type]
    flags = to_string(get(this, "flags"))
    if "g" not in flags:
        return regexp_exec(this, text)
    full_unicode = "u" in flags or "v" in flags
    set_last_index(this, 0)
    found: list[Any] = []
    while (result := regexp_exec(this, text)) is not None:
        matched = to_string(get(result, "0"))
        found.append(matched)
        if not matched:
            index = to_length(get(this, "lastIndex"))
            set_last_index(this, advance_string_index(text, index, full_unicode))
    return JSArray(found) if found else None


def match_quickly(this: RegExpObject, text: str) -> Any:
    """Symbol.match of a pristine regular expression."""
    compiled: CompiledPattern = this.compiled
    if not compiled.flags.is_global:
        return builtin_exec(this, text)
    set_last_index(this, 0)
    engine = compiled.native(text)
    if engine is None or not compiled.never_empty or compiled.flags.sticky:
        found: list[Any] = [text[bounds[0][0] : bounds[0][1]] for bounds in all_matches(compiled, text)]
    elif compiled.group_count == 0:
        found = engine.findall(text)
    else:
        found = [item.group() for item in engine.finditer(text)]
    return JSArray(found) if found else None


def all_matches(compiled: CompiledPattern, text: str) -> Iterator[Bounds]:
    """Every match of a global pattern in turn, from index 0, as repeated ``exec`` calls find them."""
    flags = compiled.flags
    index = 0
    while index <= len(text):
        bounds = compiled.search(text, index, flags.sticky)
        if bounds is None:
            return
        yield bounds
        low, high = bounds[0]
        index = advance_string_index(text, high, flags.full_unicode) if low == high else high


def match_all(this: Any, text: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype[Symbol.matchAll] (22.2.6.9)."""
    if not isinstance(this, ObjectBase):
        raise incompatible("@@matchAll", this)
    text = to_string(text)
    if is_pristine(this) and is_own_species():
        return match_all_quickly(this, text)  # type: ignore[arg-type]
    made_by = species_constructor(this, R.regexp_constructor)
    flags = to_string(get(this, "flags"))
    matcher = construct(made_by, [this, flags])
    set_last_index(matcher, to_length(get(this, "lastIndex")))
    return RegExpStringIterator(matcher, text, "g" in flags, "u" in flags or "v" in flags)


def is_own_species() -> bool:
    """Whether SpeciesConstructor of pristine regular expressions is %RegExp%."""
    return R.regexp_constructor.get(WellKnown.species) is R.regexp_species


def match_all_quickly(this: RegExpObject, text: str) -> RegExpStringIterator:
    """Symbol.matchAll of a pristine regular expression."""
    compiled: CompiledPattern = this.compiled
    matcher = RegExpObject(R.regexp_prototype, compiled)
    set_last_index(matcher, last_index(this))
    return RegExpStringIterator(matcher, text, compiled.flags.is_global, compiled.flags.full_unicode)


def search(this: Any, text: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype[Symbol.search] (22.2.6.12)."""
    if not isinstance(this, ObjectBase):
        raise incompatible("@@search", this)
    text = to_string(text)
    if is_pristine(this):
        compiled: CompiledPattern = this.compiled  # type: ignore[attr-defined]
        bounds = compiled.search(text, 0, compiled.flags.sticky)
        return -1 if bounds is None else bounds[0][0]
    previous = get(this, "lastIndex")
    if not same_value(previous, 0):
        set_last_index(this, 0)
    result = regexp_exec(this, text)
    current = get(this, "lastIndex")
    if not same_value(current, previous):
        set_last_index(this, previous)
    return -1 if result is None else get(result, "index")


def replace(this: Any, text: Any = undefined, replacement: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype[Symbol.replace] (22.2.6.11)."""
    if not isinstance(this, ObjectBase):
        raise incompatible("@@replace", this)
    text = to_string(text)
    if not isinstance(replacement, JSFunction):
        replacement = to_string(replacement)
    if is_pristine(this):
        return replace_quickly(this, text, replacement)  # type: ignore[arg-type]
    flags = to_string(get(this, "flags"))
    is_global = "g" in flags
    if is_global:
        set_last_index(this, 0)
    results = []
    while (result := regexp_exec(this, text)) is not None:
        results.append(result)
        if not is_global:
            break
        if to_string(get(result, "0")) == "":
            index = to_length(get(this, "lastIndex"))
            set_last_index(this, advance_string_index(text, index, "u" in flags or "v" in flags))
    parts = []
    following = 0
    for result in results:
        count = max(length_of_array_like(result) - 1, 0)
        matched = to_string(get(result, "0"))
        position = int(max(min(to_integer_or_infinity(get(result, "index")), len(text)), 0))
        captures = []
        for number in range(1, count + 1):
            capture = get(result, str(number))
            captures.append(capture if capture is undefined else to_string(capture))
        groups = get(result, "groups")
        made = _replacement_text(replacement, matched, text, position, captures, groups)
        if position >= following:
            parts += [text[following:position], made]
            following = position + len(matched)
    parts.append(text[following:])
    return "".join(parts)


def _replacement_text(
    replacement: Any, matched: str, text: str, position: int, captures: list[Any], groups: Any
) -> str:
    """What one match is replaced by: steps 14.k to 14.m of Symbol.replace."""
    if isinstance(replacement, JSFunction):
        extra = () if groups is undefined else (groups,)
        return to_string(replacement.call(undefined, matched, *captures, position, text, *extra))
    if groups is not undefined:
        groups = to_object(groups)
    return get_substitution(matched, text, position, captures, groups, replacement)


def replace_quickly(this: RegExpObject, text: str, replacement: Any) -> str:
    """Symbol.replace of a pristine regular expression."""
    compiled: CompiledPattern = this.compiled
    flags = compiled.flags
    literal = type(replacement) is str and "$" not in replacement
    if flags.is_global:
        set_last_index(this, 0)
        engine = compiled.native(text)
        if engine is not None and compiled.never_empty and not flags.sticky:
            if literal:
                template = replacement if "\\" not in replacement else lambda _: replacement
                return engine.sub(template, text)  # type: ignore[no-any-return]
            if type(replacement) is not str and not compiled.names:
                return _replace_by_calls(engine, text, replacement.call, compiled.group_count)
            matches: Any = (item.regs for item in engine.finditer(text))
        else:
            matches = list(all_matches(compiled, text))
    else:
        bounds = match_bounds(this, text)
        if bounds is None:
            return text
        matches = (bounds,)
    parts = []
    following = 0
    call = replacement.call if isinstance(replacement, JSFunction) else None
    for bounds in matches:
        low, high = bounds[0]
        parts.append(text[following:low])
        following = high
        if literal:
            parts.append(replacement)
            continue
        captures: list[Any] = [undefined if start < 0 else text[start:end] for start, end in bounds]
        if call is None:
            groups = groups_object(compiled, captures, bounds)
            parts.append(get_substitution(captures[0], text, low, captures[1:], groups, replacement))
        elif compiled.names:
            groups = groups_object(compiled, captures, bounds)
            parts.append(to_string(call(undefined, *captures, low, text, groups)))
        else:
            made = call(undefined, *captures, low, text)
            parts.append(made if type(made) is str else to_string(made))
    parts.append(text[following:])
    return "".join(parts)


def _replace_by_calls(engine: Any, text: str, call: Any, group_count: int) -> str:
    """``text`` with each of the engine's matches, none of which is empty, replaced by what the function makes of it."""
    seen = arguments_seen(call)
    parts: list[str] = []
    if seen < 2 and group_count == 0:  # the match alone
        between = iter(engine.split(text))
        for matched in engine.findall(text):
            made = call(undefined, matched)
            parts += (next(between), made if type(made) is str else to_string(made))
        parts += between
        return "".join(parts)
    following = 0
    for item in engine.finditer(text):
        low, high = item.span()
        if seen < 2:
            made = call(undefined, item.group())
        elif seen < 2 + group_count:  # neither the position nor the text
            made = call(undefined, item.group(), *item.groups(undefined))
        else:
            made = call(undefined, item.group(), *item.groups(undefined), low, text)
        parts.append(text[following:low])
        parts.append(made if type(made) is str else to_string(made))
        following = high
    parts.append(text[following:])
    return "".join(parts)


def split(this: Any, text: Any = undefined, limit: Any = undefined, *_: Any) -> Any:
    """RegExp.prototype[Symbol.split] (22.2.6.14)."""
    if not isinstance(this, ObjectBase):
        raise incompatible("@@split", this)
    text = to_string(text)
    if is_pristine(this) and is_own_species():
        most = 0xFFFFFFFF if limit is undefined else to_uint32(limit)
        return JSArray(split_quickly(this.compiled, text, most))  # type: ignore[attr-defined]
    made_by = species_constructor(this, R.regexp_constructor)
    flags = to_string(get(this, "flags"))
    full_unicode = "u" in flags or "v" in flags
    splitter = construct(made_by, [this, flags if "y" in flags else flags + "y"])
    most = 0xFFFFFFFF if limit is undefined else to_uint32(limit)
    if most == 0:
        return JSArray()
    if not text:
        return JSArray([] if regexp_exec(splitter, text) is not None else [text])
    parts: list[Any] = []
    start = at = 0
    while at < len(text):
        set_last_index(splitter, at)
        result = regexp_exec(splitter, text)
        end = 0 if result is None else min(to_length(get(splitter, "lastIndex")), len(text))
        if result is None or end == start:
            at = advance_string_index(text, at, full_unicode)
            continue
        parts.append(text[start:at])
        if len(parts) == most:
            return JSArray(parts)
        start = end
        for number in range(1, max(length_of_array_like(result) - 1, 0) + 1):
            parts.append(get(result, str(number)))
            if len(parts) == most:
                return JSArray(parts)
        at = start
    parts.append(text[start:])
    return JSArray(parts)


def split_quickly(compiled: CompiledPattern, text: str, most: int) -> list[Any]:
    """Symbol.split of a pristine regular expression: the next place that matches is searched for, not tried one by one."""
    if most == 0:
        return []
    if not text:
        return [] if compiled.search(text, 0, True) is not None else [text]
    engine = compiled.native(text)
    if engine is not None and compiled.never_empty and compiled.group_count == 0:
        return engine.split(text)[:most]  # type: ignore[no-any-return]
    parts: list[Any] = []
    start = at = 0
    size = len(text)
    while at < size:
        bounds = compiled.search(text, at)
        if bounds is None or bounds[0][0] >= size:
            break
        low, high = bounds[0]
        if high == start:
            at = advance_string_index(text, at, compiled.flags.full_unicode)
            continue
        parts.append(text[start:low])
        for first, last in bounds[1:]:
            parts.append(undefined if first < 0 else text[first:last])
        if len(parts) >= most:
            return parts[:most]
        start = at = high
    parts.append(text[start:])
    return parts


short_cuts[RegExpObject] = sys.modules[__name__]

SYMBOL_METHODS = {
    WellKnown.match: (match, 1),
    WellKnown.match_all: (match_all, 1),
    WellKnown.replace: (replace, 2),
    WellKnown.search: (search, 1),
    WellKnown.split: (split, 2),
}
