"""How a process ended, as a failure that a person can act on."""

from __future__ import annotations

import signal
from collections.abc import Mapping

from odw.executors._process import Ended
from odw.runtime.abc import Failure
from odw.runtime.retry import CATEGORIES

SHOWN_LINES = 5
SHOWN_LENGTH = 800


def exit_text(ended: Ended) -> str | None:
    """``"0"``, ``"3"``, ``"SIGKILL"``; None when odw ended it."""
    if ended.signal is not None:
        return signal_name(ended.signal)
    return None if ended.code is None else str(ended.code)


def failure_of_end(
    program: str, ended: Ended, said: str = "", exit_codes: Mapping[int, str] | None = None
) -> Failure | None:
    """None after an orderly end. ``said`` is shown when standard error is empty; ``exit_codes`` maps codes to error classes."""
    if ended.stopped is not None:
        stopped = ended.stopped
        return stopped._replace(message=f"{program}: {stopped.message}{last_words(ended, '')}")
    category = "crash"
    if ended.signal is not None:
        what = f"killed by {signal_name(ended.signal)}"
    elif ended.code:
        what = f"exit status {ended.code}"
        if exit_codes and ended.code in exit_codes:
            category = exit_codes[ended.code]
            what += f" ({category})"
    else:
        return None
    return Failure(category, f"{program}: {what}{last_words(ended, said)}", CATEGORIES[category])


def last_words(ended: Ended, otherwise: str = "") -> str:
    """``": "`` and the last lines of standard error, or of the output if there are none; or ``""``."""
    for text in (ended.stderr, otherwise):
        lines = [line.rstrip() for line in text[-4 * SHOWN_LENGTH :].splitlines() if line.strip()]
        if lines:
            return ": " + "\n".join(lines[-SHOWN_LINES:])[-SHOWN_LENGTH:]
    return ""


def signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
