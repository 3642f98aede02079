"""A workflow's args, which are JSON, as the arguments of its function."""

from __future__ import annotations

import inspect
import typing
from keyword import iskeyword
from typing import Any

from odw.dsl.workflows import Workflow
from odw.errors import UsageError
from odw.runtime.abc import ABSENT


def bind(workflow: Workflow[Any, Any], args: Any) -> tuple[list[Any], dict[str, Any]]:
    """Positional and keyword arguments. An object gives parameters by name; any other value is the one parameter there is.

    Raises UsageError for a parameter that is missing, unknown, or of another type.
    """
    parameters = list(inspect.signature(workflow.fn).parameters.values())
    if not parameters:
        return [], {}
    values = _by_name(workflow, parameters, args)
    hints = type_hints(workflow)
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        name = arg_name(parameter.name)
        if name not in values:
            if parameter.default is parameter.empty:
                raise UsageError(
                    f"{workflow.name}: the parameter {name!r} is missing from the args",
                    hint=_usage(parameters),
                )
            continue
        value = values.pop(name)
        if parameter.name in hints:
            value = converted(value, hints[parameter.name], f"{workflow.name}: args.{name}")
        if parameter.kind is parameter.POSITIONAL_ONLY:
            positional.append(value)
        else:
            named[parameter.name] = value
    if values:
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
            raise _unknown(workflow, parameters, next(iter(values)))
        named.update(values)
    return positional, named


def _by_name(workflow: Workflow[Any, Any], parameters: list[inspect.Parameter], args: Any) -> dict[str, Any]:
    if args is ABSENT:
        return {}
    own = [parameter for parameter in parameters if parameter.kind is not parameter.VAR_KEYWORD]
    if isinstance(args, dict) and not (len(own) == 1 and own[0].name == "args" and "args" not in args):
        return dict(args)
    if len(own) != 1:
        raise UsageError(
            f"{workflow.name}: expected the args as a JSON object, found {type(args).__name__}",
            hint=_usage(parameters),
        )
    return {arg_name(own[0].name): args}


def arg_name(parameter: str) -> str:
    """The name of the arg for a parameter: ``from`` for ``from_``, since Python keeps that word for itself."""
    word = parameter.removesuffix("_")
    return word if iskeyword(word) else parameter


def type_hints(workflow: Workflow[Any, Any]) -> dict[str, Any]:
    """The annotations of the parameters, names resolved; what cannot be resolved is left out."""
    try:
        hints = typing.get_type_hints(workflow.fn, include_extras=True)
    except NameError:
        return {}
    hints.pop("return", None)
    return hints


_PLAIN = (str, int, float, bool)


def converted(value: Any, hint: Any, what: str) -> Any:
    """``value`` as the type that a parameter asks for. Raises UsageError, which names ``what``."""
    if hint is Any or (hint in _PLAIN and type(value) is hint):
        return value
    from odw.dsl.result_types import ResultType

    try:
        return ResultType(hint).construct(value, what)
    except TypeError as error:
        raise UsageError(str(error)) from None


def _unknown(workflow: Workflow[Any, Any], parameters: list[inspect.Parameter], name: str) -> UsageError:
    from odw.diagnostics import closest

    meant = closest(name, [arg_name(parameter.name) for parameter in parameters])
    advice = f"Did you mean {meant}? " if meant else ""
    return UsageError(f"{workflow.name} has no parameter {name!r}", hint=f"{advice}{_usage(parameters)}")


def _usage(parameters: list[inspect.Parameter]) -> str:
    shown = [
        arg_name(parameter.name)
        if parameter.default is parameter.empty
        else f"{arg_name(parameter.name)} (has a default)"
        for parameter in parameters
    ]
    return f"Its parameters: {', '.join(shown)}."
