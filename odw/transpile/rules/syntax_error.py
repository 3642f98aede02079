"""The script does not parse.

## What it does
Reports the place where the text stops being JavaScript (ECMAScript 2023, an ES module in strict mode, with top-level `await` and `return`).
TypeScript has a code of its own, `typescript-syntax`.

## Why is this bad
Nothing can run. It is found before the first agent starts, so it costs nothing.

## Example
```js
const files = [args.files
```

## Use instead
```js
const files = [args.files]
```

## When not to use it
It cannot be switched off.
"""

from __future__ import annotations

from odw.transpile.rules.rule import Rule, found_elsewhere

# Found by odw/transpile/syntax.
RULE = Rule("ODW200", "syntax-error", "error", found_elsewhere, suppressible=False)
