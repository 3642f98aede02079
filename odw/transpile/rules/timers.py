"""Timers that fire again and again, or by the turn of the event loop.

## What it does
Reports `setInterval`, `clearInterval`, `setImmediate` and `clearImmediate`. `setTimeout` and `clearTimeout` are allowed: when they fire
is written to the journal.

## Why is this bad
The number of ticks of an interval depends on how long agents take, so no resumed run could repeat it. The two do not exist
at run time: reached, they are a ReferenceError.

## Example
```js
const timer = setInterval(() => log('still working'), 1000)
```

## Use instead
Odw shows progress by itself. To wait, use `setTimeout`:
```js
await new Promise(resolve => setTimeout(resolve, 1000))
```

## When not to use it
There is no reason to switch it off.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.ban import Ban, find_banned
from odw.transpile.rules.rule import Finding, Lint, Rule

_REASON = "is not available: the number of its ticks could not be repeated by a resumed run"
_INSTEAD = "Use setTimeout, whose firing is recorded, or a loop that awaits."

BANS = tuple(
    Ban(name, _REASON, _INSTEAD, absent=True)
    for name in ("setInterval", "clearInterval", "setImmediate", "clearImmediate")
)


def check(lint: Lint) -> Iterator[Finding]:
    yield from find_banned(lint, BANS)


RULE = Rule("ODW103", "timers", "error", check)
