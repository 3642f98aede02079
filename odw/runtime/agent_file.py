"""One file that describes an agent: YAML front matter between two lines of ``---``, then its system prompt.

Of the front matter odw reads ``name``, ``description``, ``model`` ("inherit" means none) and ``tools`` (a list, or names
with commas between them); other keys are other programs'.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from odw.runtime.abc import AgentType

MAX_BYTES = 256 * 1024
_FENCE = "---"
# A text in one line that YAML might take for something else: people write "description: Use it when: …" without quotes.
_BARE = re.compile(r"(name|description|model|tools|color)[ \t]*:[ \t]+(?![\"'|>\[{])(.*\S)\s*\Z")
_NAME_LINE = re.compile(r"^name[ \t]*:[ \t]*[\"']?([^\"'\r\n]*[^\"'\s])", re.MULTILINE)
_OUTSIDE_COMMA = re.compile(r",(?![^(]*\))")  # Bash(git log, git diff) is one tool


class AgentFileError(Exception):
    """What is wrong with a file, and in which line, from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_agent_file(path: Path) -> AgentType:
    """The agent that a file describes. Raises AgentFileError."""
    text = _text(path)
    header, body = _split(text)
    table = _yaml(header)
    name = _word(table, "name", header) or path.stem
    model = _word(table, "model", header)
    return AgentType(
        name,
        _word(table, "description", header) or "",
        body.strip(),
        None if model is None or model.lower() == "inherit" else model,
        _tools(table, header),
    )


def likely_name(path: Path) -> str:
    """The name that a file seems to have which cannot be used: so that whoever asks for it hears why."""
    try:
        with path.open("rb") as stream:
            text = stream.read(4096).decode("utf-8", "replace")
    except OSError:
        return path.stem
    found = _NAME_LINE.search(text) if text.lstrip("\ufeff").startswith(_FENCE) else None
    return found[1] if found else path.stem


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise AgentFileError(1, f"it cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise AgentFileError(1, f"it is larger than {MAX_BYTES // 1024} KB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AgentFileError(data.count(b"\n", 0, error.start) + 1, "not UTF-8") from None


def _split(text: str) -> tuple[list[str], str]:
    """The lines of the front matter, and what follows it. A file without front matter is all prompt."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return [], text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return [each.removesuffix("\r") for each in lines[1:number]], "\n".join(lines[number + 1 :])
    raise AgentFileError(1, "the front matter has no end: a second line of --- is missing")


def _yaml(header: list[str]) -> dict[str, Any]:
    """The front matter as a table; if it is no YAML as it stands, then with its bare texts in quotes."""
    try:
        return _table(_load(header))
    except AgentFileError:
        quoted = [
            _BARE.sub(lambda m: f"{m[1]}: {json.dumps(m[2], ensure_ascii=False)}", line) for line in header
        ]
        if quoted == header:
            raise
        try:
            return _table(_load(quoted))
        except AgentFileError:
            pass
        raise


def _load(header: list[str]) -> Any:
    import yaml

    try:
        return yaml.safe_load("\n".join(header))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise AgentFileError((mark.line if mark else 0) + 2, f"not YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:  # a character, a date or a number that cannot be
        raise AgentFileError(2, f"not YAML: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise AgentFileError(2, "its values nest too deeply") from None


def _table(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise AgentFileError(2, f"expected lines such as name: reviewer, found {_shown(value)}")
    return value


def _word(table: dict[str, Any], key: str, header: list[str]) -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise AgentFileError(_line_of(key, header), f"{key}: expected a text, found {_shown(value)}")
    value = value.strip()
    if key != "description" and (value.startswith("-") or "\0" in value):
        raise AgentFileError(_line_of(key, header), f"{key}: expected a name, found {_shown(value)}")
    return value or None


def _tools(table: dict[str, Any], header: list[str]) -> tuple[str, ...] | None:
    value = table.get("tools")
    if value is None:
        return None
    names = _OUTSIDE_COMMA.split(value) if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise AgentFileError(
            _line_of("tools", header), f"tools: expected names such as Read, Grep, found {_shown(value)}"
        )
    tools = tuple(name for name in (each.strip() for each in names) if name)
    for name in tools:
        if name.startswith("-") or "\0" in name:
            raise AgentFileError(_line_of("tools", header), f"tools: expected names, found {_shown(name)}")
    return None if tools == ("*",) else tools


def _line_of(key: str, header: list[str]) -> int:
    return next((number for number, line in enumerate(header, 2) if line.startswith(key)), 2)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
