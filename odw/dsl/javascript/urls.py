"""``URL`` and ``URLSearchParams``: objects of odw.ecma's, whose texts come out as Python's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.functions import call as call_fitted
from odw.dsl.javascript.strings import ready, translated
from odw.dsl.javascript.values import is_function, is_number, points, text, units
from odw.ecma.abstract_ops.calls import call
from odw.ecma.abstract_ops.property_access import get, put
from odw.ecma.completion import JsThrow
from odw.ecma.intrinsics.url import can_parse, construct_url
from odw.ecma.intrinsics.url_object import SearchParamsObject, UrlObject
from odw.ecma.intrinsics.url_search_params import construct_params
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, undefined


def _inwards(value: Any) -> Any:
    if isinstance(value, str):
        return units(value)
    if value is None or value is undefined or isinstance(value, bool) or is_number(value):
        return value
    return units(text(value))


class _Lifted:
    """An object of odw.ecma's: its properties and methods by name."""

    inner: Any
    params: URLSearchParams | None = None

    def javascript_get(self, name: str) -> Any:
        found = get(self.inner, name)
        if isinstance(found, JSFunction):
            return partial(self._call, found)
        if isinstance(found, SearchParamsObject):
            self.params = self.params or URLSearchParams._of(found)
            return self.params
        return points(found) if isinstance(found, str) else found

    def javascript_put(self, name: str, value: Any) -> None:
        try:
            put(self.inner, name, _inwards(value))
        except JsThrow as thrown:
            raise _worded(thrown) from None

    def _call(self, method: Any, *given: Any) -> Any:
        try:
            found = call(method, self.inner, *map(_inwards, given))
        except JsThrow as thrown:
            raise _worded(thrown) from None
        if isinstance(found, list):
            return [points(item) for item in found]
        return points(found) if isinstance(found, str) else found

    def javascript_text(self) -> str:
        return str(self._call(get(self.inner, "toString")))


class URL(_Lifted):
    """``new URL(address, base)``. Raises TypeError for what is no URL."""

    def __init__(self, *given: Any) -> None:
        ready()
        try:
            self.inner: UrlObject = construct_url(list(map(_inwards, given)), R.url_constructor)
        except JsThrow as thrown:
            raise _worded(thrown) from None

    def javascript_json(self) -> str:
        return self.javascript_text()


class URLSearchParams(_Lifted):
    """``new URLSearchParams(query)``: from a text, pairs, or names and values."""

    def __init__(self, *given: Any) -> None:
        ready()
        first = given[0] if given else undefined
        pairs: list[tuple[Any, Any]] | None = None
        if isinstance(first, URLSearchParams):
            pairs = list(first)  # type: ignore[arg-type]
        elif isinstance(first, dict):
            pairs = list(first.items())
        elif isinstance(first, list):
            if not all(isinstance(pair, list) and len(pair) == 2 for pair in first):
                raise errors.TypeError("Each query pair must be an iterable [name, value] tuple")
            pairs = [(pair[0], pair[1]) for pair in first]
        start = [] if pairs is not None or first is undefined else [_inwards(first)]
        self.inner: SearchParamsObject = construct_params(start, R.url_search_params_constructor)
        for name, value in pairs or ():
            self._call(get(self.inner, "append"), name, value)

    @classmethod
    def _of(cls, inner: SearchParamsObject) -> URLSearchParams:
        made = cls.__new__(cls)
        made.inner = inner
        return made

    def __iter__(self) -> Iterator[list[str]]:
        place = 0
        while place < len(self.inner.pairs):
            name, value = self.inner.pairs[place]
            yield [points(name), points(value)]
            place += 1

    def javascript_get(self, name: str) -> Any:
        if name == "forEach":
            return self._for_each
        if name == "entries":
            return self.__iter__
        if name in ("keys", "values"):
            at = ("keys", "values").index(name)
            return lambda: (pair[at] for pair in self)
        return super().javascript_get(name)

    def _for_each(self, callback: Any, *_: Any) -> Any:
        if not is_function(callback):
            raise errors.TypeError('The "callback" argument must be of type function.')
        for name, value in self:
            call_fitted(callback, value, name, self)
        return undefined


def can_parse_url(*given: Any) -> bool:
    """``URL.canParse(address, base)``."""
    ready()
    try:
        return bool(can_parse(undefined, *map(_inwards, given)))
    except JsThrow as thrown:
        raise _worded(thrown) from None


def parse_url(*given: Any) -> URL | None:
    """``URL.parse(address, base)``: None for what is no URL."""
    return URL(*given) if can_parse_url(*given) else None


def _worded(thrown: JsThrow) -> errors.Error:
    """The error with what Node adds to it: ``code``, ``input``, ``base``."""
    made = translated(thrown)
    for name in ("code", "input", "base"):
        more = get(thrown.value, name)
        if isinstance(more, str):
            made.properties[name] = points(more)
    return made
