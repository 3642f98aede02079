"""The methods that compiled code calls by a helper of their own: ``xs.push(v)`` → ``call_push(xs, v)``.

They are the ones that scripts call most, of arrays, strings, Maps and Sets. See ``abstract_ops/method_calls.py`` for the helpers
and ``watched_methods.py`` for how they know that a script has not replaced a method.
"""

from __future__ import annotations

from typing import Final

ARGUMENTS: Final[dict[str, int]] = {
    "add": 1, "at": 1, "charAt": 1, "charCodeAt": 1, "concat": 1, "delete": 1, "endsWith": 1, "entries": 0,
    "every": 1, "filter": 1, "find": 1, "findIndex": 1, "flat": 1, "flatMap": 1, "forEach": 1, "get": 1, "has": 1,
    "includes": 1, "indexOf": 2, "join": 1, "keys": 0, "lastIndexOf": 1, "map": 1, "match": 1, "matchAll": 1,
    "padEnd": 2, "padStart": 2, "pop": 0, "push": 1, "reduce": 2, "repeat": 1, "replace": 2, "replaceAll": 2,
    "reverse": 0, "set": 2, "shift": 0, "slice": 2, "some": 1, "sort": 1, "split": 1, "startsWith": 1,
    "substring": 2, "toLowerCase": 0, "toUpperCase": 0, "trim": 0, "trimEnd": 0, "trimStart": 0, "unshift": 1,
    "values": 0,
}  # fmt: skip
"""Method -> how many arguments its helper takes at most; a call with more looks the method up."""


def helper_name(method: str) -> str:
    """The helper in the interface of compiled code: ``"toLowerCase"`` → ``"call_to_lower_case"``."""
    if method.islower():
        return f"call_{method}"
    return "call_" + "".join(f"_{c.lower()}" if c.isupper() else c for c in method)
