"""`parallel()` is given promises where it wants functions.

## What it does
Reports `parallel([agent(…)])`, `parallel(items.map(item => agent(…)))`, `parallel(items.map(async item => …))` and the like, also when the array is a constant
made above.

## Why is this bad
`parallel` starts its functions itself, so that it can limit how many run at once and turn a failure into `null`. Promises have
all started already: it throws a `TypeError`, and their answers are lost.

## Example
```js
const reviews = await parallel(files.map(file => agent(`Review ${file}`)))
```

## Use instead
```js
const reviews = await parallel(files.map(file => () => agent(`Review ${file}`)))
```

## When not to use it
There is no reason to switch it off: the call always throws, unless the array is empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.analyze.call_sites import AGENT_HOOKS, resolve_constant
from odw.transpile.analyze.literal import static_key
from odw.transpile.analyze.tree_index import FUNCTION_TYPES
from odw.transpile.estree import Node
from odw.transpile.rules.rule import Finding, Lint, Rule

_MAPPERS = {"map": 0, "from": 1}


def check(lint: Lint) -> Iterator[Finding]:
    hooks = {id(site.node) for site in lint.call_sites if site.hook in AGENT_HOOKS}
    for site in lint.call_sites:
        if site.hook != "parallel" or not site.node.arguments:
            continue
        for node, shown in _promises(lint, hooks, resolve_constant(site.node.arguments[0], lint.table)):
            yield Finding(
                node,
                "parallel() expects an array of functions, not promises",
                f"Wrap each call: `{shown}`.",
            )


def _promises(lint: Lint, hooks: set[int], array: Node) -> Iterator[tuple[Node, str]]:
    """Expressions that put a promise into ``array``, each with what to write instead."""
    if array.type == "ArrayExpression":
        for element in array.elements:
            if element is None:
                continue
            if element.type == "SpreadElement":
                yield from _promises(lint, hooks, element.argument)
            elif _is_promise(lint, hooks, element):
                yield element, "() => agent(…)"
    elif array.type == "CallExpression" and array.callee.type == "MemberExpression":
        method = static_key(array.callee)
        if method == "filter":
            yield from _promises(lint, hooks, array.callee.object)
        position = _MAPPERS.get(method or "")
        if position is not None and len(array.arguments) > position:
            mapper = resolve_constant(array.arguments[position], lint.table)
            if mapper.type in FUNCTION_TYPES and _returns_promise(lint, hooks, mapper):
                yield array.arguments[position], "items.map(item => () => agent(…))"


def _returns_promise(lint: Lint, hooks: set[int], function: Node) -> bool:
    if function.is_async:
        return True
    if function.body.type != "BlockStatement":
        return _is_promise(lint, hooks, function.body)
    return any(
        statement.argument is not None
        and lint.index.enclosing_function(statement) is function
        and _is_promise(lint, hooks, statement.argument)
        for statement in lint.index.within(function, "ReturnStatement")
    )


def _is_promise(lint: Lint, hooks: set[int], node: Node) -> bool:
    if node.type == "AwaitExpression":
        return _is_promise(lint, hooks, node.argument)  # its answer is no function either
    if node.type != "CallExpression":
        return False
    if id(node) in hooks:
        return True
    callee = node.callee
    if callee.type == "MemberExpression" and static_key(callee) in ("then", "catch", "finally"):
        return _is_promise(lint, hooks, callee.object)
    return callee.type == "Identifier" and _is_async_function(lint, callee)


def _is_async_function(lint: Lint, name: Node) -> bool:
    function = resolve_constant(name, lint.table)
    return function.type in FUNCTION_TYPES and bool(function.is_async) and not function.generator


RULE = Rule("ODW302", "parallel-of-promises", "warning", check)
