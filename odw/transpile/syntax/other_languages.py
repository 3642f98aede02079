"""Is the script that does not parse TypeScript or JSX? Says so, and where.

Only asked after a syntax error, about the place of the error: valid JavaScript is never judged here. Each test looks
for one construct around the failing token, and prefers silence where plain JavaScript could have been meant, as in
``agent('…', label: 'x')``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from odw.transpile.syntax.problem import SyntaxProblem
from odw.transpile.syntax.tokens import NAME, NUMBER, STRING, Token

_FAR = 400  # no construct is looked for further away: the text may be hostile, and long
_REMOVE = "Workflow scripts are plain JavaScript: remove the type annotation."
_TYPE_NAMES = "string|number|boolean|any|unknown|never|void|object|bigint|symbol|undefined|null|this|typeof|keyof|readonly|unique"
_WORD = r"[A-Za-z_$][\w$]*"
# A type as far as it is certain: a built-in name or a capitalised one, with generics, unions and [] behind it.
_CERTAIN_TYPE = re.compile(
    rf"\s*(?:(?:{_TYPE_NAMES})\b|[A-Z][\w$.]*)(?:<[^<>()]*(?:<[^<>()]*>[^<>()]*)*>)?(?:\[\])*"
)
_ANY_TYPE = re.compile(
    rf"\s*(?:{_CERTAIN_TYPE.pattern}|{_WORD}(?:\.{_WORD})*(?:<[^<>()]*>)?(?:\[\])*"
    r"|\{[^{}]*\}(?:\[\])*|\[[^\[\]]*\]|'[^'\n]*'|\"[^\"\n]*\"|\([^()]*\)\s*=>\s*[\w$.<>\[\]]+)"
    r"(?:\s*[|&]\s*(?:[\w$.<>\[\]]+|'[^'\n]*'|\"[^\"\n]*\"))*"
)
_DECLARATIONS = {
    "interface": "an interface",
    "type": "a type alias",
    "enum": "an enum",
    "namespace": "a namespace",
    "declare": "a declaration of a type",
    "abstract": "an abstract class",
}
_MODIFIERS = ("private", "public", "protected", "readonly", "override", "declare", "abstract")


class Foreign(NamedTuple):
    """``what`` the construct is, as a phrase; ``text[start:end]`` is the construct itself."""

    language: str
    what: str
    start: int
    end: int
    help: str = _REMOVE


class Place:
    """The failing token and its surroundings."""

    def __init__(self, text: str, problem: SyntaxProblem, tokens: list[Token]) -> None:
        self.text = text
        index = len(tokens) - 1
        while index > 0 and tokens[index].start > problem.start:
            index -= 1
        self.tokens = tokens
        self.index = index
        self.start = problem.start
        self.token = tokens[index]
        self.before = tokens[index - 1] if index > 0 else None
        self.here = text[self.token.start : self.token.start + _FAR]
        self.after = text[self.token.end : self.token.end + _FAR]

    def back(self, count: int) -> Token | None:
        return self.tokens[self.index - count] if self.index >= count else None

    def quote(self, start: int, end: int) -> str:
        """The construct as a message shows it: on one line, cut."""
        words = " ".join(self.text[start:end].split())
        return words if len(words) <= 40 else words[:39] + "…"


def find_foreign(text: str, problem: SyntaxProblem, tokens: list[Token]) -> Foreign | None:
    """The foreign construct at the place of the problem, if there is one."""
    if not tokens:
        return None
    place = Place(text, problem, tokens)
    for test in _TESTS:
        found = test(place)
        if found is not None:
            return found
    return None


def _type_after_colon(place: Place) -> Foreign | None:
    """``x: T``, ``x?: T``, ``(a: T)``, ``): T {``; the parser stops at the colon, or right before it."""
    token, before, after = place.token, place.before, place.after
    if before is None:
        return None
    if token.kind in ("?", "this", ")") and (colon := re.match(r"\s*:", after)):
        at = token.end + colon.end()
        if token.kind == "?":
            return _annotation(place, token.start, at, _ANY_TYPE)
        if token.kind == "this":
            return _annotation(place, at - 1, at, _ANY_TYPE)
        if before.kind == "(" and re.match(rf"\s*:{_ANY_TYPE.pattern}\s*=>", after):
            return _annotation(place, at - 1, at, _ANY_TYPE, "a return type")
    if token.kind != ":":
        return None
    start = token.start
    if before.kind == "?" and before.end == start:  # a conditional would have something between
        return _annotation(place, before.start, token.end, _ANY_TYPE)
    if before.kind == ")":
        returns = re.match(rf"{_ANY_TYPE.pattern}\s*(?:=>|\{{)", after)
        return _annotation(place, start, token.end, _ANY_TYPE, "a return type") if returns else None
    if before.kind not in (NAME, "]", "}", "this"):
        return None
    certain = _is_declared(place) or _in_parameters(place)
    return _annotation(place, start, token.end, _ANY_TYPE if certain else _CERTAIN_TYPE)


def _annotation(
    place: Place, start: int, at: int, type_pattern: re.Pattern[str], what: str = "a type annotation"
) -> Foreign | None:
    match = type_pattern.match(place.text, at, at + _FAR)
    if match is None:
        return None
    return Foreign("TypeScript", f"{what}, `{place.quote(start, match.end())}`", start, match.end())


def _is_declared(place: Place) -> bool:
    """The colon follows ``let x``, ``const {…}``, ``catch (e``: nothing but a type can be meant."""
    depth = 0
    for token in reversed(place.tokens[: place.index]):
        kind = token.kind
        if kind in (")", "]", "}"):
            depth += 1
        elif kind in ("(", "[", "{"):
            depth -= 1
            if depth < 0:
                return False
        elif depth == 0:
            if kind in ("let", "const", "var"):
                return True
            if kind not in (NAME, ","):
                return False
    return False


def _in_parameters(place: Place) -> bool:
    """The colon stands in the parentheses of a function's, method's or catch's parameters."""
    depth = 0
    for index in range(place.index - 1, 0, -1):
        kind = place.tokens[index].kind
        if kind in (")", "]", "}"):
            depth += 1
        elif kind in ("(", "[", "{"):
            depth -= 1
            if depth < 0:
                before = place.tokens[index - 1]
                earlier = place.tokens[index - 2].kind if index >= 2 else ""
                if kind != "(":
                    return False
                return before.kind in ("function", "catch") or earlier in ("function", "*", "get", "set")
    return False


def _declaration(place: Place) -> Foreign | None:
    """``interface A``, ``type A =``, ``enum A``, ``declare …``, ``namespace A``, ``abstract class``."""
    for token in (place.token, place.before):
        if token is None:
            continue
        word = place.text[token.start : token.end]
        following = place.text[token.end : token.end + 200]
        if word not in _DECLARATIONS or not _starts_declaration(word, following):
            continue
        match = re.match(rf"\s+(?:(?:class|const|function|let|var|module)\s+)?{_WORD}", following)
        end = token.end + (match.end() if match else 0)
        return Foreign(
            "TypeScript", f"{_DECLARATIONS[word]}, `{place.quote(token.start, end)}`", token.start, end
        )
    return None


def _starts_declaration(word: str, following: str) -> bool:
    patterns = {
        "interface": rf"\s+{_WORD}[^;{{}}()=]*\{{",
        "type": rf"\s+{_WORD}\s*(?:<[^=]*>)?\s*=",
        "enum": rf"\s+{_WORD}\s*\{{",
        "namespace": rf"\s+{_WORD}[\w$.]*\s*\{{",
        "declare": r"\s+(?:const|let|var|function|class|global|module|namespace|enum|type|interface)\b",
        "abstract": r"\s+class\b",
    }
    return re.match(patterns[word], following) is not None


def _import_type(place: Place) -> Foreign | None:
    """``import type {A}``, ``import {type A}``, ``export type {A}``."""
    for back in (0, 1, 2):
        token = place.back(back)
        earlier = place.back(back + 1)
        if token is None or earlier is None or token.kind != NAME or token.value != "type":
            continue
        if earlier.kind in ("import", "export") or (earlier.kind in ("{", ",") and back == 1):
            return Foreign("TypeScript", "an import or export of a type", earlier.start, place.token.end)
    return None


def _assertion(place: Place) -> Foreign | None:
    """``x as T``, ``x satisfies T``."""
    token, before = place.token, place.before
    if token.kind != NAME or token.value not in ("as", "satisfies") or before is None:
        return None
    if before.kind not in (
        NAME,
        STRING,
        NUMBER,
        ")",
        "]",
        "}",
        "this",
        "null",
        "true",
        "false",
        "<template>",
    ):
        return None
    match = re.match(rf"\s+(?:const\b|{_ANY_TYPE.pattern})", place.after)
    if match is None:
        return None
    end = token.end + match.end()
    return Foreign("TypeScript", f"a type assertion, `{place.quote(token.start, end)}`", token.start, end)


def _non_null(place: Place) -> Foreign | None:
    """``x!.y``, ``x!;``, ``x!)``: an exclamation mark right behind an operand."""
    before = place.before
    token = place.token
    if before is None or before.end != token.start or before.kind not in (NAME, ")", "]", "this"):
        return None
    if token.kind == "!" and not re.match(r"\s*[\w'\"`({\[]", place.after):
        return Foreign("TypeScript", "a non-null assertion, `!`", token.start, token.end, "Remove the `!`.")
    return None


def _generics(place: Place) -> Foreign | None:
    """``function f<T>(``, ``<T>(x) => …``, ``class A<T>``, ``new Map<string, number>()``."""
    token, before = place.token, place.before
    if token.kind == "<" and before is not None:
        match = re.match(r"<[^<>()=;]*(?:<[^<>()]*>[^<>()=;]*)*>(?=\s*(\(|\{|extends))", place.here)
        if match and (
            before.kind in (NAME, "function", "async") or (match[1] == "(" and _is_type_parameter(match[0]))
        ):
            end = token.start + match.end()
            return Foreign(
                "TypeScript", f"type parameters, `{place.quote(token.start, end)}`", token.start, end
            )
    line_start = max(place.text.rfind("\n", 0, token.start) + 1, token.start - _FAR // 2)
    window = place.text[line_start : token.end + 40]
    for match in re.finditer(r"(?<=[\w$])<\s*[\w$.\s,|&'\"\[\]{}:;<>]*>(?=\s*\()", window):
        start = line_start + match.start()
        if start <= token.start <= line_start + match.end() + 2:
            end = line_start + match.end()
            return Foreign("TypeScript", f"type arguments, `{place.quote(start, end)}`", start, end)
    return None


def _is_type_parameter(text: str) -> bool:
    return (
        re.match(rf"<\s*(?:const\s+)?(?:[A-Z][\w$]*|{_TYPE_NAMES})\s*(?:[,>]|extends\b|\[)", text) is not None
    )


def _modifier(place: Place) -> Foreign | None:
    """``private x``, ``readonly x`` in a class or a constructor's parameters; ``class A implements B``."""
    for token in (place.token, place.before):
        if token is None:
            continue
        word = place.text[token.start : token.end]
        following = place.text[token.end : token.end + 80]
        if word in _MODIFIERS and re.match(
            rf"[ \t]+(?:(?:static|readonly|async|get|set)\s+)*[#{{\[]?{_WORD}", following
        ):
            return Foreign(
                "TypeScript", f"the modifier `{word}`", token.start, token.end, f"Remove `{word}`."
            )
        if word == "implements" and re.match(rf"\s+{_WORD}", following):
            return Foreign("TypeScript", "an implements clause", token.start, token.end, "Remove the clause.")
    return None


def _optional_parameter(place: Place) -> Foreign | None:
    """``function f(a?)``, ``(a?, b) => …``."""
    before = place.before
    question = place.token if place.token.kind == "?" else before
    if (
        question is None
        or question.kind != "?"
        or not re.match(r"\?\s*[,)]", place.text[question.start : question.start + _FAR])
    ):
        return None
    return Foreign(
        "TypeScript",
        "an optional parameter, `?`",
        question.start,
        question.end,
        "Every parameter is optional: remove the `?`.",
    )


def _jsx(place: Place) -> Foreign | None:
    """``<div>…``, ``<></>`` where an expression must start."""
    token = place.token
    if token.kind != "<":
        return None
    match = re.match(r"<(?:>|[A-Za-z][\w.$-]*(?=[\s/>])[^<>]*>)", place.here)
    if match is None:
        return None
    end = token.start + match.end()
    return Foreign(
        "JSX", f"an element, `{place.quote(token.start, end)}`", token.start, end,
        "Workflow scripts are plain JavaScript: write text or an object instead.",
    )  # fmt: skip


def _type_cast(place: Place) -> Foreign | None:
    """``<string>x``: with a type's name it is a cast, not an element."""
    match = re.match(rf"<\s*(?:{_TYPE_NAMES})(?:\[\])*\s*>", place.here)
    if place.token.kind != "<" or match is None:
        return None
    end = place.token.start + match.end()
    return Foreign("TypeScript", f"a type assertion, `{match[0]}`", place.token.start, end)


_TESTS: tuple[Callable[[Place], Foreign | None], ...] = (
    _type_after_colon,
    _declaration,
    _import_type,
    _assertion,
    _non_null,
    _generics,
    _type_cast,
    _modifier,
    _optional_parameter,
    _jsx,
)
