"""Anthropic Messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from real.events import arguments, event, new_id, pieces, texts
from real.script import Asked, Reply

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}


def asked(path: str, headers: Mapping[str, str], body: Any) -> Asked:
    users = [message.get("content") for message in body.get("messages") or () if message["role"] == "user"]
    results = [
        texts(block.get("content"))
        for content in users
        if isinstance(content, list)
        for block in content
        if block.get("type") == "tool_result"
    ]
    return Asked(
        "anthropic",
        path,
        headers,
        body,
        model=body.get("model", ""),
        system=texts(body.get("system")),
        prompt="\n".join(texts(content) for content in users),
        results=tuple(results),
        tools=tuple(tool.get("name", "") for tool in body.get("tools") or ()),
        stream=bool(body.get("stream")),
    )


def error(reply: Reply) -> Any:
    kind = reply.kind or KINDS.get(reply.status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": reply.message}, "request_id": new_id("req")}


def stream_error(reply: Reply) -> bytes:
    return event("error", error(reply))


def document(asked: Asked, reply: Reply) -> Any:
    content: list[Any] = []
    if reply.reasoning:
        content.append({"type": "thinking", "thinking": reply.reasoning, "signature": "c2lnbmVk"})
    if reply.text:
        content.append({"type": "text", "text": reply.text})
    content += [{"type": "tool_use", "id": new_id("toolu"), "name": n, "input": v} for n, v in reply.tools]
    return {**_frame(asked, reply), "content": content, "stop_reason": _stop(reply), "usage": usage(reply)}


def events(asked: Asked, reply: Reply) -> Iterator[bytes]:
    first = {**_frame(asked, reply), "usage": {**usage(reply), "output_tokens": 1}}
    yield event("message_start", {"type": "message_start", "message": first})
    for index, (block, deltas) in enumerate(_blocks(reply)):
        yield event(
            "content_block_start", {"type": "content_block_start", "index": index, "content_block": block}
        )
        for delta in deltas:
            yield event(
                "content_block_delta", {"type": "content_block_delta", "index": index, "delta": delta}
            )
        yield event("content_block_stop", {"type": "content_block_stop", "index": index})
    end = {"stop_reason": _stop(reply), "stop_sequence": None}
    yield event("message_delta", {"type": "message_delta", "delta": end, "usage": usage(reply)})
    yield event("message_stop", {"type": "message_stop"})


def usage(reply: Reply) -> dict[str, int]:
    told = reply.usage or {}
    return {
        "input_tokens": told.get("input", 0),
        "cache_creation_input_tokens": told.get("cache_write", 0),
        "cache_read_input_tokens": told.get("cache_read", 0),
        "output_tokens": told.get("output", 0),
    }


def _blocks(reply: Reply) -> Iterator[tuple[Any, list[Any]]]:
    if reply.reasoning:
        deltas = [{"type": "thinking_delta", "thinking": piece} for piece in pieces(reply.reasoning)]
        signed = {"type": "signature_delta", "signature": "c2lnbmVk"}
        yield {"type": "thinking", "thinking": "", "signature": ""}, [*deltas, signed]
    if reply.text or not reply.tools:
        texts = [{"type": "text_delta", "text": piece} for piece in pieces(reply.text)]
        yield {"type": "text", "text": ""}, texts
    for name, value in reply.tools:
        given = [{"type": "input_json_delta", "partial_json": piece} for piece in pieces(arguments(value))]
        yield {"type": "tool_use", "id": new_id("toolu"), "name": name, "input": {}}, given


def _frame(asked: Asked, reply: Reply) -> dict[str, Any]:
    return {
        "id": new_id("msg"),
        "type": "message",
        "role": "assistant",
        "model": reply.model or asked.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
    }


def _stop(reply: Reply) -> str:
    return reply.stop or ("tool_use" if reply.tools else "end_turn")
