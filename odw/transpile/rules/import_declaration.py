"""Importing another module.

## What it does
Reports `import … from '…'`, `import '…'` and `export … from '…'`.

## Why is this bad
A workflow is one file: what it does can be read, hashed and journaled as a whole, and it can reach nothing but its hooks.
There are no modules to load.

## Example
```js
import { readFileSync } from 'node:fs'
```

## Use instead
Write the helper into the script, let an agent read the file, or run another workflow with `workflow('name', args)`.

## When not to use it
It cannot be switched off: such a script cannot run.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.rules.rule import Finding, Lint, Rule


def check(lint: Lint) -> Iterator[Finding]:
    for node in lint.index.of_type("ImportDeclaration", "ExportAllDeclaration", "ExportNamedDeclaration"):
        if node.source is not None:
            module = str(node.source.value)
            verb = "import" if node.type == "ImportDeclaration" else "re-export"
            yield Finding(
                node,
                f"a workflow is one file and cannot {verb} '{module}'",
                "Write the helper into the script, let an agent do what needs the module, or call workflow('name').",
            )


RULE = Rule("ODW203", "import-declaration", "error", check, suppressible=False)
