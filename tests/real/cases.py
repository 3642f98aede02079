"""What is asked of the real clients for the recordings: a script for the server, and a call. See record.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from real.script import Answer, Reply, call, cut, fail, garble, say, stream_error, structured

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
LIMITED = {
    "anthropic-ratelimit-unified-status": "rejected",
    "anthropic-ratelimit-unified-reset": "4102444800",
    "anthropic-ratelimit-unified-representative-claim": "five_hour",
}
PATCH = "apply_patch <<'END'\n*** Begin Patch\n*** Add File: x.txt\n+hi\n*** End Patch\nEND\n"


@dataclass(frozen=True)
class Case:
    """``request``: fields of the CallRequest. ``table``: more for the executor's. ``continued``: asked again in the session."""

    answers: tuple[Answer, ...] = ()
    request: dict[str, Any] = field(default_factory=dict)
    table: dict[str, Any] = field(default_factory=dict)
    continued: bool = False


def _schema(*answers: Answer, **more: Any) -> Case:
    return Case(answers, {"schema": SCHEMA}, **more)


def _failing(status: int, message: str, kind: str = "", retry_after: float | None = None) -> Case:
    return Case((fail(status, message, kind=kind, retry_after=retry_after),))


CLAUDE: dict[str, Case] = {
    "success": Case((say("Hi back"),)),
    "thinking": Case(
        (say("42", reasoning="Let me think.").using(input=10, cache_read=900, cache_write=50, output=7),)
    ),
    "schema": _schema(structured({"n": 3})),
    "schema-mended": _schema(call(("StructuredOutput", {"n": "x"})), call(("StructuredOutput", {"n": 5}))),
    "schema-never": _schema(say("I will not")),
    "schema-given-up": _schema(call(("StructuredOutput", {"n": "x"}))),
    "schema-continued": _schema(
        say("no"), say("never"), call(("StructuredOutput", {"n": 6})), continued=True
    ),
    "tools": Case(
        (
            call(
                ("Bash", {"command": "echo hi", "description": "greet"}),
                ("Write", {"file_path": "/nowhere/x.txt", "content": "x"}),
                text="Let me look",
            ),
            say("done"),
        )
    ),
    "subagent": Case(
        (
            call(("Agent", {"description": "sub", "prompt": "subtask", "subagent_type": "general-purpose"})),
            say("after"),
        )
    ),
    "max-turns": Case((call(("Bash", {"command": "true"}), text="On it"),), {"options": {"maxTurns": 2}}),
    "max-budget": Case(
        (call(("Bash", {"command": "true"})).using(input=1_000_000, output=1_000),),
        table={"args": ["--max-budget-usd", "0.5"]},
    ),
    "401": _failing(401, "invalid x-api-key"),
    "403": _failing(403, "Your account does not have access"),
    "429": _failing(429, "This request would exceed your account's rate limit", retry_after=1),
    "500": _failing(500, "Internal server error"),
    "529": _failing(529, "Overloaded"),
    "404": _failing(404, "model: claude-nope"),
    "too-long": _failing(400, "prompt is too long: 250000 tokens > 200000 maximum"),
    "credit": _failing(400, "Your credit balance is too low to access the Anthropic API."),
    "plan-limit": Case(
        (Reply(status=429, message="This request would exceed your account's rate limit.", headers=LIMITED),),
        table={"env": {"ANTHROPIC_API_KEY": "", "CLAUDE_CODE_OAUTH_TOKEN": "scripted-token-0123456789"}},
    ),
    "refused": Case((say("no", stop="refusal"),)),
    "cut": Case((cut(),)),
    "cut-once": Case((cut(), cut(), say("recovered"))),
    "garbled": Case((garble(),)),
    "stream-error": Case((stream_error("overloaded_error", "Overloaded"),)),
    "not-logged-in": Case((say("x"),), table={"env": {"ANTHROPIC_API_KEY": ""}}),
    "lost-session": Case((say("x"),), {"session": "00000000-0000-4000-8000-000000000000"}),
    "unknown-flag": Case((say("x"),), table={"args": ["--no-such-flag"]}),
}

CODEX: dict[str, Case] = {
    "success": Case((say("Hi back"),)),
    "thinking": Case(
        (say("42", reasoning="**Deciding**").using(input=50, cache_read=40, output=10, reasoning=4),)
    ),
    "schema": _schema(say('{"n": 3}')),
    "schema-continued": _schema(say("no"), say('{"n": 6}'), continued=True),
    "tools": Case(
        (
            call(("exec_command", {"cmd": PATCH}), text="I will edit"),
            call(("exec_command", {"cmd": "exit 3"})),
            say("done"),
        )
    ),
    "empty": Case((Reply(),)),
    "401": _failing(401, "Incorrect API key provided"),
    "403": _failing(403, "Country not supported"),
    "429": _failing(429, "Rate limit reached for requests", retry_after=0.1),
    "quota": _failing(429, "You exceeded your current quota.", "insufficient_quota"),
    "usage-limit": _failing(429, "The usage limit has been reached", "usage_limit_reached"),
    "500": _failing(500, "Internal server error"),
    "503": _failing(503, "overloaded", "server_is_overloaded"),
    "404": _failing(
        404, "The model `gpt-nope` does not exist or you do not have access to it.", "model_not_found"
    ),
    "400": _failing(400, "Invalid schema for response_format 'codex_output_schema'"),
    "cut": Case((cut(),)),
    "cut-once": Case((cut(), say("recovered"))),
    "garbled": Case((garble(),)),
    "stream-limit": Case(
        (stream_error("rate_limit_exceeded", "Rate limit reached. Please try again in 0.2s."),)
    ),
    "too-long": Case((stream_error("context_length_exceeded", "Your input exceeds the context window."),)),
    "no-key": Case((say("x"),), table={"args": ["-c", 'model_providers.odw.env_key="NO_SUCH_KEY"']}),
    "lost-session": Case((say("x"),), {"session": "00000000-0000-7000-8000-000000000000"}),
    "unknown-flag": Case((say("x"),), table={"args": ["--no-such-flag"]}),
}

ALL = {"claude": CLAUDE, "codex": CODEX}
