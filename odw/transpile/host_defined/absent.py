"""Globals of other hosts that a workflow does not have: a ReferenceError that says why. Contract, section 2."""

from __future__ import annotations

_CLOCK = "a workflow has no clock, so that it can be resumed: pass timestamps in through args"
_RANDOM = "a workflow has no randomness, so that it can be resumed: vary the prompt or label by index"
_NO_IO = "a workflow script reaches nothing but its agents: let an agent do it"
_THREADS = "a workflow has one thread"
_MEMORY = "it shows when memory is freed, which differs from run to run"

ABSENT_GLOBALS = {
    name: f"{name} is not defined: {reason}"
    for name, reason in {
        "fetch": _NO_IO,
        "process": f"{_NO_IO}; options come in through args",
        "require": "a workflow script is one file without imports",
        "module": "a workflow script is one file without imports",
        "exports": "a workflow script is one file without imports",
        "Buffer": "use strings and arrays",
        "fs": _NO_IO,
        "crypto": _RANDOM,
        "performance": _CLOCK,
        "setInterval": "use setTimeout, or a loop that awaits",
        "clearInterval": "use setTimeout, or a loop that awaits",
        "setImmediate": "use setTimeout or queueMicrotask",
        "clearImmediate": "use setTimeout or queueMicrotask",
        "WebAssembly": "it runs code that cannot be checked",
        "SharedArrayBuffer": _THREADS,
        "Atomics": _THREADS,
        "WeakRef": _MEMORY,
        "FinalizationRegistry": _MEMORY,
    }.items()
}
