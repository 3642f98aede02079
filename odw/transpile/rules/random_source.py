"""Drawing random values.

## What it does
Reports `Math.random` and everything of `crypto`, called or passed on, also through constants (`const {random} = Math`).

## Why is this bad
A resumed run must ask the same questions again to find their recorded answers. A random choice changes the prompts, so
that finished work is done twice. At run time these calls throw, whatever the alias.

## Example
```js
const sample = files.sort(() => Math.random() - 0.5).slice(0, 5)
```

## Use instead
Vary by index, or derive a choice from the input. A hash of the text makes a stable shuffle.
```js
const sample = files.filter((_, i) => i % 7 === 0)
await parallel(angles.map((angle, i) => () => agent(`Attempt ${i + 1}, from the angle of ${angle}`)))
```

## When not to use it
Never for a run that should be resumable.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.ban import Ban, find_banned
from odw.transpile.rules.rule import Finding, Lint, Rule

_INSTEAD = "Vary the prompt or label by index, or derive the choice from args."

BANS = (
    Ban("Math.random", "differs from run to run", _INSTEAD),
    Ban("crypto", "is a source of random values and not available to workflows", _INSTEAD, absent=True),
)


def check(lint: Lint) -> Iterator[Finding]:
    yield from find_banned(lint, BANS)


RULE = Rule("ODW102", "random-source", "error", check)
