"""Type hints from kinds."""

from __future__ import annotations

from odw.transpile.python_workflow.kinds import BOOL, FIN, INT, NULL, NUM, STR, Arr, Kind, Obj

_WORDS = {STR: "str", BOOL: "bool", INT: "int", FIN: "float", NUM: "float", NULL: "None"}
_ORDER = ("str", "int", "float", "bool", "list", "dict", "None")


def type_hint(found: Kind, depth: int = 0) -> str:
    """A kind as Python's type; Any for what is not known, or takes more than a line to say."""
    if not found or depth > 2:
        return "Any"
    words: set[str] = set()
    lists: Kind = frozenset()
    for atom in found:
        if isinstance(atom, Arr):
            words.add("list")
            lists |= atom.items
        elif isinstance(atom, Obj):
            words.add("dict")
        elif isinstance(atom, str) and atom in _WORDS:
            words.add(_WORDS[atom])
        else:
            return "Any"
    if "float" in words:
        words.discard("int")
    if len(words) > 3:
        return "Any"
    shown = {"list": f"list[{type_hint(lists, depth + 1)}]", "dict": "dict[str, Any]"}
    return " | ".join(shown.get(word, word) for word in _ORDER if word in words)
