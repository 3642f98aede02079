"""Command lines read by the table in ``options.py``: the whole parser, without importing one.

``["a.js", "--arg", "k=1", "--json"]`` -> ``{"script": "a.js", "arg": ["k=1"], "json": True, …}``, every option present.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from odw.cli.options import Command, Option
from odw.errors import UsageError

_SCRIPTS = (".js", ".mjs", ".cjs", ".ts")


def parse(command: Command, argv: Sequence[str]) -> dict[str, Any]:
    """The values by name, defaults filled in. Raises UsageError; ``--help`` is the caller's."""
    by_flag = {flag: option for option in command.options for flag in option.flags}
    values = defaults(command)
    positional: list[str] = []
    rest = list(reversed(argv))
    while rest:
        word = rest.pop()
        if word == "--":
            positional.extend(reversed(rest))
            break
        if word == "-" or not word.startswith("-"):
            positional.append(word)
            continue
        if command.parameters and _may_have_parameters(positional) and _is_unknown(word, by_flag):
            flag, equals, value = word.partition("=")
            taken = value if equals else rest.pop() if rest and not rest[-1].startswith("--") else None
            values.setdefault(command.parameters, []).append((flag, taken))
            continue
        flag, option, attached = _split(command, word, by_flag)
        if not option.metavar:
            if attached is not None:
                raise _usage(command, f"{flag} takes no value: found {attached!r}")
            values[option.name] = True
            continue
        if attached is None:
            if not rest or rest[-1] in by_flag:
                raise _usage(command, f"{flag} needs a value: {flag} {option.metavar}")
            attached = rest.pop()
        if option.choices and attached not in option.choices:
            raise _usage(command, f"{flag}: expected one of {', '.join(option.choices)}, found {attached!r}")
        if option.many:
            values[option.name].append(attached)
        else:
            values[option.name] = attached
    _place(command, positional, values)
    return values


def defaults(command: Command) -> dict[str, Any]:
    """What every option is when it is not given."""
    values: dict[str, Any] = {
        option.name: [] if option.many else option.default if option.metavar else False
        for option in command.options
    }
    for argument in command.arguments:
        values[argument.name] = [] if argument.many else None
    return values


def _may_have_parameters(positional: list[str]) -> bool:
    """Whether what is to run may be a workflow in Python: a file of it, or a name."""
    return bool(positional) and positional[0] != "-" and not positional[0].endswith(_SCRIPTS)


def _is_unknown(word: str, by_flag: dict[str, Option]) -> bool:
    return word.startswith("--") and word.partition("=")[0] not in by_flag


def _split(command: Command, word: str, by_flag: dict[str, Option]) -> tuple[str, Option, str | None]:
    """``--flag=value``, ``--flag``, ``-fvalue`` or ``-f``."""
    flag, equals, value = word.partition("=")
    if flag in by_flag:
        return flag, by_flag[flag], value if equals else None
    if not word.startswith("--") and word[:2] in by_flag and by_flag[word[:2]].metavar:
        return word[:2], by_flag[word[:2]], word[2:]
    from odw.diagnostics import closest

    meant = closest(flag, by_flag)
    raise _usage(command, f"no such option: {flag}", f"Did you mean {meant}?" if meant else "")


def _place(command: Command, positional: list[str], values: dict[str, Any]) -> None:
    rest = list(positional)
    for argument in command.arguments:
        if argument.many:
            values[argument.name], rest = rest, []
        elif rest:
            values[argument.name] = rest.pop(0)
        if argument.required and not values[argument.name]:
            raise _usage(command, f"{argument.metavar} is missing")
    if rest:
        names = " ".join(argument.metavar for argument in command.arguments)
        expected = (
            f"one {names} only" if len(command.arguments) == 1 else f"expected {names or 'no argument'}"
        )
        raise _usage(command, f"{expected}: found also {rest[0]!r}")


def _usage(command: Command, message: str, hint: str = "") -> UsageError:
    return UsageError(message, hint=f"{hint} See: odw {command.name} --help".strip())
