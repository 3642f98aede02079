"""The backtracking machine: runs a ``Program`` on a subject, exactly as the matchers of ECMA-262 22.2.2 compose.

Everything that must be undone when a choice fails is on one stack, so that neither the length of the subject nor the
number of iterations deepens Python's own stack; only lookarounds recurse, as deep as the pattern nests them.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.regexp.program import (
    ACCEPT,
    BACKREFERENCE,
    JUMP,
    LINE_END,
    LINE_START,
    LITERAL,
    LITERAL_BACK,
    LOOK,
    LOOP,
    LOOP_END,
    LOOP_START,
    RUN,
    SAVE,
    SINGLE,
    SINGLE_BACK,
    SPLIT,
    Program,
)

_TERMINATORS = "\n\r\u2028\u2029"


def match_at(program: Program, subject: str, start: int) -> tuple[tuple[int, int], ...] | None:
    """The bounds of the match at ``start`` and of each capture, ``(-1, -1)`` for those unset; None if there is none."""
    registers = [-1] * program.register_count
    end = _run(program, subject, start, 0, registers)
    if end < 0:
        return None
    bounds = [(start, end)]
    for index in range(2, 2 * program.group_count + 2, 2):
        low, high = registers[index], registers[index + 1]
        bounds.append((low, high) if low >= 0 and high >= 0 else (-1, -1))
    return tuple(bounds)


def _run(program: Program, subject: str, position: int, counter: int, registers: list[int]) -> int:
    """Run from instruction ``counter``; the position where ACCEPT was reached, or -1.

    Entries of the stack, by their first item: -1, a choice ``(-1, counter, position)``; -2, a greedy run
    ``(-2, counter, lowest position, position)``; -3, a lazy run ``(-3, counter, position, highest position)``; -4, all
    registers ``(-4, registers)``; else a register and its earlier value.
    """
    code = program.code
    length = len(subject)
    stack: list[tuple[Any, ...]] = []
    push = stack.append
    while True:
        instruction = code[counter]
        operation = instruction[0]
        matched = True
        if operation == LITERAL:
            text = instruction[1]
            if subject.startswith(text, position):
                position += len(text)
            else:
                matched = False
        elif operation == SINGLE:
            if instruction[1](subject, position) is not None:
                position += 1
            else:
                matched = False
        elif operation == RUN:
            _, run, low, greedy = instruction
            end = run(subject, position).end()
            lowest = position + low
            if end < lowest:
                matched = False
            elif greedy:
                if end > lowest:
                    push((-2, counter + 1, lowest, end - 1))
                position = end
            else:
                if end > lowest:
                    push((-3, counter + 1, lowest + 1, end))
                position = lowest
        elif operation == SPLIT:
            push((-1, instruction[1], position))
        elif operation == JUMP:
            counter = instruction[1]
            continue
        elif operation == SAVE:
            register = instruction[1]
            push((register, registers[register]))
            registers[register] = position
        elif operation == LOOP:
            _, register, low, high, greedy, exit_counter, first, last = instruction
            count = registers[register]
            if count < low or (count < high and greedy):
                if count >= low:
                    push((-1, exit_counter, position))
                _begin_iteration(registers, push, register, count, position, first, last)
            elif count < high:
                # The lazy second choice enters the body: it is pushed as a choice of LOOP's body by way of -5.
                push((-5, counter, position))
                counter = exit_counter
                continue
            else:
                counter = exit_counter
                continue
        elif operation == LOOP_END:
            _, register, low, loop = instruction
            if registers[register] > low and registers[register + 1] == position:
                matched = False
            else:
                counter = loop
                continue
        elif operation == LOOP_START:
            register = instruction[1]
            push((register, registers[register]))
            registers[register] = 0
        elif operation == LOOK:
            _, negative, after = instruction
            before = registers.copy()
            found = _run(program, subject, position, counter + 1, registers) >= 0
            if found and not negative:
                push((-4, before))
            else:
                registers[:] = before
            if found == negative:
                matched = False
            else:
                counter = after
                continue
        elif operation == SINGLE_BACK:
            if position > 0 and instruction[1](subject, position - 1) is not None:
                position -= 1
            else:
                matched = False
        elif operation == LITERAL_BACK:
            text = instruction[1]
            if position >= len(text) and subject.startswith(text, position - len(text)):
                position -= len(text)
            else:
                matched = False
        elif operation == BACKREFERENCE:
            moved = _backreference(program, subject, position, instruction, registers)
            if moved < 0:
                matched = False
            else:
                position = moved
        elif operation == LINE_START:
            matched = position == 0 or (program.flags.multiline and subject[position - 1] in _TERMINATORS)
        elif operation == LINE_END:
            matched = position == length or (program.flags.multiline and subject[position] in _TERMINATORS)
        elif operation == ACCEPT:
            return position
        else:
            matched = _at_word_boundary(program, subject, position) is instruction[1]
        if matched:
            counter += 1
            continue
        while stack:
            entry = stack.pop()
            kind = entry[0]
            if kind >= 0:
                registers[kind] = entry[1]
            elif kind == -1:
                _, counter, position = entry
                break
            elif kind == -2:
                _, counter, lowest, position = entry
                if position > lowest:
                    push((-2, counter, lowest, position - 1))
                break
            elif kind == -3:
                _, counter, position, highest = entry
                if position < highest:
                    push((-3, counter, position + 1, highest))
                break
            elif kind == -4:
                registers[:] = entry[1]
            else:
                _, counter, position = entry
                _, register, _, _, _, _, first, last = code[counter]
                _begin_iteration(registers, push, register, registers[register], position, first, last)
                counter += 1
                break
        else:
            return -1


def _begin_iteration(
    registers: list[int], push: Any, register: int, count: int, position: int, first: int, last: int
) -> None:
    """RepeatMatcher (22.2.2.3.1), step 4 and on: count the iteration, and forget the captures of the one before."""
    push((register, count))
    registers[register] = count + 1
    push((register + 1, registers[register + 1]))
    registers[register + 1] = position
    for index in range(first, last):
        if registers[index] >= 0:
            push((index, registers[index]))
            registers[index] = -1


def _backreference(
    program: Program, subject: str, position: int, instruction: tuple[Any, ...], registers: list[int]
) -> int:
    """BackreferenceMatcher (22.2.2.7.2): the position after it, or -1."""
    _, groups, backwards = instruction
    for group in groups:
        low, high = registers[2 * group], registers[2 * group + 1]
        if low >= 0 and high >= 0:
            break
    else:
        return position
    width = high - low
    start = position - width if backwards else position
    if start < 0 or start + width > len(subject):
        return -1
    expected = subject[low:high]
    found = subject[start : start + width]
    if expected != found:
        if not program.flags.ignore_case:
            return -1
        from odw.ecma.regexp.case_folding import canonicalize

        full_unicode = program.flags.full_unicode
        for left, right in zip(expected, found, strict=True):
            if canonicalize(ord(left), full_unicode) != canonicalize(ord(right), full_unicode):
                return -1
    return start if backwards else start + width


def _at_word_boundary(program: Program, subject: str, position: int) -> bool:
    before = position > 0 and program.word_match(subject, position - 1) is not None
    after = program.word_match(subject, position) is not None
    return before != after
