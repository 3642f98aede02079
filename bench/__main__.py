"""``make bench``: all tables, or those named: ``python -m bench start agents lint passes ecma languages worktrees journal``."""

from __future__ import annotations

import sys

from bench.ecma import bench_ecma
from bench.frontend import bench_passes
from bench.journal import bench_journal
from bench.languages import bench_languages
from bench.processes import bench_agents, bench_lint, bench_start
from bench.worktrees import bench_worktrees

BENCHES = {
    "start": bench_start,
    "agents": bench_agents,
    "lint": bench_lint,
    "passes": bench_passes,
    "ecma": bench_ecma,
    "languages": bench_languages,
    "worktrees": bench_worktrees,
    "journal": bench_journal,
}

names = sys.argv[1:] or list(BENCHES)
unknown = [name for name in names if name not in BENCHES]
if unknown:
    raise SystemExit(f"no such bench: {', '.join(unknown)}; there are: {', '.join(BENCHES)}")
for name in names:
    BENCHES[name]()
