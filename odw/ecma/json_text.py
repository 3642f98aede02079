"""Reading JSON text: a fast way over CPython's own scanner, and an exact way that words errors as Node 20 does.

``parse_json`` gives script values. The C scanner is used where it agrees with ECMA-404 as JavaScript reads it; a text
that it refuses, or that holds something the two languages read differently, goes through ``read_exactly``, which is
iterative (so depth is no limit) and knows every message.
"""

from __future__ import annotations

import re
from typing import Any

from odw.ecma import limits
from odw.ecma.completion import syntax_error
from odw.ecma.values import MAX_SAFE, JSArray, JSObject

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING_RUN = re.compile(r'[^"\\\x00-\x1f]*')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_NEGATIVE_ZERO = re.compile(r"-0(?![0-9.eE])")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89abAB]")
_SAFE_DEPTH = 400  # nesting that the C scanner may recurse into
_ALL_BUT_BRACKETS = bytes(code for code in range(256) if chr(code) not in "[]{}")
_END = object()
LONG = 2**20  # a text from which its values' memory is told in advance
VALUE_BYTES = 40  # an element or member at the least: its place and a small value


def parse_json(text: str) -> Any:
    """The value of a JSON text; a SyntaxError with Node's message when it is none."""
    if len(text) >= LONG:
        values = text.count(",") + text.count("[") + text.count("{")
        limits.expect(VALUE_BYTES * values + len(text))
    if (
        not _nests_deeper_than(text, _SAFE_DEPTH)
        and not ("-0" in text and _NEGATIVE_ZERO.search(text))
        and not ("\\u" in text and _SURROGATE_ESCAPE.search(text))
    ):
        try:
            value, end = _scan_once(text, _SPACE.match(text).end())  # type: ignore[union-attr]
            if _SPACE.match(text, end).end() == len(text):  # type: ignore[union-attr]
                return _adopt(value)
        except (ValueError, StopIteration, RecursionError):
            pass  # an error to be found, something that Python would not read, or deeper than it looked
    return read_exactly(text)


def _make_scanner() -> Any:
    """The C scanner of the json package, set to build objects and numbers of ours."""
    from json import JSONDecoder

    decoder: Any = JSONDecoder(object_hook=JSObject, parse_float=_number_of, parse_constant=_refuse_constant)
    return decoder.scan_once


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)  # Python reads NaN and Infinity


def _scan_once(text: str, start: int) -> Any:
    global _scan_once  # the json package is imported by the first parse only
    _scan_once = _make_scanner()
    return _scan_once(text, start)


def _number_of(text: str) -> int | float:
    """The Number that a JSON number denotes."""
    if len(text) < 17 and text.isdigit():
        return int(text)
    x = float(text)
    if x.is_integer() and -MAX_SAFE <= x <= MAX_SAFE and (x != 0 or text[0] != "-"):
        return int(x)
    return x


def _adopt(value: Any) -> Any:
    """Turn the scanner's lists into arrays and its large integers into Numbers, in place below the top."""
    kind = type(value)
    if kind is list:
        array = JSArray(value)
        for index, item in enumerate(value):
            kind = type(item)
            if kind is str or kind is bool:
                continue
            if kind is JSObject:
                _adopt(item)
            elif kind is list or (kind is int and not -MAX_SAFE <= item <= MAX_SAFE):
                array[index] = _adopt(item)
        return array
    if kind is JSObject:
        for key, item in value.items():
            kind = type(item)
            if kind is str or kind is bool:
                continue
            if kind is JSObject:
                _adopt(item)
            elif kind is list or (kind is int and not -MAX_SAFE <= item <= MAX_SAFE):
                value[key] = _adopt(item)  # an existing key: the dict does not change size
        return value
    if kind is int and not -MAX_SAFE <= value <= MAX_SAFE:
        return _rounded(value)
    return value


def _rounded(value: int) -> int | float:
    """The Number nearest to a large integer."""
    try:
        x = float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return int(x) if -MAX_SAFE <= x <= MAX_SAFE else x


def _nests_deeper_than(text: str, limit: int) -> bool:
    """Whether brackets could nest deeper than ``limit`` (they may also just be characters of strings)."""
    if text.count("[") + text.count("{") <= limit:
        return False
    brackets = text.encode("utf-8", "surrogatepass").translate(None, _ALL_BUT_BRACKETS)
    for peeled in range(1, limit):  # each round removes the innermost pairs
        inner = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(inner) + peeled <= limit:
            return False
        if len(inner) == len(brackets):
            break
        brackets = inner
    return True


def read_exactly(text: str) -> Any:
    """The grammar of ECMA-404 read with an explicit stack; raises with V8's message at the first character that is wrong."""
    stack: list[tuple[Any, Any]] = []  # the open containers, each with the key that awaits a value
    position = _skip(text, 0)
    while True:
        value, position = _read_start(text, position)
        if value is _OPEN_ARRAY or value is _OPEN_OBJECT:
            container: Any = JSArray() if value is _OPEN_ARRAY else JSObject()
            key, position = _first_key(text, position, container)
            if key is not _END:
                stack.append((container, key))
                continue
            value = container
        # a value is complete: close every container that ends with it
        while True:
            position = _skip(text, position)
            if not stack:
                if position < len(text):
                    raise syntax_error(
                        f"Unexpected non-whitespace character after JSON at position {position}"
                    )
                return value
            container, key = stack.pop()
            if type(container) is JSArray:
                container.append(value)
            else:
                container[key] = value
            key, position = _next_key(text, position, container)
            if key is not _END:
                stack.append((container, key))
                break
            value = container


_OPEN_ARRAY = object()
_OPEN_OBJECT = object()


def _read_start(text: str, position: int) -> tuple[Any, int]:
    """A scalar and where it ends, or the opening of a container; raises if no value starts here."""
    char = text[position : position + 1]
    if char == '"':
        return _read_string(text, position)
    if char == "{":
        return _OPEN_OBJECT, position + 1
    if char == "[":
        return _OPEN_ARRAY, position + 1
    if char == "-" or (char and char in "0123456789"):
        return _read_number(text, position)
    for literal, value in (("true", True), ("false", False), ("null", None)):
        if char == literal[0]:
            for offset, expected in enumerate(literal):
                if text[position + offset : position + offset + 1] != expected:
                    raise _unexpected(text, position + offset)
            return value, position + len(literal)
    raise _unexpected(text, position)


def _first_key(text: str, position: int, container: Any) -> tuple[Any, int]:
    """Past an opening bracket: the key of the first value (None in an array), or _END after the closing bracket."""
    position = _skip(text, position)
    char = text[position : position + 1]
    if type(container) is JSArray:
        return (_END, position + 1) if char == "]" else (None, position)
    if char == "}":
        return _END, position + 1
    if char != '"':
        raise syntax_error(f"Expected property name or '}}' in JSON at position {position}")
    key, position = _read_string(text, position)
    position = _skip(text, position)
    if text[position : position + 1] != ":":
        raise syntax_error(f"Expected ':' after property name in JSON at position {position}")
    return key, _skip(text, position + 1)


def _next_key(text: str, position: int, container: Any) -> tuple[Any, int]:
    """Past a value: the key of the next one, or _END after the closing bracket."""
    char = text[position : position + 1]
    if type(container) is JSArray:
        if char == ",":
            return None, _skip(text, position + 1)
        if char == "]":
            return _END, position + 1
        raise syntax_error(f"Expected ',' or ']' after array element in JSON at position {position}")
    if char == "}":
        return _END, position + 1
    if char != ",":
        raise syntax_error(f"Expected ',' or '}}' after property value in JSON at position {position}")
    position = _skip(text, position + 1)
    if text[position : position + 1] != '"':
        raise syntax_error(f"Expected double-quoted property name in JSON at position {position}")
    key, position = _read_string(text, position)
    position = _skip(text, position)
    if text[position : position + 1] != ":":
        raise _unexpected(text, position)  # V8 has no message of its own for the later names
    return key, _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    return _SPACE.match(text, position).end()  # type: ignore[union-attr]


def _read_string(text: str, position: int) -> tuple[str, int]:
    parts: list[str] = []
    position += 1
    while True:
        end = _STRING_RUN.match(text, position).end()  # type: ignore[union-attr]
        parts.append(text[position:end])
        char = text[end : end + 1]
        if char == '"':
            return "".join(parts), end + 1
        if not char:
            raise syntax_error(f"Unterminated string in JSON at position {end}")
        if char != "\\":
            raise syntax_error(f"Bad control character in string literal in JSON at position {end}")
        escape = text[end + 1 : end + 2]
        if escape == "u":
            code = 0
            for at in range(end + 2, end + 6):
                digit = _HEX.find(text[at : at + 1].lower() or "?")
                if digit < 0:
                    raise syntax_error(f"Bad Unicode escape in JSON at position {at}")
                code = code * 16 + digit
            parts.append(chr(code))
            position = end + 6
        elif escape in _ESCAPES:
            parts.append(_ESCAPES[escape])
            position = end + 2
        elif not escape or escape > "\u00ff":  # V8 looks at one byte only
            raise _unexpected(text, end + 1)
        else:
            raise syntax_error(f"Bad escaped character in JSON at position {end + 1}")


_HEX = "0123456789abcdef"


def _read_number(text: str, position: int) -> tuple[int | float, int]:
    match = _NUMBER.match(text, position)
    if match is None:
        raise syntax_error(f"No number after minus sign in JSON at position {position + 1}")
    end = match.end()
    following = text[end : end + 1]
    plain = match.group(1) is None and match.group(2) is None
    if plain and following and following in _HEX[:10]:  # only a zero stops before a digit
        raise _unexpected(text, end)
    if following == "." and plain:
        raise syntax_error(f"Unterminated fractional number in JSON at position {end + 1}")
    if following and following in "eE" and match.group(2) is None:
        end += 2 if text[end + 1 : end + 2] in ("+", "-") else 1
        raise syntax_error(f"Exponent part is missing a number in JSON at position {end}")
    return _number_of(match.group()), end


def _unexpected(text: str, position: int) -> Exception:
    """V8's general message, with up to ten characters of context on either side."""
    if position >= len(text):
        return syntax_error("Unexpected end of JSON input")
    char = text[position]
    if char == "-" or char in _HEX[:10]:
        return syntax_error(f"Unexpected number in JSON at position {position}")
    if char == '"':
        return syntax_error(f"Unexpected string in JSON at position {position}")
    if text in ("NaN", "Infinity", "undefined", "[object Object]"):
        return syntax_error(f'"{text}" is not valid JSON')
    before, after = "", ""
    start, end = 0, len(text)
    if len(text) > 20:
        if position >= 10:
            before, start = "...", position - 10
        if position < len(text) - 10:
            after, end = "...", position + 10
    return syntax_error(f"Unexpected token '{char}', {before}\"{text[start:end]}\"{after} is not valid JSON")
