"""An `odw-allow` comment that silences nothing.

## What it does
Reports a suppression that names no rule, names one that does not exist, or stands where that rule finds nothing.

## Why is this bad
It claims a danger that is not there, and would hide one that comes later.

## Example
```js
const since = new Date(args.since) // odw-allow ODW101 made from args
```

## Use instead
```js
const since = new Date(args.since)
```
A comment behind code speaks of its own line; one that stands alone speaks of the next line of code. Several rules are separated
by commas: `// odw-allow ODW101, ODW102 reason`.

## When not to use it
There is no reason to switch it off.
"""

from __future__ import annotations

from odw.transpile.rules.rule import Rule, found_elsewhere

# Found by suppressions.py, after all other rules have spoken.
RULE = Rule("ODW211", "unused-suppression", "warning", found_elsewhere, suppressible=False)
