r"""The characters of ``\p{…}``, by the tables of the ``regex`` package."""

from __future__ import annotations

from array import array
from functools import cache

from odw.ecma.completion import NotSupportedYet
from odw.ecma.regexp.charset import ALL, MAX_CODE_POINT, Ranges, complement
from odw.ecma.regexp.property_names import PROPERTIES_OF_STRINGS
from odw.ecma.regexp.tree import PropertyEscape

# Short names that ``regex`` takes for a block of characters.
_BLOCK_NAMES = {"IDC": "ID_Continue", "VS": "Variation_Selector"}


def property_text(node: PropertyEscape) -> str:
    r"""The escape as ``regex`` spells it, to be used inside or outside a class."""
    if node.value in PROPERTIES_OF_STRINGS or node.value in ("Changes_When_NFKC_Casefolded", "CWKCF"):
        raise NotSupportedYet(f"\\p{{{node.value}}} in a regular expression")
    letter = "P" if node.negated else "p"
    if node.name:
        name = {
            "General_Category": "gc",
            "gc": "gc",
            "Script": "sc",
            "sc": "sc",
            "Script_Extensions": "scx",
            "scx": "scx",
        }[node.name]
        return f"\\{letter}{{{name}={node.value}}}"
    from odw.ecma.regexp.property_names import GENERAL_CATEGORIES

    if node.value in GENERAL_CATEGORIES:
        return f"\\{letter}{{gc={node.value}}}"
    return f"\\{letter}{{{_BLOCK_NAMES.get(node.value, node.value)}}}"


def property_ranges(node: PropertyEscape) -> Ranges:
    r"""The set of a ``\p{…}`` or ``\P{…}``."""
    positive = _ranges(property_text(PropertyEscape(node.name, node.value, False)))
    return complement(positive) if node.negated else positive


@cache
def _ranges(text: str) -> Ranges:
    if text == "\\p{Any}":
        return ALL
    import regex

    # One scan of all code points takes a few milliseconds; only set arithmetic and the flag i come here.
    everything = array("I", range(MAX_CODE_POINT + 1)).tobytes().decode("utf-32-le", "surrogatepass")
    return tuple((match.start(), match.end() - 1) for match in regex.finditer(f"{text}+", everything))
