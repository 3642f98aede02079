"""Regular expressions of JavaScript on Python texts: ``js.RegExp(r"\\d+", "g")``. Positions count UTF-16 code units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.functions import call
from odw.dsl.javascript.values import points, text, units
from odw.ecma.regexp.compiled import compile_regexp
from odw.ecma.regexp.syntax import RegExpSyntaxError
from odw.ecma.values import undefined


class Match(list[Any]):
    """The texts of a match and of its groups; ``index``, ``input`` and ``groups`` in ``properties``."""

    def __init__(self, texts: list[Any], index: int, subject: str, groups: Any) -> None:
        super().__init__(texts)
        self.properties = {"index": index, "input": subject, "groups": groups}

    @property
    def place(self) -> int:
        """Where it begins."""
        return int(self.properties["index"])

    @property
    def groups(self) -> Any:
        return self.properties["groups"]


class Indices(list[Any]):
    """Where a match of the flag d and its groups begin and end, in code units; those of named groups in ``properties``."""

    def __init__(self, places: list[Any], groups: Any) -> None:
        super().__init__(places)
        self.properties = {"groups": groups}


class Strings(list[Any]):
    """What a tag of a template gets first: the texts, and in ``properties`` the same as they are written."""

    def __init__(self, cooked: list[Any], raw: list[str]) -> None:
        super().__init__(cooked)
        self.properties = {"raw": raw}


class RegExp:
    """``new RegExp(source, flags)``. ``last_index`` is where the next ``exec`` begins, for the flags g and y."""

    __slots__ = ("_compiled", "flags", "last_index", "source")

    def __init__(self, source: Any, flags: Any = undefined) -> None:
        if isinstance(source, RegExp):
            like: RegExp = source
            flags = like.flags if flags is undefined else flags
            source = like.source
        self.source: str = text(source)
        self.flags: str = "" if flags is undefined else text(flags)
        self.last_index = 0
        try:
            self._compiled = compile_regexp(units(self.source), self.flags)
        except RegExpSyntaxError as error:
            raise errors.SyntaxError(points(error.message)) from None

    @property
    def _moves(self) -> bool:
        return "g" in self.flags or "y" in self.flags

    def exec(self, value: Any) -> Match | None:
        """The next match in ``value``; None when there is none."""
        subject = text(value)
        wide = units(subject)
        start = self.last_index if self._moves else 0
        found = self._at(wide, start) if start <= len(wide) else None
        if self._moves:
            self.last_index = found[0][1] if found is not None else 0
        return None if found is None else self._match(found, wide, subject)

    def test(self, value: Any) -> bool:
        return self.exec(value) is not None

    def _at(self, wide: str, start: int) -> Any:
        return self._compiled.search(wide, start, "y" in self.flags)

    def _match(self, bounds: Any, wide: str, subject: str) -> Match:
        texts = [undefined if low < 0 else points(wide[low:high]) for low, high in bounds]
        match = Match(texts, bounds[0][0], subject, self._named(texts, bounds))
        if "d" in self.flags:
            places = [undefined if low < 0 else [low, high] for low, high in bounds]
            match.properties["indices"] = Indices(places, self._named(places, bounds))
        return match

    def _named(self, parts: list[Any], bounds: Any) -> Any:
        """What named groups have: their texts, or their places."""
        if not self._compiled.names:
            return undefined
        return {points(name): part for name, part in self._compiled.named(parts, bounds).items()}

    def _all(self, subject: str) -> Iterator[tuple[Match, int]]:
        """Every match, with its end."""
        wide = units(subject)
        at = 0
        while at <= len(wide):
            found = self._at(wide, at)
            if found is None:
                return
            low, high = found[0]
            yield self._match(found, wide, subject), high
            at = high if high > low else high + (2 if self._pair_at(wide, high) else 1)

    def _pair_at(self, wide: str, at: int) -> bool:
        return ("u" in self.flags or "v" in self.flags) and "\ud800" <= wide[at : at + 1] <= "\udbff"

    def match(self, subject: str) -> list[Any] | None:
        if "g" not in self.flags:
            return self.exec(subject)
        self.last_index = 0
        return [match[0] for match, _ in self._all(subject)] or None

    def match_all(self, subject: str) -> list[Match]:
        if "g" not in self.flags:
            raise errors.TypeError("String.prototype.matchAll called with a non-global RegExp argument")
        return [match for match, _ in self._all(subject)]

    def search(self, subject: str) -> int:
        found = self._at(units(subject), 0)
        return -1 if found is None else int(found[0][0])

    def replace(self, subject: str, replacement: Any) -> str:
        wide = units(subject)
        if "g" in self.flags:
            self.last_index = 0
            found = list(self._all(subject))
        else:
            one = self.exec(subject)
            found = [] if one is None else [(one, one.place + len(units(one[0])))]
        template = None if callable(replacement) else units(text(replacement))
        parts: list[str] = []
        end = 0
        for match, stop in found:
            parts.append(wide[end : match.place])
            parts.append(self._substitute(match, wide, template, replacement, subject))
            end = stop
        return points("".join(parts) + wide[end:])

    def _substitute(
        self, match: Match, wide: str, template: str | None, replacement: Any, subject: str
    ) -> str:
        if template is None:
            named = () if match.groups is undefined else (match.groups,)
            return units(text(call(replacement, *match, match.place, subject, *named)))
        if "$" not in template:
            return template
        from odw.ecma.intrinsics.string_substitution import get_substitution
        from odw.ecma.values import JSObject

        captures = [item if item is undefined else units(item) for item in match[1:]]
        groups: Any = undefined
        if match.groups is not undefined:
            groups = JSObject({units(k): v if v is undefined else units(v) for k, v in match.groups.items()})
        return get_substitution(units(match[0]), wide, match.place, captures, groups, template)

    def split(self, subject: str, limit: int) -> list[Any]:
        """https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.split%"""
        wide = units(subject)
        if not limit:
            return []
        if not wide:
            return [] if self._compiled.search("", 0, True) is not None else [""]
        parts: list[Any] = []
        begin = at = 0
        while at < len(wide):
            found = self._compiled.search(wide, at, True)
            if found is None or found[0][1] == begin:
                at += 1
                continue
            parts.append(points(wide[begin:at]))
            parts += [undefined if low < 0 else points(wide[low:high]) for low, high in found[1:]]
            begin = at = found[0][1]
            if len(parts) >= limit:
                return parts[:limit]
        parts.append(points(wide[begin:]))
        return parts[:limit]

    def javascript_text(self) -> str:
        return f"/{self.source}/{self.flags}"

    def javascript_get(self, name: str) -> Any:
        if name == "lastIndex":
            return self.last_index
        if name in ("source", "flags"):
            return getattr(self, name)
        flag = {"global": "g", "ignoreCase": "i", "multiline": "m", "sticky": "y", "unicode": "u"}.get(name)
        return undefined if flag is None else flag in self.flags

    def javascript_put(self, name: str, value: Any) -> None:
        if name == "lastIndex":
            self.last_index = value


METHODS: dict[str, Callable[..., Any]] = {
    "exec": RegExp.exec,
    "test": RegExp.test,
    "toString": RegExp.javascript_text,
}
