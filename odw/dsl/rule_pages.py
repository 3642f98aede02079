"""The pages of docs/rules/ about workflows in Python: file name -> text. Those of scripts are made in ``odw/transpile/rules``."""

from __future__ import annotations

from typing import NamedTuple

from odw.dsl.checks import BANS

_UNORDERED = """# unordered-iteration

**ODW106** · error · Python only

Calls that follow the order of a set.

## What it does
Reports a set, or `set(…)`, as what `parallel`, `parallel_map` or `pipeline` goes through, and as what a loop with an `await` in it does.

## Why is this bad
A set of texts has another order in every process. A resumed run would make the same calls at other places, and results that are
told apart by their place alone would be mixed up.

## Example
```python
await odw.parallel_map(review, {finding.file for finding in findings})
```

## Use instead
```python
await odw.parallel_map(review, sorted({finding.file for finding in findings}))
```

## When not to use it
When the order is known to be the same: a set of small integers. Say so: `# odw-allow ODW106 small integers`.
"""
_THREADS = """# bare-threads

**ODW107** · warning · Python only

Threads, processes and asyncio tasks beside the workflow.

## What it does
Reports `threading`, `concurrent.futures`, `multiprocessing` and asyncio's ways to start something, outside of `@odw.step` functions.

## Why is this bad
What runs there ends in an order that nobody records, and it cannot call an agent. After a kill it begins again, unseen.

## Example
```python
with ThreadPoolExecutor() as pool:
    texts = list(pool.map(read, files))
```

## Use instead
An `@odw.step` that does it as a whole, so that its result is recorded; `odw.parallel` or a trio nursery for agents.
```python
@odw.step
async def read_all(files: list[str]) -> list[str]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(read, files))
```

## When not to use it
For code that has no effect and always gives the same.
"""
_FLOATING = "`odw.call(…)`, an agent or a fan-out that nobody awaits: it never runs"


def python_pages() -> dict[str, str]:
    """The pages of the rules that scripts do not have, and the table of all that ``odw lint FILE.py`` knows."""
    return {**{f"{rule.name}.md": rule.page for rule in PYTHON_RULES}, "python.md": _table()}


class PythonRule(NamedTuple):
    """A rule that scripts do not have: ``summary`` is one line about it, ``page`` its page in docs/rules."""

    code: str
    name: str
    severity: str
    summary: str
    page: str


PYTHON_RULES = (
    PythonRule("ODW106", "unordered-iteration", "error", "Calls that follow the order of a set.", _UNORDERED),
    PythonRule(
        "ODW107",
        "bare-threads",
        "warning",
        "Threads, processes and asyncio tasks beside the workflow.",
        _THREADS,
    ),
)


def python_summaries() -> dict[str, tuple[str, str]]:
    """Code -> one line about the rule, and its page, for the rules that scripts do not have."""
    return {rule.code: (rule.summary, rule.page) for rule in PYTHON_RULES}


def _table() -> str:
    lines = [
        "# The rules of `odw lint FILE.py`",
        "",
        "They have the codes of those for scripts, where there is one. `odw exec` does not ask them: the code is your own, and there is no",
        "sandbox. What is named is found by how it was imported; an `@odw.step` function may do anything. A comment silences a rule in its",
        "line: `# odw-allow ODW101 reason`.",
        "",
        "| code | rule | | what it finds | why | use instead |",
        "|---|---|---|---|---|---|",
    ]
    rows = [
        (ban.code, ban.rule, ban.severity, " ".join(f"`{name}{'*' * name.endswith('.')}`" for name in ban.names), ban.reason, ban.instead)
        for ban in BANS
    ]  # fmt: skip
    rows += [
        ("ODW106", "unordered-iteration", "error", "sets that calls follow", "a set has another order in every process", "`sorted(…)`"),
        ("ODW200", "syntax-error", "error", "a file that does not parse", "nothing of it can run", ""),
        ("ODW301", "floating-agent-call", "warning", _FLOATING, "the answer is missing, and so is the work", "`await`"),
    ]  # fmt: skip
    for code, rule, severity, names, reason, instead in sorted(rows):
        lines.append(f"| {code} | [{rule}]({rule}.md) | {severity} | {names} | {reason} | {instead} |")
    return "\n".join(lines) + "\n"
