"""Makes tests/executors/recordings anew: what the real claude and codex write in each case of cases.py.

    python -m real.record [CASE…]        in tests/; the clients must be in the cache (python -m real.clients)

A recording's first line says how the process ended; then come its lines of standard output, without what differs between
two runs: ids, times, paths, ports.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import trio

from odw.executors import create_executor
from odw.runtime.abc import CallRequest, Report
from real import cases
from real.clients import missing, table
from real.script import say
from real.server import ScriptedServer

FOLDER = Path(__file__).parents[1] / "executors" / "recordings"
SESSION = "11111111-2222-4333-8444-555555555555"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DROPPED = frozenset(
    (
        "uuid", "timestamp", "memory_paths", "slash_commands", "skills", "plugins", "mcp_servers", "agents",
        "request_id", "end_time", "duration_ms", "duration_api_ms", "ttft_ms", "ttft_stream_ms", "time_to_request_ms",
    )
)  # fmt: skip


class Kept(NamedTuple):
    """One attempt of the real client: what the executor made of it, and what the client wrote."""

    report: Report
    out: str
    err: str


def ask(client: str, name: str, case: cases.Case, folder: Path) -> Kept:
    """Runs the case, in ``folder`` alone; of a case that is continued the second attempt counts."""
    work, home, kept = folder / "work", folder / "home", folder / "kept"
    work.mkdir(parents=True)
    with ScriptedServer() as server:
        server.on("subtask", protocol="anthropic").answers(say("done by another"))
        server.on("case").answers(*case.answers)
        executor = create_executor(client, table(client, server.url, home, **case.table))
        tag = f"record-{os.getpid()}.1.1.1."
        request = CallRequest(
            f"case {name}", {}, None, None, None, client, name, None, 1, "0" * 64, "a0", str(work), tag=tag
        )._replace(**case.request)
        if case.continued:
            report = trio.run(executor.run, request, lambda event: None)
            again = {"attempt": 2, "feedback": ("it is no JSON",), "previous": report.text}
            request = request._replace(session=report.session, **again)
        report = trio.run(executor.run, request._replace(transcript=str(kept)), lambda event: None)
    out, err = (Path(f"{kept}{end}") for end in ("", ".err"))
    return Kept(report, *(path.read_text("utf-8") if path.exists() else "" for path in (out, err)))


def record(client: str, name: str, case: cases.Case, folder: Path) -> None:
    report, out, err = ask(client, name, case, folder)
    lines, code = out.splitlines(), int(report.exit or 0)
    if "session" in case.request:  # lost: the executor has begun another one, which is not recorded
        lines, code = [line for line in lines if '"result"' in line and '"error_during' in line], 1
    scrub = _Scrub(str(folder))
    head = {"recorded": {"exit": code, "stderr": scrub.text(err)}}
    shown = [head, *(scrub.event(json.loads(line)) for line in lines)]
    FOLDER.mkdir(exist_ok=True)
    text = "".join(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n" for event in shown)
    (FOLDER / f"{client}-{name}.jsonl").write_text(text, "utf-8")
    print(f"{client}-{name}: {len(lines)} lines, {report.error.category if report.error else 'done'}")


class _Scrub:
    def __init__(self, folder: str) -> None:
        self._folder = folder

    def text(self, text: str) -> str:
        text = text.replace(self._folder, "/folder")
        text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", text)
        text = re.sub(r"^WARNING: proceeding, even though.*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^\d{4}-\d\d-\d\dT\S+", "2026-01-01T00:00:00Z", text, flags=re.MULTILINE)
        return _UUID.sub(SESSION, text)

    def event(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            kept = {key: self.event(each, key) for key, each in value.items() if key not in _DROPPED}
            return kept | ({"retry_delay_ms": 1000.0} if "retry_delay_ms" in kept else {})
        if isinstance(value, list):
            if name == "tools":  # of an init event: the names that matter
                value = [each for each in value if each in ("Bash", "Read", "StructuredOutput")]
            return [self.event(each) for each in value]
        return self.text(value) if isinstance(value, str) else value


def main() -> int:
    if missing():
        print(f"not in the cache: {', '.join(missing())} (python -m real.clients)")
        return 3
    wanted = sys.argv[1:]
    for client, each in cases.ALL.items():
        for name, case in each.items():
            if not wanted or f"{client}-{name}" in wanted:
                with tempfile.TemporaryDirectory() as folder:
                    record(client, name, case, Path(folder) / "r")
    return 0


if __name__ == "__main__":
    sys.exit(main())
