"""``--args``, ``--args-file`` and ``--arg k=v`` -> the value that the script sees as ``args``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from odw.errors import UsageError


def check_inputs(script: str | None, values: dict[str, Any]) -> None:
    """Raise UsageError when standard input is to be two things, or is to be read by a process that has none."""
    if script != "-":
        return
    if values["args_file"] == "-":
        raise UsageError("the script and --args-file cannot both be standard input")
    if values.get("detach"):
        raise UsageError("--detach needs a script that can be read again: not standard input")


def workflow_args(values: dict[str, Any], absent: Any) -> tuple[Any, list[str]]:
    """The value, ``absent`` when nothing was given, and remarks for people.

    Text that is not JSON is the value itself, a string. Raises UsageError for options that contradict each other and
    files that cannot be read.
    """
    remarks: list[str] = []
    text, file = values["args"], values["args_file"]
    if text is not None and file is not None:
        raise UsageError("--args and --args-file are both given", hint="Use one of them.")
    value = absent
    if text is not None:
        value = _value(text, "--args", remarks)
    elif file is not None:
        value = _value(_read(file), f"--args-file {file}", remarks)
    if values["arg"]:
        if value is absent:
            value = {}
        elif not isinstance(value, dict):
            raise UsageError("--arg adds an entry to an object, but --args is none", hint="Use one of them.")
        for entry in values["arg"]:
            key, equals, given = entry.partition("=")
            if not equals or not key:
                raise UsageError(f"--arg: expected KEY=VALUE, found {entry!r}")
            value[key] = _value(given, None, remarks)
    return value, remarks


def with_parameters(values: dict[str, Any], program: Any, args: Any) -> Any:
    """The args with those options that are parameters of a workflow in Python; ``values`` then say them as ``--args``.

    Raises UsageError for an option that neither odw nor the workflow has.
    """
    found = program.with_flags(values["parameters"], args)
    values.update(args=json.dumps(found, ensure_ascii=False), arg=[], args_file=None, parameters=[])
    return found


def _value(text: str, where: str | None, remarks: list[str]) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        if where is not None:
            why = (
                f" ({error.msg} at character {error.pos + 1})"
                if isinstance(error, json.JSONDecodeError)
                else ""
            )
            remarks.append(f"{where} is not JSON{why}: the script gets it as a string")
        return text


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"--args-file: cannot read {file}: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"--args-file: {file} is not UTF-8: byte {error.start}") from None
