"""What the tests of the command line share."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

Run = Callable[..., "subprocess.CompletedProcess[str]"]
META = "export const meta = { name: 'case', description: 'A case.' }\n"
