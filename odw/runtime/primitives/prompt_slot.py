"""``promptSlot(name, context?, suggested?)``: a prompt that whoever starts the run supplies. Contract, section 4."""

from __future__ import annotations

import json
from typing import Any

from odw.runtime.context import RunContext


class MissingPrompt(Exception):
    """No prompt was supplied for a slot; the message says how to."""


def fill_prompt_slot(run: RunContext, args: Any, name: str, context: Any, suggested: str | None) -> str:
    """``args.prompts[name]`` with ``{{context}}`` and ``{{input}}`` replaced.

    ``suggested`` stands in for it in dry runs and with ``args.allowSuggestedPrompts``. Raises MissingPrompt.
    """
    given = args if isinstance(args, dict) else {}
    prompts = given.get("prompts")
    template = prompts.get(name) if isinstance(prompts, dict) else None
    if not isinstance(template, str):
        if suggested is None or not (run.options.dry_run or given.get("allowSuggestedPrompts") is True):
            raise MissingPrompt(
                f'promptSlot("{name}") has no prompt: pass it in args as {{"prompts": {{{json.dumps(name)}: "…"}}}}'
                + (
                    ', or {"allowSuggestedPrompts": true} for the suggested one'
                    if suggested is not None
                    else ""
                )
            )
        template = suggested
    # One pass over the template, so that a marker inside what is put in stays as it is.
    parts = template.split("{{context}}")
    return _shown(context).join(part.replace("{{input}}", _shown(args)) for part in parts)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
