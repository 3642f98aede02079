"""How V8 prints a callee in "… is not a function", from its source text.

V8 prints the expression's tree; this scans the text instead, which gives the same for names, members, calls and
literals, and something close for the rest. NON-SPEC: ECMA-262 leaves messages open.
"""

from __future__ import annotations

_OPEN = {"(": ")", "[": "]", "{": "}"}
_INTERMEDIATE = "(intermediate value)"
_OPERATORS = (
    *("===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", "**", ">>>", "<<", ">>"),
    *("+", "-", "*", "/", "%", "<", ">", "&", "|", "^", ","),
)
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$#@")
_SPACED_WORDS = frozenset(("await", "typeof", "void", "delete", "yield", "new", "in", "instanceof", "of"))


def callee_text(source: str) -> str:
    """``a.b['c']`` → ``a.b.c``; ``f(1).x`` → ``f(...).x``; ``(function () {}).x`` → ``(intermediate value).x``."""
    return _expression(_strip_parentheses(_without_space(source)))


def _expression(text: str) -> str:
    end = _function_end(text)
    if end:
        return _INTERMEDIATE + _expression("f" + text[end:])[1:]
    if _is_conditional(text):
        return _INTERMEDIATE * 3
    operator, operands = _split_operands(text)
    if operator:
        shown = f" {operator} ".join(_expression(operand) for operand in operands)
        return f"({shown})" if operands[0] else _INTERMEDIATE
    if _starts_word(text, "await"):
        return _INTERMEDIATE
    if text[:1] in ("!", "~", "+", "-") and not text[1:2].isdigit():
        return f"({text[0]}{_expression(text[1:])})"
    for word in ("typeof", "void"):
        if _starts_word(text, word):
            return f"({word} {_expression(text[len(word) :].lstrip())})"
    out: list[str] = []
    i = 0
    if _starts_word(text, "new"):
        i = text.find("(") if "(" in text else len(text)
        i = _close(text, i) if i < len(text) else i
        out.append(_INTERMEDIATE)
    elif _starts_word(text, "super"):
        i = len("super")
        out.append(_INTERMEDIATE)
    while i < len(text):
        c = text[i]
        if c in "\"'`":
            end = _string_end(text, i)
            plain = c != "`" or "${" not in text[i:end]
            out.append('"' + text[i + 1 : end - 1] + '"' if plain else text[i:end])
            i = end
        elif c in _OPEN:
            end = _close(text, i)
            out.append(_group(text[i:end], after_value=bool(out)))
            i = end
        elif text.startswith(".#", i):
            end = next(
                (k for k in range(i + 2, len(text)) if text[k] not in _WORD and text[k].isascii()), len(text)
            )
            out.append(f"[{text[i + 1 : end]}]")
            i = end
        else:
            out.append(c)
            i += 1
    return "".join(out)


def _group(text: str, after_value: bool) -> str:
    """A parenthesis, bracket or brace with what is inside."""
    if text[-1] != _OPEN[text[0]]:
        return text  # not closed: not the text of an expression
    inner = text[1:-1]
    if text[0] == "(":
        if after_value:
            return "(...)"
        return _expression(_strip_parentheses(inner))
    if text[0] == "[":
        if not after_value:
            return f"[{','.join(map(_expression, _pieces(inner)))}]" if inner else "[]"
        if inner[:1] in ("'", '"') and _string_end(inner, 0) == len(inner):
            return f".{inner[1:-1]}"
        return f"[{_expression(inner)}]"
    return "{}" if not inner else "{" + _INTERMEDIATE + "}"


def _pieces(text: str) -> list[str]:
    operator, operands = _split_operands(text)
    return operands if operator == "," else [text]


def _split_operands(text: str) -> tuple[str, list[str]]:
    """The one binary operator that stands outside all brackets, with its operands; "" when there is none or several."""
    found = ""
    cuts = [0]
    i = 0
    value_before = False
    while i < len(text):
        c = text[i]
        if c in "\"'`":
            i = _string_end(text, i)
            value_before = True
        elif c in _OPEN:
            i = _close(text, i)
            value_before = True
        elif c == "/" and not value_before:
            i = _string_end(text, i)  # a regular expression
            value_before = True
        elif value_before and (operator := next((o for o in _OPERATORS if text.startswith(o, i)), "")):
            if found not in ("", operator):
                return "", [text]
            found = operator
            cuts += (i, i + len(operator))
            i += len(operator)
            value_before = False
        else:
            value_before = c in _WORD or not c.isascii()
            i += 1
    cuts.append(len(text))
    return found, [text[cuts[n] : cuts[n + 1]] for n in range(0, len(cuts), 2)]


def _is_conditional(text: str) -> bool:
    """Whether a ``?`` stands outside all brackets that belongs to neither ``?.`` nor ``??``."""
    i = 0
    while i < len(text):
        c = text[i]
        if c in "\"'`":
            i = _string_end(text, i)
        elif c in _OPEN:
            i = _close(text, i)
        elif c == "?":
            if text[i + 1 : i + 2] not in ("?", "."):
                return True
            i += 2
        else:
            i += 1
    return False


def chain_text(source: str) -> str:
    """The same for what is taken apart or iterated: there V8 does not print an optional chain."""
    text = callee_text(source)
    return _INTERMEDIATE if "?." in text else text


def called_expression(text: str) -> str:
    """What stands before the argument list that ends ``text``, the source of an expression; "" if that is no call."""
    i = 0
    while i < len(text):
        c = text[i]
        if c in "\"'`":
            i = _string_end(text, i)
        elif c in _OPEN:
            end = _close(text, i)
            if c == "(" and end == len(text):
                return text[:i]
            i = end
        else:
            i += 1
    return ""


def _function_end(text: str) -> int:
    """Where the function, class or arrow function ends that the text begins with; 0 if it begins with none."""
    if any(_starts_word(text, word) for word in ("function", "class", "async")):
        i = 0
        while i < len(text):
            if text[i] in _OPEN:
                i = _close(text, i)
                if text[i - 1] == "}" and not text.startswith("=>", i):
                    return i
            else:
                i += 1
        return len(text)
    return len(text) if _arrow_at_top(text) else 0


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


def _starts_word(text: str, word: str) -> bool:
    return text.startswith(word) and (len(text) == len(word) or text[len(word)] not in _WORD)


def _strip_parentheses(text: str) -> str:
    while text[:1] == "(" and text[-1] == ")" and _close(text, 0) == len(text) > 1:
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
            if (
                out
                and out[-1] not in " "
                and _last_word(out) in _SPACED_WORDS | {"function", "class", "async"}
            ):
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
