"""A loop that lasts as long as budget remains, where there may be no budget.

## What it does
Reports a loop whose only condition is `budget.remaining()`, when nothing in it leaves the loop and the script never asks whether there is a
budget (`budget.total`).

## Why is this bad
Without `--budget`, `budget.remaining()` is `Infinity`: the loop runs until the cap of 1000 agents stops the run.

## Example
```js
while (budget.remaining() > 50_000) {
  findings.push(await agent('Find one more bug'))
}
```

## Use instead
```js
while (budget.total && budget.remaining() > 50_000) {
  findings.push(await agent('Find one more bug'))
}
```

## When not to use it
When the script is only ever run with a budget: suppress it with that reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.estree import Node
from odw.transpile.rules.rule import Finding, Lint, Rule
from odw.transpile.rules.unbounded_agent_loop import leaves


def check(lint: Lint) -> Iterator[Finding]:
    asked = any(use.path == "budget.total" for use in lint.uses)
    remaining = [use.parent for use in lint.uses if use.path == "budget.remaining" and use.usage == "call"]
    if asked or not remaining:
        return
    for loop in lint.index.of_type("WhileStatement", "DoWhileStatement", "ForStatement"):
        test = loop.test
        if test is None or not _is_only(test, remaining) or leaves(lint, loop):
            continue
        yield Finding(
            test,
            "without a budget budget.remaining() is Infinity, and this loop does not end",
            "Ask for a budget too: `while (budget.total && budget.remaining() > …)`, or count the rounds.",
        )


def _is_only(test: Node, remaining: list[Node | None]) -> bool:
    """Is ``test`` nothing but a comparison with ``budget.remaining()``, or that call itself?"""
    if test.type == "BinaryExpression" and test.operator in (">", ">=", "<", "<=", "!==", "!="):
        return any(side is call for side in (test.left, test.right) for call in remaining)
    return any(test is call for call in remaining)


RULE = Rule("ODW306", "unguarded-budget-loop", "warning", check)
