"""What the Intl constructors share: their shape, ``supportedLocalesOf``, parts as objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import (
    builtin,
    constructor,
    define_hidden,
    define_methods,
    define_tag,
    new_prototype,
)
from odw.ecma.intrinsics.intl_locales import canonicalize_locale_list, without_extensions
from odw.ecma.intrinsics.intl_options import check_locale_matcher, coerced_options
from odw.ecma.values import JSArray, JSObject, ObjectBase, OrdinaryObject, Property, undefined


class IntlObject(OrdinaryObject):
    """An instance of an Intl constructor ``kind``; ``resolved`` holds its options, ``bound`` its bound function."""

    __slots__ = ("bound", "kind", "resolved")

    def __init__(self, proto: Any, kind: str, resolved: dict[str, Any]) -> None:
        self._proto = proto
        self.extensible = True
        self.kind = kind
        self.resolved = resolved
        self.bound: Any = None


def locale_of(tags: list[str]) -> str:
    """The locale that ``resolvedOptions`` names: the first English one that was asked for, else en-US."""
    for tag in tags:
        if tag.split("-")[0] == "en":
            return without_extensions(tag)
    return "en-US"


def receiver(this: Any, kind: str, method: str, getter: bool = False) -> Any:
    """The receiver of a method, checked."""
    if not isinstance(this, IntlObject) or this.kind != kind:
        raise incompatible_receiver(f"{'get ' * getter}Intl.{kind}.prototype.{method}", this)
    return this


def parts_array(parts: Iterable[tuple[str, str]]) -> JSArray:
    """What ``formatToParts`` returns."""
    return JSArray([JSObject({"type": kind, "value": value}) for kind, value in parts])


def bound_function(this: IntlObject, native: Callable[..., Any], length: int) -> Any:
    """The function that a ``format`` or ``compare`` getter returns: made once, it needs no receiver."""
    if this.bound is None:
        this.bound = builtin(native, "", length)
    return this.bound


def define_constructor(
    intl: Any,
    kind: str,
    read: Callable[[Any, Any], dict[str, Any]],
    methods: Mapping[Any, tuple[Callable[..., Any], int]],
    getters: Mapping[str, Callable[..., Any]],
    callable_without_new: bool = False,
) -> None:
    """Make ``Intl.<kind>``: ``read(locales, options)`` gives the resolved options in the order of ``resolvedOptions``."""
    prototype = new_prototype()

    def construct(args: Any, new_target: Any) -> Any:
        proto = get(new_target, "prototype")
        if not isinstance(proto, ObjectBase):
            proto = prototype
        locales = args[0] if args else undefined
        return IntlObject(proto, kind, read(locales, args[1] if len(args) > 1 else undefined))

    def call(this: Any, *args: Any) -> Any:
        if not callable_without_new:
            raise type_error(f"Constructor Intl.{kind} requires 'new'")
        return construct(args, function)

    def resolved_options(this: Any, *_: Any) -> Any:
        shown = receiver(this, kind, "resolvedOptions").resolved
        return JSObject({key: value for key, value in shown.items() if key[0] != "_"})

    def supported_locales_of(this: Any, locales: Any = undefined, options: Any = undefined, *_: Any) -> Any:
        tags = canonicalize_locale_list(locales)
        if options is not undefined:
            owner = f"Intl.{kind}.supportedLocalesOf"
            check_locale_matcher(coerced_options(options, owner), owner)
        return JSArray(tags)

    function = constructor(kind, 0, prototype, call, construct)
    define_methods(function, {"supportedLocalesOf": (supported_locales_of, 1)})
    define_methods(prototype, {"resolvedOptions": (resolved_options, 0), **methods})
    for name, native in getters.items():
        getter = builtin(native, f"get {name}", 0)
        prototype[name] = Property(getter=getter, setter=undefined, configurable=True)
    define_tag(prototype, f"Intl.{kind}")
    define_hidden(intl, kind, function)
