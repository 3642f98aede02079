"""The tree of a parsed pattern (ECMA-262 section 22.2.1): one small class per kind of node.

A *character* is an ``int``: a code unit in a pattern without ``u`` or ``v``, else a code point.
"""

from __future__ import annotations

from typing import TypeAlias


class RegExpSyntaxError(Exception):
    """An early error of a pattern or its flags; ``message`` is the whole text, as V8 words it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Node:
    """Any node."""

    __slots__ = ()


class Empty(Node):
    """Matches the empty string."""

    __slots__ = ()


class Char(Node):
    """One character."""

    __slots__ = ("code",)

    def __init__(self, code: int) -> None:
        self.code = code


class Dot(Node):
    """``.``"""

    __slots__ = ()


class ClassEscape(Node):
    r"""``\d \D \s \S \w \W``; ``kind`` is the letter."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


class PropertyEscape(Node):
    r"""``\p{name=value}`` or ``\p{value}`` (``name`` is "" then), with ``\P`` as ``negated``."""

    __slots__ = ("name", "negated", "value")

    def __init__(self, name: str, value: str, negated: bool) -> None:
        self.name = name
        self.value = value
        self.negated = negated


class Range(Node):
    """A member of a class: the characters ``low`` to ``high``."""

    __slots__ = ("high", "low")

    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high


class ClassStrings(Node):
    r"""``\q{…}`` of the ``v`` mode: each string is a tuple of characters."""

    __slots__ = ("strings",)

    def __init__(self, strings: list[tuple[int, ...]]) -> None:
        self.strings = strings


class Class(Node):
    """A bracketed class. ``operation`` is "union", "intersection" or "difference" (left to right) of ``members``."""

    __slots__ = ("members", "negated", "operation")

    def __init__(self, members: list[Node], negated: bool, operation: str = "union") -> None:
        self.members = members
        self.negated = negated
        self.operation = operation


class Boundary(Node):
    r"""``^ $ \b \B``; ``kind`` is one of ``^ $ b B``."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Backreference(Node):
    r"""``\1`` or ``\k<name>``. ``indices``: the groups of that number or name, of which at most one has matched; they
    are filled in for names when the pattern has been read."""

    __slots__ = ("indices", "name")

    def __init__(self, indices: tuple[int, ...], name: str = "") -> None:
        self.indices = indices
        self.name = name


class Sequence(Node):
    """Terms one after the other."""

    __slots__ = ("terms",)

    def __init__(self, terms: list[Node]) -> None:
        self.terms = terms


class Disjunction(Node):
    """Two or more alternatives."""

    __slots__ = ("alternatives",)

    def __init__(self, alternatives: list[Node]) -> None:
        self.alternatives = alternatives


class Group(Node):
    """``(?:…)`` when ``index`` is 0, else a capturing group."""

    __slots__ = ("body", "index")

    def __init__(self, body: Node, index: int) -> None:
        self.body = body
        self.index = index


class Lookaround(Node):
    """``(?= (?! (?<= (?<!``"""

    __slots__ = ("behind", "body", "negative")

    def __init__(self, body: Node, behind: bool, negative: bool) -> None:
        self.body = body
        self.behind = behind
        self.negative = negative


class Quantified(Node):
    """``atom{low,high}``; ``high`` is None when there is no upper bound. The captures inside have the indices
    ``first_capture`` (inclusive) to ``last_capture`` (exclusive)."""

    __slots__ = ("atom", "first_capture", "greedy", "high", "last_capture", "low")

    def __init__(
        self, atom: Node, low: int, high: int | None, greedy: bool, first_capture: int, last_capture: int
    ) -> None:
        self.atom = atom
        self.low = low
        self.high = high
        self.greedy = greedy
        self.first_capture = first_capture
        self.last_capture = last_capture


class Flags:
    """The flags of a pattern by name; ``text`` is in the order of ``RegExp.prototype.flags``."""

    __slots__ = (
        "dot_all",
        "full_unicode",
        "has_indices",
        "ignore_case",
        "is_global",
        "multiline",
        "sticky",
        "text",
        "unicode",
        "unicode_sets",
    )

    def __init__(self, text: str) -> None:
        self.has_indices = "d" in text
        self.is_global = "g" in text
        self.ignore_case = "i" in text
        self.multiline = "m" in text
        self.dot_all = "s" in text
        self.unicode = "u" in text
        self.unicode_sets = "v" in text
        self.sticky = "y" in text
        self.full_unicode = self.unicode or self.unicode_sets
        self.text = "".join(letter for letter in "dgimsuvy" if letter in text)


class Pattern:
    """A parsed pattern. ``group_count`` counts the capturing groups; ``names`` maps each name to its groups, of which at
    most one takes part in a match."""

    __slots__ = ("flags", "group_count", "names", "root", "source")

    def __init__(
        self, root: Node, flags: Flags, group_count: int, names: dict[str, tuple[int, ...]], source: str
    ) -> None:
        self.root = root
        self.flags = flags
        self.group_count = group_count
        self.names = names
        self.source = source


Characters: TypeAlias = tuple[int, ...]
