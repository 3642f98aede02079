"""Document what there is: a scout lists the modules, a writer takes each.

Why this shape: the list of modules is cheap to get and decides all that follows. A small model looks around once; the
large one never has to.
"""

from typing import Any, TypedDict

import odw
from odw.patterns import scout_first


class Module(TypedDict):
    path: str
    purpose: str


TASK = "Write a page of documentation for every module of this repository that has none."


@odw.workflow(phases=["Scout", "Work", "Index"])
async def pattern_scout_first(task: str = TASK) -> dict[str, Any]:
    """Find the modules that lack documentation, and write it"""
    found = await scout_first(task, Module, limit=8, scouting={"model": "haiku"})
    if not found.scouted:
        raise RuntimeError("nobody could look around")

    odw.phase("Index")
    pages = [f"{done.part['path']}: {done.part['purpose']}" for done in found.results]
    listed = "\n".join(pages)
    index = await odw.call(f"Write an index of these pages:\n{listed}", label="index")
    return {"pages": pages, "index": index, "failed": len(found.failed), "dropped": len(found.dropped)}
