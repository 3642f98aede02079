"""A name that nothing declares.

## What it does
Reports a name that is neither declared in the script nor one of the globals of workflows, and says which known name may be
meant. `typeof name` is fine.

## Why is this bad
When it is reached, it is a `ReferenceError`. `exec` prints it and runs the script all the same, since many scripts mention such a name only in a
branch they never take; when it does fail, nothing that was paid for is lost: mend the script and resume.

## Example
```js
const reviews = await paralel([() => agent("Review")])
```

## Use instead
```js
const reviews = await parallel([() => agent("Review")])
```

## When not to use it
For a name in a branch that is known never to be taken: `// odw-allow ODW209 reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.diagnostics import closest
from odw.transpile.estree import Node
from odw.transpile.rules import absent_global, ambient_io, dynamic_code, random_source, timers, wall_clock
from odw.transpile.rules.ban import is_guarded
from odw.transpile.rules.known_globals import KNOWN_GLOBALS
from odw.transpile.rules.rule import Finding, Lint, Rule

_REPORTED_ELSEWHERE = frozenset(
    ban.path.partition(".")[0]
    for rule in (absent_global, ambient_io, dynamic_code, random_source, timers, wall_clock)
    for ban in rule.BANS
)

_MOST_GUESSES = 100  # a script with more unknown names than that has other troubles


def check(lint: Lint) -> Iterator[Finding]:
    candidates = KNOWN_GLOBALS | {binding.name for binding in lint.table.bindings}
    meanings: dict[str, str | None] = {}
    for use in lint.uses:
        name = use.path.partition(".")[0]
        if use.via or use.usage == "typeof" or name in KNOWN_GLOBALS or name in _REPORTED_ELSEWHERE:
            continue
        if is_guarded(lint, use) or _in_meta(lint, use.node):
            continue
        if use.usage == "write" and "." not in use.path:
            yield Finding(
                use.node,
                f"`{name}` is assigned but never declared, which is a ReferenceError",
                f"Write `let {name} = …`.",
            )
            continue
        if name not in meanings:
            meanings[name] = closest(name, candidates) if len(meanings) < _MOST_GUESSES else None
        meant = meanings[name]
        yield Finding(
            use.node,
            f"`{name}` is not declared, and workflows have no such global",
            f"Did you mean `{meant}`?" if meant else f"Declare `{name}`, or take it from args.",
        )


def _in_meta(lint: Lint, node: Node) -> bool:
    """Names in meta are reported by non-literal-meta."""
    value = lint.meta.value
    return value is not None and value.start <= node.start < value.end


RULE = Rule("ODW209", "unknown-global", "error", check, blocks=False)
