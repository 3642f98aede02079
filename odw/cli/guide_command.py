"""``odw guide``, ``odw contract``, ``odw spec`` and ``odw capabilities``: what people and programs read before they write a workflow."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import Any

from odw.cli.terminal import say
from odw.errors import UsageError

PAGES = Path(__file__).parents[1] / "skills" / "odw"
PATTERNS = Path(__file__).parents[1] / "patterns" / "javascript"
TOPICS = {"python": "python.md", "contract": "contract.md"}


def guide_command(values: dict[str, Any]) -> int:
    """The guide, or one of its topics."""
    topic = values["topic"]
    if values["path"]:
        say(str(PAGES / "SKILL.md"))
    elif topic == "patterns":
        say(_patterns())
    elif topic is None or topic in TOPICS:
        say(page(TOPICS.get(topic or "", "SKILL.md")))
    else:
        from odw.diagnostics import closest

        known = (*TOPICS, "patterns")
        meant = closest(topic, known)
        advice = f"Did you mean {meant}? " if meant else ""
        raise UsageError(f"no such topic: {topic}", hint=f"{advice}There are: {', '.join(sorted(known))}.")
    return 0


def contract_command(values: dict[str, Any]) -> int:
    """What a script may rely on."""
    say(page(TOPICS["contract"]))
    return 0


def spec_command(values: dict[str, Any]) -> int:
    """Hooks, options and rules, as JSON."""
    from odw.cli.language_spec import language_spec

    say(dumps(language_spec(), ensure_ascii=False, indent=2))
    return 0


def capabilities_command(values: dict[str, Any]) -> int:
    """What this installation can do, as JSON."""
    from odw.cli.language_spec import capabilities

    say(dumps(capabilities(), ensure_ascii=False, indent=2))
    return 0


def page(name: str) -> str:
    """One page of the guide as Markdown, without what is for programs only."""
    text = (PAGES / name).read_text(encoding="utf-8")
    if text.startswith("---\n"):
        text = text.partition("\n---\n")[2].lstrip("\n")
    return text.rstrip("\n")


def _patterns() -> str:
    """The workflows that come with odw, from their own words."""
    from odw.transpile.driver import check_script
    from odw.transpile.source import load_source

    lines = [
        "# Patterns: workflows that come with odw",
        "",
        "In a script: `await workflow('NAME', {…})`; in Python: `await odw.patterns.name(…)`, with underscores; alone: `odw exec NAME --args JSON`.",
        "",
    ]
    for path in sorted(PATTERNS.glob("*.js")):
        meta = check_script(load_source(str(path), path.name)).meta.raw
        lines += [f"- `{path.stem}`: {meta['description']}.", f"  {meta['whenToUse']}"]
    lines += ["", "`odw inspect NAME` shows what one asks."]
    return "\n".join(lines)
