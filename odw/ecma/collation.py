"""The order of strings for people: the root collation of CLDR, which is also that of English (ECMA-402 10.3.3).

A string becomes collation elements of three levels: which letter, which accents, which case or variant. Two strings
are compared by all their letters first, then by all accents, then by case (Unicode technical standard 10).
NON-SPEC: scripts beyond those of ``collation_order`` follow their code points.
"""

from __future__ import annotations

from typing import Any, Final

from odw.ecma.code_points import joined

Element = tuple[int, int, int]  # primary, secondary, tertiary; a mark has primary 0
Key = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]  # the last: capitals

COMMON: Final = 1  # the secondary weight of a letter without a mark
LOWER, VARIANT, UPPER, UPPER_VARIANT = 0, 1, 2, 3
EXPANSIONS = {"æ": "ae", "œ": "oe", "ß": "ss", "Æ": "AE", "Œ": "OE", "ẞ": "SS"}
IGNORED = frozenset("\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")


def compare(
    a: str,
    b: str,
    numeric: bool = False,
    sensitivity: str = "variant",
    case_first: str = "false",
    ignore_punctuation: bool = False,
) -> int:
    """-1, 0 or 1 for two strings of UTF-16 code units, with the options of Intl.Collator."""
    if a == b:
        return 0
    x, y = collation_key(a, numeric, ignore_punctuation), collation_key(b, numeric, ignore_punctuation)
    if x[0] != y[0]:
        return -1 if x[0] < y[0] else 1
    if sensitivity in ("accent", "variant") and x[1] != y[1]:
        return -1 if x[1] < y[1] else 1
    if sensitivity == "case" or (sensitivity == "variant" and case_first == "upper"):
        order = _compare(x[3], y[3])
        if order:
            return -order if case_first == "upper" else order
    return _compare(x[2], y[2]) if sensitivity == "variant" else 0


def _compare(x: Any, y: Any) -> int:
    return 0 if x == y else -1 if x < y else 1


_keys: dict[tuple[str, bool, bool], Key] = {}


def collation_key(text: str, numeric: bool = False, ignore_punctuation: bool = False) -> Key:
    """The levels of ``text``; the last ones are remembered, for sorting asks again and again."""
    request = (text, numeric, ignore_punctuation)
    key = _keys.get(request)
    if key is None:
        if len(_keys) >= 2000:
            _keys.clear()
        key = _make_key(text, numeric, ignore_punctuation)
        if len(text) <= 200:
            _keys[request] = key
    return key


def _make_key(text: str, numeric: bool, ignore_punctuation: bool) -> Key:
    elements: list[Element] = []
    if not text.isascii():
        import unicodedata

        # й has a weight of its own, unlike every other letter with a mark
        text = (
            unicodedata.normalize("NFD", joined(text, "surrogatepass"))
            .replace("и\u0306", "й")
            .replace("И\u0306", "Й")
        )
    position = 0
    while position < len(text):
        c = text[position]
        end = position + 1
        if numeric and c.isdecimal():
            while end < len(text) and text[end].isdecimal():
                end += 1
            elements += _number(text[position:end])
        else:
            elements += _elements.get(c) or _look_up(c)
        position = end
    if ignore_punctuation:
        elements = _without_punctuation(elements)
    return (
        tuple([e[0] for e in elements if e[0]]),
        tuple([e[1] for e in elements if e[1]]),
        tuple([e[2] for e in elements]),
        tuple([e[2] & UPPER for e in elements if e[0]]),
    )


def _without_punctuation(elements: list[Element]) -> list[Element]:
    """Without white space and punctuation, and the marks on them."""
    kept: list[Element] = []
    dropping = False
    for element in elements:
        if element[0]:
            dropping = element[0] < _table.symbols
        if not dropping:
            kept.append(element)
    return kept


_elements: dict[str, tuple[Element, ...]] = {}


def _number(digits: str) -> list[Element]:
    """A run of digits as one number: how many there are, then the number, at the place of the digits."""
    significant = digits.lstrip("0") if digits.isascii() else "".join(str(int(d)) for d in digits).lstrip("0")
    zero = _look_up("0")[0][0]
    chunks = [int(significant[k : k + 300] or "0") for k in range(0, max(len(significant), 1), 300)]
    return [
        (zero + 1 + len(significant), COMMON, LOWER),
        *((n + 1, COMMON, LOWER) for n in chunks),
    ]


def _look_up(c: str) -> tuple[Element, ...]:
    """The elements of one code point that canonical decomposition leaves alone."""
    found = _elements[c] = tuple(_table.elements(c))
    return found


class _Table:
    """Weights from ``collation_order``, read at the first use. Primaries leave room between two listed characters."""

    def __init__(self) -> None:
        from odw.ecma.collation_order import MARKS, RUNS, SAME

        self.primary: dict[str, int] = {}
        self.shared: dict[str, Element] = {}
        for run in RUNS.split():
            first, _, last = run.partition("-")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                self.primary[chr(code)] = (len(self.primary) + 1) << 32
        self.marks = {chr(int(mark, 16)): COMMON + 1 + rank for rank, mark in enumerate(MARKS.split())}
        for group in SAME.split(" "):
            primary = self.primary[group[0]]
            secondary, after_capital = COMMON, False
            for rank, level, c in zip(range(len(group)), group[1::2], group[2::2], strict=False):
                secondary += level == "<"
                variant = UPPER if c != c.lower() else LOWER if level == "<" else VARIANT
                self.shared[c] = (
                    primary,
                    0 if secondary == COMMON else 1000 + secondary,
                    variant + 4 * (rank // 2 + (after_capital if variant == VARIANT else 0)),
                )
                after_capital = after_capital or variant == UPPER  # ς comes after Σ
        self.symbols = self.primary["`"]
        self.after_symbols = self.primary["¤"] - (1 << 31)
        self.after_letters = self.primary["ぁ"] - (1 << 31)
        self.after_all = (len(self.primary) + 2) << 32

    def elements(self, c: str) -> list[Element]:
        import unicodedata

        if c in self.marks:
            return [(0, self.marks[c], LOWER)]
        if c in self.shared:
            primary, secondary, tertiary = self.shared[c]
            tail = [(0, secondary, LOWER)] if secondary else []
            return [(primary, COMMON, tertiary), *tail]
        if c in EXPANSIONS:
            first, second = (self.elements(letter)[0] for letter in EXPANSIONS[c])
            return [first, (0, 2000, VARIANT), (second[0], COMMON, second[2])]
        if c in self.primary:
            return [(self.primary[c], COMMON, LOWER)]
        category = unicodedata.category(c)
        if category in ("Cc", "Cf") or c in IGNORED:
            return []
        if category in ("Mn", "Me", "Mc"):
            return [(0, 900, LOWER)]
        small = c.lower()
        if small != c and small in self.primary:
            return [(self.primary[small], COMMON, UPPER)]
        if category == "Nd":
            return [(self.primary[str(unicodedata.decimal(c))], COMMON, LOWER)]
        whole = unicodedata.normalize("NFKD", c)
        if whole != c:
            parts = [e for part in whole for e in self.elements(part)]
            return [(p, s, t | VARIANT) for p, s, t in parts]
        code = ord(c)
        if category in ("So", "Sk", "Sm", "Sc") and c != "\ufffd":
            return [(self.after_symbols + code, COMMON, LOWER)]
        if c == "\ufffd":  # lone surrogates, too
            return [(self.after_all + 0x200000, COMMON, LOWER)]
        if 0x3400 <= code <= 0x9FFF or code >= 0x20000:
            return [(self.after_all + code, COMMON, LOWER)]
        upper = c != small
        return [(self.after_letters + ord(small[0]), COMMON, UPPER if upper else LOWER)]


class _LazyTable:
    """Builds the table when it is first looked at."""

    def __getattr__(self, name: str) -> Any:
        global _table
        _table = _Table()
        return getattr(_table, name)


_table: Any = _LazyTable()
