"""A script without `export const meta`.

## What it does
Reports a script that does not export `meta`.

## Why is this bad
The name and the description are how a run, its report and the list of saved workflows refer to the script.

## Example
```js
return await agent('Review the last commit')
```

## Use instead
```js
export const meta = {
  name: 'review-commit', description: 'Reviews the last commit.',
}
return await agent('Review the last commit')
```

## When not to use it
It cannot be switched off: `exec` refuses such a script too.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.diagnostics import Diagnostic
from odw.transpile.analyze.meta import MISSING
from odw.transpile.rules.rule import Lint, Rule


def check(lint: Lint) -> Iterator[Diagnostic]:
    return (problem for problem in lint.meta.problems if problem.code == MISSING[0])


RULE = Rule(*MISSING, "error", check, suppressible=False)
