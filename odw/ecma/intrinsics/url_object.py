"""URL and URLSearchParams objects and their link, and the way between script strings and URL records."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.code_points import joined
from odw.ecma.realm import R
from odw.ecma.regexp.code_units import to_code_points, to_code_units
from odw.ecma.url.percent import parse_form, serialize_form
from odw.ecma.url.record import UrlRecord
from odw.ecma.values import OrdinaryObject


class SearchParamsObject(OrdinaryObject):
    """A URLSearchParams; ``pairs`` are lists of name and value in code units; ``url`` is the URL it belongs to, or None."""

    __slots__ = ("pairs", "url")

    def __init__(self, proto: Any) -> None:
        self._proto = proto
        self.extensible = True
        self.pairs: list[list[str]] = []
        self.url: Any = None

    def write_back(self) -> None:
        """Write a change back into the URL (URL standard, 6.2)."""
        if self.url is not None:
            query = self.text()
            self.url.record.query = query or None

    def text(self) -> str:
        return serialize_form([[to_code_points(name), to_code_points(value)] for name, value in self.pairs])

    def read(self, query: str) -> None:
        """Replace the pairs by those of a query string of code points, without its question mark."""
        self.pairs[:] = [[to_code_units(name), to_code_units(value)] for name, value in parse_form(query)]


class UrlObject(OrdinaryObject):
    """A URL; ``params`` is its URLSearchParams once asked for."""

    __slots__ = ("params", "record")

    def __init__(self, proto: Any, record: UrlRecord) -> None:
        self._proto = proto
        self.extensible = True
        self.record = record
        self.params: SearchParamsObject | None = None

    def search_params(self) -> SearchParamsObject:
        if self.params is None:
            self.params = SearchParamsObject(R.url_search_params_prototype)
            self.params.url = self
            self.params.read(self.record.query or "")
        return self.params

    def query_changed(self) -> None:
        if self.params is not None:
            self.params.read(self.record.query or "")


def usv_text(value: Any) -> str:
    """USVString as code points: ToString, lone surrogates replaced."""
    text = to_string(value)
    if text.isascii():
        return text
    return joined(text, "replace")


def usv_string(value: Any) -> str:
    """USVString in code units, as scripts see it."""
    return to_code_units(usv_text(value))
