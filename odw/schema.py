"""JSON Schemas of agents' answers: draft 2020-12, ``$ref`` within the schema, formats not asserted, nothing fetched.

jsonschema is imported by the first schema that is used, not before: it costs as much as the whole rest of a small run.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

from odw.jsonvalue import JsonValue

MAX_PROBLEMS = 20
RECURSION_LIMIT = 4000  # enough for an answer as deep as answers may be
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")
_FENCE = re.compile(r"```[A-Za-z]*[ \t]*\r?\n(.*?)```", re.DOTALL)
NOT_JSON = object()


class InvalidSchema(ValueError):
    """What was given is no JSON Schema; the message says where and why."""


class Validator:
    """A checked schema. ``problems(value)`` lists what does not fit, each with its JSON path; () if all does."""

    __slots__ = ("_errors", "schema")

    def __init__(self, schema: JsonValue) -> None:
        if not isinstance(schema, dict | bool):
            raise InvalidSchema(f"expected an object, found {_kind(schema)}")
        self.schema = schema
        self._errors = _compile(schema)

    def problems(self, value: JsonValue) -> tuple[str, ...]:
        """For example ``$.items[2].title: 'x' is too short``; at most MAX_PROBLEMS, the deepest causes of anyOf included."""
        found: list[str] = []
        limit = sys.getrecursionlimit()
        try:
            # a script runs with a far higher limit, and a $ref that leads to itself would climb all of it
            sys.setrecursionlimit(min(limit, RECURSION_LIMIT))
            for error in self._errors(value):
                found.append(_describe(error))
                if len(found) >= MAX_PROBLEMS:
                    break
        except RecursionError:
            return ("$: the schema or the answer nests too deeply",)
        except _unresolvable() as error:
            return (f"$: the schema refers to something that is not in it: {_reference(error)}",)
        finally:
            sys.setrecursionlimit(limit)
        return tuple(found)


def _compile(schema: Any) -> Callable[[Any], Any]:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
    from referencing import Registry

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise InvalidSchema(_describe(error)) from None
    except RecursionError:
        raise InvalidSchema("it nests too deeply") from None
    # A registry that holds nothing: jsonschema's own would fetch a remote $ref from the network.
    registry: Any = Registry()
    validator = Draft202012Validator(schema, registry=registry)
    return validator.iter_errors


def _unresolvable() -> type[Exception]:
    from referencing.exceptions import Unresolvable

    return Unresolvable


def _reference(error: Exception) -> str:
    return str(getattr(error, "ref", error))


def _describe(error: Any) -> str:
    best = error
    while best.context:  # anyOf / oneOf: the branch that came nearest says more than "is not valid under any"
        deepest = max(best.context, key=lambda e: len(e.absolute_path))
        if len(deepest.absolute_path) <= len(best.absolute_path):
            break
        best = deepest
    message = best.message
    return f"{json_path(best.absolute_path)}: {message if len(message) <= 400 else message[:397] + '…'}"


def json_path(parts: Any) -> str:
    """``$.items[2]["a b"]``."""
    path = "$"
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if _IDENTIFIER.match(part) else f"[{json.dumps(part)}]"
    return path


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return {str: "a string", list: "an array", int: "a number", float: "a number"}.get(type(value), "no JSON")


def json_in_text(text: str) -> Any:
    """The JSON value that a text is, or holds in its last fenced block or outermost braces; NOT_JSON if none."""
    text = text.strip()
    candidates = [text, *(match[1] for match in reversed(list(_FENCE.finditer(text))))]
    for opening, closing in ("{}", "[]"):
        start, end = text.find(opening), text.rfind(closing)
        if 0 <= start < end:
            candidates.append(text[start : end + 1])
    for candidate in candidates:
        try:
            return json.loads(candidate, parse_constant=_refuse)
        except (ValueError, RecursionError):
            continue
    return NOT_JSON


def _refuse(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are Python's idea, not JSON's
