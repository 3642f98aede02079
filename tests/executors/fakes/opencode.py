"""A stand-in for opencode 1.18: the flags of ``opencode run`` and the events of ``--format json``, as the real one writes them.

Words in the prompt steer it: ``#say TEXT``, ``#tool``, ``#status N``, ``#error NAME``, ``#half``, ``#reset``, ``#hang``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from pathlib import Path

SESSIONS = Path(os.environ["FAKE_HOME"])
TOKENS = {"total": 120, "input": 70, "output": 15, "reasoning": 5, "cache": {"write": 0, "read": 30}}


def main() -> int:
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("command", choices=["run"])
    parser.add_argument("message", nargs="*")
    for flag in ("--format", "--model", "--variant", "--session", "--agent", "--dir"):
        parser.add_argument(flag)
    parser.add_argument("--auto", action="store_true")
    given = parser.parse_args()
    prompt = sys.stdin.read()
    note(prompt)
    if given.session and not (SESSIONS / given.session).exists():
        sys.stderr.write("\x1b[91m\x1b[1mError: \x1b[0mSession not found\n")
        return 1
    session = given.session or f"ses_{len(list(SESSIONS.glob('ses_*')))}"
    with (SESSIONS / session).open("a") as file:
        file.write(prompt)
    return speak(session, prompt)


def speak(session: str, prompt: str) -> int:
    def tell(kind: str, **more: object) -> None:
        print(json.dumps({"type": kind, "timestamp": 1, "sessionID": session, **more}), flush=True)

    def step(reason: str) -> None:
        tell("step_finish", part={"type": "step-finish", "reason": reason, "tokens": TOKENS, "cost": 0.5})

    if found := re.search(r"#status (\d+)", prompt):
        data = {"message": f"scripted error {found[1]}", "statusCode": int(found[1]), "isRetryable": False}
        tell("error", error={"name": "APIError", "data": data})
        return 1
    if found := re.search(r"#error (\w+)", prompt):
        tell("error", error={"name": found[1], "data": {"message": "scripted"}})
        return 1
    tell("step_start", part={"type": "step-start"})
    if "#tool" in prompt:
        # the tool's event comes before the text of the same step, as it does from the real one
        state = {"status": "completed", "input": {"command": "ls\n-l", "description": "list"}}
        tell("tool_use", part={"type": "tool", "tool": "bash", "state": state})
        tell("text", part={"type": "text", "text": "I look.", "id": "p1"})
        step("tool-calls")
        tell("step_start", part={"type": "step-start"})
    if "#reset" in prompt:
        return 0
    if "#hang" in prompt:
        time.sleep(300)
    said = re.search(r"#say (.*)", prompt)
    answer = '{"n": 7}' if "not accepted" in prompt else said[1] if said else "Done."
    tell("text", part={"type": "text", "text": answer, "id": "p2"})
    if "#half" not in prompt:
        step("stop")
    return 0


def note(prompt: str) -> None:
    """What it was given, for the test."""
    told = {"argv": sys.argv[1:], "stdin": prompt, "env": dict(os.environ)}
    with (SESSIONS / "starts.jsonl").open("a") as file:
        file.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    sys.exit(main())
