"""What the model is told besides its task. The same bytes in every call, so that providers' caches hit."""

from __future__ import annotations

import json
from typing import Any

SYSTEM = """\
You are a coding agent that works on its own in a directory called the workspace, one of several that a workflow runs. Nobody can
answer questions: decide by yourself, and say in your answer what you assumed.

Look before you change: read the files that matter, search rather than guess. Make the smallest change that does the task well, in the
style of the code around it. Check what you did with the means at hand (tests, a compiler, reading it again). Paths are relative to the
workspace. Call several tools at once when they do not depend on each other.

When you are done, answer with the result that was asked for, and nothing that was not: no greeting, no summary of your steps unless
the task wants one."""

FINISH = "Hand in the final answer of the task. Call it once, alone, when the work is done; it ends the task."
SUMMARIZE = (
    "The conversation has become too long to keep. Write down, for yourself, all that is needed to go on: the task's demands, what "
    "was found (files, names, facts), what was changed, what is left to do. Facts only."
)
COMPACTED = "What happened so far, in short (the conversation itself was left out to save room):\n\n"
STUB = "[left out to save room: {length} characters; call the tool again if you need it]"
GO_ON = "Your answer was cut off at the limit of length. Go on exactly where it stopped, without repeating anything."
TOO_LONG = " (your turn was cut off at the limit of length: do it in smaller pieces)"
WITHOUT_SUMMARY = "(there was no room for a summary: look again at what you need)"
NO_ANSWER = "You ended without an answer. Give the final answer of the task now."
CALL_FINISH = "The answer must be handed in with the tool `finish`. Call it now."
LAST_TURN = "This is the last turn: there is no room for more tool calls. Give the best final answer you can from what you know."


def wrong_answer(problems: list[str]) -> str:
    """What the model is told about an answer that does not fit its schema."""
    listed = "\n".join(f"- {problem}" for problem in problems[:20])
    return f"The answer does not fit the schema:\n{listed}\n\nGive the whole answer again, with these problems mended."


def contract(schema: Any) -> str:
    """What follows the task when the answer comes as text."""
    return (
        "Answer with one JSON value that is valid under this JSON Schema, and with nothing else: no explanation before or after it, no "
        f"code fence.\n{json.dumps(schema, ensure_ascii=False)}"
    )
