"""Making code from text.

## What it does
Reports `eval`, and `Function` called or constructed, also through constants.

## Why is this bad
Code that does not exist when the script is read can be neither checked nor given a place in the journal. At run time both
throw.

## Example
```js
const check = new Function('x', args.condition)
```

## Use instead
Choose among functions that are written down.
```js
const CHECKS = {small: x => x.size < 10, large: x => x.size >= 10}
const check = CHECKS[args.condition]
```

## When not to use it
There is no reason to switch it off.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.analyze.global_uses import Usage
from odw.transpile.rules.ban import Ban, find_banned
from odw.transpile.rules.rule import Finding, Lint, Rule

_REASON = "makes code from text, which cannot be checked before the run"
_INSTEAD = "Choose among functions that are written in the script, for instance by a table of them."
_MAKES: frozenset[Usage] = frozenset({"call", "new"})

BANS = (
    Ban("eval", _REASON, _INSTEAD),
    Ban("Function", _REASON, _INSTEAD, _MAKES),
    *(Ban(f"Function.{way}", _REASON, _INSTEAD, frozenset({"call"})) for way in ("call", "apply", "bind")),
)


def check(lint: Lint) -> Iterator[Finding]:
    yield from find_banned(lint, BANS)


RULE = Rule("ODW105", "dynamic-code", "error", check)
