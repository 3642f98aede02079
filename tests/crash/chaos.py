"""``make chaos SECONDS=60``: random workflows, killed at random in random ways and resumed until they are done.

After each death the invariants I1 to I7 of the crash tests are checked. The seed is printed; ``--seed N`` repeats the choices
(what is random besides, is when a process happens to be where). A violation ends the loop with exit code 1, leaves the
directory and says how to go on from there. ``--pipeline N``, ``--thousand N`` and ``--resumes N`` are the fixed scenarios.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from crash_scripts import PIPELINE, THOUSAND, Writer, fixed  # noqa: E402
from crash_world import (  # noqa: E402
    CONCURRENCY,
    Child,
    Reference,
    Violation,
    World,
    check_blobs,
    check_journal,
    check_processes,
    check_spending,
    check_witness,
    committed,
    wait_for_warden,
)  # fmt: skip
from faulty import Fault  # noqa: E402

from odw.runtime.journal.lock import is_locked  # noqa: E402

DISK = ("kill@write", "kill@sync", "kill@synced", "enospc@write", "eio@write", "eio@sync", "short@write")
RESUMABLE = (4, 130)
STRICT = True
WAITS_FOR_WARDEN = False  # the warden of a killed session kills the agents of the next one


class Tally(Counter[str]):
    """What happened how often."""

    def __str__(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in sorted(self.items()))


def random_disk_fault(rng: random.Random, most: int) -> Fault:
    kind, place = rng.choice(DISK).split("@")
    size = rng.choice(("0", "1", "half", "-1", "all")) if (kind, place) == ("kill", "write") else "0"
    return Fault(kind, place, rng.randint(1, most), size, kind in ("enospc", "eio") and rng.random() < 0.5)


class Case:
    """One workflow in one world, from its first process to its last."""

    def __init__(self, seed: int, root: Path, tally: Tally) -> None:
        self.rng = random.Random(seed)
        self.world = World(root)
        self.tally = tally
        self.backend = self.rng.choice(("mock", "mock", "fake"))
        for name, text in Writer(self.rng, self.backend, worktrees=self.rng.random() < 0.4).files.items():
            (self.world.project / name).write_text(text)
        self.world.make_repository()
        self.told: list[str] = []

    def run(self) -> None:
        world, run_id = self.world, "case"
        before = world.repository_state()
        reference = world.reference("main.js", self.backend)
        faults = self.rng.randint(1, 4)
        ends = 0
        while True:
            lines = world.journal(run_id).events
            seen = len(world.witness())
            child = self._session(run_id, reference, last=ends >= faults)
            code = child.wait()
            check_processes(run_id)
            if WAITS_FOR_WARDEN:
                wait_for_warden(run_id)
            check_blobs(world, run_id, check_journal(world, run_id, reference))
            if self.backend == "fake":
                check_witness(world, run_id, lines, seen, reference)
            self.told.append(f"exit {code}: {child.errors.strip()[-300:]}")
            if code == 0:
                break
            ends += 1
            if code > 0 and code not in RESUMABLE and not self._before_the_start(run_id, code):
                raise Violation(f"exit code {code}: {child.errors[-3000:]}")
            if ends > faults + 3:
                raise Violation(f"it does not come to an end: {child.errors[-3000:]}")
        self.tally["sessions"] += ends + 1
        if child.result != reference.result:
            raise Violation(f"I3: {child.output[:3000]} is not {str(reference.result)[:3000]}")
        if self.backend == "fake":
            check_spending(world, run_id, ends)
        if left := world.worktrees():
            raise Violation(f"I5: worktrees are left: {left}")
        after = world.repository_state()
        if after != before:
            changed = [name for name in before | after if before.get(name) != after.get(name)]
            raise Violation(f"I7: the repository was changed: {changed}")
        replay = world.odw("replay", run_id, "--strict")
        if replay.wait() != 0 and not STRICT:
            self.tally["diverged (G6)"] += 1
        elif replay.code != 0:
            raise Violation(f"odw replay --strict ends with {replay.code}: {replay.output}{replay.errors}")

    def _before_the_start(self, run_id: str, code: int) -> bool:
        """A fault while the run's directory is made is a usage error: there is no run yet, or nothing was done by this session."""
        return code == 2

    def _session(self, run_id: str, reference: Reference, last: bool) -> Child:
        rng, world = self.rng, self.world
        if last:
            self.told.append("no fault")
            return world.go_on("main.js", run_id, self.backend)
        kind = rng.choice(("disk", "disk", "kill", "kill", "int", "term", "stop", "twice"))
        moment = rng.uniform(0, reference.seconds * 1.1)
        fault = None
        if kind == "disk":
            fault = random_disk_fault(rng, 3 + 2 * sum(reference.calls.values()))
            self.tally[f"{fault.kind}@{fault.place}"] += 1
            self.told.append(str(fault))
        else:
            self.tally[kind] += 1
            self.told.append(f"{kind} after {moment:.4f} s")
        child = world.go_on("main.js", run_id, self.backend, fault=fault)
        if kind == "disk" or child.ended(moment):
            return child
        if kind == "kill":
            child.signal(signal.SIGKILL)
        elif kind == "stop":
            self._stop(child, run_id)
        else:
            number = signal.SIGTERM if kind == "term" else signal.SIGINT
            child.signal(number)
            if kind == "twice" and not child.ended(0.01):
                child.signal(number)
        return child

    def _stop(self, child: Child, run_id: str) -> None:
        """While the process that drives the run is stopped, no other may drive it."""
        world = self.world
        path = world.run_dir(run_id)
        child.signal(signal.SIGSTOP)
        try:
            if not child.stopped() or not is_locked(str(path / "events.jsonl")):
                return  # it has ended, or does not drive the run yet
            described = (path / "run.json").exists()
            second = world.resume(run_id)
            named = f"driven by process {child.pid} on " in second.errors if second.wait() == 2 else False
            if second.code != 2 or (described and not named):
                raise Violation(f"beside the stopped driver {child.pid}: {second.code} {second.errors}")
        finally:
            child.signal(signal.SIGCONT)


def chaos_loop(seconds: float, seed: int, root: Path, once: bool = False, keep_going: bool = False) -> Tally:
    """Cases of consecutive seeds until the time is over."""
    tally = Tally()
    begun = time.monotonic()
    number = seed
    while True:
        folder = root / str(number)
        case = Case(number, folder, tally)
        try:
            case.run()
            shutil.rmtree(folder)
        except Violation as violation:
            told = "\n  ".join(case.told)
            story = (
                f"{violation}\n\nseed {number}, backend {case.backend}, in {folder / 'project'}; sessions:\n  {told}\n"
                f"again: python -m tests.crash.chaos --once --seed {number}"
            )
            if not keep_going:
                raise Violation(story) from violation
            tally["VIOLATIONS"] += 1
            print(f"VIOLATION {story}\n", flush=True)
        tally["cases"] += 1
        number += 1
        elapsed = time.monotonic() - begun
        if once or elapsed > seconds:
            tally["cases a minute"] = round(tally["cases"] / elapsed * 60)
            return tally


def kill_until_done(
    world: World,
    script: str,
    backend: str,
    run_id: str,
    reference: Reference,
    rng: random.Random,
    most: int,
    spread: float = 1.0,
) -> tuple[int, int]:
    """Kill a run at random moments, at most ``most`` times, until it is done: the kills, and the calls that ran again."""
    kills = 0
    while True:
        before = world.journal(run_id).events
        seen = len(world.witness())
        child = world.go_on(script, run_id, backend)
        if kills < most and not child.ended(rng.uniform(0, reference.seconds * spread)):
            child.signal(signal.SIGKILL)
        code = child.wait()
        check_processes(run_id)
        check_journal(world, run_id, reference)
        if backend == "fake":
            check_witness(world, run_id, before, seen, reference)
        if code == 0:
            break
        if code != -signal.SIGKILL:
            raise Violation(f"exit code {code}: {child.errors[-3000:]}")
        kills += 1
    if child.result != reference.result:
        raise Violation(f"I3: {child.output[:2000]}")
    events = world.journal(run_id).events
    results = len(committed(events))
    if results != sum(reference.calls.values()):
        raise Violation(f"I2: {results} results for {sum(reference.calls.values())} calls")
    again = sum(event["type"] == "agent_start" for event in events) - results
    if again > kills * CONCURRENCY:
        raise Violation(f"I1: {again} calls ran again after {kills} kills of {CONCURRENCY} calls at most")
    return kills, again


def pipeline_kills(count: int, seed: int, root: Path, backend: str = "mock") -> str:
    """The pipeline of 40 agents and 3 stages, killed ``count`` times in all: only what was in flight runs again."""
    rng = random.Random(seed)
    world = World(root / f"pipeline-{backend}")
    (world.project / "main.js").write_text(fixed(PIPELINE, backend))
    reference = world.reference("main.js", backend)
    kills = again = runs = 0
    while kills < count:
        runs += 1
        died, repeated = kill_until_done(
            world, "main.js", backend, f"r{runs}", reference, rng, min(5, count - kills)
        )
        kills += died
        again += repeated
    return (
        f"pipeline, {backend}: {kills} kills in {runs} runs of 120 calls, {again} calls in flight ran again"
    )


def thousand(count: int, seed: int, root: Path, backend: str = "mock") -> str:
    """A run of 1000 agents, killed at random up to ``count`` times."""
    world = World(root / "thousand")
    (world.project / "main.js").write_text(fixed(THOUSAND, backend))
    reference = world.reference("main.js", backend)
    kills, again = kill_until_done(world, "main.js", backend, "r", reference, random.Random(seed), count, 0.3)
    return f"1000 agents: {kills} kills, {again} calls in flight ran again"


def concurrent_resumes(count: int, root: Path) -> str:
    """Two processes resume one run: one drives it, the other says who does and ends."""
    world = World(root / "resumes")
    script = world.project / "main.js"
    script.write_text(fixed(PIPELINE, "mock").replace("i % 7", "100 + i % 7"))
    reference = world.reference("main.js", "mock")
    refused = 0
    for number in range(count):
        run_id = f"r{number}"
        first = world.start("main.js", run_id, "mock")
        while not world.journal(run_id).events and not first.ended(0.005):
            pass
        first.signal(signal.SIGKILL)
        first.wait()
        pair = [world.resume(run_id), world.resume(run_id)]
        codes = [child.wait() for child in pair]
        check_journal(world, run_id, reference)
        if sorted(codes)[0] != 0 or pair[codes.index(0)].result != reference.result:
            raise Violation(f"two resumes end with {codes}: {[child.errors[-500:] for child in pair]}")
        driver = pair[codes.index(0)]
        for child, code in zip(pair, codes, strict=True):
            if code != 0:
                refused += 1
                said = child.errors
                if f"process {driver.pid} on " not in said:
                    raise Violation(f"the driver {driver.pid} and its host are not named: {said}")
    # on a busy machine the second may begin when the first has ended: then it replays all of it, and the journal, which has been
    # checked, has two sessions one after the other
    if refused < count / 2:
        raise Violation(f"only {refused} of {count} pairs met: nothing was tried")
    return f"{count} pairs of resumes, {refused} refused, {count - refused} one after the other"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="chaos", description="Break odw at random and check what it promises."
    )
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6) * 1000)
    parser.add_argument("--once", action="store_true", help="one case, that of the seed")
    parser.add_argument("--keep-going", action="store_true", help="tell of a violation and go on")
    for name in ("pipeline", "processes", "thousand", "resumes"):
        parser.add_argument(f"--{name}", type=int, default=0, metavar="N")
    values = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="odw-chaos-"))
    print(f"seed {values.seed}, in {root}", flush=True)
    try:
        if values.pipeline:
            print(pipeline_kills(values.pipeline, values.seed, root), flush=True)
        if values.processes:
            print(pipeline_kills(values.processes, values.seed, root, "fake"), flush=True)
        if values.thousand:
            print(thousand(values.thousand, values.seed, root), flush=True)
        if values.resumes:
            print(concurrent_resumes(values.resumes, root), flush=True)
        if values.seconds or values.once:
            tally = chaos_loop(values.seconds, values.seed, root, values.once, values.keep_going)
            print(tally, flush=True)
            if tally["VIOLATIONS"]:
                return 1
    except Violation as violation:
        print(f"VIOLATION {violation}", flush=True)
        return 1
    shutil.rmtree(root)
    return 0


if __name__ == "__main__":
    sys.exit(main())
