"""What a call asks of a real agent besides its prompt: the author's options, then the agent type, then the profile."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from odw.errors import ExecutorError
from odw.executors._profile import Profile
from odw.runtime.abc import CallRequest


class Wishes(NamedTuple):
    """None where nobody says anything. ``permission`` is ``read``, ``limited``, ``max`` or a mode of the program's own.

    ``tools`` are names as the program spells them; ``system`` is put before or beside its own system prompt;
    ``env`` holds variables that the author sets.
    """

    model: str | None
    effort: str | None
    provider: str | None
    permission: str | None
    sandbox: str | None
    tools: tuple[str, ...] | None
    system: str | None
    max_turns: int | None
    max_tokens: int | None
    env: Mapping[str, str]


def wishes_of(request: CallRequest, profile: Profile) -> Wishes:
    """Raises ExecutorError (configuration) for a value of the wrong kind, and for a name that is a flag."""
    options, agent = request.options, request.agent
    tools = _names("tools", options.get("tools"))
    if tools is None and agent is not None and agent.tools is not None:
        tools = _names("tools", list(agent.tools))
    return Wishes(
        plain("model", request.model or profile.model),
        plain("effort", request.effort or profile.effort),
        plain("provider", _text(options, "provider") or _text(options, "bambooProvider") or profile.provider),
        plain("permission", _text(options, "permission") or profile.permission),
        plain("sandbox", _text(options, "sandbox") or profile.sandbox),
        profile.tools if tools is None else tools,
        _system(options, request),
        _count(options, "maxTurns"),
        _count(options, "maxTokens"),
        _environment(options),
    )


def permission_mode(wishes: Wishes, own: Mapping[str, str], modes: Collection[str]) -> str:
    """The program's mode for the permission that is wished: ``own`` translates odw's words, ``modes`` are the program's.

    ``limited`` without a wish. Raises ExecutorError (configuration).
    """
    permission = wishes.permission or "limited"
    mode = own.get(permission, permission)
    if mode not in modes:
        expected = ", ".join((*own, *modes))
        raise ExecutorError(
            f"permission: expected one of {expected}, found {permission!r}", category="configuration"
        )
    return mode


def plain(what: str, value: str | None) -> str | None:
    """A word that a script chooses and that goes onto a command line: it must not smuggle in a flag."""
    if value is None or value == "":
        return None
    if value.startswith("-"):
        raise ExecutorError(f"{what} {value!r}: expected a name, found a flag", category="configuration")
    if "\0" in value:
        raise _wrong(what, "a name", value)
    return value


def _system(options: Mapping[str, Any], request: CallRequest) -> str | None:
    parts = [request.agent.prompt if request.agent is not None else "", _text(options, "system") or ""]
    return "\n\n".join(part for part in parts if part) or None


def _text(options: Mapping[str, Any], name: str) -> str | None:
    value = options.get(name)
    if value is not None and not isinstance(value, str):
        raise _wrong(name, "a text", value)
    return value or None


def _names(name: str, value: Any) -> tuple[str, ...] | None:
    """A list of names, or a text with commas between them."""
    if value is None:
        return None
    if isinstance(value, str):
        value = [part for part in (piece.strip() for piece in value.split(",")) if part]
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise _wrong(name, "a list of names", value)
    return tuple(plain(name, entry) or "" for entry in value)


def _count(options: Mapping[str, Any], name: str) -> int | None:
    value = options.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 1:
        raise _wrong(name, "a whole number above 0", value)
    return int(value)


def _environment(options: Mapping[str, Any]) -> dict[str, str]:
    """The author's ``env``. What decides which program runs, and odw's own mark, stay as they are."""
    table = options.get("env")
    if table is None:
        return {}
    if not isinstance(table, Mapping):
        raise _wrong("env", 'an object such as {NAME: "value"}', table)
    for name, value in table.items():
        if not isinstance(value, str) or "\0" in value or "=" in name or not name:
            raise _wrong(f"env.{name}", "a text", value)
        if name in _FIXED or name.startswith(_FIXED_BEGIN) or name.endswith(_FIXED_END):
            raise ExecutorError(
                f"env.{name}: a script may not set this variable",
                category="configuration",
                hint="Set it in the table of the executor in odw.toml.",
            )
    return dict(table)


# These make a program run other code, or talk to another server with the user's key.
_FIXED = frozenset(
    (
        "PATH", "HOME", "SHELL", "NODE_OPTIONS", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "BASH_ENV", "ENV",
        "GIT_SSH", "GIT_SSH_COMMAND", "GIT_EXEC_PATH", "PERL5LIB", "PERL5OPT", "RUBYOPT", "RUBYLIB",
    )
)  # fmt: skip
_FIXED_BEGIN = (
    "LD_",
    "DYLD_",
    "ODW_",
    "ANTHROPIC_",
    "CLAUDE_",
    "OPENAI_",
    "CODEX_",
    "GEMINI_",
    "GOOGLE_",
    "GIT_CONFIG",
)
_FIXED_END = ("_BASE_URL", "_API_KEY", "_PROXY", "_proxy")


def _wrong(what: str, expected: str, found: Any) -> ExecutorError:
    shown = repr(found)
    return ExecutorError(
        f"{what}: expected {expected}, found {shown if len(shown) < 80 else shown[:79] + '…'}",
        category="configuration",
    )
