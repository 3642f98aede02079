"""A `meta` that would have to be run to be known.

## What it does
Reports every part of `export const meta = …` that is not a literal: names, calls, spreads, computed keys, methods, templates with holes,
and the keys `__proto__`, `constructor` and `prototype`. Strings joined with `+` are fine.

## Why is this bad
Meta is read before anything runs: to list workflows, to show the phases, to choose models.

## Example
```js
const PHASES = ['Find', 'Fix']
export const meta = { name: 'fix', description: 'Finds and fixes.', phases: PHASES }
```

## Use instead
```js
export const meta = { name: 'fix', description: 'Finds and fixes.', phases: ['Find', 'Fix'] }
const PHASES = meta.phases
```
The body of the script may read `meta`.

## When not to use it
It cannot be switched off.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.diagnostics import Diagnostic
from odw.transpile.analyze.meta import NON_LITERAL
from odw.transpile.rules.rule import Lint, Rule


def check(lint: Lint) -> Iterator[Diagnostic]:
    return (problem for problem in lint.meta.problems if problem.code == NON_LITERAL[0])


RULE = Rule(*NON_LITERAL, "error", check, suppressible=False)
