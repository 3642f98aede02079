"""A loop that calls agents and never ends.

## What it does
Reports `while (true)`, `for (;;)` and `do … while (true)` around an agent call when nothing inside leaves the loop: no `break`, `return` or `throw`.

## Why is this bad
The loop ends only when the budget, or the cap of 1000 agents, stops the run: the most expensive way to end.

## Example
```js
while (true) {
  findings.push(await agent('Find one more bug'))
}
```

## Use instead
Say when it is enough.
```js
for (let round = 0; round < 5; round++) {
  const found = await agent('Find one more bug', { schema: FINDING })
  if (!found?.bug) break
  findings.push(found.bug)
}
```

## When not to use it
When the agents' work has its end in a budget and that is meant: suppress it with the reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from odw.transpile.analyze.call_sites import AGENT_HOOKS, LOOP_TYPES
from odw.transpile.estree import Node
from odw.transpile.rules.rule import Finding, Lint, Rule


def check(lint: Lint) -> Iterator[Finding]:
    calls = sorted((site.node for site in lint.call_sites if site.hook in AGENT_HOOKS), key=_start)
    for loop in lint.index.of_type("WhileStatement", "DoWhileStatement", "ForStatement"):
        if not _is_endless(loop.test):
            continue
        at = bisect_left(calls, loop.start, key=_start)
        if at < len(calls) and calls[at].start < loop.end and not leaves(lint, loop):
            yield Finding(
                calls[at],
                "this agent call is in a loop that nothing ends",
                "Count the rounds (`for (let round = 0; round < 10; round++)`) or `break` when nothing new was found.",
            )


def _start(node: Node) -> int:
    return int(node.start)


def _is_endless(test: Node | None) -> bool:
    if test is None:
        return True
    if test.type == "UnaryExpression" and test.operator == "!":
        return test.argument.type == "Literal" and not test.argument.value
    return test.type == "Literal" and bool(test.value)


def leaves(lint: Lint, loop: Node) -> bool:
    """Does a ``return``, ``throw``, or ``break`` out of ``loop`` stand in it, outside nested functions?"""
    function = lint.index.enclosing_function(loop)
    for node in lint.index.within(
        loop, "ReturnStatement", "ThrowStatement", "BreakStatement", "ContinueStatement"
    ):
        if lint.index.enclosing_function(node) is not function:
            continue
        if node.type in ("ReturnStatement", "ThrowStatement"):
            return True
        if node.label is not None:
            # A label around the loop: `break` ends the loop; `continue` does if it means a loop further out.
            target = _labelled(lint, node)
            if (
                target is not None
                and target.start < loop.start
                and (node.type == "BreakStatement" or target.body is not loop)
            ):
                return True
        elif node.type == "BreakStatement" and _broken(lint, node) is loop:
            return True
    return False


def _labelled(lint: Lint, jump: Node) -> Node | None:
    for above in lint.index.ancestors(jump):
        if above.type == "LabeledStatement" and above.label.name == jump.label.name:
            return above
    return None


def _broken(lint: Lint, jump: Node) -> Node | None:
    return next(
        (n for n in lint.index.ancestors(jump) if n.type in LOOP_TYPES or n.type == "SwitchStatement"), None
    )


RULE = Rule("ODW305", "unbounded-agent-loop", "warning", check)
