"""How V8 prints a callee in "… is not a function", from its source text.

V8 prints the expression's tree; this scans the text instead, which gives the same for names, members, calls and
literals, and something close for the rest. NON-SPEC: ECMA-262 leaves messages open.
"""

from __future__ import annotations

_OPEN = {"(": ")", "[": "]", "{": "}"}
_INTERMEDIATE = "(intermediate value)"
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$#@")
_SPACED_WORDS = frozenset(("await", "typeof", "void", "delete", "yield", "new", "in", "instanceof", "of"))


def callee_text(source: str) -> str:
    """``a.b['c']`` → ``a.b.c``; ``f(1).x`` → ``f(...).x``; ``(function () {}).x`` → ``(intermediate value).x``."""
    text = _strip_parentheses(_without_space(source))
    if _is_function(text):
        return _INTERMEDIATE
    out: list[str] = []
    i = 0
    while i < len(text):
        c = text[i]
        if c in "\"'`":
            end = _string_end(text, i)
            out.append('"' + text[i + 1 : end - 1] + '"' if c != "`" else text[i:end])
            i = end
        elif c in _OPEN:
            end = _close(text, i)
            out.append(_group(text[i:end], after_value=bool(out)))
            i = end
        else:
            out.append(c)
            i += 1
    return "".join(out)


def _group(text: str, after_value: bool) -> str:
    """A parenthesis, bracket or brace with what is inside."""
    inner = text[1:-1]
    if text[0] == "(":
        if after_value:
            return "(...)"
        stripped = _strip_parentheses(inner)
        if _is_function(stripped) or _starts_word(stripped, "await"):
            return _INTERMEDIATE
        return callee_text(stripped) if _is_chain(stripped) else text
    if text[0] == "[":
        if not after_value:
            return "[]" if not inner else _INTERMEDIATE
        if inner[:1] in ("'", '"') and _string_end(inner, 0) == len(inner):
            return f".{inner[1:-1]}"
        if _is_chain(inner):
            return f"[{callee_text(inner)}]"
        return f"[{inner}]"
    return "{}" if not inner else "{" + _INTERMEDIATE + "}"


def _is_function(text: str) -> bool:
    """Whether the text begins a function, arrow or class expression that reaches to its end."""
    for word in ("function", "class", "async"):
        if _starts_word(text, word):
            return True
    return _arrow_at_top(text)


def _arrow_at_top(text: str) -> bool:
    i = 0
    while i < len(text):
        c = text[i]
        if c in "\"'`":
            i = _string_end(text, i)
        elif c in _OPEN:
            i = _close(text, i)
        elif text.startswith("=>", i):
            return True
        else:
            i += 1
    return False


def _is_chain(text: str) -> bool:
    """Whether the text is a name with members and calls, or one literal: nothing that V8 would put in parentheses."""
    i = 0
    while i < len(text):
        c = text[i]
        if c in _WORD or c in ".?" or not c.isascii():
            i += 1
        elif c in "\"'`":
            i = _string_end(text, i)
        elif c in _OPEN:
            i = _close(text, i)
        else:
            return False
    return True


def _starts_word(text: str, word: str) -> bool:
    return text.startswith(word) and (len(text) == len(word) or text[len(word)] not in _WORD)


def _strip_parentheses(text: str) -> str:
    while text[:1] == "(" and _close(text, 0) == len(text):
        text = text[1:-1]
    return text


def _without_space(source: str) -> str:
    """The text without comments, and without white space except inside strings and after keyword operators."""
    out: list[str] = []
    i = 0
    while i < len(source):
        c = source[i]
        if c in "\"'`":
            end = _string_end(source, i)
            out.append(source[i:end])
            i = end
        elif source.startswith("//", i):
            newline = source.find("\n", i)
            i = len(source) if newline < 0 else newline
        elif source.startswith("/*", i):
            end = source.find("*/", i)
            i = len(source) if end < 0 else end + 2
        elif c.isspace():
            i += 1
            if out and out[-1] not in " " and _last_word(out) in _SPACED_WORDS | {"function", "class", "async"}:
                out.append(" ")
        else:
            out.append(c)
            i += 1
    return "".join(out)


def _last_word(out: list[str]) -> str:
    letters: list[str] = []
    for piece in reversed(out):
        if len(piece) != 1 or piece not in _WORD:
            break
        letters.append(piece)
    return "".join(reversed(letters))


def _string_end(text: str, start: int) -> int:
    """The index after the string or template that starts at ``start``."""
    quote = text[start]
    i = start + 1
    while i < len(text):
        if text[i] == "\\":
            i += 2
        elif text[i] == quote:
            return i + 1
        elif quote == "`" and text.startswith("${", i):
            i = _close(text, i + 1)
        else:
            i += 1
    return len(text)


def _close(text: str, start: int) -> int:
    """The index after the bracket that closes the one at ``start``; the end of the text when none does."""
    stack = [_OPEN[text[start]]]
    i = start + 1
    while i < len(text) and stack:
        c = text[i]
        if c in "\"'`":
            i = _string_end(text, i)
            continue
        if c in _OPEN:
            stack.append(_OPEN[c])
        elif c == stack[-1]:
            stack.pop()
        i += 1
    return i
