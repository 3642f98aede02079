"""A stand-in for rust-odw's pandacode: ``RUNTIME exec|resume|answer``, and a report as the last JSON line of its output.

The task steers it: ``#report JSON`` is the report, ``#exit N`` the exit code, ``#ask N`` how many questions come first,
``#mute`` leaves the report out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path

HOME = Path(os.environ["FAKE_HOME"])


def main() -> int:
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("runtime", choices=["codex", "claude", "bamboo"])
    parser.add_argument("action", choices=["exec", "resume", "answer"])
    for flag in (
        "--provider",
        "--cd",
        "--session",
        "--task-file",
        "--model",
        "--effort",
        "--timeout-ms",
        "--text",
    ):
        parser.add_argument(flag)
    parser.add_argument("--permission", choices=["limited", "max"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wait", action="store_true")
    given = parser.parse_args()
    kept = HOME / f"task-{given.session}"
    if given.task_file:
        kept.write_text(Path(given.task_file).read_text())
    task = kept.read_text()
    note(given, task)
    asked = HOME / f"asked-{given.session}"
    count = int(asked.read_text()) if asked.exists() else 0
    most = re.search(r"#ask (\d+)", task)
    if most and count < int(most[1]):
        asked.write_text(str(count + 1))
        tell({"ok": True, "state": "waiting_for_user", "session": given.session, "last_agent_message": f"Which, {count}?"})  # fmt: skip
        return 0
    print("[pandacode] some progress")
    print(json.dumps({"event": "not a report"}))
    found = re.search(r"#report (.*)", task)
    if found:
        tell(json.loads(found[1]))
    elif "#mute" not in task:
        message = "It is done.\nPANDACODE_DONE_1700000000000_4711"
        tell({"ok": True, "state": "completed", "session": given.session, "summary": {"last_agent_message": message, "usage": {"total_tokens": 42}}})  # fmt: skip
        print("PANDACODE_DONE_1700000000000_4711")
    code = re.search(r"#exit (\d+)", task)
    return int(code[1]) if code else 0


def tell(report: object) -> None:
    print(json.dumps(report), flush=True)


def note(given: argparse.Namespace, task: str) -> None:
    """What it was given, for the test."""
    mode = oct(Path(given.task_file).stat().st_mode & 0o777) if given.task_file else None
    told = {"argv": sys.argv[1:], "given": vars(given), "task": task, "mode": mode, "env": dict(os.environ)}
    with (HOME / "starts.jsonl").open("a") as file:
        file.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    sys.exit(main())
