"""The type of a result: its JSON Schema, and its values made from the agent's JSON. pydantic does both.

A schema is written as an author would: without the titles that pydantic adds, and with ``$defs`` in their places unless they
refer to themselves. So a type and the JSON Schema it stands for give a call the same key.
"""

from __future__ import annotations

import re
import sys
import typing
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from odw.jsonvalue import JsonValue
from odw.runtime.call_key import schema_text
from odw.runtime.context import RunContext
from odw.schema import Validator, json_path

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

_known: dict[Any, ResultType] = {}


def result_type(annotation: Any) -> ResultType | None:
    """The result type of an annotation; None for text. Raises TypeError for one that has no JSON Schema."""
    if annotation in (str, None, Any) or annotation is type(None):
        return None
    try:
        known = _known.get(annotation)
    except TypeError:  # not hashable
        return ResultType(annotation)
    if known is None:
        known = _known[annotation] = ResultType(annotation)
    return known


def return_type(fn: Callable[..., Any]) -> Any:
    """The return annotation of a function, names resolved. Raises TypeError when one cannot be."""
    try:
        return typing.get_type_hints(fn, include_extras=True).get("return")
    except NameError as error:
        raise TypeError(
            f"{fn.__name__}: the return type names {error.name!r}, which is not defined at the top of the file"
        ) from None


class ResultType:
    """``schema`` is what the agent is asked for; ``construct`` makes the value of an answer that fits it."""

    __slots__ = ("_adapter", "_text", "annotation", "schema")

    def __init__(self, annotation: Any) -> None:
        from pydantic import TypeAdapter
        from pydantic.errors import PydanticUserError

        self.annotation = annotation
        try:
            self._adapter: TypeAdapter[Any] = TypeAdapter(_modern(annotation))
            schema = self._adapter.json_schema(mode="validation")
        except PydanticUserError as error:
            first = str(error).partition("\n")[0]
            raise TypeError(f"the type {_shown(annotation)} has no JSON Schema: {first}") from None
        self.schema: dict[str, Any] = _as_written(schema)
        self._text = schema_text(self.schema)

    def prepare(self, run: RunContext, options: dict[str, Any]) -> None:
        """Ask for this type in ``options``; an answer that only the type refuses is mended like one that the schema refuses."""
        options["schema"] = self.schema
        if self._text not in run.validators:
            entry = (
                {"schema": self.schema}
                if len(self._text) <= 2000
                else {"schemaRef": run.journal.blob(self._text, ".schema.json")}
            )
            run.validators[self._text] = (_TypedValidator(self.schema, self._adapter), entry)

    def construct(self, value: JsonValue, what: str = "the answer") -> Any:
        """The value of an answer. Raises TypeError, which names ``what``, when the type refuses what its schema allows."""
        from pydantic import ValidationError

        if (
            isinstance(value, dict)
            and "worktree" in value
            and "worktree" not in self.schema.get("properties", {})
        ):
            value = {name: item for name, item in value.items() if name != "worktree"}
        try:
            return self._adapter.validate_python(value)
        except ValidationError as error:
            problems = "; ".join(_problems(error))
            raise TypeError(f"{what} is no {_shown(self.annotation)}: {problems}") from None


class _TypedValidator(Validator):
    """A schema's validator that asks the type too, which may have validators of its own."""

    __slots__ = ("_adapter",)

    def __init__(self, schema: JsonValue, adapter: TypeAdapter[Any]) -> None:
        super().__init__(schema)
        self._adapter = adapter

    def problems(self, value: JsonValue) -> tuple[str, ...]:
        from pydantic import ValidationError

        found = super().problems(value)
        if found:
            return found
        try:
            self._adapter.validate_python(value)
        except ValidationError as error:
            return _problems(error)
        return ()


def _problems(error: ValidationError) -> tuple[str, ...]:
    return tuple(f"{json_path(entry['loc'])}: {entry['msg']}" for entry in error.errors(include_url=False))


def _as_written(schema: Mapping[str, Any]) -> dict[str, Any]:
    definitions = schema.get("$defs", {})
    kept: dict[str, Any] = {}
    body = _written({name: part for name, part in schema.items() if name != "$defs"}, definitions, (), kept)
    assert isinstance(body, dict)
    return {**body, "$defs": kept} if kept else body


_NAMES_TO_SCHEMAS = ("properties", "patternProperties", "$defs", "dependentSchemas")


def _written(part: Any, definitions: Mapping[str, Any], inside: tuple[str, ...], kept: dict[str, Any]) -> Any:
    """A schema without generated titles, its references replaced by what they name, unless that is around them already."""
    if isinstance(part, list):
        return [_written(item, definitions, inside, kept) for item in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    if name in definitions:
        if name in inside or name in kept or _recursive(name, definitions):
            if name not in kept:
                kept[name] = {}
                kept[name] = _written(definitions[name], definitions, (*inside, name), kept)
            return {"$ref": f"#/$defs/{name}"}
        merged = {**definitions[name], **{key: value for key, value in part.items() if key != "$ref"}}
        return _written(merged, definitions, (*inside, name), kept)
    found: dict[str, Any] = {}
    for key, value in part.items():
        if key == "title" and isinstance(value, str):
            continue
        if key in ("default", "const", "enum", "examples"):
            found[key] = value
        elif key in _NAMES_TO_SCHEMAS and isinstance(value, dict):
            found[key] = {inner: _written(item, definitions, inside, kept) for inner, item in value.items()}
        else:
            found[key] = _written(value, definitions, inside, kept)
    return found


def _recursive(name: str, definitions: Mapping[str, Any]) -> bool:
    """Whether a definition leads back to itself."""
    seen: set[str] = set()
    waiting = [definitions[name]]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            reference = str(part.get("$ref", "")).removeprefix("#/$defs/")
            if reference == name:
                return True
            if reference in definitions and reference not in seen:
                seen.add(reference)
                waiting.append(definitions[reference])
            waiting.extend(value for key, value in part.items() if key not in ("default", "const", "enum"))
    return False


def _modern(annotation: Any) -> Any:
    """The annotation with ``typing.TypedDict`` classes, which pydantic takes from Python 3.12 on only, replaced by their likes."""
    if sys.version_info >= (3, 12):
        return annotation
    if typing.is_typeddict(annotation) and annotation.__module__ != "typing_extensions":
        return _modern_typed_dict(annotation)
    arguments = typing.get_args(annotation)
    if not arguments or typing.get_origin(annotation) is typing.Literal:
        return annotation
    modern = tuple(_modern(argument) for argument in arguments)
    if modern == arguments:
        return annotation
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return typing.Annotated[(modern[0], *annotation.__metadata__)]
    import types

    return typing.Union[modern] if origin in (typing.Union, types.UnionType) else origin[modern]  # noqa: UP007


_modernised: dict[Any, Any] = {}


def _modern_typed_dict(kind: Any) -> Any:
    from typing_extensions import TypedDict

    known = _modernised.get(kind)
    if known is None:
        hints = typing.get_type_hints(kind, include_extras=True)
        members: dict[str, Any] = {}
        for name, hint in hints.items():
            marker = typing.get_origin(hint)
            if marker in (
                typing.Required,
                typing.NotRequired,
            ):  # where annotations are texts, only this tells
                hint = typing.get_args(hint)[0]
            elif name not in kind.__required_keys__:
                marker = typing.NotRequired
            modern = _modern(hint)
            members[name] = (
                typing.NotRequired[modern] if marker is typing.NotRequired else typing.Required[modern]
            )
        known = _modernised[kind] = TypedDict(kind.__name__, members)  # type: ignore[operator]
        known.__doc__ = kind.__doc__
    return known


def _shown(annotation: Any) -> str:
    """A type as its author would write it: without the modules of its names."""
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return annotation.__name__
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", str(annotation))
