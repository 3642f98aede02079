"""Exports that a workflow has no use for.

## What it does
Reports `export default` of something that is neither a function nor an expression that gives one.

## Why is this bad
A script's work is its body, or one exported function: `export default async function (args) {…}`, `export default args => …` or
`export async function workflow(args) {…}`. A value as the default export is at best
taken for the result.

## Example
```js
export default { ok: true, reviews }
```

## Use instead
Top-level statements, with `return` for the result.
```js
return { ok: true, reviews }
```

## When not to use it
There is no reason to switch it off.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.rule import Finding, Lint, Rule

_NO_FUNCTIONS = frozenset(
    {
        "ClassDeclaration",
        "ClassExpression",
        "ObjectExpression",
        "ArrayExpression",
        "Literal",
        "TemplateLiteral",
    }
)


def check(lint: Lint) -> Iterator[Finding]:
    for node in lint.index.of_type("ExportDefaultDeclaration"):
        if node.declaration.type in _NO_FUNCTIONS:
            yield Finding(
                node.declaration,
                "the default export of a workflow should be a function",
                "Write `export default async function (args) { … }`, or plain statements with a top-level `return`.",
            )


RULE = Rule("ODW210", "unsupported-syntax", "warning", check)
