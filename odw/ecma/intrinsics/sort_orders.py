"""Comparison functions that say all there is to know about them: ``(a, b) => a.rank - b.rank || a.id - b.id``.

Asked about objects whose properties are plain data, such a function runs no other code of the script and is consistent.
So nobody can tell whether it was called: the elements may as well be sorted by their keys. The function is recognised by
its text. Whatever is written otherwise, and whatever the keys turn out to be besides numbers (for ``localeCompare``:
strings), is left to the calls that ECMA-262 describes.
"""

from __future__ import annotations

import re
from types import CodeType, FunctionType
from typing import Any, Final, NamedTuple

from odw.ecma.abstract_ops.function_text import function_text
from odw.ecma.collation import collation_key
from odw.ecma.realm import R
from odw.ecma.values import JSArray, JSObject, Property

MAX_REMEMBERED: Final = 256
MAX_TEXT: Final = 1000  # characters of a function that is looked at
# Characters of all texts for people together: a key takes some tens of bytes for each.
MAX_WORDS: Final = 2**18

_NAME = r"[A-Za-z_$][A-Za-z0-9_$]*"
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_PARAMETERS = rf"\(\s*({_NAME})\s*,\s*({_NAME})\s*\)"
_RETURN = r"\{\s*return[ \t]+([^;{}]+?)\s*;?\s*\}"
_FORMS = (
    re.compile(rf"{_PARAMETERS}\s*=>\s*([^;{{}}]+)"),
    re.compile(rf"{_PARAMETERS}\s*=>\s*{_RETURN}"),
    re.compile(rf"function(?:\s+{_NAME})?\s*{_PARAMETERS}\s*{_RETURN}"),
)
_DIFFERENCE = re.compile(rf"({_PATH})\s*-\s*({_PATH})")
_IN_WORDS = re.compile(rf"({_PATH})\s*\.\s*localeCompare\s*\(\s*({_PATH})\s*\)")


class Term(NamedTuple):
    """One key: the names that lead to it from an element, whether it is a text for people, and whether it descends."""

    path: tuple[str, ...]
    in_words: bool
    descending: bool


def order_of(comparator: Any) -> tuple[Term, ...]:
    """The keys that a comparison function compares, the first one first; none where its text does not say so."""
    call = comparator.call
    if type(call) is not FunctionType:
        return ()
    code = call.__code__
    known = _orders.get(id(code))
    if known is not None and known[0] is code:
        return known[1]
    if len(_orders) >= MAX_REMEMBERED:
        _orders.clear()
    order = read_order(function_text(comparator))
    _orders[id(code)] = (code, order)
    return order


_orders: dict[int, tuple[CodeType, tuple[Term, ...]]] = {}


def read_order(text: str) -> tuple[Term, ...]:
    """The keys compared by a function of this text; none if it may do anything else."""
    for form in _FORMS if len(text) <= MAX_TEXT else ():
        match = form.fullmatch(text)
        if match is not None:
            first, second, body = match.groups()
            terms = [_read_term(part.strip(), first, second) for part in _bare(body.strip()).split("||")]
            if first != second and None not in terms:
                return tuple(term for term in terms if term is not None)
    return ()


def _bare(text: str) -> str:
    """Without a pair of parentheses around all of it."""
    inner = text[1:-1]
    if text[:1] == "(" and text[-1:] == ")" and inner.find("(") <= inner.find(")"):
        return inner.strip()
    return text


def _read_term(text: str, first: str, second: str) -> Term | None:
    text = _bare(text)
    match = _DIFFERENCE.fullmatch(text) or _IN_WORDS.fullmatch(text)
    if match is None:
        return None
    (left, *path), (right, *same_path) = (
        [name.strip() for name in side.split(".")] for side in match.groups()
    )
    if path != same_path or {left, right} != {first, second}:
        return None
    return Term(tuple(path), match.re is _IN_WORDS, left == second)


def sort_by_keys(values: list[Any], order: tuple[Term, ...]) -> bool:
    """Sort in place by keys; False, and nothing done, where a call could be seen or would not compare like them."""
    columns = []
    for term in order:
        keys = _keys(values, term)
        if keys is None:
            return False
        columns.append(keys)
    ranks = list(range(len(values)))
    # From the last key to the first: each sort keeps what is equal in order.
    for term, keys in zip(reversed(order), reversed(columns), strict=True):
        ranks.sort(key=keys.__getitem__, reverse=term.descending)
    values[:] = [values[rank] for rank in ranks]
    return True


def _keys(values: list[Any], term: Term) -> list[Any] | None:
    found = values
    for name in term.path:
        kinds = set(map(type, found))
        if kinds <= _OBJECTS:
            try:
                found = [o[name] for o in found]
            except KeyError:
                return None
        elif kinds <= _COUNTED and name == "length":
            found = list(map(len, found))
        else:
            return None
    kinds = set(map(type, found))
    if term.in_words:
        if kinds <= _TEXTS and sum(map(len, found)) <= MAX_WORDS and _compares_words():
            return [collation_key(text)[:3] for text in found]
        return None
    if not kinds <= _NUMBERS or (float in kinds and any(key != key for key in found)):
        return None
    return found


_OBJECTS: Final = frozenset((JSObject,))
_COUNTED: Final = frozenset((str, JSArray))
_TEXTS: Final = frozenset((str,))
_NUMBERS: Final = frozenset((int, float))


def _compares_words() -> bool:
    """Whether ``localeCompare`` is what it was."""
    from odw.ecma.intrinsics.string_case import locale_compare

    method = R.string_prototype.get("localeCompare")
    return type(method) is Property and getattr(method.value, "call", None) is locale_compare
