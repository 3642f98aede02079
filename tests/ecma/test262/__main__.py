"""``python -m tests.ecma.test262 CHECKOUT [DIR…]``: run tests of the suite, show what failed, keep the ledger.

Exit code 0 if no test failed, else 1; 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.ecma.test262.judge import Outcome
from tests.ecma.test262.ledger import read_ledger, tally, total_of, write_ledger
from tests.ecma.test262.pool import Suite, run_tests
from tests.ecma.test262.scope import find_tests, group_of, in_scope

LEDGER = Path(__file__).parents[1] / "test262-ledger.toml"


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    suite = Suite(options.checkout / "test", options.checkout / "harness")
    if not suite.tests.is_dir() or not suite.harness.is_dir():
        print(
            f"error: {options.checkout} is no checkout of test262: it has no folders test and harness",
            file=sys.stderr,
        )
        return 2
    try:
        tests = find_tests(suite.tests, options.dirs)
    except FileNotFoundError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.sample and options.sample < len(tests):
        tests = sorted(random.Random(options.seed).sample(tests, options.sample))
    if options.list:
        print("\n".join(tests))
        return 0
    began = time.monotonic()
    outcomes = dict(
        _followed(run_tests(suite, tests, jobs=options.jobs, seconds=options.seconds), len(tests))
    )
    _show(outcomes, time.monotonic() - began)
    failures = sorted((test, o.message) for test, o in outcomes.items() if o.verdict == "fail")
    if options.fails:
        options.fails.write_text(
            "".join(f"{test}\t{_line(message)}\n" for test, message in failures), "utf-8"
        )
    if options.skips:
        skips = sorted((o.message, test) for test, o in outcomes.items() if o.verdict == "skip")
        options.skips.write_text("".join(f"{test}\t{reason}\n" for reason, test in skips), "utf-8")
    if options.update:
        _update(options.ledger, suite, outcomes)
    return 1 if failures else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.ecma.test262", description="Runs a checkout of test262."
    )
    parser.add_argument("checkout", type=Path, help="the folder of the checkout, with test and harness in it")
    parser.add_argument(
        "dirs", nargs="*", metavar="DIR", help="folders or files below its test folder; default: all in scope"
    )
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 8), help="worker processes")
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="processor time a test may take (default 10)"
    )
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="run N tests taken at random")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument(
        "--fails", type=Path, metavar="FILE", help="write the failed tests and their messages"
    )
    parser.add_argument("--skips", type=Path, metavar="FILE", help="write the skipped tests and the reasons")
    parser.add_argument("--list", action="store_true", help="name the tests and run none")
    parser.add_argument(
        "--update", action="store_true", help="write the results of whole directories into the ledger"
    )
    parser.add_argument("--ledger", type=Path, default=LEDGER, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _followed(outcomes: Iterator[tuple[str, Outcome]], count: int) -> Iterator[tuple[str, Outcome]]:
    """The outcomes, with a line of progress on a terminal."""
    for number, outcome in enumerate(outcomes, 1):
        if sys.stderr.isatty() and number % 100 == 0:
            print(f"\r{number} of {count}", end="", file=sys.stderr, flush=True)
        yield outcome


def _update(path: Path, suite: Suite, outcomes: dict[str, Outcome]) -> None:
    """Replace the entries of the directories in scope all of whose tests were run."""
    ran = {test: outcome for test, outcome in outcomes.items() if in_scope(test)}
    everything = Counter(group_of(test) for test in find_tests(suite.tests, []))
    new = tally(ran.items())
    counts = Counter(group_of(test) for test in ran)
    whole = {name: entry for name, entry in new.items() if counts[name] == everything[name]}
    write_ledger(path, {**read_ledger(path), **whole})
    print(
        f"{len(whole)} directories written to {path.name}; {len(new) - len(whole)} were run in part and left alone"
    )


def _show(outcomes: dict[str, Outcome], seconds: float) -> None:
    ledger = tally(outcomes.items())
    for name, entry in sorted(ledger.items()):
        if entry.failed:
            print(
                f"{name:52} pass {entry.passed:5}  fail {entry.failed:5}  skip {entry.skipped:5}  {entry.percent:6.2f} %"
            )
    total = total_of(ledger)
    print(
        f"{'total':52} pass {total.passed:5}  fail {total.failed:5}  skip {total.skipped:5}  {total.percent:6.2f} %"
    )
    print(f"{len(outcomes)} tests in {seconds:.1f} s, {1000 * seconds / max(len(outcomes), 1):.1f} ms each")
    print("\nskipped for:")
    for reason, count in total.reasons.most_common():
        print(f"{count:6}  {reason}")
    print("\nthe most frequent failures:")
    kinds = Counter(_kind(o.message) for o in outcomes.values() if o.verdict == "fail")
    for kind, count in kinds.most_common(40):
        print(f"{count:6}  {kind}")


def _kind(message: str) -> str:
    """A message without what differs from test to test."""
    return re.sub(r"\d+|'[^']*'|«[^»]*»", "…", _line(message))[:100]


def _line(message: str) -> str:
    return " ".join(message.split())


if __name__ == "__main__":
    sys.exit(main())
