"""URL (https://url.spec.whatwg.org/#url-class); URLSearchParams is in ``url_search_params``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.object_operations import get_prototype_from_constructor
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import builtin, constructor, define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.node_errors import coded_type_error, missing_arguments
from odw.ecma.intrinsics.url_object import UrlObject, usv_text
from odw.ecma.intrinsics.url_search_params import install_search_params
from odw.ecma.realm import R
from odw.ecma.regexp.code_units import to_code_units
from odw.ecma.url import setters
from odw.ecma.url.host import InvalidUrl
from odw.ecma.url.parser import parse_url
from odw.ecma.url.record import UrlRecord
from odw.ecma.values import Property, undefined


def _url(this: Any) -> UrlObject:
    if not isinstance(this, UrlObject):
        raise type_error("Receiver must be an instance of class URL")
    return this


def _parse(url: Any, base: Any) -> UrlRecord:
    """The API's URL parser: InvalidUrl for a bad URL or a bad base."""
    text = usv_text(url)
    return parse_url(text, None if base is undefined else parse_url(usv_text(base), None))


def call_url(this: Any, *_: Any) -> Any:
    raise type_error("Class constructor URL cannot be invoked without 'new'")


def construct_url(args: Any, new_target: Any) -> Any:
    """new URL(url, base)"""
    if not args:
        raise missing_arguments("url")
    base = args[1] if len(args) > 1 else undefined
    proto = get_prototype_from_constructor(new_target, "url_prototype")
    try:
        return UrlObject(proto, _parse(args[0], base))
    except InvalidUrl:
        shown = {"input": to_code_units(usv_text(args[0]))}
        if base is not undefined:
            shown["base"] = to_code_units(usv_text(base))
        raise coded_type_error("ERR_INVALID_URL", "Invalid URL", **shown) from None


def can_parse(this: Any, *args: Any) -> Any:
    """URL.canParse(url, base)"""
    if not args:
        raise missing_arguments("url")
    try:
        _parse(args[0], args[1] if len(args) > 1 else undefined)
    except InvalidUrl:
        return False
    return True


def parse(this: Any, *args: Any) -> Any:
    """URL.parse(url, base): null for what is no URL."""
    if not args:
        raise missing_arguments("url")
    try:
        record = _parse(args[0], args[1] if len(args) > 1 else undefined)
    except InvalidUrl:
        return None
    return UrlObject(R.url_prototype, record)


def to_string_(this: Any, *_: Any) -> Any:
    return _url(this).record.href()


def _set_href(url: UrlObject, text: str) -> None:
    try:
        url.record = parse_url(text, None)
    except InvalidUrl:
        shown = {"input": to_code_units(text)}
        raise coded_type_error("ERR_INVALID_URL", "Invalid URL", **shown) from None


def _set_hostname(record: UrlRecord, text: str) -> None:
    setters.set_host(record, text, with_port=False)


def _prefixed(sign: str, text: str | None) -> str:
    return f"{sign}{text}" if text else ""


# name: (getter of a record, setter of a record or None)
_PARTS: dict[str, tuple[Callable[[UrlRecord], str], Callable[[UrlRecord, str], None] | None]] = {
    "origin": (lambda record: record.origin(), None),
    "protocol": (lambda record: f"{record.scheme}:", setters.set_protocol),
    "username": (lambda record: record.username, setters.set_username),
    "password": (lambda record: record.password, setters.set_password),
    "host": (lambda record: record.host_and_port(), setters.set_host),
    "hostname": (lambda record: record.host or "", _set_hostname),
    "port": (lambda record: "" if record.port is None else str(record.port), setters.set_port),
    "pathname": (lambda record: record.pathname(), setters.set_pathname),
    "search": (lambda record: _prefixed("?", record.query), setters.set_search),
    "hash": (lambda record: _prefixed("#", record.fragment), setters.set_hash),
}


def _accessor(
    name: str,
    read: Callable[[UrlRecord], str],
    write: Callable[[UrlRecord, str], None] | None,
) -> Property:
    def getter(this: Any, *_: Any) -> Any:
        return read(_url(this).record)

    def setter(this: Any, value: Any = undefined, *_: Any) -> Any:
        url = _url(this)
        text = usv_text(value)
        if write is None:
            _set_href(url, text)
        else:
            write(url.record, text)
        url.query_changed()
        return undefined

    settable = write is not None or name == "href"
    return Property(
        getter=builtin(getter, f"get {name}", 0),
        setter=builtin(setter, f"set {name}", 1) if settable else undefined,
        enumerable=True,
        configurable=True,
    )


def search_params(this: Any, *_: Any) -> Any:
    return _url(this).search_params()


def install(realm: Any) -> None:
    """%URL%, %URLSearchParams% and their prototypes."""
    install_search_params(realm)
    prototype = new_prototype()
    realm.url_prototype = prototype
    realm.url_constructor = constructor("URL", 1, prototype, call_url, construct_url)
    define_methods(realm.url_constructor, {"canParse": (can_parse, 1), "parse": (parse, 1)})
    prototype["toString"] = builtin(to_string_, "toString", 0)
    prototype["href"] = _accessor("href", lambda record: record.href(), None)
    for name, (read, write) in _PARTS.items():
        prototype[name] = _accessor(name, read, write)
        if name == "search":
            getter = builtin(search_params, "get searchParams", 0)
            prototype["searchParams"] = Property(
                getter=getter, setter=undefined, enumerable=True, configurable=True
            )
    prototype["toJSON"] = builtin(to_string_, "toJSON", 0)
    define_tag(prototype, "URL")
