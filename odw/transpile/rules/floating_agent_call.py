"""The promise of an agent's work is dropped.

## What it does
Reports a call of `agent`, `parallel`, `pipeline`, `fanout` or `workflow` whose promise is neither awaited, returned, kept nor chained; one that is kept in a
variable nothing reads; and one made in the callback of `forEach`, which drops what its callback returns. `void agent(…)` says that it
is meant.

## Why is this bad
The script goes on without the answer and may end before it; what the agent does is paid for and lost, and its failure is
never seen.

## Example
```js
files.forEach(async file => {
  results.push(await agent(`Review ${file}`))
})
return results // still empty
```

## Use instead
```js
return await parallel(files.map(file => () => agent(`Review ${file}`)))
```

## When not to use it
When the call is made for its effect alone and nothing waits for it: write `void agent(…)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.analyze.call_sites import AGENT_HOOKS
from odw.transpile.analyze.literal import static_key
from odw.transpile.estree import Node
from odw.transpile.rules.rule import Finding, Lint, Rule


def check(lint: Lint) -> Iterator[Finding]:
    reported: set[int] = set()
    for site in lint.call_sites:
        if site.hook not in AGENT_HOOKS:
            continue
        if is_dropped(lint, site.node):
            yield Finding(
                site.node,
                f"the promise of {site.hook}() is dropped: nothing waits for its answer",
                f"Write `await {site.hook}(…)`, or `void {site.hook}(…)` if that is meant.",
            )
            continue
        loop = dropping_for_each(lint, site.node)
        if loop is not None and id(loop) not in reported:
            reported.add(id(loop))
            yield Finding(
                loop.callee.property,
                f"forEach() drops the promises of its async callback, so nothing waits for {site.hook}()",
                "Use `await parallel(items.map(item => () => …))`, or `for (const item of items) { await … }`.",
            )


def is_dropped(lint: Lint, node: Node) -> bool:
    below, above = node, lint.index.parent(node)
    while above is not None:
        match above.type:
            case "ExpressionStatement":
                return True
            case "ForStatement":
                return below is above.init or below is above.update
            case "SequenceExpression":
                if below is not above.expressions[-1]:
                    return True
            case "ConditionalExpression":
                if below is above.test:
                    return False
            case "LogicalExpression":
                if below is above.left:
                    return False
            case "ChainExpression":
                pass
            case "ArrowFunctionExpression":
                return above.body is below and _for_each_of(lint, above) is not None
            case "VariableDeclarator":
                return _is_never_read(lint, above)
            case _:
                return False
        below, above = above, lint.index.parent(above)
    return False


def dropping_for_each(lint: Lint, node: Node) -> Node | None:
    """The ``forEach`` call whose async callback directly holds ``node``."""
    function = lint.index.enclosing_function(node)
    return _for_each_of(lint, function) if function.type != "Program" and function.is_async else None


def _for_each_of(lint: Lint, function: Node) -> Node | None:
    call = lint.index.parent(function)
    if (
        call is None
        or call.type != "CallExpression"
        or not call.arguments
        or call.arguments[0] is not function
    ):
        return None
    callee = call.callee
    return call if callee.type == "MemberExpression" and static_key(callee) == "forEach" else None


def _is_never_read(lint: Lint, declarator: Node) -> bool:
    if declarator.id.type != "Identifier":
        return False
    declaration = lint.index.parent(declarator)
    holder = None if declaration is None else lint.index.parent(declaration)
    if holder is not None and holder.type == "ExportNamedDeclaration":
        return False
    binding = lint.table.resolve(declarator.id)
    return binding is not None and not binding.references


RULE = Rule("ODW301", "floating-agent-call", "warning", check)
