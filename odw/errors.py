"""The error tree: what went wrong, by whose hand it can be mended.

    OdwError                     everything odw raises on purpose; ``exit_code`` on the class, ``hint`` says what to do
    ├── WorkflowError            the author's: a script that does not parse, lint or finish            (exit 1)
    │   ├── ScriptRejected       refused before anything ran; carries the diagnostics                  (exit 3)
    │   └── ResultNotJson        the workflow returned something that JSON cannot say                  (exit 1)
    ├── UsageError               a wrong command line, option or settings file                         (exit 2)
    ├── JournalDamaged           a journal that is not as it was written; nothing is guessed           (exit 2)
    ├── ExecutorError            the world's: an agent program failed                                  (exit 1)
    └── InternalError            ours: a bug in odw                                                    (exit 70)

Halts (stop, budget, cap) are not errors; they are in ``odw/runtime/halts.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class OdwError(Exception):
    """Base of all. ``message``: what happened, expected and found. ``hint``: the next step, or ""."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class WorkflowError(OdwError):
    """The script failed. ``report`` is the rendered place in the script (file:line:column, line, caret) or ""."""

    def __init__(
        self, message: str, *, hint: str = "", report: str = "", code: str = "workflow_error"
    ) -> None:
        super().__init__(message, hint=hint)
        self.report = report
        self.code = code


class ScriptRejected(WorkflowError):
    """The script has errors that block a run; ``diagnostics`` is a non-empty sequence of ``diagnostics.Diagnostic``."""

    exit_code = 3

    def __init__(self, message: str, diagnostics: Sequence[Any]) -> None:
        super().__init__(message, code="script_rejected")
        self.diagnostics = tuple(diagnostics)


class ResultNotJson(WorkflowError):
    """The result cannot be written as JSON; ``path`` is like ``$.items[3].self``."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message, code="result_not_serializable")
        self.path = path


class UsageError(OdwError):
    """Wrong usage: the message names the option or file, what was expected and what was found."""

    exit_code = 2


class JournalDamaged(OdwError):
    """A line of a journal is not as it was written. ``line`` counts from 1; ``seq`` is the number it should have."""

    exit_code = 2

    def __init__(self, path: str, line: int, seq: int, reason: str) -> None:
        run = _run_word(path)
        super().__init__(
            f"{path}:{line}: the journal is damaged at seq {seq}: {reason}",
            hint=f"odw journal verify {run} says more; odw journal repair {run} keeps the lines before it and puts the rest aside.",
        )
        self.path = path
        self.line = line
        self.seq = seq
        self.reason = reason


def _run_word(journal: str) -> str:
    """What to type for the run of a journal: its id, or its directory when that is in no project."""
    from shlex import quote

    home, _, name = journal.rpartition("/")[0].rpartition("/")
    if not name:
        return "RUN"
    return name if home.endswith(".odw/runs") else quote(f"{home}/{name}")


class ExecutorError(OdwError):
    """An executor's failure. ``category`` is an error class such as "transient", "quota", "schema", "crash"."""

    def __init__(
        self, message: str, *, category: str = "unknown", retryable: bool = False, hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.category = category
        self.retryable = retryable


class InternalError(OdwError):
    """A bug in odw; the message asks for a report and says that nothing recorded was lost."""

    exit_code = 70
