"""How V8 prints an expression in "… is not a function" and its like, from its source text.

V8 prints the expression's tree; this parses as much as that takes: literals by their values, names, members and calls as
they are, operators in parentheses, and "(intermediate value)" for whatever has no name. NON-SPEC: ECMA-262 leaves messages
open.
"""

from __future__ import annotations

import re
from typing import Any, Final

from odw.ecma.abstract_ops.number_text import number_to_string, string_to_number
from odw.ecma.abstract_ops.source_brackets import CLOSING, close_of, pieces, string_end, substitutions

_INTERMEDIATE: Final = "(intermediate value)"
_DEEPEST: Final = 20  # brackets within brackets that are looked into
_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_NAME = re.compile(r"#?(?:[\w$]|[^\x00-\x7f\s])+")
_NUMBER = re.compile(r"(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)n?")
_REGEXP = re.compile(r"/(?![*/])(?:[^\\/\[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])+/\w*")
_ASSIGNMENT = re.compile(r"(?:>>>|\*\*|<<|>>|&&|\|\||\?\?|[-+*/%&|^])?=(?![=>])")
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_BINARY = "??, ||, &&, |, ^, &, === !== == !=, <= >= < > instanceof in, << >>> >>, + -, * / %, **"
_LEVELS: Final = tuple(level.split() for level in _BINARY.split(", "))  # from those that bind least
_POWER: Final = len(_LEVELS) - 1
_OPERATOR = re.compile(r"===|!==|==|!=|\?\?|\|\||&&|\*\*|<<|>>>|>>|<=|>=|instanceof\b|in\b|[-+*/%<>|&^]")
_WORDS: Final = ("typeof", "void", "delete")


def callee_text(source: str) -> str:
    """``a.b['c']`` → ``a.b.c``; ``f(1).x`` → ``f(...).x``; ``(function () {}).x`` → ``(intermediate value).x``."""
    reader = _Reader(source)
    try:
        shown = reader.sequence().text
    except _Unreadable:
        return source
    return shown if reader.at == len(source) else source


def chain_text(source: str) -> str:
    """The same for what is taken apart or iterated: there V8 does not print an optional chain."""
    text = callee_text(source)
    return _INTERMEDIATE if "?." in text else text


class _Unreadable(Exception):
    """Raised inside this module: the text is not that of an expression."""


class _Shown:
    """An expression's text; ``operands`` and ``operator`` while more of the same may follow; ``number`` if it is one."""

    __slots__ = ("is_chain", "number", "operands", "operator", "text")

    def __init__(self, text: str, number: Any = None, is_chain: bool = False) -> None:
        self.text = text
        self.number = number
        self.is_chain = is_chain
        self.operator = ""
        self.operands: list[str] = []


def _number(value: Any) -> _Shown:
    return _Shown(number_to_string(value), value)


class _Reader:
    """A reader of expressions; ``at`` is the index of what comes next."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.at = 0
        self.depth = depth
        self.skip()

    def skip(self) -> None:
        self.at = _BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches everywhere

    def next_is(self, token: str) -> bool:
        return self.text.startswith(token, self.at)

    def take(self, length: int) -> None:
        self.at += length
        self.skip()

    def word(self) -> str:
        found = _NAME.match(self.text, self.at)
        return found[0] if found else ""

    def bracket(self) -> str:
        """Pass a bracket and all that is in it, which is returned."""
        end = close_of(self.text, self.at)
        if self.text[end - 1] != CLOSING[self.text[self.at]] or end - 1 == self.at:
            raise _Unreadable
        inner = self.text[self.at + 1 : end - 1]
        self.at = end
        self.skip()
        return inner

    def inside(self, inner: str) -> _Reader:
        if self.depth >= _DEEPEST:
            raise _Unreadable
        return _Reader(inner, self.depth + 1)

    # --- operators, from those that bind least ---

    def sequence(self) -> _Shown:
        first = self.assignment()
        if not self.next_is(","):
            return first
        texts = [first.text]
        while self.next_is(","):
            self.take(1)
            texts.append(self.assignment().text)
        return _Shown(f"({' , '.join(texts)})")

    def assignment(self) -> _Shown:
        if self.is_arrow():
            self.arrow()
            return _Shown(_INTERMEDIATE)
        shown = self.binary(0)
        if self.next_is("?"):
            self.take(1)
            self.assignment()
            if not self.next_is(":"):
                raise _Unreadable
            self.take(1)
            self.assignment()
            return _Shown(_INTERMEDIATE * 3)
        assigned = _ASSIGNMENT.match(self.text, self.at)
        if assigned:
            self.take(len(assigned[0]))
            self.assignment()
        return shown

    def binary(self, level: int) -> _Shown:
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while True:
            found = _OPERATOR.match(self.text, self.at)
            if not found or found[0] not in _LEVELS[level] or _ASSIGNMENT.match(self.text, self.at):
                return left
            self.take(len(found[0]))
            right = self.binary(level if level == _POWER else level + 1)
            left = _combined(found[0], left, right)

    def unary(self) -> _Shown:
        for sign in ("++", "--", "!", "~", "+", "-"):
            if self.next_is(sign):
                self.take(len(sign))
                operand = self.unary()
                folded = None if len(sign) == 2 else _folded_sign(sign, operand)
                return folded or _Shown(f"({sign}{operand.text})")
        word = self.word()
        if word in _WORDS:
            self.take(len(word))
            return _Shown(f"({word} {self.unary().text})")
        if word == "await":
            self.take(len(word))
            self.unary()
            return _Shown(_INTERMEDIATE)
        shown = self.member()
        for sign in ("++", "--"):
            if self.next_is(sign):
                self.take(2)
                return _Shown(f"({shown.text}{sign})")
        return shown

    # --- members and calls ---

    def member(self, calls: bool = True) -> _Shown:
        shown = self.primary()
        parts = [shown.text]
        is_chain = False
        start = self.at
        while True:
            optional = self.next_is("?.") and not self.text[self.at + 2 : self.at + 3].isdigit()
            if optional:
                self.take(2)
                is_chain = True
            if self.next_is("(") and calls:
                self.bracket()
                parts.append("(...)")
            elif self.next_is("["):
                parts.append(self.element(self.bracket(), optional))
            elif self.next_is("`"):
                self.string()
                parts.append("(...)")
            elif optional or (self.next_is(".") and not self.next_is("...")):
                if not optional:
                    self.take(1)
                name = self.word()
                if not name:
                    if optional and not self.text[self.at :]:
                        break  # what an optional call calls
                    raise _Unreadable
                self.take(len(name))
                parts.append(f"[{name}]" if name[0] == "#" else f"{'?.' if optional else '.'}{name}")
            else:
                break
        return shown if self.at == start else _Shown("".join(parts), is_chain=is_chain)

    def element(self, inner: str, optional: bool) -> str:
        dot = "?." if optional else ""
        reader = self.inside(inner)
        if reader.next_is("'") or reader.next_is('"') or (reader.next_is("`") and "${" not in inner):
            name = reader.string()
            if reader.at == len(inner):
                return f"{dot or '.'}{name[1:-1]}"
            reader = self.inside(inner)
        shown = reader.sequence().text
        if reader.at != len(inner):
            raise _Unreadable
        return f"{dot}[{shown}]"

    def primary(self) -> _Shown:
        c = self.text[self.at : self.at + 1]
        if c == "(":
            inner = self.inside(self.bracket())
            shown = inner.sequence()
            if inner.at != len(inner.text):
                raise _Unreadable
            return _Shown(_INTERMEDIATE if shown.is_chain else shown.text, shown.number)
        if c == "[":
            return _Shown(f"[{','.join(self.elements(self.bracket()))}]")
        if c == "{":
            count = len(pieces(self.bracket()))
            return _Shown("{" + _INTERMEDIATE * count + "}")
        if c in ("'", '"', "`"):
            return _Shown(self.string())
        if c == "/":
            return self.matched(_REGEXP)
        if c.isdigit() or c == ".":
            number = self.matched(_NUMBER).text
            if number[-1] == "n":
                return _Shown(_INTERMEDIATE)
            return _number(string_to_number(number.replace("_", "")))
        return self.named()

    def named(self) -> _Shown:
        word = self.word()
        if not word:
            raise _Unreadable
        if word in ("function", "class") or (word == "async" and self.is_async_function()):
            self.function()
            return _Shown(_INTERMEDIATE)
        self.take(len(word))
        if word == "new":
            self.new()
            return _Shown(_INTERMEDIATE)
        return _Shown(_INTERMEDIATE if word == "super" else word)

    def new(self) -> None:
        self.member(calls=False)
        if self.next_is("("):
            self.bracket()

    def matched(self, pattern: re.Pattern[str]) -> _Shown:
        found = pattern.match(self.text, self.at)
        if not found:
            raise _Unreadable
        self.take(len(found[0]))
        return _Shown(found[0])

    def elements(self, inner: str) -> list[str]:
        shown = []
        for piece in pieces(inner):
            reader = self.inside(piece)
            spread = reader.next_is("...")
            if spread:
                reader.take(3)
            text = reader.assignment().text if piece.strip() else _INTERMEDIATE
            shown.append(f"(...{text})" if spread else text)
        return shown

    def string(self) -> str:
        """A string or template in double quotes; of a template with expressions, these."""
        end = string_end(self.text, self.at)
        raw = self.text[self.at : end]
        if len(raw) < 2 or raw[-1] != raw[0]:
            raise _Unreadable
        self.at = end
        self.skip()
        if raw[0] == "`" and "${" in raw:
            return "".join(self.inside(part).sequence().text for part in substitutions(raw))
        return f'"{_ESCAPE.sub(_unescaped, raw[1:-1])}"'

    # --- functions: passed over ---

    def is_async_function(self) -> bool:
        return re.compile(r"async\s+function\b").match(self.text, self.at) is not None

    def is_arrow(self) -> bool:
        """Whether an arrow function is next."""
        start = re.compile(r"(?:async\b\s*)?").match(self.text, self.at).end()  # type: ignore[union-attr]
        for at in {start, self.at}:
            if self.text.startswith("(", at):
                end = close_of(self.text, at)
            elif name := _NAME.match(self.text, at):
                end = name.end()
            else:
                continue
            if self.text.startswith("=>", _BLANK.match(self.text, end).end()):  # type: ignore[union-attr]
                return True
        return False

    def arrow(self) -> None:
        self.at = self.text.index("=>", self._parameters_end()) + 2
        self.skip()
        if self.next_is("{"):
            self.bracket()
        else:
            self.assignment()

    def _parameters_end(self) -> int:
        at = self.at
        if self.word() == "async":
            following = _BLANK.match(self.text, at + 5).end()  # type: ignore[union-attr]
            at = at if self.text.startswith("=>", following) else following
        return close_of(self.text, at) if self.text.startswith("(", at) else at

    def function(self) -> None:
        """A function or class expression, up to the end of its body."""
        while not self.next_is("{"):
            if self.word() == "extends":
                self.take(len("extends"))
                self.member()
            elif self.next_is("("):
                self.bracket()
            elif word := self.word():
                self.take(len(word))
            elif self.next_is("*"):
                self.take(1)
            else:
                raise _Unreadable
        self.bracket()


def _combined(operator: str, left: _Shown, right: _Shown) -> _Shown:
    """A binary operation: of two numbers their result, after an operation of the same kind one more operand."""
    folded = _folded(operator, left.number, right.number)
    if folded is not None:
        return _number(folded)
    if operator in ("!=", "!=="):
        return _Shown(f"(!({left.text} {operator.replace('!', '=')} {right.text}))")
    shown = _Shown("")
    shown.operator = operator
    same = left.operator == operator and operator not in (
        "**",
        "<",
        ">",
        "<=",
        ">=",
        "==",
        "===",
        "in",
        "instanceof",
    )
    shown.operands = [*(left.operands if same else [left.text]), right.text]
    shown.text = f"({f' {operator} '.join(shown.operands)})"
    return shown


def _folded(operator: str, a: Any, b: Any) -> Any:
    """What V8's parser makes of an operation on two numbers; None if it leaves that to the run."""
    if a is None or b is None:
        return None
    from odw.ecma.abstract_ops import operators

    operation = _FOLDED.get(operator)
    return None if operation is None else getattr(operators, operation)(a, b)


_FOLDED: Final = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "|": "bit_or", "&": "bit_and", "^": "bit_xor",
    "<<": "shl", ">>": "shr", ">>>": "ushr", "**": "power",
}  # fmt: skip


def _folded_sign(sign: str, operand: _Shown) -> _Shown | None:
    number = operand.number
    if number is None:
        return None
    if sign == "!":
        return _Shown("false" if number and number == number else "true")
    if sign == "~":
        return _number(_folded("^", number, -1))
    return _number(number if sign == "+" else _folded("*", number, -1))


def _unescaped(escape: re.Match[str]) -> str:
    text = escape[1]
    if text[0] in "ux" and len(text) > 1:
        code = int(text[1:].strip("{}"), 16)
        return chr(code) if code <= 0x10FFFF else escape[0]
    return _ESCAPES.get(text, "" if text == "\r\n" else text)
