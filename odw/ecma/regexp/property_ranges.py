r"""What ``\p{…}`` may name (ECMA-262 tables 66 to 70; Unicode's PropertyValueAliases), exactly spelled, and what it matches."""

from __future__ import annotations

from odw.ecma.regexp import unicode_data
from odw.ecma.regexp.charset import Ranges, complement, normalised
from odw.ecma.regexp.tree import PropertyEscape

PROPERTIES_OF_STRINGS = unicode_data.PROPERTIES_OF_STRINGS
_KINDS = {
    "General_Category": "gc",
    "gc": "gc",
    "Script": "sc",
    "sc": "sc",
    "Script_Extensions": "scx",
    "scx": "scx",
}


def is_valid_pair(name: str, value: str) -> bool:
    r"""Whether ``\p{name=value}`` exists."""
    return name in _KINDS and unicode_data.exists(_KINDS[name], value)


def is_valid_lone(value: str) -> bool:
    r"""Whether ``\p{value}`` exists as a property of characters."""
    return unicode_data.exists("gc", value) or unicode_data.exists("is", value)


def property_ranges(node: PropertyEscape) -> Ranges:
    r"""The characters of a ``\p{…}`` or ``\P{…}``; of a property of strings, those strings that are one character."""
    if node.value in PROPERTIES_OF_STRINGS:
        single = (ord(text) for text in unicode_data.sequences(node.value) if len(text) == 1)
        return normalised((code, code) for code in single)
    kind = _KINDS[node.name] if node.name else "gc" if unicode_data.exists("gc", node.value) else "is"
    positive = unicode_data.ranges_of(kind, node.value)
    return complement(positive) if node.negated else positive


def property_strings(node: PropertyEscape) -> set[tuple[int, ...]]:
    """The strings of a property of strings that are longer than one character; none for other properties."""
    if node.value not in PROPERTIES_OF_STRINGS:
        return set()
    return {tuple(map(ord, text)) for text in unicode_data.sequences(node.value) if len(text) != 1}
