"""JSON as JavaScript reads and writes it: undefined and functions are left out, numbers and errors are worded alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.collections import Map, Set
from odw.dsl.javascript.functions import call
from odw.dsl.javascript.objects import own
from odw.dsl.javascript.values import clean, is_number, points, text, tidy, units
from odw.ecma.abstract_ops.number_text import number_to_string
from odw.ecma.completion import JsThrow
from odw.ecma.json_plain import quote
from odw.ecma.values import undefined


def json(value: Any, replacer: Any = None, indent: Any = 0) -> Any:
    """``JSON.stringify(value, replacer, indent)``; undefined for what has no JSON."""
    if is_number(indent):
        gap = " " * min(10, max(0, int(indent)))
    else:
        gap = indent[:10] if isinstance(indent, str) else ""
    writer = _Writer(replacer, gap)
    return writer.text(writer.seen({"": value}, "", value), "")


class _Writer:
    """One value on its way to text."""

    def __init__(self, replacer: Any, gap: str) -> None:
        self._replace: Callable[..., Any] | None = replacer if callable(replacer) else None
        self._names = [text(name) for name in replacer] if isinstance(replacer, list) else None
        self._gap = gap
        self._open: set[int] = set()

    def seen(self, holder: Any, name: str, value: Any) -> Any:
        """A value after its own ``toJSON`` and the replacer."""
        if isinstance(value, dict):
            method = value.get("toJSON")
            if method is None and type(value) is not dict:
                method = getattr(value, "toJSON", None)
            if callable(method):
                value = call(method, name)
        return value if self._replace is None else call(self._replace, name, value)

    def text(self, value: Any, indent: str) -> Any:
        if isinstance(value, str):
            return points(quote(units(value)))
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if is_number(value):
            return number_to_string(tidy(value)) if value - value == 0 else "null"
        if isinstance(value, list):
            return self._list(value, indent)
        if isinstance(value, dict):
            return self._dict(own(value), value, indent)
        if isinstance(value, BaseException):
            return self._dict(dict(getattr(value, "properties", {})), value, indent)
        if value is undefined or (callable(value) and not isinstance(value, Map | Set)):
            return undefined
        shown = getattr(value, "javascript_json", None)
        return points(quote(units(shown()))) if shown is not None else "{}"

    def _list(self, items: list[Any], indent: str) -> str:
        inner = self._enter(items, indent)
        texts = []
        for index, item in enumerate(items):
            found = self.text(self.seen(items, str(index), item), inner)
            texts.append("null" if found is undefined else found)
        self._open.discard(id(items))
        return self._joined("[", texts, "]", indent, inner)

    def _dict(self, entries: dict[str, Any], value: Any, indent: str) -> str:
        inner = self._enter(value, indent)
        colon = ": " if self._gap else ":"
        texts = []
        names = entries if self._names is None else [name for name in self._names if name in entries]
        for name in names:
            found = self.text(self.seen(value, name, entries[name]), inner)
            if found is not undefined:
                texts.append(f"{points(quote(units(name)))}{colon}{found}")
        self._open.discard(id(value))
        return self._joined("{", texts, "}", indent, inner)

    def _enter(self, value: Any, indent: str) -> str:
        if id(value) in self._open:
            raise errors.TypeError("Converting circular structure to JSON")
        self._open.add(id(value))
        return indent + self._gap

    def _joined(self, begin: str, texts: list[str], end: str, indent: str, inner: str) -> str:
        if not texts or not self._gap:
            return begin + ",".join(texts) + end
        return f"{begin}\n{inner}" + f",\n{inner}".join(texts) + f"\n{indent}{end}"


def parse_json(source: Any, reviver: Any = undefined) -> Any:
    """``JSON.parse(source)``. Raises SyntaxError with Node's message for what is no JSON."""
    from odw.dsl.javascript.strings import ready, translated
    from odw.ecma.json_text import parse_json as parse

    ready()
    try:
        value = native(parse(units(text(source))))
    except JsThrow as thrown:
        raise translated(thrown) from None
    return value if not callable(reviver) else _revived("", value, reviver)


def _revived(name: str, value: Any, reviver: Callable[..., Any]) -> Any:
    if isinstance(value, list):
        value = [_revived(str(index), item, reviver) for index, item in enumerate(value)]
    elif isinstance(value, dict):
        found = {key: _revived(key, item, reviver) for key, item in value.items()}
        value = {key: item for key, item in found.items() if item is not undefined}
    return call(reviver, name, value)


def native(value: Any) -> Any:
    """A value of odw.ecma's, made of JSON, as Python's own."""
    if isinstance(value, str):
        return points(value)
    if isinstance(value, dict):
        return {points(name): native(item) for name, item in value.items()}
    return [native(item) for item in value] if isinstance(value, list) else value


def to_plain(value: Any) -> Any:
    """A deep copy as JSON values, as ``JSON.parse(JSON.stringify(value))`` gives it; undefined for what has no JSON."""
    return _plain("", value)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool):
        return value
    if is_number(value):
        number = tidy(value)
        return None if number - number != 0 else 0 if number == 0 else number
    if isinstance(value, dict):
        method = value.get("toJSON") or (getattr(value, "toJSON", None) if type(value) is not dict else None)
        if callable(method):
            return _plain(name, call(method, name))
        found = {clean(key): _plain(key, item) for key, item in own(value).items()}
        return {key: item for key, item in found.items() if item is not undefined}
    if isinstance(value, list):
        return [None if (one := _plain("", item)) is undefined else one for item in value]
    if isinstance(value, BaseException):
        return _plain(name, dict(getattr(value, "properties", {})))
    if value is undefined or (callable(value) and not isinstance(value, Map | Set)):
        return undefined
    shown = getattr(value, "javascript_json", None)
    return shown() if shown is not None else {}


def shown(value: Any) -> str:
    """One value as ``log`` and ``console.log`` write it: texts as they are, others as JSON."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, BaseException):
        return errors.error_text(value)
    if isinstance(value, dict | list):
        return clean(json(value))
    if isinstance(value, float) and value == 0 and str(value)[0] == "-":
        return "-0"
    if callable(value) and not isinstance(value, Map | Set):
        name = getattr(value, "__name__", "")
        return f"[Function: {name}]" if name and name != "<lambda>" else "[Function (anonymous)]"
    found = json(value) if isinstance(value, Map | Set) else text(value)
    return str(found)
