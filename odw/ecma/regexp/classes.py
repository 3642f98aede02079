"""Bracketed classes: the ranges of every mode, and the nested sets of the ``v`` mode (ECMA-262 22.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odw.ecma.regexp.escapes import character_escape, class_escape
from odw.ecma.regexp.tree import Class, ClassStrings, Node, PropertyEscape, Range

if TYPE_CHECKING:
    from odw.ecma.regexp.syntax import PatternParser

_SET_SYNTAX = "()[]{}/-|"  # ClassSetSyntaxCharacter, without the backslash
_SET_PUNCTUATORS = "&-!#%,:;<=>@`~"  # ClassSetReservedPunctuator: may be escaped
_DOUBLED = "&!#$%*+,.:;<=>?@^`~"  # ClassSetReservedDoublePunctuator


def parse_class(parser: PatternParser) -> Class:
    """CharacterClass from its ``[``, its ``]`` included."""
    if parser.flags.unicode_sets:
        return _class_set(parser)
    parser.position += 1
    negated = parser.peek() == "^"
    if negated:
        parser.position += 1
    members: list[Node] = []
    while parser.peek() and parser.peek() != "]":
        first = _class_atom(parser)
        if parser.peek() != "-" or parser.peek(1) in ("", "]"):
            members.append(first)
            continue
        parser.position += 1
        second = _class_atom(parser)
        if not isinstance(first, Range) or not isinstance(second, Range):
            if parser.unicode_mode:
                raise parser.error("Invalid character class")
            members += [first, Range(ord("-"), ord("-")), second]
            continue
        if first.low > second.low:
            raise parser.error("Range out of order in character class")
        members.append(Range(first.low, second.low))
    if not parser.peek():
        raise parser.error("Unterminated character class")
    parser.position += 1
    return Class(members, negated)


def _class_atom(parser: PatternParser) -> Node:
    """One ClassAtom: a class escape, or a character as a range of one."""
    if parser.peek() != "\\":
        code = ord(parser.text[parser.position])
        parser.position += 1
        return Range(code, code)
    letter = parser.peek(1)
    if not letter:
        raise parser.error("\\ at end of pattern")
    if letter == "b":
        parser.position += 2
        return Range(8, 8)
    node = class_escape(parser, "Invalid property name in character class")
    if node is not None:
        return node
    code = character_escape(parser, in_class=True)
    return Range(code, code)


def _class_set(parser: PatternParser) -> Class:
    """A class of the ``v`` mode, from its ``[`` to its ``]``."""
    parser.position += 1
    negated = parser.peek() == "^"
    if negated:
        parser.position += 1
    members: list[Node] = []
    operation = "union"
    while parser.peek() != "]":
        if not parser.peek():
            raise parser.error("Unterminated character class")
        pair = parser.peek() + parser.peek(1)
        if pair in ("--", "&&"):
            wanted = "difference" if pair == "--" else "intersection"
            single = len(members) == 1 and not _is_range(members[0])
            if not (single and operation == "union") and not (members and operation == wanted):
                raise parser.error("Invalid set operation in character class")
            operation = wanted
            parser.position += 2
            if pair == "&&" and parser.peek() == "&":
                raise parser.error("Invalid character in character class")
        elif members and operation != "union":
            raise parser.error("Invalid set operation in character class")
        if not parser.peek():
            raise parser.error("Unterminated character class")
        members.append(_set_operand(parser))
        if parser.peek() == "-" and parser.peek(1) != "-":
            _set_range(parser, members, operation)
    parser.position += 1
    node = Class(members, negated, operation)
    if negated and may_contain_strings(Class(members, False, operation)):
        raise parser.error("Negated character class may contain strings")
    return node


def _is_range(node: Node) -> bool:
    return isinstance(node, Range) and node.low != node.high


def _set_range(parser: PatternParser, members: list[Node], operation: str) -> None:
    """``first-last`` with ``first`` already read."""
    first = members.pop()
    parser.position += 1
    if operation != "union":
        raise parser.error("Invalid set operation in character class")
    if not parser.peek():
        raise parser.error("Unterminated character class")
    if not isinstance(first, Range):
        raise parser.error("Invalid character class")
    last = _set_operand(parser)
    if not isinstance(last, Range):
        raise parser.error("Invalid character class")
    if first.low > last.low:
        raise parser.error("Range out of order in character class")
    if parser.peek() == "-" and parser.peek(1) != "-":
        raise parser.error("Invalid character class")
    members.append(Range(first.low, last.low))


def _set_operand(parser: PatternParser) -> Node:
    """ClassSetOperand: a nested class, an escape, ``\\q{…}`` or one character."""
    if parser.peek() == "[":
        return _class_set(parser)
    if parser.peek() == "\\":
        node = class_escape(parser, "Invalid property name in character class")
        if node is not None:
            return node
        if parser.peek(1) == "q" and parser.peek(2) == "{":
            return _class_strings(parser)
    code = _set_character(parser)
    return Range(code, code)


def _class_strings(parser: PatternParser) -> ClassStrings:
    parser.position += 3
    strings: list[tuple[int, ...]] = []
    current: list[int] = []
    while parser.peek() != "}":
        if not parser.peek():
            raise parser.error("Invalid character in character class")
        if parser.peek() == "|":
            parser.position += 1
            strings.append(tuple(current))
            current = []
        else:
            current.append(_set_character(parser))
    parser.position += 1
    strings.append(tuple(current))
    return ClassStrings(strings)


def _set_character(parser: PatternParser) -> int:
    """ClassSetCharacter."""
    character = parser.peek()
    if character == "\\":
        letter = parser.peek(1)
        if not letter:
            raise parser.error("\\ at end of pattern")
        if letter == "b":
            parser.position += 2
            return 8
        if letter in _SET_PUNCTUATORS:
            parser.position += 2
            return ord(letter)
        return character_escape(parser, in_class=True)
    if character in _SET_SYNTAX:
        raise parser.error("Invalid character in character class")
    if character == parser.peek(1) and character in _DOUBLED:
        raise parser.error("Invalid set operation in character class")
    parser.position += 1
    return ord(character)


def may_contain_strings(node: Node) -> bool:
    """MayContainStrings (22.2.1.8): whether the node can match anything but exactly one character."""
    if isinstance(node, ClassStrings):
        return any(len(string) != 1 for string in node.strings)
    if isinstance(node, PropertyEscape):
        from odw.ecma.regexp.property_ranges import PROPERTIES_OF_STRINGS

        return node.value in PROPERTIES_OF_STRINGS
    if not isinstance(node, Class) or node.negated or not node.members:
        return False
    if node.operation == "intersection":
        return all(may_contain_strings(member) for member in node.members)
    if node.operation == "difference":
        return may_contain_strings(node.members[0])
    return any(may_contain_strings(member) for member in node.members)


def may_be_empty(node: Node) -> bool:
    """Whether a class of the ``v`` mode might match the empty string (True if in doubt)."""
    if isinstance(node, ClassStrings):
        return () in node.strings
    if not isinstance(node, Class):
        return False
    if node.operation == "intersection":
        return all(may_be_empty(member) for member in node.members)
    return any(may_be_empty(member) for member in node.members)
