"""OpenAI Responses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from real.events import arguments, event, new_id, pieces, texts
from real.script import Asked, Reply

KINDS = {
    400: "invalid_request_error",
    401: "invalid_api_key",
    403: "permission_denied",
    404: "model_not_found",
    429: "rate_limit_exceeded",
    500: "server_error",
    503: "server_is_overloaded",
}


def asked(path: str, headers: Mapping[str, str], body: Any) -> Asked:
    given = body.get("input") or []
    items = [{"role": "user", "content": given}] if isinstance(given, str) else given

    def said(*roles: str) -> list[str]:
        return [texts(item.get("content")) for item in items if item.get("role") in roles]

    results = [
        item["output"] if isinstance(item.get("output"), str) else texts(item.get("output"))
        for item in items
        if item.get("type") in ("function_call_output", "custom_tool_call_output", "local_shell_call_output")
    ]
    return Asked(
        "responses",
        path,
        headers,
        body,
        model=body.get("model", ""),
        system="\n".join((body.get("instructions") or "", *said("developer", "system"))),
        prompt="\n".join(said("user")),
        results=tuple(results),
        tools=tuple(tool.get("name") or tool.get("type", "") for tool in body.get("tools") or ()),
        stream=bool(body.get("stream")),
    )


def error(reply: Reply) -> Any:
    kind = reply.kind or KINDS.get(reply.status, "server_error")
    return {"error": {"message": reply.message, "type": kind, "param": None, "code": kind}}


def stream_error(reply: Reply) -> bytes:
    failed = {"code": reply.kind or "server_error", "message": reply.message}
    response = {"id": new_id("resp"), "object": "response", "status": "failed", "error": failed}
    return event("response.failed", {"type": "response.failed", "response": response})


def document(asked: Asked, reply: Reply) -> Any:
    return _response(asked, reply, _items(reply))


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    items = _items(reply)
    begun = {**_response(asked, reply, items), "status": "in_progress", "output": [], "usage": None}
    yield event("response.created", {"type": "response.created", "response": begun})
    for index, item in enumerate(items):
        added = {**item, "content": []} if item["type"] == "message" else item
        yield event(
            "response.output_item.added",
            {"type": "response.output_item.added", "output_index": index, "item": added},
        )
        if item["type"] == "message":
            for piece in pieces(reply.text):
                delta = {"item_id": item["id"], "output_index": index, "content_index": 0, "delta": piece}
                yield event("response.output_text.delta", {"type": "response.output_text.delta", **delta})
        yield event(
            "response.output_item.done",
            {"type": "response.output_item.done", "output_index": index, "item": item},
        )
    whole = _response(asked, reply, items)
    yield event("response.completed", {"type": "response.completed", "response": whole})


def usage(told: Mapping[str, int]) -> Any:
    """``input`` is what was not in the cache; this protocol counts that in."""
    given = told.get("input", 0) + told.get("cache_read", 0)
    output = told.get("output", 0)
    return {
        "input_tokens": given,
        "input_tokens_details": {"cached_tokens": told.get("cache_read", 0)},
        "output_tokens": output,
        "output_tokens_details": {"reasoning_tokens": told.get("reasoning", 0)},
        "total_tokens": given + output,
    }


def _items(reply: Reply) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if reply.reasoning:
        summary = [{"type": "summary_text", "text": reply.reasoning}]
        items.append({"type": "reasoning", "id": new_id("rs"), "summary": summary})
    if reply.text:
        content = [{"type": "output_text", "text": reply.text, "annotations": []}]
        items.append({"type": "message", "id": new_id("msg"), "role": "assistant", "content": content})
    for name, value in reply.tools:
        called = {"id": new_id("fc"), "call_id": new_id("call"), "name": name}
        if isinstance(value, str):  # a free-form tool takes a text
            items.append({"type": "custom_tool_call", **called, "input": value})
        else:
            items.append({"type": "function_call", **called, "arguments": arguments(value)})
    return [{**item, "status": "completed"} for item in items]


def _response(asked: Asked, reply: Reply, items: list[Any]) -> dict[str, Any]:
    return {
        "id": new_id("resp"),
        "object": "response",
        "created_at": 1_700_000_000,
        "status": "completed",
        "model": reply.model or asked.model,
        "output": items,
        "usage": None if reply.usage is None else usage(reply.usage),
        "error": None,
    }
