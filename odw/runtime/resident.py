"""How much memory this process has in use."""

from __future__ import annotations

import os
import sys
from typing import Final

_STATM: Final = "/proc/self/statm"
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def resident_bytes() -> int:
    """The resident memory of this process; where the system tells only its peak (macOS), that; 0 where it tells nothing.

    It is called from a signal handler, at any depth of the stack, so it does as little as possible: a file object that a
    RecursionError leaves open would be complained of when it goes.
    """
    try:
        statm = os.open(_STATM, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return peak_bytes()
    try:
        return int(os.read(statm, 256).split()[1]) * _PAGE
    finally:
        os.close(statm)


def peak_bytes() -> int:
    """The most resident memory that this process ever had (getrusage(2)), or 0."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # kilobytes everywhere else
