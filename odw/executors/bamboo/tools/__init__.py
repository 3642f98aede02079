"""The tools of the agent: what the model may call, each with its schema and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from odw.executors.bamboo.workspace import Refused, Workspace

SHOWN = 30_000  # characters of a result that the model gets


class Tool(NamedTuple):
    """``run(arguments)`` returns the text for the model, or raises Refused. ``writes``: it can change something."""

    name: str
    description: str
    parameters: dict[str, Any]
    run: Callable[[dict[str, Any]], str]
    writes: bool = False
    shown: str = ""  # the argument that its summary shows

    def declaration(self) -> dict[str, Any]:
        """As the request declares it."""
        function = {"name": self.name, "description": self.description, "parameters": self.parameters}
        return {"type": "function", "function": function}

    def summary(self, arguments: dict[str, Any]) -> str:
        value = arguments.get(self.shown, "")
        return value if isinstance(value, str) else ""


def all_tools(workspace: Workspace, permission: str, secrets: tuple[str, ...]) -> dict[str, Tool]:
    """The tools for a permission: ``read`` has none that write, ``limited`` refuses dangerous commands, ``max`` does not.

    ``secrets`` are names of variables that a command must not see. The order is always the same, for providers' caches.
    """
    from odw.executors.bamboo.tools import files, search, shell, todo

    found = [
        *files.reading(workspace),
        *search.tools(workspace),
        *files.writing(workspace),
        *shell.tools(workspace, secrets, careful=permission != "max"),
        *todo.tools(),
    ]
    return {tool.name: tool for tool in found if permission != "read" or not tool.writes}


def parameters(required: tuple[str, ...], **properties: dict[str, Any]) -> dict[str, Any]:
    """An object schema of which nothing else may be given."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def integer(arguments: dict[str, Any], name: str, default: int, low: int, high: int) -> int:
    """A whole number within bounds. Raises Refused."""
    value = arguments.get(name)
    if value is None:
        return default
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < low:
        raise Refused(f"{name}: expected a whole number from {low}, found {value!r}")
    return min(value, high)


def text(arguments: dict[str, Any], name: str) -> str:
    """A text, also an empty one. Raises Refused."""
    value = arguments.get(name)
    if not isinstance(value, str):
        raise Refused(f"{name}: expected a text, found {type(value).__name__}")
    return value


def clipped(shown: str, limit: int = SHOWN) -> str:
    """Beginning and end of what is too long."""
    if len(shown) <= limit:
        return shown
    head = limit * 2 // 3
    tail = limit - head
    return f"{shown[:head]}\n[… {len(shown) - limit} characters left out …]\n{shown[-tail:]}"
