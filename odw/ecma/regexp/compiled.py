"""``compile_regexp``: a pattern ready to run, cached by its text and flags, by whichever engine is exact for it."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

from odw.ecma.regexp.code_units import has_pairs, to_code_points
from odw.ecma.regexp.syntax import parse_pattern
from odw.ecma.regexp.tree import Pattern
from odw.ecma.regexp.widths import nullable

if TYPE_CHECKING:
    from odw.ecma.regexp.program import Program

Bounds: TypeAlias = tuple[
    tuple[int, int], ...
]  # (start, end) of the match and of each group; (-1, -1): unset

_CACHE_SIZE = 500
LONG = 2**15  # code units: in shorter subjects the engines look for signals often enough by themselves
_cache: dict[tuple[str, str], CompiledPattern] = {}


def compile_regexp(source: str, flags: str) -> CompiledPattern:
    """The compiled pattern; RegExpSyntaxError as ``parse_pattern`` raises it."""
    key = (source, flags)
    compiled = _cache.get(key)
    if compiled is None:
        compiled = CompiledPattern(parse_pattern(source, flags))
        if len(_cache) >= _CACHE_SIZE:
            del _cache[next(iter(_cache))]
        _cache[key] = compiled
    return compiled


class CompiledPattern:
    """``engine`` is a Python pattern (or None) for subjects without astral characters (or for code units, when neither
    ``u`` nor ``v`` is set), ``exact`` whether its captures can be trusted too.

    ``native`` is the engine if all of a search is its business: trustworthy, and on code units as they are.
    """

    __slots__ = (
        "_engines",
        "_program",
        "_ready",
        "engine",
        "exact",
        "flags",
        "group_count",
        "names",
        "never_empty",
        "pattern",
    )

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.flags = pattern.flags
        self.group_count = pattern.group_count
        self.names = pattern.names
        self._ready = False
        self._program: Program | None = None
        self.engine: Any = None
        self._engines: dict[
            tuple[bool, bool], Any
        ] = {}  # (code units, interruptible) -> the engine for such subjects
        self.exact = False
        self.never_empty = False  # every match has a character: the engines' own iteration is then ours, too

    def named(self, items: list[Any], bounds: Bounds) -> dict[str, Any]:
        """name -> the item of its group; of groups that share a name, of the one that has matched."""
        found = {}
        for name, indices in self.names.items():
            matched = (index for index in indices if bounds[index][0] >= 0)
            found[name] = items[next(matched, indices[0])]
        return found

    def prepare(self) -> None:
        """Translate; left to the first match, since many a literal is never run."""
        from odw.ecma.regexp.engines import compile_text
        from odw.ecma.regexp.translate import Exactness, translate

        translation = translate(self.pattern, code_units=self.flags.full_unicode)
        if translation.exactness is not Exactness.NOTHING:
            self.engine = compile_text(translation.text, self.flags)
        self.exact = translation.exactness is Exactness.ALL
        self.never_empty = not nullable(self.pattern.root)
        self._ready = True

    def native(self, subject: str) -> Any:
        """The Python pattern whose matches on this subject are exactly ours, captures included, or None."""
        if not self._ready:
            self.prepare()
        if not self.exact or (self.flags.full_unicode and has_pairs(subject)):
            return None
        return self._engine_for(subject)

    def search(self, subject: str, index: int, sticky: bool = False) -> Bounds | None:
        """The first match at or after ``index`` (at it, if ``sticky``), in code units of the subject."""
        if not self._ready:
            self.prepare()
        if self.flags.full_unicode and has_pairs(subject):
            return self._search_code_points(subject, index, sticky)
        return self._search(self._engine_for(subject), subject, index, sticky)

    def _search(self, engine: Any, subject: str, index: int, sticky: bool) -> Bounds | None:
        if engine is not None:
            match = engine.match(subject, index) if sticky else engine.search(subject, index)
            if match is None:
                return None
            if self.exact:
                regs: Bounds = match.regs
                return regs
            return self._match_by_machine(subject, range(match.start(), match.start() + 1))
        return self._match_by_machine(subject, range(index, index + 1 if sticky else len(subject) + 1))

    def _match_by_machine(self, subject: str, starts: Iterable[int]) -> Bounds | None:
        """The match at the first of ``starts`` that has one."""
        from odw.ecma.regexp.machine import match_at

        program = self.program()
        for start in starts:
            bounds = match_at(program, subject, start)
            if bounds is not None:
                return bounds
        return None

    def program(self) -> Program:
        """The pattern for the machine, made when it is first needed."""
        if self._program is None:
            from odw.ecma.regexp.program import Program

            self._program = Program(self.pattern)
        return self._program

    def _engine_for(self, subject: str, code_units: bool = True) -> Any:
        """The engine for a subject: for a long one it has to look for signals often, for code points it has to know them."""
        interruptible = len(subject) >= LONG
        if (code_units and not interruptible) or self.engine is None:
            return self.engine
        key = (code_units and self.flags.full_unicode, interruptible)
        engine = self._engines.get(key)
        if engine is None:
            from odw.ecma.regexp.engines import compile_text
            from odw.ecma.regexp.translate import translate

            engine = self._engines[key] = compile_text(translate(self.pattern, *key).text, self.flags)
        return engine

    def _search_code_points(self, subject: str, index: int, sticky: bool) -> Bounds | None:
        points, starts = _as_code_points(subject)
        found = self._search(
            self._engine_for(points, code_units=False), points, bisect_right(starts, index) - 1, sticky
        )
        if found is None:
            return None
        return tuple((-1, -1) if low < 0 else (starts[low], starts[high]) for low, high in found)


_last: tuple[str, str, array[int]] = ("", "", array("I", (0,)))


def _as_code_points(subject: str) -> tuple[str, array[int]]:
    """The subject as code points, and the index of each one's first code unit (and, last, the length).

    The answer for the last subject is kept, since a loop over all matches asks at each step.
    """
    global _last
    if _last[0] is not subject:
        points = to_code_points(subject)
        widths = [2 if character > "\uffff" else 1 for character in points]
        _last = (subject, points, array("I", accumulate(widths, initial=0)))
    return _last[1], _last[2]
