r"""Unicode's tables as Node 20 has them (Unicode 17): properties of characters, case folding, emoji sequences.

``unicode.txt`` and ``emoji.txt`` beside this file were written by ``tools/unicode_tables.mjs`` from what Node's own
regular expressions match, so that ``\p{…}`` and the flag ``i`` depend neither on the Python in use nor on a package.
A line of ``unicode.txt`` is ``kind names: data``; ``kind`` is ``gc``, ``sc``, ``scx`` or ``is`` (a binary property).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from odw.ecma.regexp.charset import ALL, MAX_CODE_POINT, Ranges, complement, normalised

_FOLDER = Path(__file__).parent
_UNIONS = {
    "LC": ("Lu", "Ll", "Lt"),
    "L": ("Lu", "Ll", "Lt", "Lm", "Lo"),
    "M": ("Mn", "Mc", "Me"),
    "N": ("Nd", "Nl", "No"),
    "P": ("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
    "S": ("Sm", "Sc", "Sk", "So"),
    "Z": ("Zs", "Zl", "Zp"),
    "C": ("Cc", "Cf", "Cs", "Co", "Cn"),
}
PROPERTIES_OF_STRINGS = frozenset(
    {
        "Basic_Emoji",
        "Emoji_Keycap_Sequence",
        "RGI_Emoji",
        "RGI_Emoji_Flag_Sequence",
        "RGI_Emoji_Modifier_Sequence",
        "RGI_Emoji_Tag_Sequence",
        "RGI_Emoji_ZWJ_Sequence",
    }
)


@cache
def _lines() -> dict[tuple[str, str], tuple[str, str]]:
    """(kind, any of its names) -> (its first name, its data)."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for line in (_FOLDER / "unicode.txt").read_text(encoding="ascii").splitlines():
        head, _, data = line.partition(":")
        kind, *names = head.split(" ")
        for name in names:
            found[kind, name] = (names[0], data)
    return found


def properties() -> list[tuple[str, str]]:
    """Every (kind, name) of the table."""
    return [key for key in _lines() if key[0] in ("gc", "sc", "scx", "is")]


def exists(kind: str, name: str) -> bool:
    """Whether there is a category, script or binary property of this exact name."""
    if kind == "is" and name in ("Any", "ASCII", "Assigned"):
        return True
    return ("sc" if kind == "scx" else kind, name) in _lines()


def ranges_of(kind: str, name: str) -> Ranges:
    """The characters of a property that ``exists``."""
    if kind == "is" and name in ("Any", "ASCII", "Assigned"):
        return {"Any": ALL, "ASCII": ((0, 0x7F),)}.get(name) or complement(ranges_of("gc", "Cn"))
    lines = _lines()
    first, data = lines.get((kind, name)) or lines["sc", name]  # most extensions of a script are the script
    return _ranges(kind, first, data)


@cache
def _ranges(kind: str, name: str, data: str) -> Ranges:
    if kind == "gc" and name in _UNIONS:
        return normalised(pair for part in _UNIONS[name] for pair in ranges_of("gc", part))
    numbers = [int(word, 16) for word in data.split()]
    result = []
    at = 0
    for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
        result.append((at + gap, at + gap + length - 1))
        at += gap + length
    assert at <= MAX_CODE_POINT + 1
    return tuple(result)


def fold_sets(full_unicode: bool) -> list[tuple[int, ...]]:
    """Each set of two or more characters that the flag ``i`` takes for one another, with ``u`` or ``v`` or without."""
    _, data = _lines()["fold", "u" if full_unicode else "i"]
    return [tuple(int(word, 16) for word in words.split()) for words in data.split(",")]


@cache
def sequences(name: str) -> tuple[str, ...]:
    """The strings of one of ``PROPERTIES_OF_STRINGS``, as code points."""
    tables = {}
    for line in (_FOLDER / "emoji.txt").read_text(encoding="utf-8").splitlines():
        key, _, strings = line.partition(": ")
        tables[key] = tuple(strings.split(" "))
    tables["RGI_Emoji"] = tuple(string for strings in tables.values() for string in strings)
    return tables[name]
