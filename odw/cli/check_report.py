"""``odw resume RUN --check`` as people and programs read it."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.terminal import one_line, say, show_findings
from odw.runtime.call import Call
from odw.runtime.journal.history import History
from odw.runtime.journal.reader import read_journal
from odw.runtime.resume_check import DEPENDS, ORPHANED, REPLAYS, RUNS, CallCheck, ResumeCheck, check_resume

if TYPE_CHECKING:
    from odw.cli.resume_command import Resumption

_MARKS = {REPLAYS: "=", RUNS: "+", DEPENDS: "~", ORPHANED: "-"}


def show_check(resumption: Resumption) -> int:
    """Print what a resume would do; 0 always, since nothing is wrong with a call that runs."""
    directory = resumption.directory
    journal = read_journal(directory.file("events.jsonl"))
    history = History().read(journal.events)
    show_findings(resumption.program.diagnostics)
    check = check_resume(
        resumption.program, resumption.options(), resumption.here.backend(), directory, history, _guess
    )
    if resumption.values["json"]:
        say(dumps(_json(check), ensure_ascii=False, separators=(",", ":")))
        return 0
    for call in check.calls:
        say("\n".join(_lines(call)))
    say(_summary(check, directory.run_id))
    return 0


def _guess(call: Call) -> Any:
    """An answer that a call might get, so that what comes after it can be seen."""
    from odw.executors.synthesize import synthesize

    if call.request.schema is None:
        return f"(the answer of {call.request.label})"
    return synthesize(call.request.schema, call.request.key)


def _lines(call: CallCheck) -> list[str]:
    label = " ".join(call.label.split())  # on one line, whatever the script calls it
    place = f"{' '.join(call.phase.split())} / {label}" if call.phase else label
    tokens = f"  {_tokens(call.usage.output)}" if call.usage is not None and call.usage.output else ""
    head = f"{_MARKS[call.verdict]} {call.verdict:<8} {place}  ({call.path}){tokens}"
    lines = [head]
    for reason in call.reasons:
        lines += [f"             {line}" for line in reason.split("\n")]
    if call.verdict == DEPENDS:
        lines.append("             replays if what runs before it comes out as it did")
    return lines


def _summary(check: ResumeCheck, run_id: str) -> str:
    counts = ", ".join(
        f"{len(check.of(verdict))} {word}"
        for verdict, word in ((REPLAYS, "replay"), (RUNS, "run"), (DEPENDS, "depend on those"), (ORPHANED, "orphaned"))
    )  # fmt: skip
    saved, spent = check.tokens(REPLAYS).output, check.tokens(RUNS).output
    unknown = sum(call.usage is None for call in check.of(RUNS))
    more = f", and {unknown} of unknown size" if unknown else ""
    text = f"[check] {run_id}: {counts}; about {_tokens(saved)} saved, {_tokens(spent)} to spend{more}"
    if check.ending is not None:
        text += (
            f"\n[check] the script then ends: {one_line(str(getattr(check.ending, 'message', check.ending)))}"
        )
    return text


def _tokens(count: int) -> str:
    """``850 tokens``, ``12.3k tokens``, of output."""
    return f"{count} tokens" if count < 10_000 else f"{count / 1000:.1f}k tokens"


def _json(check: ResumeCheck) -> dict[str, Any]:
    return {
        "calls": [call.to_json() for call in check.calls],
        "counts": {verdict: len(check.of(verdict)) for verdict in _MARKS},
        "outputTokensSaved": check.tokens(REPLAYS).output,
        "outputTokensToSpend": check.tokens(RUNS).output,
    }
