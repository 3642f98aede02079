"""Scripted answers: what each call gets, by its label."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from script_runs import failing

from odw.runtime.abc import Planned, Report, Usage

FAILS = object()


def by_label(answers: dict[str, Any], *, tokens: int = 10) -> Callable[[Any], Any]:
    """``{"refute 1.*": {...}}``: the first pattern that fits gives the answer, a list its next entry; FAILS is a failed call.

    A call that no pattern fits is an error of the test.
    """
    left = {label: list(answer) if isinstance(answer, list) else answer for label, answer in answers.items()}

    def answer(request: Any) -> Any:
        label = next((known for known in left if fnmatchcase(request.label, known)), None)
        assert label is not None, f"nobody thought of {request.label!r}"
        found = left[label]
        if isinstance(found, list):
            found = found.pop(0)
        if found is FAILS:
            return failing()
        usage = Usage(input=0, output=tokens)
        if request.schema is None:
            return Planned(Report(text=found, usage=usage))
        return Planned(Report(value=found, usage=usage))

    return answer
