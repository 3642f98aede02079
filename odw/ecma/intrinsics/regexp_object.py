"""RegExp objects and how they are executed (ECMA-262 22.2.7): the part that the constructor and the methods share."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.object_operations import get, set_property
from odw.ecma.abstract_ops.type_conversion import to_length
from odw.ecma.completion import JsThrow, syntax_error, type_error
from odw.ecma.realm import R
from odw.ecma.regexp.code_units import to_code_units
from odw.ecma.regexp.compiled import Bounds, CompiledPattern, compile_regexp
from odw.ecma.regexp.tree import RegExpSyntaxError
from odw.ecma.values import (
    MISSING,
    ArrayObject,
    JSArray,
    JSFunction,
    ObjectBase,
    OrdinaryObject,
    Property,
    WellKnown,
    undefined,
)


class RegExpObject(OrdinaryObject):
    """A RegExp instance. ``compiled`` is [[RegExpMatcher]] with [[OriginalSource]] and [[OriginalFlags]].

    Most are made by a literal, used once and never looked at. So ``lastIndex`` becomes a property with the first look at
    the own properties; until then ``index`` is its value, and None after.
    """

    __slots__ = ("compiled", "index")
    class_name = "RegExp"

    def __init__(self, proto: Any, compiled: CompiledPattern | None = None) -> None:
        self._proto = proto
        self.extensible = True
        self.compiled: Any = compiled
        self.index: int | None = 0

    def materialize(self) -> None:
        if self.index is not None:
            self["lastIndex"] = Property(self.index, True, False, False)
            self.index = None

    def js_get(self, k: Any, receiver: Any) -> Any:
        if self.index is not None:
            if k == "lastIndex":
                return self.index
            if not len(self) and type(self._proto) is RegExpPrototype:
                inherited = self._proto.get(k)
                if type(inherited) is Property and inherited.getter is MISSING:  # a method, mostly
                    return inherited.value
        return OrdinaryObject.js_get(self, k, receiver)  # type: ignore[attr-defined]

    def js_has_property(self, k: Any) -> bool:
        self.materialize()
        return OrdinaryObject.js_has_property(self, k)  # type: ignore[attr-defined, no-any-return]

    def js_get_own_property(self, k: Any) -> Property | None:
        self.materialize()
        return OrdinaryObject.js_get_own_property(self, k)  # type: ignore[attr-defined, no-any-return]

    def js_define_own_property(self, k: Any, desc: Any) -> bool:
        self.materialize()
        return OrdinaryObject.js_define_own_property(self, k, desc)  # type: ignore[attr-defined, no-any-return]

    def js_set(self, k: Any, v: Any, receiver: Any) -> bool:
        self.materialize()
        return OrdinaryObject.js_set(self, k, v, receiver)  # type: ignore[attr-defined, no-any-return]

    def js_delete(self, k: Any) -> bool:
        self.materialize()
        return OrdinaryObject.js_delete(self, k)  # type: ignore[attr-defined, no-any-return]

    def js_own_property_keys(self) -> list[Any]:
        self.materialize()
        return OrdinaryObject.js_own_property_keys(self)  # type: ignore[attr-defined, no-any-return]


class RegExpPrototype(OrdinaryObject):
    """%RegExp.prototype%, which remembers whether a script has changed anything about it.

    As long as it is ``pristine``, the methods of plain regular expressions need not look ``exec`` and the flags up.
    """

    __slots__ = ("pristine",)

    def js_define_own_property(self, k: Any, desc: Any) -> bool:
        self.pristine = False
        return super().js_define_own_property(k, desc)  # type: ignore[misc, no-any-return]

    def js_delete(self, k: Any) -> bool:
        self.pristine = False
        return super().js_delete(k)  # type: ignore[misc, no-any-return]


def is_pristine(regexp: Any) -> bool:
    """Whether no script could tell a short cut on this object from the algorithms of ECMA-262."""
    if type(regexp) is not RegExpObject or len(regexp) != (regexp.index is None):  # only ``lastIndex``
        return False
    proto = regexp._proto
    return type(proto) is RegExpPrototype and proto.pristine


def regexp(pattern: str, flags: str) -> RegExpObject:
    """The value of a regular expression literal: a fresh object at each evaluation, the compiled pattern shared."""
    return RegExpObject(R.regexp_prototype, compiled_or_throw(pattern, flags))


def compiled_or_throw(pattern: str, flags: str) -> CompiledPattern:
    """``compile_regexp``, its error as a SyntaxError of the script."""
    try:
        return compile_regexp(pattern, flags)
    except RegExpSyntaxError as error:
        raise syntax_error(to_code_units(error.message)) from None


def is_regexp(value: Any) -> bool:
    """IsRegExp (7.2.8)."""
    if not isinstance(value, ObjectBase):
        return False
    matcher = get(value, WellKnown.match)
    if matcher is undefined:
        return isinstance(value, RegExpObject)
    from odw.ecma.abstract_ops.type_conversion import truthy

    return truthy(matcher)


def last_index(target: RegExpObject) -> int:
    """ToLength(lastIndex)."""
    value = target["lastIndex"].value if target.index is None else target.index
    return value if type(value) is int and value >= 0 else to_length(value)


def set_last_index(target: Any, index: Any) -> None:
    """Set(R, "lastIndex", index, true)."""
    if type(target) is RegExpObject:
        if target.index is not None:
            target.index = index
            return
        place = target["lastIndex"]
        if place.writable:
            place.value = index
            return
    set_property(target, "lastIndex", index)


def match_bounds(target: RegExpObject, text: str) -> Bounds | None:
    """RegExpBuiltinExec (22.2.7.2) up to the result: where it matched. Reads and writes ``lastIndex``."""
    compiled: CompiledPattern = target.compiled
    flags = compiled.flags
    index = last_index(target) if target.index is None else target.index
    if not flags.is_global and not flags.sticky:
        return compiled.search(text, 0)
    bounds = compiled.search(text, index, flags.sticky) if index <= len(text) else None
    set_last_index(target, 0 if bounds is None else bounds[0][1])
    return bounds


def match_result(compiled: CompiledPattern, text: str, bounds: Bounds) -> ArrayObject:
    """The array that ``exec`` returns for a match."""
    items: list[Any] = [undefined if low < 0 else text[low:high] for low, high in bounds]
    result = ArrayObject(items, R.array_prototype)
    result._named = named = {
        "index": bounds[0][0],
        "input": text,
        "groups": groups_object(compiled, items, bounds) if compiled.names else undefined,
    }
    if compiled.flags.has_indices:
        pairs = [undefined if low < 0 else JSArray([low, high]) for low, high in bounds]
        indices = ArrayObject(pairs, R.array_prototype)
        indices.named["groups"] = groups_object(compiled, pairs, bounds)
        named["indices"] = indices
    return result


def groups_object(compiled: CompiledPattern, items: list[Any], bounds: Bounds) -> Any:
    """The ``groups`` of a match: name -> item, without a prototype; undefined when the pattern has no names."""
    if not compiled.names:
        return undefined
    groups = OrdinaryObject(None)
    groups.update(compiled.named(items, bounds))
    return groups


def builtin_exec(target: RegExpObject, text: str) -> Any:
    """RegExpBuiltinExec (22.2.7.2)."""
    bounds = match_bounds(target, text)
    return None if bounds is None else match_result(target.compiled, text, bounds)


def regexp_exec(target: Any, text: str) -> Any:
    """RegExpExec (22.2.7.1): by the object's own ``exec`` if it has one."""
    if is_pristine(target):
        return builtin_exec(target, text)
    exec_ = get(target, "exec")
    if isinstance(exec_, JSFunction):
        result = exec_.call(target, text)
        if result is not None and not isinstance(result, ObjectBase):
            raise type_error("RegExp exec method returned something other than an Object or null")
        return result
    if not isinstance(target, RegExpObject):
        raise incompatible("exec", target)
    return builtin_exec(target, text)


def advance_string_index(text: str, index: int, full_unicode: bool) -> int:
    """AdvanceStringIndex (22.2.7.3)."""
    if (
        full_unicode
        and index + 1 < len(text)
        and "\ud800" <= text[index] <= "\udbff"
        and "\udc00" <= text[index + 1] <= "\udfff"
    ):
        return index + 2
    return index + 1


def incompatible(method: str, this: Any) -> JsThrow:
    """The TypeError of a method of RegExp.prototype called on something else."""
    return type_error(f"Method RegExp.prototype.{method} called on incompatible receiver {describe(this)}")
