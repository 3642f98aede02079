"""A phase that `meta.phases` does not announce.

## What it does
Reports a literal title given to `phase()`, or as the `phase` option of a hook, that is none of the titles in `meta.phases`, when meta lists phases
at all.

## Why is this bad
Progress and report show the phases of meta first; work under another title appears in a group of its own, and a model set for
the phase in meta has no effect.

## Example
```js
export const meta = { name: 'fix', description: 'Finds and fixes.', phases: ['Find', 'Fix'] }
phase('Fixing')
```

## Use instead
```js
phase('Fix')
```

## When not to use it
When the phases depend on the arguments: leave `phases` out of meta.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.diagnostics import closest
from odw.transpile.analyze.literal import static_string
from odw.transpile.estree import Node
from odw.transpile.rules.rule import Finding, Lint, Rule


def check(lint: Lint) -> Iterator[Finding]:
    titles = lint.meta.phase_titles
    if not titles:
        return
    for site in lint.call_sites:
        if site.hook == "phase":
            named = site.node.arguments[:1]
        else:
            named = [site.option_nodes["phase"].value] if "phase" in site.option_nodes else []
        for node in named:
            for text, title in _titles(node):
                if title not in titles:
                    meant = closest(title, titles)
                    yield Finding(
                        text,
                        f"meta.phases has no '{title}'",
                        f"Did you mean '{meant}'?" if meant else f"It lists {_listed(titles)}.",
                    )


def _titles(node: Node) -> Iterator[tuple[Node, str]]:
    if node.type == "ConditionalExpression":
        yield from _titles(node.consequent)
        yield from _titles(node.alternate)
        return
    title = static_string(node)
    if title is not None:
        yield node, title


def _listed(titles: tuple[str, ...]) -> str:
    shown = ", ".join(f"'{title}'" for title in titles[:6])
    return f"{shown}, …" if len(titles) > 6 else shown


RULE = Rule("ODW304", "phase-not-in-meta", "warning", check)
