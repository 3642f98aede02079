"""Pattern tree -> text for Python's ``re``, where the two languages agree on what is matched.

``(a|b)+c$`` becomes ``(a|b)+c\\Z``. What a translation can be trusted with is its ``Exactness``:

* ALL: the match and every capture are those of ECMA-262.
* SPAN: the match is; captures may differ, since ECMA-262 resets them at each iteration of a quantifier and Python does
  not. The groups are then written as ``(?:…)``, and the machine finds the captures from the match's start.
* NOTHING: there is no translation; the machine does it all.

The rules err on the side of the machine. ``re`` is given ASCII semantics, and the flag ``i`` is written out as classes
wherever a character beyond ASCII could be involved; properties of characters are written out too.
"""

from __future__ import annotations

from enum import IntEnum

from odw.ecma.regexp import charset, sets
from odw.ecma.regexp.tree import (
    Backreference,
    Boundary,
    Char,
    Class,
    ClassEscape,
    Disjunction,
    Dot,
    Empty,
    Flags,
    Group,
    Lookaround,
    Node,
    Pattern,
    PropertyEscape,
    Quantified,
    Range,
    Sequence,
)
from odw.ecma.regexp.widths import fixed_width, has_captures, nullable

_MAX_REPEAT = 2**31 - 1
_PIECE = 4096  # characters of a run that an interruptible translation takes in one step


class Exactness(IntEnum):
    """How far a translation may be trusted; see the module's docstring."""

    NOTHING = 0
    SPAN = 1
    ALL = 2


class Translation:
    """``text`` for the engine, and how far to trust it."""

    __slots__ = ("exactness", "text")

    def __init__(self, text: str, exactness: Exactness) -> None:
        self.text = text
        self.exactness = exactness


class _Untranslatable(Exception):
    """Raised inside this module to give up."""


def translate(pattern: Pattern, code_units: bool = False, interruptible: bool = False) -> Translation:
    """The best translation of a pattern; with ``code_units`` for subjects without astral characters only, which is
    quicker: to ``re``, the ranges of a class above U+FFFF cost time at each character that is none of its members.

    With ``interruptible`` the engine looks for signals often enough in long subjects, too, see ``quantified``."""
    translator = _Translator(pattern, code_units, interruptible)
    try:
        text = translator.node(pattern.root)
        if translator.inexact:
            if translator.has_backreference:
                return Translation("", Exactness.NOTHING)
            translator.capturing = False
            return Translation(translator.node(pattern.root), Exactness.SPAN)
    except _Untranslatable:
        return Translation("", Exactness.NOTHING)
    return Translation(text, Exactness.ALL)


class _Translator:
    def __init__(self, pattern: Pattern, code_units: bool = False, interruptible: bool = False) -> None:
        self.code_units = code_units
        self.interruptible = interruptible
        self.flags = pattern.flags
        self.capturing = True
        self.inexact = False
        self.has_backreference = False
        self.closed: set[int] = set()  # groups that are complete where the translator stands
        self.in_lookbehind = False

    def node(self, node: Node) -> str:
        if isinstance(node, Sequence):
            return "".join(
                f"(?:{self.node(term)})" if isinstance(term, Disjunction) else self.node(term)
                for term in node.terms
            )
        if isinstance(node, Disjunction):
            return "|".join(self.node(alternative) for alternative in node.alternatives)
        if isinstance(node, Empty):
            return ""
        if isinstance(node, Group):
            return self.group(node)
        if isinstance(node, Quantified):
            return self.quantified(node)
        if isinstance(node, Boundary):
            return boundary_text(node.kind, self.flags)
        if isinstance(node, Lookaround):
            return self.lookaround(node)
        if isinstance(node, Backreference):
            return self.backreference(node)
        return self.single(node)

    def group(self, node: Group) -> str:
        if not node.index or not self.capturing:
            return f"(?:{self.node(node.body)})"
        text = f"({self.node(node.body)})"
        self.closed.add(node.index)
        if self.in_lookbehind:
            self.inexact = True  # ECMA-262 matches backwards here, and so divides the text differently
        return text

    def quantified(self, node: Quantified) -> str:
        atom = node.atom
        captures = has_captures(atom)
        if node.high == 0:
            if captures:
                raise _Untranslatable  # the group's number must go on counting; rare
            return ""
        if captures and node.high != 1:
            self.inexact = True
        if node.high != node.low and nullable(atom):
            # An iteration that matches the empty string fails in ECMA-262 and ends the loop in Python.
            raise _Untranslatable
        text = self.node(atom)
        if isinstance(atom, Quantified | Boundary | Lookaround | Sequence | Empty):
            text = f"(?:{text})"
        high = "" if node.high is None or node.high >= _MAX_REPEAT else str(node.high)
        if node.low >= _MAX_REPEAT:
            raise _Untranslatable
        counts = f"{{{node.low},{high}}}"
        suffix = {"{0,}": "*", "{1,}": "+", "{0,1}": "?"}.get(counts, counts)
        repeated = f"{text}{suffix}{'' if node.greedy else '?'}"
        if self.interruptible and (
            node.low >= _PIECE or (node.greedy and (node.high is None or node.high >= _PIECE))
        ):
            return self.steps(atom) + repeated
        return repeated

    def steps(self, atom: Node) -> str:
        """What stands before a long run of ``atom``, so that the engine looks for signals there.

        ``re`` takes a run of one-character matches as one step and goes back over it in another, and looks for signals
        every 4096 steps: it is made to take a step for each piece of the run before.
        """
        if not self.is_run(atom):
            return ""
        text = self.node(atom)
        if not is_single(
            atom, self.flags
        ):  # a lookahead keeps the choices of each character apart from those of the next
            text = f"(?:(?={text}).)"
        return f"(?=(?:{text}{{{_PIECE}}})*)"

    def is_run(self, atom: Node) -> bool:
        """Whether ``re`` may take repetitions of ``atom`` as one run: of alternatives it makes a class."""
        if isinstance(atom, Group):
            return not (atom.index and self.capturing) and self.is_run(atom.body)
        if isinstance(atom, Sequence):
            return len(atom.terms) == 1 and self.is_run(atom.terms[0])
        if isinstance(atom, Disjunction):
            return all(self.is_run(part) for part in atom.alternatives)
        return is_single(atom, self.flags)

    def lookaround(self, node: Lookaround) -> str:
        if has_captures(node.body) and node.negative:
            self.inexact = True
        sign = "!" if node.negative else "="
        if not node.behind:
            return f"(?{sign}{self.node(node.body)})"
        outer, self.in_lookbehind = self.in_lookbehind, True
        alternatives = node.body.alternatives if isinstance(node.body, Disjunction) else [node.body]
        parts = []
        for alternative in alternatives:
            if fixed_width(alternative, self.flags) is None:
                raise _Untranslatable
            parts.append(f"(?<{sign}{self.node(alternative)})")
        self.in_lookbehind = outer
        return "".join(parts) if node.negative else f"(?:{'|'.join(parts)})"

    def backreference(self, node: Backreference) -> str:
        self.has_backreference = True
        index = node.indices[0]
        if len(node.indices) > 1 or index not in self.closed or self.flags.ignore_case or self.in_lookbehind:
            raise _Untranslatable
        return f"(?({index})\\{index}|)"  # a group that took no part matches the empty string

    def single(self, node: Node) -> str:
        """A node of exactly one character (or, in the ``v`` mode, a class with strings)."""
        flags = self.flags
        if isinstance(node, Char) and (not flags.ignore_case or (node.code < 128 and not flags.full_unicode)):
            return charset.literal(node.code)
        if isinstance(node, Dot):
            return "." if flags.dot_all else f"[^{charset.LINE_TERMINATOR_MEMBERS}]"
        if isinstance(node, ClassEscape | PropertyEscape):
            return self.simple_class([node], False) or self.resolved(node)
        if isinstance(node, Class):
            if node.operation == "union" and not (flags.unicode_sets and flags.ignore_case):
                text = self.simple_class(node.members, node.negated)
                if text is not None:
                    return text
            if flags.unicode_sets:
                plain = sets.without_strings(node, flags)
                return self.resolved(plain) if isinstance(plain, sets.RangeSet) else self.node(plain)
        return self.resolved(node)

    def resolved(self, node: Node) -> str:
        ranges = sets.single_ranges(node, self.flags)
        assert ranges is not None
        return charset.class_text(self.relevant(ranges))

    def relevant(self, ranges: charset.Ranges) -> charset.Ranges:
        return charset.of_code_units(ranges) if self.code_units else ranges

    def simple_class(self, members: list[Node], negated: bool) -> str | None:
        """A class written member by member, which is short and quick to make; None when it needs set arithmetic."""
        flags = self.flags
        text = ""
        if len(members) == 1 and isinstance(members[0], ClassEscape) and members[0].kind in "DSW":
            members, negated = [ClassEscape(members[0].kind.lower())], not negated
        for member in members:
            if isinstance(member, Range):
                if flags.ignore_case and (member.high >= 128 or flags.full_unicode):
                    return None
                text += charset.members_text(((member.low, member.high),))
            elif isinstance(member, ClassEscape):
                if member.kind in "DSW" or (flags.ignore_case and flags.full_unicode and member.kind == "w"):
                    return None
                text += _ESCAPE_MEMBERS[member.kind]
            elif isinstance(member, PropertyEscape) and not flags.ignore_case:
                from odw.ecma.regexp.property_ranges import PROPERTIES_OF_STRINGS, property_ranges

                if member.value in PROPERTIES_OF_STRINGS:
                    return None
                text += charset.members_text(self.relevant(property_ranges(member)))
            else:
                return None
        if not text:
            return "." if negated else charset.NOTHING
        return f"[{'^' if negated else ''}{text}]"


_ESCAPE_MEMBERS = {"d": "0-9", "w": "A-Za-z0-9_", "s": charset.SPACE_MEMBERS}


def boundary_text(kind: str, flags: Flags) -> str:
    r"""``^ $ \b \B``: none depends on Python's idea of lines."""
    if kind == "^":
        return f"(?<![^{charset.LINE_TERMINATOR_MEMBERS}])" if flags.multiline else "\\A"
    if kind == "$":
        return f"(?![^{charset.LINE_TERMINATOR_MEMBERS}])" if flags.multiline else "\\Z"
    ranges = sets.word_characters(flags)
    if ranges == charset.WORD:
        return "\\b" if kind == "b" else "(?!\\b)"  # re's own \B does not match in an empty string
    word = charset.class_text(ranges)
    if kind == "b":
        return f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
    return f"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))"


def is_single(node: Node, flags: Flags) -> bool:
    """Whether the node always matches exactly one character and nothing else."""
    if isinstance(node, Class) and flags.unicode_sets:
        return isinstance(sets.without_strings(node, flags), sets.RangeSet)
    return isinstance(node, Char | ClassEscape | Dot | PropertyEscape | Class) and not nullable(node)


def single_text(node: Node, flags: Flags) -> str:
    """The text for one node of exactly one character."""
    return _Translator(Pattern(node, flags, 0, {}, "")).single(node)
