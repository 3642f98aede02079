"""A pipeline: outline -> draft -> edit, per page, with no barrier between the stages.

Why this shape: a short page need not wait for the outline of a long one. Each stage gets the previous stage's
result, the item and its index; a stage that returns None drops its page and only that one.
"""

import re
from typing import Annotated

from pydantic import BaseModel, Field

import odw


class Outline(BaseModel):
    worthwhile: Annotated[bool, Field(description="false if the topic needs no page of its own")]
    sections: Annotated[list[str], Field(min_length=1, max_length=6)]


@odw.agent(label="outline {topic}", phase="Outline")
async def outline(topic: str) -> Outline:
    """Outline a documentation page about "{topic}"."""
    return odw.prompt()


@odw.agent(label="draft {topic}", phase="Draft")
async def draft(plan: Outline, topic: str) -> str:
    sections = "\n".join(f"{number}. {section}" for number, section in enumerate(plan.sections, 1))
    return f'Draft the page "{topic}" with these sections:\n{sections}'


@odw.agent(label="edit {topic}", phase="Edit")
async def edit(text: str, topic: str) -> str:
    """Edit for brevity and plain words. Keep every fact.

    {text}
    """
    return odw.prompt()


async def plan_page(topic: str) -> Outline | None:
    plan = await outline(topic)
    return plan if plan and plan.worthwhile else None  # None: no page, the later stages are skipped


async def finish(text: str, topic: str, index: int) -> dict[str, str | None]:
    name = re.sub(r"[^a-z0-9]+", "-", topic.lower())
    return {"file": f"{index + 1:02}-{name}.md", "text": await edit(text, topic)}


TOPICS = ["Getting started", "Configuration", "Troubleshooting", "Glossary"]


@odw.workflow(phases=["Outline", "Draft", "Edit"])
async def write_docs(topics: list[str] = TOPICS) -> dict[str, list[str]]:
    """Outline, draft and edit a documentation page per topic, as a pipeline"""
    pages = await odw.pipeline(topics, plan_page, draft, finish)
    return {
        "written": [page["file"] for page in pages if page],
        "skipped": [topic for topic, page in zip(topics, pages, strict=True) if page is None],
    }
