"""The ``schema`` option of ``agent()``: inline, by the name of one in ``meta.schemas``, or a path relative to the project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from odw.runtime.context import RunContext
from odw.schema import InvalidSchema, Validator

MAX_BYTES = 1024 * 1024


class OptionError(Exception):
    """An option that cannot work; thrown to the script as an error of ``kind`` ("TypeError", "Error")."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def invalid(why: str) -> OptionError:
    return OptionError("Error", f"agent({{schema}}) received an invalid JSON Schema: {why}")


def checked(schema: Any) -> Validator:
    """The validator of ``schema``; raises OptionError if it is none."""
    try:
        return Validator(schema)
    except InvalidSchema as error:
        raise invalid(str(error)) from None


def resolve_schema(run: RunContext, meta: Mapping[str, Any], schema: Any) -> Any:
    """The schema itself, read from its file if it is a path."""
    if not isinstance(schema, str):
        if not isinstance(schema, dict):
            raise invalid(f"expected an object or a path, found {json.dumps(schema)[:80]}")
        return schema
    named = meta.get("schemas")
    if isinstance(named, dict) and isinstance(named.get(schema), dict):
        return named[schema]
    root = Path(run.options.project).resolve()
    try:
        path = (root / schema).resolve()
        if not path.is_relative_to(root):
            raise invalid(f"the path {schema!r} leads out of the project")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise invalid(f"cannot read the file {schema!r}: {reason}") from None
    if len(data) > MAX_BYTES:
        raise invalid(f"the file {schema!r} is larger than {MAX_BYTES} bytes")
    try:
        return json.loads(data)
    except ValueError as error:
        raise invalid(f"the file {schema!r} is not JSON: {error}") from None
