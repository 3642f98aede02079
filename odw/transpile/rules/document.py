"""The pages of docs/rules/, made from the docstrings of the rules: file name -> text."""

from __future__ import annotations

import sys

from odw.transpile.rules import RULES
from odw.transpile.rules.rule import Rule

SECTIONS = (
    "## What it does",
    "## Why is this bad",
    "## Example",
    "## Use instead",
    "## When not to use it",
)
_FAMILIES = (
    ("ODW1", "Determinism", "What a resumed run could not repeat. Errors; `exec` refuses the script."),
    (
        "ODW2",
        "Dialect and meta",
        "What a workflow script is made of. Errors; `exec` refuses the script, but for `unknown-global`.",
    ),
    ("ODW3", "Concurrency and cost", "Ways to lose work or money. Warnings."),
)


def page(rule: Rule) -> str:
    """The documentation of one rule, as Markdown."""
    title, _, body = docstring(rule).partition("\n")
    traits = [f"**{rule.code}**", rule.severity]
    if rule.severity == "error":
        traits.append("`exec` refuses the script" if rule.blocks else "`exec` prints it and runs the script")
    if not rule.suppressible:
        traits.append("cannot be suppressed")
    return f"# {rule.name}\n\n{' · '.join(traits)}\n\n{title}\n{body.rstrip()}\n"


def pages() -> dict[str, str]:
    """Every page, ``index.md`` included."""
    made = {f"{rule.name}.md": page(rule) for rule in RULES}
    made["index.md"] = _index()
    return made


def summaries() -> dict[str, tuple[str, str]]:
    """Code -> one line about the rule, and its page."""
    return {rule.code: (docstring(rule).partition("\n")[0], page(rule)) for rule in RULES}


def docstring(rule: Rule) -> str:
    """The docstring of the rule's module, found by the rule's name."""
    module = sys.modules[f"{__package__}.{rule.name.replace('-', '_')}"]
    return (module.__doc__ or "").strip()


def _index() -> str:
    lines = [
        "# The rules of `odw lint`",
        "",
        "Made from the docstrings in `odw/transpile/rules/` by `python tools/rule_docs.py`; a test checks that they agree.",
        "",
        "A comment silences a rule where it found something: `// odw-allow ODW101 reason`, behind the code or alone on the line before.",
        "",
        "Workflows in Python have [rules of their own](python.md).",
    ]
    for prefix, title, about in _FAMILIES:
        lines += [
            "",
            f"## {prefix}xx: {title}",
            "",
            about,
            "",
            "| code | rule | what it finds |",
            "|---|---|---|",
        ]
        for rule in sorted(RULES, key=lambda r: r.code):
            if rule.code.startswith(prefix):
                summary = docstring(rule).partition("\n")[0].replace("|", "\\|")
                lines.append(f"| {rule.code} | [{rule.name}]({rule.name}.md) | {summary} |")
    return "\n".join(lines) + "\n"
