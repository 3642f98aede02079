"""``odw inspect SCRIPT`` and ``odw graph SCRIPT``: what a script plans to do, without running it."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.script import read_bytes, read_script, script_path, write_output
from odw.cli.terminal import say, say_line
from odw.diagnostics import printable

if TYPE_CHECKING:
    from odw.inspection import Inspection


def inspect_command(values: dict[str, Any]) -> int:
    """Meta, phases, call sites; as JSON or as an outline."""
    found = _inspect(values["script"])
    if values["json"]:
        say(dumps(found.to_json(), ensure_ascii=False, separators=(",", ":")))
        return 0
    from odw.planned_graph import outline

    name, about = found.meta.get("name"), found.meta.get("description")
    say_line(f"{name or found.file}{f': {about}' if about else ''}")
    for line in outline(found):
        say_line(line)
    return 0


def graph_command(values: dict[str, Any]) -> int:
    """The planned graph, for a terminal or as Mermaid."""
    from odw.planned_graph import mermaid, outline

    found = _inspect(values["script"])
    text = (
        mermaid(found) if values["format"] == "mermaid" else "".join(f"{line}\n" for line in outline(found))
    )
    write_output(values["output"], printable(text))
    return 0


def _inspect(word: str) -> Inspection:
    file, _, name = word.rpartition(":")
    if not file.endswith(".py"):
        file, name = word if word == "-" else script_path(word), ""
    if file.endswith(".py"):
        from odw.dsl.inspection import inspect_text

        return inspect_text(read_bytes(file), file, name or None)
    from odw.transpile.driver import inspect_script

    return inspect_script(read_script(word))
