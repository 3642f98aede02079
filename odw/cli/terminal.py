"""What people see: errors, findings and progress as text that can do nothing to a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from errno import EIO
from typing import TYPE_CHECKING, Any, TextIO

from odw.errors import InternalError, OdwError, ScriptRejected, UsageError, WorkflowError

if TYPE_CHECKING:
    from odw.diagnostics import Diagnostic


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says; what has no encoding (a lone surrogate) is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def say(text: str, stream: TextIO | None = None) -> None:
    """One piece of text and a newline; control characters are shown, not obeyed."""
    from odw.diagnostics import printable

    stream = stream or sys.stdout
    try:
        stream.write(f"{printable(text)}\n")
        stream.flush()
    except OSError as error:
        if error.errno != EIO:
            raise
        _mute(stream)  # the terminal was closed: what is said to nobody must not change how the command ends


def one_line(text: str) -> str:
    """``text`` with its newlines shown, not obeyed: labels, titles and messages are others', and must not make lines of ours."""
    return text.replace("\n", "\\n")


def say_line(text: str, stream: TextIO | None = None) -> None:
    """One line, whatever is in ``text``."""
    say(one_line(text), stream)


def _mute(stream: TextIO) -> None:
    """Nobody reads ``stream`` any more: what is written to it, and what it still holds, goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def note(text: str) -> None:
    """A remark that is no part of the output."""
    say_line(f"[odw] {text}", sys.stderr)


def show_findings(findings: Iterable[Diagnostic]) -> None:
    """Lint's findings before or instead of a run, on standard error."""
    from odw.diagnostics import render_text

    for diagnostic in findings:
        say(render_text(diagnostic), sys.stderr)


# Endings that are nobody's mistake, by their code.
_ENDED = {
    "interrupted": "the run was interrupted",
    "stopped": "the run was stopped",
    "budget_exhausted": "the run is parked",
    "circuit_open": "the run is parked",
    "journal_failed": "the run is parked",
}


def show_error(error: OdwError) -> None:
    """The message, the place in the script, the next step."""
    if isinstance(error, InternalError):
        show_internal_error(error)
        return
    if isinstance(error, ScriptRejected):
        show_findings(error.diagnostics)
        say(f"odw: {count_findings(error.diagnostics)}: the script was not run", sys.stderr)
        return
    message = one_line(error.message)
    lines = [f"odw: {message}"]
    if isinstance(error, WorkflowError) and error.code in _ENDED:
        lines = [f"odw: {_ENDED[error.code]}" + ("" if message in _ENDED else f": {message}")]
    elif isinstance(error, WorkflowError):
        report = error.report.replace(error.message, message, 1)
        said = report.partition("\n")[0].endswith(message)
        lines = ["odw: the workflow failed:" if said else f"odw: the workflow failed: {message}"]
        if report:
            lines.append(report)
    if error.hint:
        lines.append(f"{'  ' if isinstance(error, UsageError) else '  hint: '}{one_line(error.hint)}")
    say("\n".join(lines), sys.stderr)


def count_findings(findings: Iterable[Diagnostic]) -> str:
    """``2 errors, 1 warning``."""
    counts: dict[str, int] = {}
    for diagnostic in findings:
        counts[diagnostic.severity] = counts.get(diagnostic.severity, 0) + 1
    shown = [f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in sorted(counts.items())]
    return ", ".join(shown) or "no findings"


def show_internal_error(error: BaseException) -> None:
    """A bug of ours: short, with the way to report it; ``ODW_DEBUG=1`` shows the traceback."""
    if os.environ.get("ODW_DEBUG"):
        import traceback

        traceback.print_exception(error)
        return
    what = error.message if isinstance(error, InternalError) else f"{type(error).__name__}: {error}"
    say(
        f"odw: internal error: {one_line(what)}\n"
        "  This is a bug in odw, not in your script. What the run recorded is intact.\n"
        "  Please report it with the output of the same command under ODW_DEBUG=1.",
        sys.stderr,
    )


class PlainProgress:
    """An EventSink that prints each event as its lines, and no others; a reader that went away never stops the run."""

    def __init__(self, stream: TextIO | None = None) -> None:
        from odw.runtime.progress import plain_lines

        self._lines = plain_lines
        self._stream = stream
        self._open = True

    def on_event(self, event: Any) -> None:
        if not self._open:
            return
        try:
            for line in self._lines(event):
                say_line(line, self._stream)
        except OSError:
            self._open = False
            # or the last lines would fail too, and with them the way to resume
            _mute(self._stream or sys.stdout)
