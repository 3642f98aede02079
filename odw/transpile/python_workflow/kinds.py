"""Kinds of values: what an expression of a script may be, as a set of atoms.

An atom is one of the words below, or a place that makes values (an array literal, a function, an agent's schema), which knows what
its values hold. Everything is joined over the whole script, without regard to order: what a kind says holds at any time.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

UNDEFINED: Final = "undefined"
NULL: Final = "null"
BOOL: Final = "bool"
INT: Final = "int"  # a count, an index, a 32-bit integer: far below 2**53, and an int in Python
FIN: Final = "finite"  # a finite number
NUM: Final = "num"  # any number
STR: Final = "str"
ANY: Final = "any"  # nothing is known
REGEXP: Final = "regexp"
ERROR: Final = "error"
DATE: Final = "date"
ITERATOR: Final = "iterator"
OTHER: Final = "other"  # an object of another kind

Kind: TypeAlias = "frozenset[Any]"
NOTHING: Final[Kind] = frozenset()
NULLISH: Final = frozenset((NULL, UNDEFINED))
NUMBERS: Final = frozenset((INT, FIN, NUM))


def kind(*atoms: Any) -> Kind:
    return frozenset(atoms)


class Site:
    """A place that makes values. ``escaped``: they have gone where anything may be done to them; ``mutated``: they are changed."""

    def __init__(self) -> None:
        self.escaped = False
        self.mutated = False


class Arr(Site):
    """Arrays; ``items`` is what they hold, ``same_length`` the array whose length they always have."""

    def __init__(self, items: Kind = NOTHING) -> None:
        super().__init__()
        self.items = items


class Obj(Site):
    """Objects. ``members``: what each property may be; ``always``: those that are there from the start; ``others``: under unknown keys.

    ``answer``: made by an agent to a schema.
    """

    def __init__(self, answer: bool = False) -> None:
        super().__init__()
        self.members: dict[str, Kind] = {}
        self.always: set[str] = set()
        self.removed: set[str] = set()
        self.others: Kind = NOTHING
        self.answer = answer

    def sure(self, name: str) -> bool:
        return name in self.always and name not in self.removed


class Fn(Site):
    """A function of the script; ``params`` is what it is given, ``counts`` with how many arguments it is called."""

    def __init__(self, node: Any) -> None:
        super().__init__()
        self.node = node
        self.params: dict[int, Kind] = {}
        self.returns: Kind = NOTHING
        self.yields: Kind = NOTHING
        self.counts: set[int] = set()
        self.called_by_library = False


class Later(Site):
    """Promises of ``value``."""

    def __init__(self, value: Kind = NOTHING) -> None:
        super().__init__()
        self.value = value


class MapOf(Site):
    def __init__(self) -> None:
        super().__init__()
        self.keys: Kind = NOTHING
        self.values: Kind = NOTHING


class SetOf(Site):
    def __init__(self) -> None:
        super().__init__()
        self.items: Kind = NOTHING


def only(found: Kind, *wanted: Any) -> bool:
    """Whether a kind has atoms of these words or classes, and no others."""
    if not found:
        return False
    return all(
        atom in wanted
        if isinstance(atom, str)
        else any(isinstance(w, type) and isinstance(atom, w) for w in wanted)
        for atom in found
    )


def some(found: Kind, wanted: type) -> list[Any]:
    return [atom for atom in found if isinstance(atom, wanted)]
