"""The kind of an agent's answers, from the JSON Schema that the call names; answers are validated before a script sees them."""

from __future__ import annotations

from typing import Any

from odw.transpile.python_workflow.kinds import ANY, BOOL, FIN, NULL, STR, UNDEFINED, Arr, Kind, Obj, kind


def answer_kind(schema: Any) -> Kind:
    """What fits a schema, given as plain data; ``ANY`` where that is not plain to see."""
    if not isinstance(schema, dict) or any(
        word in schema for word in ("$ref", "anyOf", "oneOf", "allOf", "not")
    ):
        return kind(ANY)
    words = schema.get("type")
    if isinstance(words, list):
        found: Kind = frozenset()
        for word in words:
            found |= _of_type(schema, word)
        return found
    if words is None and "enum" in schema:
        return _constants(schema["enum"])
    return _of_type(schema, words)


def _constants(values: Any) -> Kind:
    if isinstance(values, list) and values and all(isinstance(value, str) for value in values):
        return kind(STR)
    return kind(ANY)


def _of_type(schema: dict[str, Any], word: Any) -> Kind:
    if word == "object":
        return kind(_object(schema))
    if word == "array":
        return kind(Arr(answer_kind(schema.get("items"))))
    plain = {"string": STR, "number": FIN, "integer": FIN, "boolean": BOOL, "null": NULL}.get(word)
    return kind(plain or ANY)


def _object(schema: dict[str, Any]) -> Obj:
    found = Obj(answer=True)
    properties = schema.get("properties")
    required = schema.get("required")
    for name, part in (properties if isinstance(properties, dict) else {}).items():
        found.members[name] = answer_kind(part)
    for name in required if isinstance(required, list) else ():
        if isinstance(name, str):
            found.always.add(name)
            found.members.setdefault(name, kind(ANY))
    if schema.get("additionalProperties") is not False:
        found.others = kind(ANY, UNDEFINED)
    return found
