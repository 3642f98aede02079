"""An `odw-allow` comment without a reason.

## What it does
Reports a suppression with nothing behind the rules it names. The rules are silenced all the same.

## Why is this bad
Whoever reads the script next cannot tell whether the exception still holds.

## Example
```js
agent('Warm the cache') // odw-allow ODW301
```

## Use instead
```js
agent('Warm the cache') // odw-allow ODW301 its answer is not needed
```

## When not to use it
There is no reason to switch it off.
"""

from __future__ import annotations

from odw.transpile.rules.rule import Rule, found_elsewhere

# Found by suppressions.py, after all other rules have spoken.
RULE = Rule("ODW212", "unexplained-suppression", "warning", found_elsewhere, suppressible=False)
