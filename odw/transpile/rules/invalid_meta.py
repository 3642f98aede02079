"""A `meta` in the wrong place, or with wrong or misspelt contents.

## What it does
Reports a `meta` that is not the first statement or not a `const`; a `name` or `description` that is missing, empty or no string (errors); and,
as warnings, optional keys of the wrong kind, phases without a title, and keys that look like a slip of a known one. Other keys are
kept as they are.

## Why is this bad
Without a name and a description nobody can find the workflow; a misspelt key is silently without effect.

## Example
```js
export const meta = { name: 'triage', desciption: 'Sorts issues.', phases: [{ name: 'Read' }] }
```

## Use instead
```js
export const meta = { name: 'triage', description: 'Sorts issues.', phases: [{ title: 'Read' }] }
```

## When not to use it
The errors cannot be switched off.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.diagnostics import Diagnostic
from odw.transpile.analyze.meta import INVALID
from odw.transpile.rules.rule import Lint, Rule


def check(lint: Lint) -> Iterator[Diagnostic]:
    return (problem for problem in lint.meta.problems if problem.code == INVALID[0])


RULE = Rule(*INVALID, "error", check, suppressible=False)
