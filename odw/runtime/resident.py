"""How much memory this process has in use."""

from __future__ import annotations

import os
import sys
from typing import Final

_STATM: Final = "/proc/self/statm"
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def resident_bytes() -> int:
    """The resident memory of this process; where the system tells only its peak (macOS), that; 0 where it tells nothing.

    It is called from a signal handler, so it does as little as possible.
    """
    try:
        with open(_STATM, "rb") as statm:  # noqa: PTH123
            return int(statm.read().split()[1]) * _PAGE
    except OSError:
        return peak_bytes()


def peak_bytes() -> int:
    """The most resident memory that this process ever had (getrusage(2)), or 0."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # kilobytes everywhere else
