"""A query that passes review: what the check found goes into the next attempt.

Why this shape: "try again" gives the same mistake in other words. The result and its problems in the prompt give the
next attempt something to mend.
"""

from typing import Any, TypedDict

import odw
from odw.patterns import Retried, retry_until_passes


class Query(TypedDict):
    sql: str


QUESTIONS = ["Which customers have not ordered for a year?", "What was the median order in each month?"]


async def write(question: str) -> Retried[Query]:
    return await retry_until_passes(
        f"Write one SQL query for PostgreSQL that answers: {question}",
        Query,
        attempts=3,
        checker={"model": "opus", "effort": "high"},
    )


@odw.workflow(phases=["Make", "Check"])
async def pattern_retry_until_passes(questions: list[str] = QUESTIONS) -> dict[str, Any]:
    """Write SQL queries and mend each until a reviewer accepts it"""
    queries = await odw.parallel_map(write, questions)
    return {
        "accepted": [query.result["sql"] for query in queries if query and query.passed and query.result],
        "refused": [
            question
            for question, query in zip(questions, queries, strict=True)
            if not (query and query.passed)
        ],
        "attempts": [len(query.tries) if query else 0 for query in queries],
    }
