"""A stand-in for Gemini CLI 0.61: its flags, and the events of ``--output-format stream-json``, as the real one writes them.

Words in the prompt steer it: ``#say TEXT``, ``#tool``, ``#status N``, ``#exit N TEXT``, ``#half``, ``#unused``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path

SESSIONS = Path(os.environ["FAKE_HOME"])
STATS = {"total_tokens": 125, "input_tokens": 100, "output_tokens": 20, "cached": 30, "input": 70}
NOISE = "Warning: 256-color support not detected.\nRipgrep is not available. Falling back to GrepTool.\n"


def main() -> int:
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("query", nargs="*")
    parser.add_argument("--output-format", choices=["text", "json", "stream-json"])
    parser.add_argument("--approval-mode", choices=["default", "auto_edit", "yolo", "plan"])
    for flag in ("--model", "--resume", "--admin-policy"):
        parser.add_argument(flag)
    given = parser.parse_args()
    prompt = sys.stdin.read()
    note(prompt, given.admin_policy)
    sys.stderr.write(NOISE)
    if os.environ.get("GEMINI_CLI_TRUST_WORKSPACE") != "true":
        sys.stderr.write("Gemini CLI is not running in a trusted directory.\n")
        return 55
    if given.resume and not (SESSIONS / given.resume).exists():
        sys.stderr.write(f'Error resuming session: Invalid session identifier "{given.resume}".\n')
        return 42
    if found := re.search(r"#exit (\d+) (.*)", prompt):
        sys.stderr.write(f"{found[2]}\n    at somewhere (file.js:1)\n    at elsewhere (file.js:2)\n")
        return int(found[1])
    session = given.resume or f"uuid-{len(list(SESSIONS.glob('uuid-*')))}"
    with (SESSIONS / session).open("a") as file:
        file.write(prompt)
    return speak(session, given.model or "gemini-auto", prompt)


def speak(session: str, model: str, prompt: str) -> int:
    def tell(kind: str, **more: object) -> None:
        print(json.dumps({"type": kind, "timestamp": "t", **more}), flush=True)

    tell("init", session_id=session, model=model)
    tell("message", role="user", content=prompt)
    if found := re.search(r"#status (\d+)", prompt):
        status = int(found[1])
        answer = {"error": {"message": f"scripted error {status}", "code": status, "status": "SAID"}}
        told = {"type": "unknown", "message": f"[API Error: {json.dumps(answer)}]"}
        tell("result", status="error", error=told, stats=dict.fromkeys(STATS, 0))
        return status % 256
    if "#tool" in prompt:
        tell("message", role="assistant", content="I look.", delta=True)
        tell("tool_use", tool_name="run_shell_command", tool_id="1", parameters={"command": "ls\n-l"})
        tell("tool_result", tool_id="1", status="success", output="")
    said = re.search(r"#say (.*)", prompt)
    answer = '{"n": 7}' if "not accepted" in prompt else said[1] if said else "Done."
    for piece in (answer[:3], answer[3:]):
        tell("message", role="assistant", content=piece, delta=True)
    if "#half" not in prompt:
        models = {"gemini-real": STATS, "gemini-small": {**STATS, "total_tokens": 5}}
        tell("result", status="success", stats={} if "#unused" in prompt else {**STATS, "models": models})
    return 0


def note(prompt: str, policy: str | None) -> None:
    """What it was given, for the test."""
    told = {"argv": sys.argv[1:], "stdin": prompt, "env": dict(os.environ), "policy": policy and Path(policy).read_text()}  # fmt: skip
    with (SESSIONS / "starts.jsonl").open("a") as file:
        file.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    sys.exit(main())
