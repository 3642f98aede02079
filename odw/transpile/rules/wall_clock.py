"""Reading the current time.

## What it does
Reports `Date.now`, `new Date()` without arguments and `Date()` called as a function, also through constants
(`const D = Date; new D()`, `const {now} = Date`). Dates made from a value are fine: `new Date(args.since)`, `Date.parse(text)`,
`Date.UTC(2026, 0, 1)`.

## Why is this bad
A run is a function of the script, its arguments and the recorded answers of its agents; that is what makes it resumable.
A script that reads the clock takes another way on resume, and calls that were paid for no longer match. At run time these
calls throw, whatever the alias.

## Example
```js
const started = Date.now()
await agent(`Summarise the commits of ${new Date().toISOString()}`)
```

## Use instead
Pass the time in: `odw exec script.js --arg today=2026-03-01`.
```js
await agent(`Summarise the commits of ${args.today}`)
```

## When not to use it
There is no reason to switch it off; a branch that is never taken can be marked with `// odw-allow ODW101 reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.ban import Ban, find_banned
from odw.transpile.rules.rule import Finding, Lint, Rule

_REASON = "differs from run to run"
_INSTEAD = "Pass timestamps through args: `--arg now=2026-01-31T12:00:00Z`, and read args.now."

BANS = (
    Ban("Date.now", _REASON, _INSTEAD),
    Ban(
        "Date",
        _REASON,
        _INSTEAD,
        frozenset({"call"}),
    ),
)


def check(lint: Lint) -> Iterator[Finding]:
    yield from find_banned(lint, BANS)
    for use in lint.uses:
        if use.path == "Date" and use.usage == "new" and use.parent is not None and not use.parent.arguments:
            yield Finding(use.parent, f"new Date() without arguments {_REASON}", _INSTEAD)


RULE = Rule("ODW101", "wall-clock", "error", check)
