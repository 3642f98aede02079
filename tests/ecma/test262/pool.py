"""Worker processes that judge tests, each with a limit of processor time; one that exceeds it dies and is replaced."""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import pkgutil
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple

import odw.ecma
import odw.transpile
from tests.ecma.test262.harness import Harness
from tests.ecma.test262.judge import Outcome, judge

_PATIENCE = 30  # times the limit of processor time that a test may take by the clock, on a busy machine
_MEMORY = 3 << 30  # bytes of address space that a worker may use
_TESTS_OF_A_WORKER = 2000  # after so many it is replaced: what the tests leave behind is let go
_COLLECT_EVERY = 50


class Suite(NamedTuple):
    """A checkout: the folders of its tests and of its harness."""

    tests: Path
    harness: Path


class _Worker:
    def __init__(self, suite: Suite, harness: Harness, seconds: float) -> None:
        context = multiprocessing.get_context("fork")
        self.connection, theirs = context.Pipe()
        self.process: Any = context.Process(target=_work, args=(theirs, suite, harness, seconds), daemon=True)
        self.process.start()
        theirs.close()
        self.test = ""
        self.since = 0.0
        self.done = 0

    def give(self, test: str) -> None:
        self.test, self.since = test, time.monotonic()
        self.connection.send(test)

    def end(self) -> int:
        """Kill the process, if it has not ended by itself; returns its exit code."""
        self.connection.close()
        self.process.join(0.5)
        self.process.kill()
        self.process.join()
        return int(self.process.exitcode)


def run_tests(suite: Suite, tests: list[str], *, jobs: int, seconds: float) -> Iterator[tuple[str, Outcome]]:
    """The outcomes in the order in which they come. ``seconds``: of processor time for each test."""
    harness = Harness(suite.harness)
    _import_everything()
    for name in (
        "assert.js",
        "sta.js",
        "doneprintHandle.js",
        "propertyHelper.js",
        "compareArray.js",
        "asyncHelpers.js",
    ):
        if (suite.harness / name).exists():
            harness.file(name)
    todo = iter(tests)
    workers: dict[Connection, _Worker] = {}
    try:
        for test in todo:
            _begin(workers, _Worker(suite, harness, seconds), test)
            if len(workers) >= jobs:
                break
        while workers:
            for worker in _ready(workers, seconds):
                test = worker.test
                outcome = _receive(worker, seconds)
                yield test, outcome
                following = next(todo, None)
                if following is None or worker.connection.closed or worker.done >= _TESTS_OF_A_WORKER:
                    del workers[next(c for c, w in workers.items() if w is worker)]
                    if not worker.connection.closed:
                        worker.end()
                    if following is not None:
                        _begin(workers, _Worker(suite, harness, seconds), following)
                else:
                    worker.give(following)
    finally:
        for worker in workers.values():
            if not worker.connection.closed:
                worker.end()


def _import_everything() -> None:
    """So that all workers run the same code, and none of them pays for the imports."""
    for package in (odw.ecma, odw.transpile):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def _begin(workers: dict[Connection, _Worker], worker: _Worker, test: str) -> None:
    workers[worker.connection] = worker
    worker.give(test)


def _ready(workers: dict[Connection, _Worker], seconds: float) -> list[_Worker]:
    """The workers that have something to say, or are overdue."""
    ready = [workers[connection] for connection in wait(list(workers), timeout=1.0)]  # type: ignore[index]
    if not ready:
        now = time.monotonic()
        ready = [worker for worker in workers.values() if now - worker.since > seconds * _PATIENCE]
    return ready


def _receive(worker: _Worker, seconds: float) -> Outcome:
    worker.done += 1
    try:
        if worker.connection.poll():
            return Outcome(*worker.connection.recv())
    except (EOFError, OSError):
        code = worker.end()
        if code != -signal.SIGPROF:
            return Outcome("fail", f"the worker ended with exit code {code}")
    else:
        worker.end()
    return Outcome("fail", f"time-out after {seconds:g} s")


def _work(connection: Connection, suite: Suite, harness: Harness, seconds: float) -> None:
    """Judge the tests that come through the connection, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which is to die
    _limit_memory()
    gc.freeze()
    gc.disable()
    done = 0
    while True:
        try:
            test = connection.recv()
        except EOFError:
            os._exit(0)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        outcome = _judge(suite, test, harness)
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.send(tuple(outcome))
        done += 1
        if done % _COLLECT_EVERY == 0:
            gc.collect()


def _judge(suite: Suite, test: str, harness: Harness) -> Outcome:
    try:
        return judge(suite.tests, test, harness)
    except BaseException as error:  # noqa: BLE001 - a mistake of ours, or a halt, is a failed test
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = (
            f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place is not None else "?"
        )
        return Outcome("fail", f"Python {type(error).__name__} at {where}: {error}")


def _limit_memory() -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    if hard == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_STACK, (256 << 20, hard))
