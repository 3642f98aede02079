"""``odw exec FILE.py --help``: what the workflow itself takes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

from odw.cli.terminal import say_line

if TYPE_CHECKING:
    from odw.dsl.program import PythonProgram


def names_python(words: Sequence[str]) -> str | None:
    """The workflow in Python that a command line of ``odw exec`` names, if it names one."""
    for word in words:
        file, _, name = word.rpartition(":")
        if not word.startswith("-") and (word.endswith(".py") or (file.endswith(".py") and name)):
            return word
    return None


def show_parameters(word: str, words: Sequence[str]) -> int:
    """Print the parameters of a workflow as the options that they are. Raises UsageError, ScriptRejected, WorkflowError."""
    from odw.dsl.flags import flags_of, help_of
    from odw.loader import Loader
    from odw.settings import load_settings

    wanted = next(
        (after for before, after in pairwise(words) if before in ("--workflow", "-w")),
        None,
    )
    program = Loader(Path.cwd(), load_settings()).load(word, workflow=wanted)
    workflow = cast("PythonProgram", program).workflow
    about = workflow.meta.get("description")
    say_line(f"Usage: odw exec {word} [OPTIONS]")
    say_line("")
    say_line(f"{workflow.name}: {about}" if about else workflow.name)
    flags = flags_of(workflow)
    if flags:
        say_line("")
        say_line("Its parameters:")
    rows = [help_of(flag) for flag in flags]
    width = max((len(left) for left, _ in rows), default=0)
    for left, right in rows:
        say_line(f"  {left:<{width}}  {right}".rstrip())
    say_line("")
    say_line("They may also come as one JSON object, with --args. All other options: odw exec --help")
    return 0
