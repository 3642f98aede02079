"""Reaching for the network, the file system, the process or the modules of the host.

## What it does
Reports `fetch`, `process`, `require`, `module`, `exports`, `fs`, `path`-like Node names, `Buffer`, `performance` and their like, when the script has not declared
them itself. A use behind `typeof process !== 'undefined'` is fine; one inside `try { … } catch` is a warning.

## Why is this bad
A workflow reaches the world only through its hooks: that is why its effects can be recorded, replayed and bounded, and why
running a script that an agent wrote is safe. The names do not exist at run time: reached, they are a ReferenceError.

## Example
```js
const page = await fetch('https://example.org').then(r => r.text())
const token = process.env.TOKEN
```

## Use instead
Let an agent do it, or pass the value in.
```js
const page = await agent('Fetch https://example.org and return its text', {label: 'fetch'})
const {token} = args
```

## When not to use it
There is no reason to switch it off.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.ban import Ban, find_banned
from odw.transpile.rules.rule import Finding, Lint, Rule

_ASK_AN_AGENT = "Let an agent do it: `await agent('…')`; only agents reach the world outside."
_PASS_IT_IN = "Pass the value in through args."

# name, why it is not there, what to write instead
_ABSENT = (
    ("fetch", "is not available: workflows do no network access of their own", _ASK_AN_AGENT),
    ("XMLHttpRequest", "is not available: workflows do no network access of their own", _ASK_AN_AGENT),
    ("WebSocket", "is not available: workflows do no network access of their own", _ASK_AN_AGENT),
    ("process", "is not available: a workflow sees no environment, arguments or exit", _PASS_IT_IN),
    (
        "require",
        "is not available: a workflow loads no modules",
        "Write the helper into the script, or let an agent do the work.",
    ),
    (
        "module",
        "is not available: a workflow is one ES module",
        "End with `return value` instead of setting module.exports.",
    ),
    (
        "exports",
        "is not available: a workflow is one ES module",
        "End with `return value` instead of setting exports.",
    ),
    ("fs", "is not available: workflows do not touch files", _ASK_AN_AGENT),
    ("Buffer", "is not available", "Use plain strings and arrays."),
    ("__dirname", "is not available: a workflow does not know where it is stored", _PASS_IT_IN),
    ("__filename", "is not available: a workflow does not know where it is stored", _PASS_IT_IN),
    (
        "performance",
        "reads the clock and is not available to workflows",
        "The report shows how long each agent took.",
    ),
    ("localStorage", "is not available: a workflow keeps nothing between runs", _PASS_IT_IN),
    ("document", "is not available: a workflow runs in no browser", _ASK_AN_AGENT),
    ("window", "is not available: a workflow runs in no browser", "Use globalThis."),
    ("Deno", "is not available: a workflow sees no host", _PASS_IT_IN),
    ("Bun", "is not available: a workflow sees no host", _PASS_IT_IN),
)

BANS = tuple(Ban(name, reason, instead, absent=True) for name, reason, instead in _ABSENT)


def check(lint: Lint) -> Iterator[Finding]:
    yield from find_banned(lint, BANS)


RULE = Rule("ODW104", "ambient-io", "error", check)
