"""A workflow's parameters as options of the command line: ``--dimensions bugs --dimensions perf --strict``."""

from __future__ import annotations

import inspect
import json
import re
import types
import typing
from collections.abc import Iterable
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import Any

from odw.dsl.binding import arg_name, type_hints
from odw.dsl.workflows import Workflow
from odw.errors import UsageError
from odw.runtime.abc import ABSENT


class Flag(typing.NamedTuple):
    """One parameter as an option; ``kind`` is "switch", "list" or "value", ``item`` the type of the value, or of one of the list."""

    name: str
    flag: str
    kind: str
    item: Any
    required: bool
    default: Any
    help: str = ""


def flags_of(workflow: Workflow[Any, Any]) -> list[Flag]:
    """The options of a workflow, in the order of its parameters."""
    hints = type_hints(workflow)
    documented = _documented(workflow.fn.__doc__ or "")
    found = []
    for name, parameter in inspect.signature(workflow.fn).parameters.items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        kind, item = _kind(hints.get(name, Any))
        required = parameter.default is parameter.empty
        arg = arg_name(name)
        about = _annotated(hints.get(name)) or documented.get(name, "")
        found.append(Flag(arg, f"--{arg.replace('_', '-')}", kind, item, required, parameter.default, about))
    return found


def help_of(flag: Flag) -> tuple[str, str]:
    """The two columns of a help text: how the option is written, and what it is."""
    named = _type_name(flag.item)
    if flag.kind == "switch":
        left = f"{flag.flag} / --no-{flag.flag[2:]}"
    else:
        left = f"{flag.flag} {named}"
    facts = ["may be given several times"] if flag.kind == "list" else []
    if flag.required:
        facts.append("required")
    elif flag.default not in (None, "", [], (), {}, set()):
        shown = ("on" if flag.default else "off") if flag.kind == "switch" else _short(flag.default)
        facts.append(f"default: {shown}")
    return left, " ".join(part for part in (flag.help, f"[{', '.join(facts)}]" if facts else "") if part)


def _short(value: Any) -> str:
    value = value.value if isinstance(value, Enum) else value
    text = str(value) if isinstance(value, str | date | PurePath) else repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _type_name(hint: Any) -> str:
    """What is to be written there: TEXT, NUMBER, one of several words, or JSON."""
    if typing.get_origin(hint) is typing.Literal:
        return "|".join(str(choice) for choice in typing.get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "|".join(str(choice.value) for choice in hint)
    if isinstance(hint, type) and issubclass(hint, date | PurePath):
        return "TEXT"
    return {str: "TEXT", int: "NUMBER", float: "NUMBER", Any: "VALUE"}.get(hint, "JSON")


def _annotated(hint: Any) -> str:
    """The help in ``Annotated[int, "how many"]``, or in a ``Field(description=…)`` there."""
    if typing.get_origin(hint) is typing.Annotated:
        for note in typing.get_args(hint)[1:]:
            text = note if isinstance(note, str) else getattr(note, "description", None)
            if isinstance(text, str):
                return text
    return ""


_PARAMETER = re.compile(r"^\s+(\w+)(?:\s*\([^)]*\))?:\s+(.+)$")


def _documented(docstring: str) -> dict[str, str]:
    """What a docstring says of parameters below a line ``Args:``."""
    found: dict[str, str] = {}
    _, heading, rest = inspect.cleandoc(docstring).partition("Args:\n")
    for line in rest.splitlines() if heading else ():
        if not line.startswith(" "):
            break
        match = _PARAMETER.match(line)
        if match:
            found[match[1]] = match[2]
    return found


def args_of_flags(
    workflow: Workflow[Any, Any], given: Iterable[tuple[str, str | None]], args: Any = ABSENT
) -> dict[str, Any]:
    """``args`` with the options of a command line, ``(flag, value or None)``. Raises UsageError that names the flag."""
    if args is not ABSENT and not isinstance(args, dict):
        raise UsageError("options for parameters go with args that are an object", hint="Use one of them.")
    found: dict[str, Any] = {} if args is ABSENT else dict(args)
    known = {flag.flag: flag for flag in flags_of(workflow)}
    switches = {f"--no-{flag.flag[2:]}": flag for flag in known.values() if flag.kind == "switch"}
    lists: dict[str, list[Any]] = {}
    for word, value in given:
        if word in switches and word not in known:
            found[switches[word].name] = _switch(word, value, False)
            continue
        flag = known.get(word.replace("_", "-"))
        if flag is None:
            raise _unknown(word, known)
        if flag.kind == "switch":
            found[flag.name] = _switch(word, value, True)
        elif value is None:
            raise UsageError(f"{word} needs a value")
        elif flag.kind == "list":
            found[flag.name] = lists.setdefault(flag.name, [])
            lists[flag.name].append(_value(value, flag.item))
        else:
            found[flag.name] = _value(value, flag.item)
    return found


def _kind(hint: Any) -> tuple[str, Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _kind(arguments[0])
    if origin in (typing.Union, types.UnionType):
        rest = [argument for argument in arguments if argument is not type(None)]
        return _kind(rest[0]) if len(rest) == 1 else ("value", Any)
    if hint is bool:
        return "switch", bool
    if origin in (list, set, tuple) or hint in (list, set, tuple):
        return "list", arguments[0] if arguments else Any
    return "value", hint


def _switch(word: str, value: str | None, on: bool) -> bool:
    if value is None:
        return on
    if value.lower() in ("true", "false"):
        return (value.lower() == "true") is on
    raise UsageError(f"{word} is a switch: it takes no value, found {value!r}")


def _value(text: str, hint: Any) -> Any:
    """The text itself for a parameter that is text, else its JSON where it is some."""
    if hint is str:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _unknown(word: str, known: dict[str, Flag]) -> UsageError:
    from odw.diagnostics import closest

    meant = closest(word, known)
    advice = f"Did you mean {meant}? " if meant else ""
    listing = f"The workflow's own options: {', '.join(known)}. " if known else ""
    return UsageError(f"no such option: {word}", hint=f"{advice}{listing}See: odw exec --help")
