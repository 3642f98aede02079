"""The content of a call as a hash: equal keys mean that an executor would be asked the very same thing.

Contract, section 7: SHA-256 of the canonical JSON of the prompt and of every option that reaches the executor; not of the
label, the phase, or what only says how the runtime treats the call (attempts, failure policy, caching).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from json.encoder import encode_basestring  # the C function where there is one
from typing import Any

from odw.jsonvalue import canonical_json

# Options that change how a call is shown, retried or bounded, not what is asked.
NOT_IN_KEY = frozenset(
    (
        "label", "phase", "schema", "id", "nodeId", "onFailure", "maxAttempts", "retry", "stallMs", "timeout",
        "timeoutMs", "cache", "schemaDescription",
    )
)  # fmt: skip


def schema_text(schema: Any) -> str:
    """The canonical text of a schema; it serves the key, the validator's cache and the journal alike."""
    return canonical_json(schema)


def call_key(
    prompt: str,
    schema: str,
    model: str | None,
    effort: str | None,
    runtime: str,
    options: Mapping[str, Any],
) -> str:
    """64 hexadecimal digits. ``schema`` is its canonical text or ""; ``options`` are the author's, as JSON."""
    rest = {
        name: value
        for name, value in options.items()
        if name not in NOT_IN_KEY and name not in ("model", "effort", "runtime") and value is not None
    }
    text = (
        f'{{"effort":{_quote(effort)},"model":{_quote(model)},"options":{canonical_json(rest) if rest else "{}"},'
        f'"prompt":{encode_basestring(prompt)},"runtime":{_quote(runtime)},"schema":{schema or "null"}}}'
    )
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _quote(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)
