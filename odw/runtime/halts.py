"""Halts: conditions that end a run, or forbid it new calls. They are not values and not ordinary errors.

They derive from BaseException, carry their reason, and no combinator turns one into ``null``. Two kinds:

- ``CapReached`` and ``BudgetExhausted`` are raised by a call. A front end shows them to the script as an error that the
  script may catch, marked so that ``parallel`` and ``pipeline`` let it through; uncaught, the run ends.
- ``Stopped``, ``Interrupted``, ``SliceExceeded``, ``MemoryCeiling`` and ``Parked`` pass every handler of a script.
"""

from __future__ import annotations


class Halt(BaseException):
    """Base of all. ``status`` is the run's status afterwards; ``reason`` is one sentence for people."""

    status = "failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CallHalt(Halt):
    """A halt that a call raises; ``error_name`` is the name of the error that the script sees.

    ``logged`` once a fan-out has said what it dropped: those around it then pass it on in silence.
    """

    error_name = "WorkflowHaltError"
    logged = False


class CapReached(CallHalt):
    """The run has started as many agents as it may."""

    error_name = "WorkflowAgentCapError"

    def __init__(self, cap: int) -> None:
        super().__init__(
            f"workflow agent cap reached: {cap} agents per run; --max-agents raises it, also on resume"
        )


class BudgetExhausted(CallHalt):
    """The budget is spent: the run parks and can be resumed with more."""

    error_name = "WorkflowBudgetError"
    status = "parked"

    def __init__(self, spent: str, total: str, unit: str, account: str = "") -> None:
        what = f"budget of {account} exhausted" if account else "workflow budget exhausted"
        super().__init__(f"{what}: spent {spent} >= total {total} {unit}".rstrip())

    @classmethod
    def recorded(cls, reason: str) -> BudgetExhausted:
        """One whose sentence is known already."""
        halt = cls.__new__(cls)
        Halt.__init__(halt, reason)
        return halt


class Stopped(Halt):
    """Someone asked the run to stop."""

    status = "stopped"


class Interrupted(Halt):
    """A signal (Ctrl-C, SIGTERM, SIGHUP) ended the run; ``signal_number`` says which."""

    status = "interrupted"

    def __init__(self, signal_number: int) -> None:
        super().__init__("interrupted")
        self.signal_number = signal_number


class Parked(Halt):
    """The run cannot go on now but can be resumed: quota gone, disk full, journal not writable."""

    status = "parked"

    def __init__(self, reason: str, code: str = "journal_failed") -> None:
        super().__init__(reason)
        self.code = code


class SliceExceeded(Halt):
    """One synchronous piece of script ran longer than the limit; ``frame_place`` is where, if known."""

    def __init__(self, reason: str, place: object | None = None) -> None:
        super().__init__(reason)
        self.place = place


class MemoryCeiling(SliceExceeded):
    """The script's values outgrew the ceiling."""
