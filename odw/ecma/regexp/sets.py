"""What a class, an escape or a dot matches, as ranges and (in the ``v`` mode) strings; folded when the flag ``i`` is set."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from odw.ecma.regexp import charset
from odw.ecma.regexp.charset import Ranges
from odw.ecma.regexp.tree import (
    Char,
    Characters,
    Class,
    ClassEscape,
    ClassStrings,
    Disjunction,
    Dot,
    Empty,
    Flags,
    Group,
    Node,
    PropertyEscape,
    Range,
    Sequence,
)

Strings = set[Characters]
_SHARED = 20  # how many first characters alternatives share; emoji sequences have ten


class RangeSet(Node):
    """A resolved class: exactly one character of ``ranges``, which are closed under the flag ``i``."""

    __slots__ = ("ranges",)

    def __init__(self, ranges: Ranges) -> None:
        self.ranges = ranges


def word_characters(flags: Flags) -> Ranges:
    """WordCharacters (22.2.2.9.3): with ``i`` and Unicode folding the long s and the Kelvin sign are letters too."""
    if flags.ignore_case and flags.full_unicode:
        return charset.normalised((*charset.WORD, (0x17F, 0x17F), (0x212A, 0x212A)))
    return charset.WORD


def escape_ranges(kind: str, flags: Flags) -> Ranges:
    r"""``\d \s \w`` and their complements."""
    lower = kind.lower()
    ranges = charset.DIGITS if lower == "d" else charset.SPACE if lower == "s" else word_characters(flags)
    return ranges if kind == lower else charset.complement(ranges)


def dot_ranges(flags: Flags) -> Ranges:
    """What ``.`` matches."""
    return charset.ALL if flags.dot_all else charset.complement(charset.LINE_TERMINATORS)


def single_ranges(node: Node, flags: Flags) -> Ranges | None:
    """The characters that a node of exactly one character matches; None for any other node."""
    if isinstance(node, RangeSet):
        return node.ranges
    if isinstance(node, Char):
        return _folded(((node.code, node.code),), flags)
    if isinstance(node, Dot):
        return dot_ranges(flags)
    if isinstance(node, ClassEscape | PropertyEscape):
        return _folded(_operand(node, flags)[0], flags)
    if isinstance(node, Class):
        return class_contents(node, flags)[0]
    return None


def class_contents(node: Class, flags: Flags) -> tuple[Ranges, Strings]:
    """The ranges and the longer (or empty) strings of a class, negation and folding applied."""
    if flags.unicode_sets:
        ranges, strings = _set_contents(node, flags)
        return _folded(ranges, flags), strings
    union: list[tuple[int, int]] = []
    for member in node.members:
        union.extend(_operand(member, flags)[0])
    ranges = _folded(charset.normalised(union), flags)
    return (charset.complement(ranges) if node.negated else ranges), set()


def _folded(ranges: Ranges, flags: Flags) -> Ranges:
    if not flags.ignore_case:
        return ranges
    from odw.ecma.regexp.case_folding import closure

    return closure(ranges, flags.full_unicode)


def _operand(node: Node, flags: Flags) -> tuple[Ranges, Strings]:
    """A member of a class, as it is written (not folded but in the ``v`` mode)."""
    if isinstance(node, Range):
        ranges: Ranges = ((node.low, node.high),)
        strings: Strings = set()
    elif isinstance(node, ClassEscape):
        ranges, strings = escape_ranges(node.kind, flags), set()
    elif isinstance(node, PropertyEscape):
        from odw.ecma.regexp.property_ranges import property_ranges, property_strings

        if flags.unicode_sets and node.negated:
            # The v mode folds first and complements then (22.2.2.9, CharacterClassEscape :: P{…}).
            positive = _folded(property_ranges(PropertyEscape(node.name, node.value, False)), flags)
            return charset.complement(positive), set()
        ranges, strings = property_ranges(node), property_strings(node)
    elif isinstance(node, ClassStrings):
        ranges = charset.normalised((s[0], s[0]) for s in node.strings if len(s) == 1)
        strings = {s for s in node.strings if len(s) != 1}
    else:
        assert isinstance(node, Class)
        return _set_contents(node, flags)
    return (
        (_folded(ranges, flags), _folded_strings(strings, flags)) if flags.unicode_sets else (ranges, strings)
    )


def _folded_strings(strings: Strings, flags: Flags) -> Strings:
    if not flags.ignore_case:
        return strings
    from odw.ecma.regexp.case_folding import canonicalize

    return {tuple(canonicalize(code, True) for code in string) for string in strings}


def _set_contents(node: Class, flags: Flags) -> tuple[Ranges, Strings]:
    """A class of the ``v`` mode."""
    if not node.members:
        return (charset.ALL if node.negated else ()), set()
    ranges, strings = _operand(node.members[0], flags)
    for member in node.members[1:]:
        other_ranges, other_strings = _operand(member, flags)
        if node.operation == "union":
            ranges = charset.normalised(ranges + other_ranges)
            strings = strings | other_strings
        elif node.operation == "intersection":
            ranges = charset.intersection(ranges, other_ranges)
            strings = strings & other_strings
        else:
            ranges = charset.difference(ranges, other_ranges)
            strings = strings - other_strings
    return (charset.complement(ranges) if node.negated else ranges), strings


def without_strings(node: Class, flags: Flags) -> Node:
    """The class as an ordinary node: its strings, longest first, then its characters (CompileAtom of ClassContents)."""
    ranges, strings = class_contents(node, flags)
    if not strings:
        return RangeSet(ranges)
    alternatives = _by_first_character(sorted(s for s in strings if s))
    alternatives.append(RangeSet(ranges))
    if () in strings:
        alternatives.append(Empty())
    return Group(Disjunction(alternatives), 0)


def _by_first_character(strings: list[Characters], depth: int = 0) -> list[Node]:
    """Alternatives that match the longest of sorted strings first: all that begin alike share one.

    The choices left to backtracking are prefixes of one another, so their order is that of a plain list by length,
    which it is where strings share more than a word.
    """
    if len(strings) == 1 or depth == _SHARED:
        longest_first = sorted(strings, key=len, reverse=True)
        return [Sequence([Char(code) for code in string]) for string in longest_first]
    alternatives: list[Node] = []
    for first, group in groupby(strings, key=itemgetter(0)):
        rests = [string[1:] for string in group]
        terms: list[Node] = [Char(first)]
        longer = _by_first_character([rest for rest in rests if rest], depth + 1)
        if () in rests and longer:
            longer.append(Empty())
        if longer:
            terms.append(Group(Disjunction(longer), 0) if len(longer) > 1 else longer[0])
        alternatives.append(Sequence(terms))
    return alternatives
