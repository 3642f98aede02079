"""An option that `agent()` does not know.

## What it does
Reports a key of the options of `agent()` that has no meaning, and says which known one may be meant. Objects spread into the options are
followed where they are constants.

## Why is this bad
A misspelt option is silently without effect: the agent runs without its schema, or on the wrong model.

## Example
```js
await agent('Triage the issue', { lable: 'triage', outputSchema: SCHEMA })
```

## Use instead
```js
await agent('Triage the issue', { label: 'triage', schema: SCHEMA })
```

## When not to use it
When the options object also carries data of your own, which odw keeps in the journal.
"""

from __future__ import annotations

from collections.abc import Iterator

from odw.diagnostics import closest
from odw.transpile.estree import Node
from odw.transpile.rules.rule import Finding, Lint, Rule

# fmt: off
AGENT_OPTIONS = frozenset(
    {
        # the built-in's
        "label", "phase", "schema", "model", "effort", "isolation", "agentType", "stallMs",
        # rust-odw's
        "id", "nodeId", "runtime", "provider", "bambooProvider", "timeout", "timeoutMs",
        "maxAttempts", "retry", "schemaDescription", "permission", "sandbox", "session", "action",
        # odw's own
        "onFailure", "cwd", "env", "tools", "system", "maxTokens", "maxTurns", "allowPaths",
        "forbidPaths", "checks", "cache",
        # the mock executor's
        "mockText", "mockResult", "mockTokens", "mockDelayMs", "mockFail", "mockRetryable",
        "mockWriteFile",
    }
)
# fmt: on

# What people write who know other tools.
_OTHER_WORDS = {
    "outputSchema": "schema",
    "jsonSchema": "schema",
    "responseSchema": "schema",
    "format": "schema",
    "name": "label",
    "title": "label",
    "reasoning": "effort",
    "reasoningEffort": "effort",
    "retries": "maxAttempts",
    "maxRetries": "maxAttempts",
    "attempts": "maxAttempts",
    "worktree": "isolation",
    "backend": "runtime",
    "executor": "runtime",
    "subagentType": "agentType",
    "subagent_type": "agentType",
    "agent": "agentType",
    "systemPrompt": "system",
    "allowedTools": "tools",
}


def check(lint: Lint) -> Iterator[Finding]:
    reported: set[Node] = set()  # an object spread into several calls is one mistake
    for site in lint.call_sites:
        if site.hook != "agent":
            continue
        for key, entry in site.option_nodes.items():
            if key in AGENT_OPTIONS or entry in reported:
                continue
            reported.add(entry)
            meant = _OTHER_WORDS.get(key) or closest(key, AGENT_OPTIONS)
            yield Finding(
                entry.key,
                f"agent() has no option `{key}`",
                f"Did you mean `{meant}`?" if meant else "It is kept in the journal but has no effect.",
            )


RULE = Rule("ODW303", "unknown-agent-option", "warning", check)
