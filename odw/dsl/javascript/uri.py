"""``encodeURIComponent`` and its like."""

from __future__ import annotations

from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.values import points, text, units
from odw.ecma.completion import JsThrow
from odw.ecma.intrinsics import uri


def _coded(code: Any, value: Any, keep_reserved: bool) -> str:
    from odw.dsl.javascript.strings import ready

    ready()
    try:
        return points(code(units(text(value)), keep_reserved))
    except JsThrow:
        raise errors.URIError("URI malformed") from None


def encode_uri(value: Any) -> str:
    return _coded(uri.encode, value, True)


def encode_uri_component(value: Any) -> str:
    return _coded(uri.encode, value, False)


def decode_uri(value: Any) -> str:
    return _coded(uri.decode, value, True)


def decode_uri_component(value: Any) -> str:
    return _coded(uri.decode, value, False)
