"""What a run under test may be told besides its args and answers; none of it comes from odw.toml or the environment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from odw.diagnostics import closest


class RunSettings(TypedDict, total=False):
    """The options of a run. Times are in seconds.

    ``budget``: "500k", "2M-total", "$5", or a number of output tokens. ``concurrency``: slots, 4 unless said otherwise. ``strict``:
    a call that no answer fits fails the test. ``steps``: what stands in for ``@odw.step`` functions, by function or name. ``human``:
    what a person answers to ``odw.human``: a text, a mapping from a question's pattern to one, or a function. ``stop_after``:
    the run is stopped when so many calls have ended, as by ``odw stop``. ``virtual_time``: waiting takes no time. ``now``: when
    the run begins.
    """

    budget: str | float | None
    concurrency: int
    max_agents: int
    max_attempts: int
    on_failure: str
    fail_on: str
    policy: str
    budget_policy: str
    model: str | None
    effort: str | None
    timeout: float | None
    strict: bool
    steps: Mapping[Any, Any]
    human: Any
    stop_after: int | None
    virtual_time: bool
    now: datetime | None


DEFAULTS: RunSettings = {
    "budget": None,
    "concurrency": 4,
    "max_agents": 1000,
    "max_attempts": 3,
    "on_failure": "null",
    "fail_on": "error",
    "policy": "call",
    "budget_policy": "finish",
    "model": None,
    "effort": None,
    "timeout": None,
    "strict": False,
    "steps": {},
    "human": None,
    "stop_after": None,
    "virtual_time": True,
    "now": None,
}


def checked(settings: Mapping[str, Any], where: str) -> None:
    """Raises TypeError for a setting that does not exist."""
    for name in settings:
        if name not in DEFAULTS:
            meant = closest(name, DEFAULTS)
            advice = f"did you mean {meant}?" if meant else f"there are: {', '.join(DEFAULTS)}"
            raise TypeError(f"{where} has no setting {name!r}; {advice}")
