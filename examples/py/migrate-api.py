"""A migration with discovery: first find what must change, then change each place in isolation, then check.

Why this shape: the work list is not known when the workflow is written, so an agent discovers it and plain code
checks it (deduplicates, sorts, caps). Each edit would run in its own git worktree in a real run
(`isolation="worktree"`), so that parallel edits cannot trample each other; a failed check gets one repair attempt.
"""

from collections import Counter
from typing import Annotated, NamedTuple, NotRequired, TypedDict

from pydantic import Field

import odw


class Use(TypedDict):
    path: Annotated[str, Field(pattern=r"^src/[a-z]{3,8}\.ts$")]
    uses: Annotated[int, Field(ge=1, le=20)]


class Uses(TypedDict):
    sites: Annotated[list[Use], Field(max_length=5)]


class Check(TypedDict):
    ok: bool
    problem: NotRequired[str]


class Site(NamedTuple):
    path: str
    uses: int


class Outcome(TypedDict):
    path: str
    state: str


@odw.agent(label="discover", on_failure="throw")  # without the list there is nothing to do: fail loudly
async def discover(old: str) -> Uses:
    """List every file that uses {old}, with the number of uses."""
    return odw.prompt()


@odw.agent(label="migrate {site.path}", phase="Migrate")
async def migrate(site: Site, old: str, new: str) -> str:
    """In {site.path}, replace all {site.uses} uses of {old} with {new}. Change nothing else."""
    return odw.prompt()


@odw.agent(phase="Check")
async def check(path: str, old: str, attempt: int) -> Check:
    again = f" (attempt {attempt})" if attempt > 1 else ""
    prompt = f"Check that {path} no longer uses {old} and that its tests pass."
    return odw.prompt(prompt, label=f"check {path}{again}")


@odw.agent(label="repair {path}", phase="Migrate")
async def repair(path: str, problem: str) -> str:
    """Repair {path}: {problem}"""
    return odw.prompt()


async def check_and_repair(path: str, old: str) -> str:
    verdict = await check(path, old, 1)
    if verdict and verdict["ok"]:
        return "migrated"
    problem = verdict.get("problem") if verdict else None
    await repair(path, "the check did not answer" if problem is None else problem)
    verdict = await check(path, old, 2)
    return "repaired" if verdict and verdict["ok"] else "needs a human"


@odw.workflow(phases=["Discover", "Migrate", "Check"])
async def migrate_api(from_: str = "request()", to: str = "fetch()", limit: int = 50) -> dict[str, object]:
    """Discover the call sites of an old API, migrate each, verify, and repair once"""
    odw.phase("Discover")
    discovered = await discover(from_)
    uses: Counter[str] = Counter()
    for found in discovered["sites"]:
        uses[found["path"]] += found["uses"]
    sites = [Site(*entry) for entry in sorted(uses.items(), key=lambda entry: (-entry[1], entry[0]))][:limit]
    odw.log(f"{len(sites)} files to migrate")

    async def change(site: Site) -> str | None:
        return await migrate(site, from_, to)

    async def finish(_: str, site: Site) -> Outcome:
        return {"path": site.path, "state": await check_and_repair(site.path, from_)}

    outcomes = await odw.pipeline(sites, change, finish)
    tally = Counter(outcome["state"] if outcome else "failed" for outcome in outcomes)
    return {"sites": len(sites), "tally": tally, "outcomes": outcomes}
