"""``run_program`` of the parity tests, for the tests of this folder."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "parity"))

from parity_harness import run_program

__all__ = ["run_program"]
