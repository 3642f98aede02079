"""JavaScript's errors as exceptions; ``Thrown`` carries a value that is no error."""

from __future__ import annotations

import builtins
from typing import Any

from odw.dsl.javascript.values import text
from odw.ecma.values import undefined
from odw.errors import WorkflowError
from odw.runtime.halts import BudgetExhausted, CallHalt, CapReached

CATCHABLE = (Exception, BudgetExhausted, CapReached)
"""What a script's ``catch`` catches: errors, and the halts that it may see."""


class Error(Exception):
    """``new Error(message, {cause})``; other properties are attributes in ``properties``."""

    def __init__(self, message: Any = undefined, options: Any = undefined) -> None:
        super().__init__("" if message is undefined else text(message))
        self.properties: dict[str, Any] = {}
        if isinstance(options, dict) and "cause" in options:
            self.properties["cause"] = options["cause"]

    @property
    def message(self) -> str:
        return str(self.args[0])

    def __str__(self) -> str:
        return text(self.properties.get("message", self.args[0]))


class TypeError(Error, builtins.TypeError):
    pass


class RangeError(Error):
    pass


class SyntaxError(Error):
    pass


class ReferenceError(Error):
    pass


class URIError(Error):
    pass


class EvalError(Error):
    pass


class AggregateError(Error):
    """Several errors in one: ``errors``."""

    def __init__(self, errors: list[Any], message: Any = undefined) -> None:
        super().__init__(message)
        self.properties["errors"] = list(errors)


class Thrown(WorkflowError):
    """``throw value`` of something that is no error."""

    def __init__(self, value: Any) -> None:
        from odw.dsl.javascript.json_text import json

        if isinstance(value, str):
            shown = f"'{value}'"
        else:
            shown = json(value) if isinstance(value, dict | list) else text(value)
        super().__init__(f"Uncaught {shown}", code="uncaught_error")
        self.value = value


def thrown(value: Any) -> BaseException:
    """What to raise for ``throw value``."""
    return value if isinstance(value, BaseException) else Thrown(value)


def caught(error: BaseException) -> Any:
    """The value that a script's ``catch`` gets for an exception."""
    return error.value if isinstance(error, Thrown) else error


def error_name(error: BaseException) -> str:
    if isinstance(error, Error) and "name" in error.properties:
        return text(error.properties["name"])
    if isinstance(error, CallHalt):
        return error.error_name
    name = type(error).__name__
    if name == "AgentFailed":
        return "WorkflowAgentError"
    own = getattr(error, "javascript_name", None)
    return own if own is not None else name if isinstance(error, Error) else _LIKE.get(name, "Error")


_LIKE = {
    "TypeError": "TypeError",
    "KeyError": "TypeError",
    "AttributeError": "TypeError",
    "RecursionError": "RangeError",
    "UnboundLocalError": "ReferenceError",
    "NameError": "ReferenceError",
}


def error_message(error: BaseException) -> str:
    return error.reason if isinstance(error, CallHalt) else str(error)


def error_text(error: BaseException) -> str:
    """Error.prototype.toString (20.5.3.4)."""
    name, message = error_name(error), error_message(error)
    return f"{name}: {message}" if name and message else name or message


def message(error: Any) -> Any:
    """``error.message`` of what was caught: undefined for a value that has none."""
    from odw.dsl.javascript.members import get

    return get(error, "message")


def is_error(value: Any, kind: str = "Error") -> bool:
    """``value instanceof Error`` (or a kind of it)."""
    if not isinstance(value, BaseException) or isinstance(value, Thrown):
        return False
    return (
        kind == "Error" or error_name(value) == kind or any(c.__name__ == kind for c in type(value).__mro__)
    )
