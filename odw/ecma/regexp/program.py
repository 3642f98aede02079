"""Pattern tree -> program of the backtracking machine: a list of tuples ``(opcode, …)`` (see ``machine`` for what they do).

The registers of a program are the 2 × (groups + 1) bounds of the captures, then two for each quantified part: how many
iterations there were and where the present one began.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from odw.ecma.regexp import sets
from odw.ecma.regexp.engines import compile_text
from odw.ecma.regexp.translate import is_single, single_text
from odw.ecma.regexp.tree import (
    Backreference,
    Boundary,
    Char,
    Class,
    Disjunction,
    Empty,
    Flags,
    Group,
    Lookaround,
    Node,
    Pattern,
    Quantified,
    Sequence,
)

# Each comment gives the operands. ``next`` is always the following instruction.
LITERAL: Final = 0  # text: match it forwards
SINGLE: Final = 1  # match one character of a set forwards: match(subject, position)
LITERAL_BACK: Final = 2  # text: match it backwards
SINGLE_BACK: Final = 3  # match one character backwards: match(subject, position)
RUN: Final = (
    4  # run(subject, position), low, greedy: a quantified set; run matches as many characters as there can be
)
SPLIT: Final = 5  # other: try next first, then other
JUMP: Final = 6  # target
SAVE: Final = 7  # register: store the position
LOOP_START: Final = 8  # count register: set it to zero
LOOP: Final = 9  # count register, low, high, greedy, exit, first reset register, last reset register
LOOP_END: Final = (
    10  # count register, low, loop: refuse an empty iteration that is not asked for, then go to loop
)
LOOK: Final = 11  # negative, after: the lookaround's program is next, and ends with ACCEPT
BACKREFERENCE: Final = 12  # groups, backwards
LINE_START: Final = 13
LINE_END: Final = 14
WORD: Final = 15  # expected truth of "a word boundary is here"
ACCEPT: Final = 16

Instruction = tuple[Any, ...]


class Program:
    """What the machine runs."""

    __slots__ = ("code", "flags", "group_count", "register_count", "word_match")

    def __init__(self, pattern: Pattern) -> None:
        self.flags = pattern.flags
        self.group_count = pattern.group_count
        self.register_count = 2 * (pattern.group_count + 1)
        self.code: list[Instruction] = []
        self.word_match = matcher(sets.RangeSet(sets.word_characters(pattern.flags)), pattern.flags)
        self.emit(pattern.root, False)
        self.code.append((ACCEPT,))

    def emit(self, node: Node, backwards: bool) -> None:
        """Append the instructions for a node; ``backwards`` inside a lookbehind."""
        if isinstance(node, Sequence):
            self._sequence(node.terms, backwards)
        elif isinstance(node, Disjunction):
            self._disjunction(node.alternatives, backwards)
        elif isinstance(node, Group):
            if node.index:
                first, last = 2 * node.index, 2 * node.index + 1
                self.code.append((SAVE, last if backwards else first))
                self.emit(node.body, backwards)
                self.code.append((SAVE, first if backwards else last))
            else:
                self.emit(node.body, backwards)
        elif isinstance(node, Quantified):
            self._quantified(node, backwards)
        elif isinstance(node, Boundary):
            self.code.append(
                (LINE_START,)
                if node.kind == "^"
                else (LINE_END,)
                if node.kind == "$"
                else (WORD, node.kind == "b")
            )
        elif isinstance(node, Lookaround):
            at = len(self.code)
            self.code.append(())
            self.emit(node.body, node.behind)
            self.code.append((ACCEPT,))
            self.code[at] = (LOOK, node.negative, len(self.code))
        elif isinstance(node, Backreference):
            self.code.append((BACKREFERENCE, node.indices, backwards))
        elif not isinstance(node, Empty):
            self._single(node, backwards)

    def _single(self, node: Node, backwards: bool) -> None:
        if isinstance(node, Class) and self.flags.unicode_sets:
            plain = sets.without_strings(node, self.flags)
            if not isinstance(plain, sets.RangeSet):
                self.emit(plain, backwards)
                return
        if isinstance(node, Char) and not self.flags.ignore_case:
            self.code.append((LITERAL_BACK if backwards else LITERAL, chr(node.code)))
        else:
            self.code.append((SINGLE_BACK if backwards else SINGLE, matcher(node, self.flags)))

    def _sequence(self, terms: list[Node], backwards: bool) -> None:
        text = ""
        for term in [*(reversed(terms) if backwards else terms), Empty()]:
            if isinstance(term, Char) and not self.flags.ignore_case:
                text = chr(term.code) + text if backwards else text + chr(term.code)
                continue
            if text:
                self.code.append((LITERAL_BACK if backwards else LITERAL, text))
                text = ""
            self.emit(term, backwards)

    def _disjunction(self, alternatives: list[Node], backwards: bool) -> None:
        exits = []
        for alternative in alternatives[:-1]:
            split = len(self.code)
            self.code.append(())
            self.emit(alternative, backwards)
            exits.append(len(self.code))
            self.code.append(())
            self.code[split] = (SPLIT, len(self.code))
        self.emit(alternatives[-1], backwards)
        for at in exits:
            self.code[at] = (JUMP, len(self.code))

    def _quantified(self, node: Quantified, backwards: bool) -> None:
        if node.high == 0:
            return
        if not backwards and is_single(node.atom, self.flags):
            bound = "" if node.high is None else str(node.high)
            run = compile_text(f"(?:{single_text(node.atom, self.flags)}){{0,{bound}}}", self.flags).match
            self.code.append((RUN, run, node.low, node.greedy))
            return
        count = self.register_count
        self.register_count += 2
        self.code.append((LOOP_START, count))
        loop = len(self.code)
        self.code.append(())
        self.emit(node.atom, backwards)
        self.code.append((LOOP_END, count, node.low, loop))
        high = float("inf") if node.high is None else node.high
        self.code[loop] = (
            LOOP,
            count,
            node.low,
            high,
            node.greedy,
            len(self.code),
            2 * node.first_capture,
            2 * node.last_capture,
        )


def matcher(node: Node, flags: Flags) -> Callable[[str, int], Any]:
    """``match(subject, position)`` for one character of what the node means."""
    match: Callable[[str, int], Any] = compile_text(single_text(node, flags), flags).match
    return match
