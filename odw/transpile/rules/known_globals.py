"""The globals that a workflow script has: contract section 2."""

from __future__ import annotations

# fmt: off
HOOKS = frozenset(
    {
        "agent", "parallel", "pipeline", "workflow", "phase", "log", "console", "budget", "args",
        "meta", "fanout", "checkpoint", "promptSlot", "pandacode", "odw", "input", "cwd",
        "setTimeout", "clearTimeout",
    }
)

INTRINSICS = frozenset(
    {
        "Object", "Array", "String", "Number", "Boolean", "Symbol", "BigInt", "Math", "JSON",
        "Date", "RegExp", "Map", "Set", "WeakMap", "WeakSet", "Promise", "Function", "Error",
        "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError",
        "AggregateError", "Iterator", "Reflect", "Proxy", "globalThis", "parseInt", "parseFloat",
        "isNaN", "isFinite", "encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent",
        "escape", "unescape",
        "structuredClone", "queueMicrotask", "URL", "URLSearchParams", "Intl", "undefined", "NaN",
        "Infinity", "eval",
    }
)
# fmt: on

KNOWN_GLOBALS = HOOKS | INTRINSICS
