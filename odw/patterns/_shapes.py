"""What answers look like, from a type or a JSON Schema, alone or as a list inside a pattern's own schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from odw.dsl.json_values import to_json

if TYPE_CHECKING:
    from odw.dsl.result_types import ResultType

# what a call asks for: text, a JSON Schema, or a type, whose values are made of the answers
Form: TypeAlias = "dict[str, Any] | ResultType | None"


def form_of(shape: Any) -> Form:
    """The form of one answer; None and ``str`` are text. Raises TypeError for a type that has no JSON Schema."""
    if shape is None or shape is str:
        return None
    if isinstance(shape, Mapping):
        found = to_json(shape, "the schema")
        assert isinstance(found, dict)
        return found
    from odw.dsl.result_types import result_type

    return result_type(shape)


def list_form(name: str, shape: Any) -> Form:
    """An object that has a list of such answers under ``name``."""
    form = {"type": "string"} if shape is None or shape is str else form_of(shape)
    if form is None or isinstance(form, dict):
        items = {"type": "array", "items": form or {}}
        return {"type": "object", "required": [name], "properties": {name: items}}
    from odw.dsl.result_types import ResultType

    # a type as a whole, so that an answer which only the type refuses is mended as everywhere
    return ResultType(TypedDict("Answer", {name: list[shape]}))  # type: ignore[operator]
