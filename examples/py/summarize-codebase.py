"""Fan out over the parts of a codebase, then synthesize one overview.

Why this shape: each reader sees one folder with a fresh context, so nothing crowds anything else out; the writer
sees only their condensed notes. Readers that fail are dropped and named, never silently ignored.
"""

from collections import Counter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

import odw


class Notes(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    purpose: str
    entry_points: Annotated[list[str], Field(max_length=5)]
    depends_on: Annotated[list[str], Field(max_length=5, json_schema_extra={"uniqueItems": True})]


@odw.agent(label="read {folder}")
async def read(folder: str) -> Notes:
    """Read the folder {folder}. What is it for, where does one enter it, what does it depend on?"""
    return odw.prompt()


@odw.agent(label="overview")
async def write_overview(notes: dict[str, Notes], foundations: list[tuple[str, int]]) -> str:
    sections = "\n\n".join(
        f"## {folder}\n{note.purpose}\nEntry points: {', '.join(note.entry_points) or 'none'}"
        for folder, note in notes.items()
    )
    return (
        f"Write an architecture overview of this codebase in at most one page.\n\n{sections}\n\n"
        f"Most depended on: {', '.join(f'{name} ({count})' for name, count in foundations) or 'unknown'}"
    )


FOLDERS = ["src/api", "src/core", "src/storage", "src/web"]


@odw.workflow(phases=["Read", {"title": "Synthesize", "detail": "one writer over all notes"}])
async def summarize_codebase(folders: list[str] = FOLDERS) -> dict[str, object]:
    """Read each folder with its own agent and write one architecture overview"""
    odw.phase("Read")
    found = dict(zip(folders, await odw.parallel_map(read, folders), strict=True))
    notes = {folder: note for folder, note in found.items() if note}
    missing = [folder for folder, note in found.items() if not note]
    if missing:
        odw.log(f"no notes for: {', '.join(missing)}")

    # Who depends on whom, most depended-on first: the writer starts with the foundations.
    dependents = Counter(name for note in notes.values() for name in note.depends_on)

    odw.phase("Synthesize")
    overview = await write_overview(notes, dependents.most_common(5))
    return {"overview": overview, "folders": len(folders), "missing": missing}
