"""The parser of patterns: ``parse_pattern`` (ECMA-262 22.2.1 with Annex B.1.2), early errors in V8's words.

>>> parse_pattern("(a|b)+", "g").group_count
1

Only characters and small classes are touched here, so the import is cheap: the script parser uses it for literals.
"""

from __future__ import annotations

from odw.ecma.regexp.code_units import to_code_points, to_code_units
from odw.ecma.regexp.tree import (
    Backreference,
    Boundary,
    Char,
    Disjunction,
    Dot,
    Empty,
    Flags,
    Group,
    Lookaround,
    Node,
    Pattern,
    Quantified,
    RegExpSyntaxError,
    Sequence,
)

__all__ = ["RegExpSyntaxError", "parse_flags", "parse_pattern"]

_DIGITS = "0123456789"
_QUANTIFIER_START = "*+?{"


def parse_pattern(pattern: str, flags: str = "") -> Pattern:
    """The tree of a pattern, or RegExpSyntaxError with the message that ``new RegExp(pattern, flags)`` gives in Node.

    ``pattern`` may hold astral characters or surrogate pairs; both mean the same.
    """
    parsed_flags = parse_flags(flags)
    if parsed_flags is None:
        raise RegExpSyntaxError(f"Invalid flags supplied to RegExp constructor '{flags}'")
    return PatternParser(pattern, parsed_flags).parse()


def parse_flags(flags: str) -> Flags | None:
    """The flags, or None when one is unknown or repeated, or ``u`` and ``v`` are both there."""
    if len(set(flags)) != len(flags) or not set(flags) <= set("dgimsuvy") or ("u" in flags and "v" in flags):
        return None
    return Flags(flags)


class PatternParser:
    """One pass over one pattern; ``position`` is the next character to read. See also ``escapes`` and ``classes``."""

    def __init__(self, pattern: str, flags: Flags) -> None:
        self.pattern = to_code_units(pattern)
        self.flags = flags
        self.unicode_mode = flags.full_unicode
        self.text = to_code_points(pattern) if self.unicode_mode else self.pattern
        self.end = len(self.text)
        self.position = 0
        self.groups_opened = 0
        self.group_total, self.has_names = _count_groups(self.text, flags.unicode_sets)
        self.names: dict[str, tuple[int, ...]] = {}
        self.alternatives: list[tuple[int, int]] = []  # (disjunction, alternative) around the position
        self.disjunctions = 0
        self.places: dict[int, frozenset[tuple[int, int]]] = {}  # named group -> its ``alternatives``
        self.references: list[Backreference] = []

    def parse(self) -> Pattern:
        """Pattern (22.2.1), with the static checks of named references."""
        root = self.disjunction(0)
        if self.position < self.end:
            raise self.error("Unmatched ')'")
        for reference in self.references:
            if reference.name not in self.names:
                raise self.error("Invalid named capture referenced")
            reference.indices = self.names[reference.name]
        return Pattern(root, self.flags, self.groups_opened, self.names, self.pattern)

    def error(self, reason: str) -> RegExpSyntaxError:
        return RegExpSyntaxError(f"Invalid regular expression: /{self.pattern}/{self.flags.text}: {reason}")

    def peek(self, offset: int = 0) -> str:
        """The character at ``position + offset``, or "" past the end."""
        index = self.position + offset
        return self.text[index] if index < self.end else ""

    def disjunction(self, depth: int) -> Node:
        """Disjunction up to a ``)`` or the end; a ``)`` is not consumed."""
        if depth > 500:
            raise self.error("Regular expression too large")
        self.disjunctions += 1
        number = self.disjunctions
        self.alternatives.append((number, 0))
        alternatives = [self.alternative(depth)]
        while self.peek() == "|":
            self.position += 1
            self.alternatives[-1] = (number, len(alternatives))
            alternatives.append(self.alternative(depth))
        self.alternatives.pop()
        return alternatives[0] if len(alternatives) == 1 else Disjunction(alternatives)

    def alternative(self, depth: int) -> Node:
        terms: list[Node] = []
        while self.position < self.end and self.text[self.position] not in "|)":
            first_capture = self.groups_opened + 1
            atom, quantifiable = self.term(depth)
            if quantifiable and self.peek() and self.peek() in _QUANTIFIER_START:
                quantified = self.quantified(atom, first_capture)
                if quantified is not None:
                    atom = quantified
            if not isinstance(atom, Empty):
                terms.append(atom)
        if len(terms) == 1:
            return terms[0]
        return Sequence(terms) if terms else Empty()

    def term(self, depth: int) -> tuple[Node, bool]:
        """One Assertion or Atom, and whether a quantifier may follow it."""
        from odw.ecma.regexp import classes, escapes

        character = self.text[self.position]
        if character == "(":
            return self.group(depth), True
        if character == "[":
            return classes.parse_class(self), True
        if character == "\\":
            return escapes.atom_escape(self)
        if character in "*+?":
            raise self.error("Nothing to repeat")
        if character == "{" and self.interval() is not None:
            raise self.error("Nothing to repeat")
        if character in "{}]" and self.unicode_mode:
            raise self.error("Lone quantifier brackets")
        self.position += 1
        if character in "^$":
            return Boundary(character), False
        return Dot() if character == "." else Char(ord(character)), True

    def group(self, depth: int) -> Node:
        """A parenthesised term, from its ``(``."""
        self.position += 1
        index = 0
        lookaround: tuple[bool, bool] | None = None
        if self.peek() != "?":
            self.groups_opened += 1
            index = self.groups_opened
        elif self.peek(1) == ":":
            self.position += 2
        elif self.peek(1) and self.peek(1) in "=!":
            lookaround = (False, self.peek(1) == "!")
            self.position += 2
        elif self.peek(1) == "<":
            if self.peek(2) and self.peek(2) in "=!":
                lookaround = (True, self.peek(2) == "!")
                self.position += 3
            else:
                from odw.ecma.regexp.escapes import group_name

                self.position += 2
                self.groups_opened += 1
                index = self.groups_opened
                name = group_name(self)
                self.name_group(name, index)
        else:
            raise self.error("Invalid group")
        body = self.disjunction(depth + 1)
        if self.peek() != ")":
            raise self.error("Unterminated group")
        self.position += 1
        if lookaround is not None:
            return Lookaround(body, *lookaround)
        return Group(body, index)

    def name_group(self, name: str, index: int) -> None:
        """Record a group's name; groups of one name must stand in alternatives that exclude each other."""
        place = dict(self.alternatives)
        for other in self.names.get(name, ()):
            if all(place.get(number, chosen) == chosen for number, chosen in self.places[other]):
                raise self.error("Duplicate capture group name")
        self.places[index] = frozenset(self.alternatives)
        self.names[name] = (*self.names.get(name, ()), index)

    def quantified(self, atom: Node, first_capture: int) -> Node | None:
        """The atom with the quantifier that follows, or None when what follows is a literal brace (Annex B)."""
        character = self.text[self.position]
        if character == "{":
            bounds = self.interval()
            if bounds is None:
                if self.unicode_mode:
                    raise self.error("Incomplete quantifier")
                return None
            low, high = bounds
            if high is not None and high < low:
                raise self.error("numbers out of order in {} quantifier")
        else:
            self.position += 1
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[character]
        greedy = self.peek() != "?"
        if not greedy:
            self.position += 1
        if isinstance(atom, Lookaround) and (self.unicode_mode or atom.behind):
            raise self.error("Invalid quantifier")
        return Quantified(atom, low, high, greedy, first_capture, self.groups_opened + 1)

    def interval(self) -> tuple[int, int | None] | None:
        """``{n}``, ``{n,}`` or ``{n,m}`` at the position, consumed; None, with nothing consumed, for anything else."""
        at = self.position + 1
        low, at = self._digits(at)
        if low < 0:
            return None
        high: int | None = low
        if at < self.end and self.text[at] == ",":
            bound, at = self._digits(at + 1)
            high = bound if bound >= 0 else None
        if at >= self.end or self.text[at] != "}":
            return None
        self.position = at + 1
        # V8 counts to 2**31 - 1 and takes anything above for "no bound"; no string is that long.
        limit = 2**31 - 1
        return min(low, limit), (None if high is None or high >= limit else high)

    def _digits(self, at: int) -> tuple[int, int]:
        start = at
        while at < self.end and self.text[at] in _DIGITS:
            at += 1
        return (int(self.text[start : min(at, start + 20)]) if at > start else -1), at


def _count_groups(text: str, nested_classes: bool) -> tuple[int, bool]:
    """How many capturing groups the pattern will have, and whether any has a name: escapes mean something else then."""
    count = 0
    names = False
    depth = 0
    position = 0
    end = len(text)
    while position < end:
        character = text[position]
        if character == "\\":
            position += 1
        elif character == "[":
            depth = depth + 1 if nested_classes else 1
        elif character == "]":
            depth = max(depth - 1, 0)
        elif character == "(" and depth == 0:
            if text[position + 1 : position + 2] != "?":
                count += 1
            elif text[position + 2 : position + 3] == "<" and text[position + 3 : position + 4] not in (
                "=",
                "!",
            ):
                count += 1
                names = True
        position += 1
    return count, names
