"""Loading a module at run time, or asking about the module itself.

## What it does
Reports `import('…')` and `import.meta`.

## Why is this bad
There are no modules to load and the script has no address: it runs from the copy in its run directory.

## Example
```js
const { execSync } = await import('node:child_process')
```

## Use instead
Let an agent do it: `await agent('Run the tests and report what fails')`.

## When not to use it
It cannot be switched off: such a script cannot run.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.rule import Finding, Lint, Rule


def check(lint: Lint) -> Iterator[Finding]:
    for node in lint.index.of_type("ImportExpression"):
        yield Finding(
            node,
            "a workflow cannot load modules with import()",
            "Write the helper into the script, or let an agent do what needs the module.",
        )
    for node in lint.index.of_type("MetaProperty"):
        if node.meta.name == "import":
            yield Finding(node, "a workflow has no import.meta", "Pass paths and settings in through args.")


RULE = Rule("ODW207", "dynamic-import", "error", check, suppressible=False)
