"""Chat Completions, as the OpenAI-compatible providers speak it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from real.events import arguments, event, new_id, pieces, texts
from real.script import Asked, Reply

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "insufficient_balance",
    403: "permission_error",
    404: "invalid_request_error",
    429: "rate_limit_error",
}


def asked(path: str, headers: Mapping[str, str], body: Any) -> Asked:
    messages = body.get("messages") or []

    def said(role: str) -> list[str]:
        return [texts(message.get("content")) for message in messages if message.get("role") == role]

    return Asked(
        "chat",
        path,
        headers,
        body,
        model=body.get("model", ""),
        system="\n".join((*said("system"), *said("developer"))),
        prompt="\n".join(said("user")),
        results=tuple(said("tool")),
        tools=tuple(tool.get("function", {}).get("name", "") for tool in body.get("tools") or ()),
        stream=bool(body.get("stream")),
    )


def error(reply: Reply) -> Any:
    kind = reply.kind or KINDS.get(reply.status, "server_error")
    return {"error": {"message": reply.message, "type": kind, "param": None, "code": kind}}


def stream_error(reply: Reply) -> bytes:
    return event(None, error(reply))


def document(asked: Asked, reply: Reply) -> Any:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if reply.reasoning:
        message["reasoning_content"] = reply.reasoning
    if reply.tools:
        message["tool_calls"] = [_called(tool) for tool in reply.tools]
    whole = _frame(asked, reply, "chat.completion")
    whole["choices"] = [{"index": 0, "message": message, "finish_reason": _finish(reply)}]
    if reply.usage is not None:
        whole["usage"] = usage(reply.usage)
    return whole


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    frame = _frame(asked, reply, "chat.completion.chunk")

    def chunk(delta: Any, finish: str | None = None) -> bytes:
        return event(None, {**frame, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    yield chunk({"role": "assistant", "content": ""})
    for piece in pieces(reply.reasoning):
        yield chunk({"reasoning_content": piece})
    for piece in pieces(reply.text):
        yield chunk({"content": piece})
    for index, tool in enumerate(reply.tools):
        called = _called(tool)
        given = called["function"].pop("arguments")
        called["function"]["arguments"] = ""
        yield chunk({"tool_calls": [{"index": index, **called}]})
        for piece in pieces(given):
            yield chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
    yield chunk({}, _finish(reply))
    if reply.usage is not None and (asked.body.get("stream_options") or {}).get("include_usage"):
        yield event(None, {**frame, "choices": [], "usage": usage(reply.usage)})
    yield event(None, "[DONE]")


def usage(told: Mapping[str, int]) -> Any:
    """``input`` is what was not in the cache; this protocol counts that in."""
    prompt = told.get("input", 0) + told.get("cache_read", 0)
    output = told.get("output", 0)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": output,
        "total_tokens": prompt + output,
        "prompt_tokens_details": {"cached_tokens": told.get("cache_read", 0)},
        "completion_tokens_details": {"reasoning_tokens": told.get("reasoning", 0)},
    }


def _frame(asked: Asked, reply: Reply, kind: str) -> dict[str, Any]:
    return {
        "id": new_id("chatcmpl"),
        "object": kind,
        "created": 1_700_000_000,
        "model": reply.model or asked.model,
    }


def _called(tool: tuple[str, Any]) -> dict[str, Any]:
    return {
        "id": new_id("call"),
        "type": "function",
        "function": {"name": tool[0], "arguments": arguments(tool[1])},
    }


def _finish(reply: Reply) -> str:
    return reply.stop or ("tool_calls" if reply.tools else "stop")
