"""The script is TypeScript.

## What it does
Reports the first type annotation, interface, enum, `as` or other syntax that only TypeScript has.

## Why is this bad
Workflow scripts are plain JavaScript: what runs is what was written, with no step in between.

## Example
```js
const files: string[] = args.files
```

## Use instead
```js
const files = args.files
```

## When not to use it
It cannot be switched off: such a script cannot run.
"""

from __future__ import annotations

from odw.transpile.rules.rule import Rule, found_elsewhere

# Found by odw/transpile/syntax.
RULE = Rule("ODW201", "typescript-syntax", "error", found_elsewhere, suppressible=False)
