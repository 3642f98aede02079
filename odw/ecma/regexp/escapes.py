r"""Escapes of patterns: atom escapes, character escapes, group names, ``\p{…}`` (ECMA-262 22.2.1, Annex B.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odw.ecma.regexp.code_units import to_code_points, to_code_units
from odw.ecma.regexp.tree import Backreference, Boundary, Char, Class, ClassEscape, Node, PropertyEscape

if TYPE_CHECKING:
    from odw.ecma.regexp.syntax import PatternParser

_CONTROL = {"f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B}
_SYNTAX_CHARACTERS = "^$\\.*+?()[]{}|/"
_HEX = "0123456789abcdefABCDEF"


def atom_escape(parser: PatternParser) -> tuple[Node, bool]:
    """A backslash outside a class: the node, and whether a quantifier may follow."""
    letter = parser.peek(1)
    if not letter:
        raise parser.error("\\ at end of pattern")
    if letter in "bB":
        parser.position += 2
        return Boundary(letter), False
    if letter in "123456789":
        return _decimal_escape(parser), True
    if letter == "0":
        if parser.unicode_mode and parser.peek(2) and parser.peek(2) in "0123456789":
            raise parser.error("Invalid decimal escape")
        parser.position += 1
        return Char(_legacy_octal(parser)), True
    node = class_escape(parser, "Invalid property name")
    if node is not None:
        is_set = isinstance(node, PropertyEscape) and parser.flags.unicode_sets
        return Class([node], False) if is_set else node, True  # a property of strings matches as a class does
    if letter == "k" and (parser.unicode_mode or parser.has_names):
        parser.position += 2
        if parser.peek() != "<":
            raise parser.error("Invalid named reference")
        parser.position += 1
        reference = Backreference((), group_name(parser))
        parser.references.append(reference)
        return reference, True
    return Char(character_escape(parser, in_class=False)), True


def _decimal_escape(parser: PatternParser) -> Node:
    """``\\1`` …: a reference when there are so many groups, else (Annex B) an octal escape or the digit itself."""
    end = parser.position + 1
    while end < parser.end and parser.text[end] in "0123456789":
        end += 1
    value = int(parser.text[parser.position + 1 : min(end, parser.position + 12)])
    if value <= parser.group_total:
        parser.position = end
        return Backreference((value,))
    if parser.unicode_mode:
        raise parser.error("Invalid escape")
    parser.position += 1
    if parser.peek() in "89":
        parser.position += 1
        return Char(ord(parser.text[parser.position - 1]))
    return Char(_legacy_octal(parser))


def _legacy_octal(parser: PatternParser) -> int:
    """LegacyOctalEscapeSequence: up to three octal digits below 256, from the first digit."""
    value = 0
    for _ in range(3):
        digit = parser.peek()
        if not digit or digit not in "01234567" or value * 8 + int(digit) > 255:
            break
        value = value * 8 + int(digit)
        parser.position += 1
    return value


def class_escape(parser: PatternParser, property_error: str) -> Node | None:
    r"""CharacterClassEscape at a backslash (``\d \s \w \p{…}`` and their complements), consumed; None for others."""
    letter = parser.peek(1)
    if letter and letter in "dDsSwW":
        parser.position += 2
        return ClassEscape(letter)
    if letter and letter in "pP" and parser.unicode_mode:
        return _property_escape(parser, property_error)
    return None


def _property_escape(parser: PatternParser, message: str) -> Node:
    from odw.ecma.regexp import property_ranges

    negated = parser.peek(1) == "P"
    close = parser.text.find("}", parser.position)
    if parser.peek(2) != "{" or close < 0:
        raise parser.error(message)
    name, equals, value = parser.text[parser.position + 3 : close].partition("=")
    if equals:
        valid = property_ranges.is_valid_pair(name, value)
    else:
        name, value = "", name
        valid = property_ranges.is_valid_lone(value)
        if not valid and parser.flags.unicode_sets and not negated:
            valid = value in property_ranges.PROPERTIES_OF_STRINGS
    if not valid:
        raise parser.error(message)
    parser.position = close + 1
    return PropertyEscape(name, value, negated)


def character_escape(parser: PatternParser, in_class: bool) -> int:
    """CharacterEscape from its backslash: the character it means."""
    letter = parser.peek(1)
    parser.position += 2
    if letter in _CONTROL:
        return _CONTROL[letter]
    if letter == "c":
        return _control_letter(parser, in_class)
    if letter in "01234567":
        if parser.unicode_mode:
            if letter == "0" and not (parser.peek() and parser.peek() in "0123456789"):
                return 0
            raise parser.error("Invalid class escape" if in_class else "Invalid decimal escape")
        parser.position -= 1
        return _legacy_octal(parser)
    if letter == "x":
        digits = parser.text[parser.position : parser.position + 2]
        if len(digits) == 2 and digits[0] in _HEX and digits[1] in _HEX:
            parser.position += 2
            return int(digits, 16)
        if parser.unicode_mode:
            raise parser.error("Invalid escape")
        return ord("x")
    if letter == "u":
        code = unicode_escape(parser, parser.unicode_mode)
        if code is not None:
            return code
        if parser.unicode_mode:
            raise parser.error("Invalid Unicode escape")
        return ord("u")
    if parser.unicode_mode:
        if letter not in _SYNTAX_CHARACTERS and not (letter == "-" and in_class):
            raise parser.error("Invalid escape")
    elif letter == "k" and parser.has_names:
        raise parser.error("Invalid escape")
    return ord(letter)


def _control_letter(parser: PatternParser, in_class: bool) -> int:
    letter = parser.peek()
    if letter.isascii() and letter.isalpha():
        parser.position += 1
        return ord(letter) & 0x1F
    if parser.unicode_mode:
        raise parser.error("Invalid Unicode escape")
    if in_class and letter and (letter == "_" or letter in "0123456789"):
        parser.position += 1
        return ord(letter) & 0x1F
    parser.position -= 1  # the backslash stands for itself, and the c is read next
    return ord("\\")


def unicode_escape(parser: PatternParser, braces: bool) -> int | None:
    r"""What follows ``\u``, consumed: four hexadecimal digits, a pair of such escapes, or ``{…}`` if ``braces``."""
    if braces and parser.peek() == "{":
        close = parser.text.find("}", parser.position)
        digits = parser.text[parser.position + 1 : close] if close > 0 else ""
        if not digits or any(digit not in _HEX for digit in digits) or int(digits, 16) > 0x10FFFF:
            return None
        parser.position = close + 1
        return int(digits, 16)
    code = _four_digits(parser.text, parser.position)
    if code is None:
        return None
    parser.position += 4
    if braces and 0xD800 <= code <= 0xDBFF and parser.text.startswith("\\u", parser.position):
        low = _four_digits(parser.text, parser.position + 2)
        if low is not None and 0xDC00 <= low <= 0xDFFF:
            parser.position += 6
            return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
    return code


def _four_digits(text: str, at: int) -> int | None:
    digits = text[at : at + 4]
    if len(digits) == 4 and all(digit in _HEX for digit in digits):
        return int(digits, 16)
    return None


def group_name(parser: PatternParser) -> str:
    """GroupName after its ``<``, up to and with its ``>``; the name is in code units, as property keys are."""
    name = ""
    while True:
        character = parser.peek()
        parser.position += 1
        if character == ">" and name:
            return to_code_units(name)
        if character == "\\" and parser.peek() == "u":
            parser.position += 1
            code = unicode_escape(parser, True)
            if code is None:
                raise parser.error("Invalid Unicode escape")
            character = chr(code)
        elif "\ud800" <= character <= "\udbff" and "\udc00" <= parser.peek() <= "\udfff":
            character = to_code_points(character + parser.peek())
            parser.position += 1
        if not character or not _is_identifier_character(character, bool(name)):
            raise parser.error("Invalid capture group name")
        name += character


def _is_identifier_character(character: str, continues: bool) -> bool:
    # Python's identifiers are ID_Start and ID_Continue too, but for "$" and the two joiners.
    if character == "$":
        return True
    if continues:
        return character in "\u200c\u200d" or ("a" + character).isidentifier()
    return character.isidentifier()
