"""Options of a call as Python spells them, and as the contract does: ``agent_type`` is ``agentType``.

``retries=2`` is ``maxAttempts: 3``; ``timeout`` and ``idle_timeout`` are in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypedDict

from odw.dsl.errors import InvalidOption
from odw.errors import ResultNotJson
from odw.jsonvalue import JsonValue, check_json

OnFailure = Literal["null", "throw", "report"]
Isolation = Literal["worktree"] | Mapping[str, bool]


class AgentOptions(TypedDict, total=False):
    """Every option of a call but ``schema`` and ``on_failure``; the contract, section 3, says what each means."""

    label: str
    phase: str
    model: str
    effort: str
    runtime: str
    provider: str
    isolation: Isolation | None
    agent_type: str
    action: str
    session: str
    retries: int
    max_attempts: int
    retry: Mapping[str, float]
    timeout: float
    timeout_ms: float
    idle_timeout: float
    stall_ms: float
    cwd: str
    env: Mapping[str, str]
    tools: list[str]
    system: str
    permission: str
    sandbox: str
    max_tokens: int
    max_turns: int
    allow_paths: str | list[str]
    forbid_paths: str | list[str]
    checks: list[Any]
    cache: bool
    schema_description: str
    bamboo_provider: str
    mock_text: str
    mock_result: Any
    mock_tokens: int
    mock_delay_ms: float
    mock_fail: Any
    mock_retryable: bool
    mock_write_file: Any


class CallOptions(AgentOptions, total=False):
    """Those with ``on_failure``: what a call that failed gives ("null": None, "throw": AgentFailed, "report": a dict about it)."""

    on_failure: OnFailure


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


_NAMES = {name: _camel(name) for name in CallOptions.__annotations__}


def contract_name(option: str) -> str:
    """How the contract spells an option."""
    return {"retries": "maxAttempts", "idle_timeout": "stallMs"}.get(option) or _camel(option)


def contract_options(options: Mapping[str, Any], hook: str) -> dict[str, JsonValue]:
    """The options as the runtime takes them; those that are None are left out. Raises TypeError for one that does not exist."""
    found: dict[str, JsonValue] = {}
    for name, value in options.items():
        contract = _NAMES.get(name)
        if contract is None:
            raise TypeError(_unknown(name, hook))
        if value is None:
            continue
        if name == "retries":
            found[contract_name(name)] = value + 1
        elif name == "idle_timeout":
            found[contract_name(name)] = value * 1000
        else:
            found[contract] = value if type(value) in (str, int, bool) else _json(value, name, hook)
    return found


def _json(value: Any, name: str, hook: str) -> JsonValue:
    if isinstance(value, Mapping) and not isinstance(value, dict):
        value = dict(value)
    elif isinstance(value, tuple):
        value = list(value)
    try:
        check_json(value)
    except ResultNotJson as error:
        raise InvalidOption(f"{hook}: the option {name} is not JSON: {error.message}") from None
    result: JsonValue = value
    return result


def _unknown(name: str, hook: str) -> str:
    from odw.diagnostics import closest

    meant = closest(name, _NAMES) or next((known for known, camel in _NAMES.items() if camel == name), None)
    advice = f"; did you mean {meant}?" if meant else f"; there are: {', '.join(sorted(_NAMES))}"
    return f"{hook} has no option {name}{advice}"
