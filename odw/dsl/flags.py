"""A workflow's parameters as options of the command line: ``--dimensions bugs --dimensions perf --strict``."""

from __future__ import annotations

import inspect
import json
import types
import typing
from collections.abc import Iterable
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


def flags_of(workflow: Workflow[Any, Any]) -> list[Flag]:
    """The options of a workflow, in the order of its parameters."""
    hints = type_hints(workflow)
    found = []
    for name, parameter in inspect.signature(workflow.fn).parameters.items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        kind, item = _kind(hints.get(name, Any))
        required = parameter.default is parameter.empty
        arg = arg_name(name)
        found.append(Flag(arg, f"--{arg.replace('_', '-')}", kind, item, required, parameter.default))
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
