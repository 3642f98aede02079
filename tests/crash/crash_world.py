"""A git repository with workflows and a witness, odw as a child process in it, and what must hold after each of its deaths.

Children are forked from this process, which has odw loaded and never runs a loop of trio itself: ten times quicker than
starting Python, and as good to be killed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from faulty import Fault, install

import odw.cli.control_command
import odw.cli.exec_command
import odw.cli.resume_command
import odw.executors.command
import odw.runtime.journal.replay  # noqa: F401 - loaded here once, not in every child
from odw.cli.main import main as odw_main
from odw.jsonvalue import JsonValue
from odw.runtime.journal.history import History, result_of
from odw.runtime.journal.reader import Journal, read_journal
from odw.runtime.process_tags import tagged

HERE = Path(__file__).parent
PATIENCE_S = 60.0
CONCURRENCY = 8
SETTINGS = """
[executors.fake]
argv = [{python}, "-S", "-E", {agent}, "{{prompt_file}}"]
output = "json"
result = "result"
usage = {{output = "usage.output"}}
env = {{ODW_WITNESS = {witness}}}
"""


class Violation(AssertionError):
    """An invariant that did not hold."""


class Stuck(Violation):
    """A process that did not end."""


class Child:
    """odw in a process of its own."""

    def __init__(self, pid: int, out: Path, err: Path) -> None:
        self.pid = pid
        self._out, self._err = out, err
        self._fd = os.pidfd_open(pid)
        self.code: int | None = None

    def ended(self, seconds: float = 0.0) -> bool:
        """Whether it is over, waiting at most so long. ``code`` is then its exit code, negative for a signal."""
        if self.code is None and select.select([self._fd], [], [], max(0.0, seconds))[0]:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            os.close(self._fd)
        return self.code is not None

    def signal(self, number: int) -> None:
        if not self.ended():
            signal.pidfd_send_signal(self._fd, number)

    def stopped(self) -> bool:
        """Whether it came to stop; False if it ended instead."""
        while not self.ended():
            if ") T " in Path(f"/proc/{self.pid}/stat").read_text():
                return True
            time.sleep(0.001)
        return False

    def wait(self) -> int:
        if not self.ended(PATIENCE_S):
            self.signal(signal.SIGKILL)
            self.ended(PATIENCE_S)
            raise Stuck(f"odw did not end within {PATIENCE_S:g} s; it said: {self.errors[-2000:]}")
        assert self.code is not None
        return self.code

    @property
    def output(self) -> str:
        return self._out.read_text()

    @property
    def errors(self) -> str:
        return self._err.read_text()

    @property
    def result(self) -> JsonValue:
        return json.loads(self.output)


def fork_odw(argv: Sequence[str], cwd: Path, out: Path, err: Path, fault: Fault | None = None) -> Child:
    """``odw ARGV`` in a forked child."""
    sys.stdout.flush()
    sys.stderr.flush()
    files = [os.open(path, os.O_RDWR | os.O_CREAT, 0o600) for path in (os.devnull, out, err)]
    ready, begun = os.pipe()
    pid = os.fork()
    if pid:
        os.close(begun)
        os.read(ready, 1)  # so that a signal meets odw, not what prepares it
        for fd in (ready, *files):
            os.close(fd)
        return Child(pid, out, err)
    code = 70
    try:
        for number, fd in enumerate(files):
            os.dup2(fd, number)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGCONT):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(cwd)
        os.environ["ODW_CACHE_DIR"] = str(cwd.parent / "cache")
        if fault is not None:
            install(fault)
        os.close(ready)
        os.close(begun)
        code = odw_main(list(argv))
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - what odw lets through is for the test to see
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


class Reference(NamedTuple):
    """What an uninterrupted run of a script came to: its result, how many calls of each key, and the seconds it took."""

    result: JsonValue
    calls: Counter[str]
    seconds: float
    writes: int = 0


class World:
    """A project in a git repository under ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = root / "project"
        self.project.mkdir(parents=True)
        self.witness_file = root / "witness"
        self._children = 0
        agent = str(HERE / "fake_agent.py")
        (self.project / "odw.toml").write_text(
            SETTINGS.format(
                python=json.dumps(sys.executable),
                agent=json.dumps(agent),
                witness=json.dumps(str(self.witness_file)),
            )
        )
        self.agents_start = 0

    def make_repository(self) -> None:
        """Commit what is there, then leave something staged, something stashed and something untidy."""
        path = self.project
        (path / "kept.txt").write_text("one\n")
        self._git("init", "-q")
        self._git("add", "-A")
        self._git("commit", "-qm", "begin")
        (path / "kept.txt").write_text("two\n")
        self._git("stash")
        (path / "staged.txt").write_text("staged\n")
        self._git("add", "staged.txt")
        (path / "untidy.txt").write_text("untidy\n")
        self._git("status")

    def repository_state(self) -> dict[str, str]:
        """All that odw must leave alone."""
        index = self.project / ".git" / "index"
        files = {
            str(p.relative_to(self.project)): p
            for p in self.project.rglob("*")
            if p.is_file() and not {".git", ".odw"} & set(p.relative_to(self.project).parts)
        }
        return {
            "HEAD": (self.project / ".git" / "HEAD").read_text(),
            "index": hashlib.sha256(index.read_bytes()).hexdigest(),
            "stash": self._git("stash", "list"),
            "refs": "\n".join(
                line for line in self._git("for-each-ref").splitlines() if "refs/heads/odw/" not in line
            ),
            **{name: path.read_text() for name, path in sorted(files.items())},
        }

    def worktrees(self) -> list[str]:
        """What git knows of, besides the main one."""
        listed = self._git("worktree", "list", "--porcelain").split("\n\n")
        return [entry for entry in listed[1:] if entry.strip()]

    def _git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=self.project, check=True, capture_output=True, text=True
        )
        return done.stdout

    def odw(self, *argv: str, fault: Fault | None = None) -> Child:
        self._children += 1
        out = self.root / f"out-{self._children}"
        return fork_odw(argv, self.project, out, out.with_suffix(".err"), fault)

    def start(self, script: str, run_id: str, backend: str, *more: str, fault: Fault | None = None) -> Child:
        flags = ["--json", "--no-report", "--concurrency", str(CONCURRENCY), "--backend", backend]
        return self.odw("exec", script, "--run-id", run_id, *flags, *more, fault=fault)

    def resume(self, run_id: str, *more: str, fault: Fault | None = None) -> Child:
        return self.odw("resume", run_id, "--json", "--no-report", *more, fault=fault)

    def go_on(self, script: str, run_id: str, backend: str, *more: str, fault: Fault | None = None) -> Child:
        """Resume, or start anew where the run died before there was anything to resume."""
        if (self.run_dir(run_id) / "run.json").exists():
            return self.resume(run_id, *more, fault=fault)
        return self.start(script, run_id, backend, *more, fault=fault)

    def run_dir(self, run_id: str) -> Path:
        return self.project / ".odw" / "runs" / run_id

    def journal(self, run_id: str) -> Journal:
        """The journal, whole but for its tail (I6)."""
        path = self.run_dir(run_id) / "events.jsonl"
        if not path.exists():
            return Journal([], 0, "", 0, b"")
        try:
            return read_journal(str(path))
        except Exception as error:
            raise Violation(f"I6: {error}") from error

    def witness(self) -> list[dict[str, Any]]:
        if not self.witness_file.exists():
            return []
        return [json.loads(line) for line in self.witness_file.read_text().splitlines()]

    def reference(self, script: str, backend: str, *more: str, run_id: str = "reference") -> Reference:
        """The run without faults, against which the others are judged."""
        begun = time.monotonic()
        child = self.start(script, run_id, backend, *more)
        if child.wait() != 0:
            raise Violation(f"the uninterrupted run ends with {child.code}: {child.errors[-3000:]}")
        seconds = time.monotonic() - begun
        events = self.journal(run_id).events
        calls = Counter(event["key"] for event in events if event["type"] == "agent_start")
        self.agents_start = len(self.witness())
        return Reference(child.result, calls, seconds)


def sessions(events: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The lines of each process that drove the run."""
    found: list[list[dict[str, Any]]] = []
    for event in events:
        if event["type"] in ("workflow_start", "workflow_resume") or not found:
            found.append([])
        found[-1].append(event)
    return found


def committed(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of results that are recorded."""
    return [event for event in events if event["type"] == "agent_done" and event["ok"]]


def check_journal(world: World, run_id: str, reference: Reference) -> list[dict[str, Any]]:
    """I1, I2 and I6 as far as the journal tells; its lines."""
    events = world.journal(run_id).events
    done: Counter[str] = Counter()
    for number, session in enumerate(sessions(events), 1):
        started = Counter(event["key"] for event in session if event["type"] == "agent_start")
        for key, count in started.items():
            if count + done[key] > reference.calls[key]:
                raise Violation(
                    f"I1: session {number} of {run_id} starts {count} calls of key {key[:12]}; "
                    f"{done[key]} of {reference.calls[key]} had been recorded"
                )
        used = Counter(
            event["from"] for event in session if event["type"] == "agent_skip" and event["cached"]
        )
        if twice := [seq for seq, count in used.items() if count > 1]:
            raise Violation(f"I2: session {number} of {run_id} hands out line {twice[0]} twice")
        done.update(event["key"] for event in committed(session))
    for key, count in done.items():
        if count > reference.calls[key]:
            raise Violation(f"I2: {count} results for {reference.calls[key]} calls of key {key[:12]}")
    return events


def check_witness(
    world: World, run_id: str, before: list[dict[str, Any]], seen_before: int, reference: Reference
) -> None:
    """I1 by the witness: since it had ``seen_before`` lines, nothing ran whose result was in ``before``."""
    prompts = {
        event["key"]: event["promptPreview"]
        for event in world.journal("reference").events
        if event["type"] == "agent_start"
    }
    due: Counter[str] = Counter()
    for key, count in reference.calls.items():
        due[prompts[key]] += count
    due.subtract(prompts[event["key"]] for event in committed(before))
    started = Counter(
        line["prompt"]
        for line in world.witness()[seen_before:]
        if line["what"] == "start" and line["node"].startswith(f"{run_id}.") and line["node"].endswith(".1.")
    )
    for prompt, count in started.items():
        if count > due[prompt]:
            raise Violation(f"I1: {prompt} was executed {count} times with {due[prompt]} results missing")


def check_processes(run_id: str) -> None:
    """I5: a second after odw's end nothing that bears the run's tag is alive."""
    until = time.monotonic() + 2.0
    while left := tagged(f"{run_id}."):
        if time.monotonic() > until:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            raise Violation(f"I5: processes {left} of {run_id} are alive")
        time.sleep(0.005)


def wait_for_warden(run_id: str) -> None:
    """Until the warden of a killed process of the run is gone."""
    needle = f"process_tags.py\0{run_id}.".encode()
    until = time.monotonic() + 10.0
    while any(needle in _command_line(entry) for entry in Path("/proc").iterdir() if entry.name.isdigit()):
        if time.monotonic() > until:
            raise Violation(f"I5: a warden of {run_id} is there for ever")
        time.sleep(0.01)


def _command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def check_spending(world: World, run_id: str, ends: int) -> None:
    """I4: what the journal has booked is what the witness saw, less what was in flight at each of the ``ends``."""
    events = world.journal(run_id).events
    history = History().read(events)
    booked = sum(call.usage.output for call in history.calls.values() if call.final)
    booked += sum(sunk.usage.output for sunk in history.sunk)
    told: dict[tuple[str, str], list[int]] = {}
    for line in world.witness():
        if line["what"] == "end" and line["node"].startswith(f"{run_id}."):
            told.setdefault(("", line["prompt"]), []).append(json.loads(line["prompt"]).get("tokens", 0))
    spent = [tokens for found in told.values() for tokens in found]
    worst = max(spent, default=0) * CONCURRENCY * ends
    if booked < sum(spent) - worst:
        raise Violation(f"I4: {booked} tokens are booked, {sum(spent)} were spent, {worst} may be missing")
    state = json.loads((world.run_dir(run_id) / "state.json").read_text())
    if state["budget"]["spent"] != booked:
        raise Violation(f"I4: state.json says {state['budget']['spent']} tokens, the journal {booked}")


def check_blobs(world: World, run_id: str, events: list[dict[str, Any]]) -> None:
    """Every large result that a line names is there and whole."""
    for event in committed(events):
        try:
            result_of(event, str(world.run_dir(run_id)))
        except Exception as error:
            raise Violation(f"I6: line {event['seq']}: {error}") from error
