"""What workflows are made of and what this installation can do, as data for programs."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

# hook -> how a script calls it, and what that is for
HOOKS = {
    "agent": ("agent(prompt, options?)", "one agent call: its text, or with a schema the value; null when it failed"),
    "parallel": ("parallel(functions, {label?, phase?, max?})", "all at the same time; null for one that threw"),
    "pipeline": ("pipeline(items, ...stages)", "each item through the stages by itself: (previous, item, index)"),
    "fanout": ("fanout(items, function, options?)", "parallel over items"),
    "workflow": ("workflow(name | {scriptPath} | {name, args}, args?)", "another workflow inside this one, one level deep"),
    "phase": ("phase(title, detail?)", "the heading of what follows"),
    "log": ("log(message)", "a line for people"),
    "checkpoint": ("checkpoint(name, value?)", "a named value for those who watch"),
    "budget": ("budget.total, budget.unit, budget.spent(), budget.remaining()", "what the run may spend"),
    "args": ("args", "what was passed, as JSON; undefined for nothing"),
    "meta": ("meta", "the script's own meta, frozen"),
    "promptSlot": ("promptSlot(name, context?, suggested?)", "a prompt that the args give"),
    "setTimeout": ("setTimeout(function, ms)", "recorded: a resume does not wait"),
}  # fmt: skip


def language_spec() -> dict[str, Any]:
    """Hooks, options, fields of meta, lint's rules and exit codes."""
    from odw.cli.options import EXIT_CODES
    from odw.dsl.rule_pages import PYTHON_RULES, python_summaries
    from odw.transpile.rules import RULES
    from odw.transpile.rules.document import summaries
    from odw.transpile.rules.unknown_agent_option import AGENT_OPTIONS

    about = {**summaries(), **python_summaries()}
    named = {rule.code: (rule.name, rule.severity, False) for rule in PYTHON_RULES}
    named |= {
        rule.code: (rule.name, rule.severity, rule.blocks and rule.severity == "error") for rule in RULES
    }
    return {
        "hooks": {name: {"call": call, "for": purpose} for name, (call, purpose) in HOOKS.items()},
        "agentOptions": sorted(AGENT_OPTIONS),
        "meta": {
            "required": ["name", "description"],
            "optional": [
                "title", "whenToUse", "phases", "model", "promptSlots", "agents", "schemas", "onFailure", "budget",
            ],
        },
        "rules": [
            {
                "code": code,
                "name": named[code][0],
                "severity": named[code][1],
                "refusesTheRun": named[code][2],
                "summary": summary,
            }
            for code, (summary, _) in sorted(about.items())
        ],
        "exitCodes": {str(code): meaning for code, meaning in EXIT_CODES},
    }  # fmt: skip


def capabilities() -> dict[str, Any]:
    """Version, languages, commands, executors and the workflows that come with odw."""
    from odw import __version__
    from odw.cli.options import COMMANDS
    from odw.executors import KINDS
    from odw.loader import Loader
    from odw.settings import load_settings

    return {
        "odw": __version__,
        "python": platform.python_version(),
        "languages": {"javascript": "ECMAScript 2023, strict, module body", "python": ">=3.11"},
        "commands": sorted(COMMANDS),
        "executors": sorted((*KINDS, "command", "mock")),
        "isolation": ["worktree"],
        "budgetUnits": ["output tokens", "total tokens", "dollars"],
        "workflows": sorted(Loader(Path.cwd(), load_settings()).names()),
    }
