"""Parts of JavaScript that workflows do not have.

## What it does
Reports `WeakRef`, `FinalizationRegistry`, `SharedArrayBuffer`, `Atomics` and `WebAssembly`. A use behind a `typeof` test is fine; one inside
`try { … } catch` is a warning.

## Why is this bad
They show when garbage is collected or which thread came first, which no resumed run could repeat, or run code that odw cannot
see. The names do not exist at run time: reached, they are a ReferenceError.

## Example
```js
const cache = new WeakRef(result)
```

## Use instead
A plain variable or a `Map`; workflows are short-lived.

## When not to use it
There is no reason to switch it off.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.ban import Ban, find_banned
from odw.transpile.rules.rule import Finding, Lint, Rule

BANS = (
    Ban(
        "WeakRef",
        "is not available: it shows when memory is freed, which differs from run to run",
        "Keep the value itself.",
        absent=True,
    ),
    Ban(
        "FinalizationRegistry",
        "is not available: it shows when memory is freed, which differs from run to run",
        "Clean up with try … finally.",
        absent=True,
    ),
    Ban("SharedArrayBuffer", "is not available: a workflow has one thread", "Use an array.", absent=True),
    Ban("Atomics", "is not available: a workflow has one thread", "Use plain assignments.", absent=True),
    Ban(
        "WebAssembly",
        "is not available: it runs code that cannot be checked",
        "Write it in JavaScript, or let an agent run it.",
        absent=True,
    ),
)


def check(lint: Lint) -> Iterator[Finding]:
    yield from find_banned(lint, BANS)


RULE = Rule("ODW208", "absent-global", "error", check)
