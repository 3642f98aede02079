"""Run directories made up for tests and pictures: an audit with phases, a pipeline, forks, a loop, failures, retries, worktrees.

Times are simulated, with a queue and slots, so that a run of ten thousand calls is there in a moment and is the same every time.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from odw.runtime.journal.records import Encoder

START = 1_795_000_000.0
WORDS = str.split(
    "the parser keeps a buffer of bytes until a newline arrives and hands whole lines to a reader which checks every checksum before it "
    "trusts a field however long the input may be an attacker can send a header without an end so limits belong at the border where the "
    "socket is read rather than in each handler that comes later"
)

SCRIPT = """export const meta = {
  name: "audit",
  description: "Review every file, verify what is found, mend what can be mended",
  phases: [{ title: "Scout" }, { title: "Review" }, { title: "Verify" }, { title: "Fix" }, { title: "Report" }],
};

const FINDING = { type: "object", required: ["severity", "line"], properties: { severity: { enum: ["low", "high"] } } };

phase("Scout");
const files = await agent("List the files worth a review", { label: "scout", schema: { type: "array" } });

phase("Review");
const found = await pipeline(
  files,
  (file) => agent(`Review ${file} for defects`, { label: `review:${file}`, schema: FINDING }),
  (finding, file) => agent(`Try to refute: ${JSON.stringify(finding)}`, { label: `verify:${file}`, phase: "Verify" }),
);

phase("Fix");
for (let round = 1; round <= 4; round += 1) {
  // a fork of two, four times
  await parallel([
    () => agent(`Mend round ${round}`, { label: `fix ${round}`, isolation: "worktree" }),
    () => agent(`Write a test for round ${round}`, { label: `test ${round}` }),
  ]);
}

const style = await workflow("style-guide");

phase("Report");
return await agent("Write the report", { label: "report", model: "opus" });
"""

PATCH = """diff --git a/src/reader.py b/src/reader.py
--- a/src/reader.py
+++ b/src/reader.py
@@ -10,7 +10,9 @@ class Reader:
     def read_line(self):
-        return self.buffer.readline()
+        line = self.buffer.readline(LIMIT)
+        if not line.endswith(b"\\n"):
+            raise TooLong(LIMIT)
+        return line

     def close(self):
         self.buffer.close()
"""


def prose(rng: random.Random, length: int) -> str:
    words: list[str] = []
    size = 0
    while size < length:
        word = rng.choice(WORDS)
        words.append(word)
        size += len(word) + 1
    return " ".join(words)[:length]


class MadeRun:
    """A run directory at ``path``; ``size`` is about how many calls it has, ``text`` characters each prompt and result."""

    def __init__(self, path: Path, size: int = 60, text: int = 400, slots: int = 8) -> None:
        self.path = path
        (path / "nodes").mkdir(parents=True, exist_ok=True)
        self.rng = random.Random(size)
        self.text = text
        self.events: list[tuple[float, int, dict[str, Any]]] = []
        self.free = [0.0] * slots
        self.index = 0
        self.end: dict[str, Any] = {
            "type": "workflow_done",
            "name": "audit",
            "result": {"verdict": "mended", "open": 2},
            "calls": size,
            "census": {},
        }
        self._pending: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = 0
        self.size = size

    def tell(self, at: float, kind: str, **fields: Any) -> None:
        self._order += 1
        self.events.append((at, self._order, {"type": kind, **fields}))

    def blob(self, text: str, suffix: str) -> str:
        name = f"nodes/{hashlib.sha256(text.encode()).hexdigest()}{suffix}"
        (self.path / name).write_text(text)
        return name

    def later(self, at: float, what: Callable[[float], None]) -> None:
        self._order += 1
        heapq.heappush(self._pending, (at, self._order, what))

    def settle(self) -> None:
        """Let all that was put off happen, in the order of its times."""
        while self._pending:
            at, _, what = heapq.heappop(self._pending)
            what(at)

    def call(
        self,
        at: float,
        path: str,
        label: str,
        phase: str | None,
        site: list[Any],
        *,
        how: str = "",
        **more: Any,
    ) -> float:
        """One call made at ``at``; ``how`` is "", "fail", "retry", "invalid" or "worktree". Returns when it ended."""
        rng = self.rng
        self.index += 1
        index = self.index
        start = max(at, heapq.heappop(self.free))
        took = rng.lognormvariate(9.3, 0.5)
        end = start + took
        prompt = more.pop("prompt", None) or f"{label}\n\n{prose(rng, self.text)}"
        same = {
            "index": index,
            "key": hashlib.sha256(f"{path}{label}".encode()).hexdigest(),
            "path": path,
            "nth": 0,
            "label": label,
            "phase": phase,
            "runtime": more.pop("runtime", "claude"),
        }
        config = {"label": label, **more.pop("config", {})}
        begin = {**same, "promptPreview": prompt[:8000], "config": config, "attempt": 1, "site": site}
        if "group" in more:
            begin["group"] = more["group"]
        if start - at >= 1:
            begin["waitedMs"] = round(start - at)
        self.tell(start, "agent_start", **begin)
        model = more.pop("model", "claude-sonnet-4-5")
        self.tell(
            start + 5,
            "agent_progress",
            index=index,
            attempt=1,
            event={"type": "started", "program": "claude", "model": model},
        )
        for n in range(rng.randint(0, 3)):
            told = {
                "type": "tool",
                "name": rng.choice(["Read", "Grep", "Bash"]),
                "summary": f"src/module_{rng.randint(1, 40)}.py",
            }
            self.tell(start + (n + 1) * took / 5, "agent_progress", index=index, attempt=1, event=told)
        usage = {
            "input": len(prompt) // 4 + rng.randint(200, 4000),
            "output": rng.randint(80, 1800),
            "cacheRead": rng.randint(0, 30000),
        }
        cost = round(usage["input"] * 3e-6 + usage["output"] * 15e-6, 6)
        attempts: list[dict[str, Any]] = []
        if how in ("retry", "fail"):
            error = {
                "category": "rate_limit",
                "message": "429: too many requests, try again later",
                "retryable": True,
            }
            self.tell(
                start + took * 0.4,
                "agent_retry",
                index=index,
                label=label,
                attempt=2,
                delayMs=1200,
                error=error,
            )
            attempts.append({"attempt": 1, "text": "", "error": error})
        if how == "invalid":
            problems = [
                "severity: 'medium' is not one of ['low', 'high']",
                "line: expected an integer, found '12'",
            ]
            self.tell(
                start + took * 0.4,
                "agent_schema_invalid",
                index=index,
                label=label,
                attempt=1,
                problems=problems,
                final=False,
            )
            attempts.append(
                {"attempt": 1, "text": '{"severity": "medium", "line": "12"}', "problems": problems}
            )
        done: dict[str, Any] = {
            **same,
            "ok": how != "fail",
            "durationMs": round(took),
            "usage": usage,
            "cost": cost,
            "model": model,
        }
        if how == "fail":
            done["error"] = {"category": "timeout", "message": "no answer within 600 s", "retryable": True}
            attempts.append({"attempt": 2, "text": "", "error": done["error"]})
        else:
            done["result"] = (
                more.pop("result", None)
                or f"## {label}\n\n{prose(rng, self.text)}\n\n- one **point**\n- `another`\n"
            )
        if how == "worktree":
            patch = self.blob(PATCH, ".patch")
            self.tell(
                start + 2,
                "worktree_start",
                index=index,
                path=path,
                label=label,
                branch=f"odw/run/{index}",
                base="abc123",
            )
            self.tell(
                end - 2,
                "worktree_done",
                index=index,
                path=path,
                label=label,
                base="abc123",
                changed=True,
                files=[{"status": "M", "path": "src/reader.py"}],
                branch=f"odw/run/{index}",
                patch=patch,
            )
        if attempts:
            done["attempts"] = (
                [*attempts, {"attempt": len(attempts) + 1, "text": "…"}] if how != "fail" else attempts
            )
        self.tell(end, "agent_done", **done)
        heapq.heappush(self.free, end)
        return end

    def audit(self) -> MadeRun:
        """The calls of SCRIPT."""
        files = max(0, (self.size - 12) // 2)
        self.tell(0, "phase", title="Scout", detail="what is there")
        now = self.call(
            5,
            "a0",
            "scout",
            "Scout",
            [10, 21],
            config={"schema": {"type": "array"}},
            result=[f"src/file_{n}.py" for n in range(min(files, 12))],
        )
        if self.size < 12:
            return self.close(now)
        self.tell(now, "log", message=f"{files} files to review")
        self.tell(now, "phase", title="Review")
        self.tell(now, "pipeline_start", path="l0", label=None, count=files)
        for n in range(files):
            self.later(now, lambda at, n=n: self._reviewed(at, n))  # type: ignore[misc]
        self.settle()
        now = max(self.free)
        self.tell(now, "pipeline_done", path="l0", label=None, count=files, failed=0)
        self.tell(now, "phase", title="Fix")
        for turn in range(4):
            self.tell(now, "parallel_start", path=f"p{turn}", label="fix", count=2)
            one = self.call(
                now,
                f"p{turn}[0]/a0",
                f"fix {turn + 1}",
                "Fix",
                [23, 11],
                how="worktree",
                config={"isolation": "worktree"},
            )
            other = self.call(
                now,
                f"p{turn}[1]/a0",
                f"test {turn + 1}",
                "Fix",
                [24, 11],
                runtime="codex",
                model="gpt-5-codex",
                how="fail" if turn == 2 else "",
            )
            now = max(one, other)
            self.tell(now, "parallel_done", path=f"p{turn}", label="fix", count=2, failed=0)
        self.tell(now, "note", message="the provider slowed down for 20 s")
        self.tell(now, "workflow_call_start", path="w0", name="style-guide", group="▸ style-guide")
        now = self.call(now, "w0/a0", "read the guide", None, [3, 9, "style-guide.js"], group="▸ style-guide")
        now = self.call(
            now, "w0/a1", "apply the guide", None, [7, 9, "style-guide.js"], group="▸ style-guide"
        )
        self.tell(now, "workflow_call_done", path="w0", name="style-guide", group="▸ style-guide", ok=True)
        self.tell(now, "phase", title="Report")
        now = self.call(
            now, "a1", "report", "Report", [31, 14], model="claude-opus-4-5", config={"model": "opus"}
        )
        return self.close(now)

    def _reviewed(self, at: float, n: int) -> None:
        how = "fail" if n % 19 == 7 else "retry" if n % 13 == 3 else "invalid" if n % 17 == 5 else ""
        schema = {
            "type": "object",
            "required": ["severity", "line"],
            "properties": {"severity": {"enum": ["low", "high"]}},
        }
        result = {
            "severity": "high" if n % 3 else "low",
            "line": n * 7 % 400,
            "note": prose(self.rng, self.text),
        }
        end = self.call(
            at,
            f"l0[{n}.0]/a0",
            f"review:src/file_{n}.py",
            "Review",
            [15, 13],
            how=how,
            config={"schema": schema},
            result=result,
        )
        if how == "fail":
            return

        def verify(moment: float) -> None:
            self.call(moment, f"l0[{n}.1]/a0", f"verify:src/file_{n}.py", "Verify", [16, 22])

        self.later(end, verify)

    def close(self, now: float) -> MadeRun:
        self.tell(
            now + 3,
            **{
                "kind": self.end["type"],
                **{name: value for name, value in self.end.items() if name != "type"},
            },
        )
        return self

    def write(self) -> Path:
        """The files; returns the directory."""
        encoder = Encoder()
        head = {
            "type": "workflow_start",
            "name": "audit",
            "runId": self.path.name,
            "backend": "native",
            "journal": "events.jsonl",
            "script": "audit.js",
            "options": {},
        }
        with (self.path / "events.jsonl").open("wb") as file:
            file.write(encoder.line(head, START))
            for at, _, event in sorted(self.events, key=lambda entry: entry[:2]):
                file.write(encoder.line(event, START + at / 1000))
        (self.path / "script.js").write_text(SCRIPT)
        facts = {
            "status": "completed",
            "concurrency": len(self.free),
            "budget": {"total": 2_000_000, "spent": 900_000, "unit": "output-tokens", "approx": False},
        }
        (self.path / "run.json").write_text(json.dumps(facts))
        return self.path


def made_run(path: Path, size: int, text: int = 400) -> Path:
    """The audit with about ``size`` calls, on disk."""
    return MadeRun(path, size, text, slots=16 if size > 200 else 6).audit().write()
