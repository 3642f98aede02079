"""``make fuzz N=1000``: random programs in odw and in Node.

``SEED`` makes other programs; the same seed makes the same ones. Ends with 1 if there was a difference. ``--show 1/17`` prints a program
by seed and number, ``--file f.js`` compares one that is written down.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fuzz.campaign import report, source_of
from fuzz.choices import Choices
from fuzz.programs import program
from fuzz.sides import Node, difference


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000, help="how many programs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--workflows", action="store_true", help="whole workflow scripts with their hooks instead"
    )
    parser.add_argument("--show", metavar="SEED/NUMBER")
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if given.show:
        seed, _, number = given.show.partition("/")
        print(program(Choices(source_of(int(seed), int(number)))), end="")
        return 0
    if given.file:
        with Node() as node:
            found = difference(given.file.read_text("utf-8"), node)
        print(found or "no difference")
        return 1 if found else 0
    if given.workflows:
        from fuzz.workflow_sides import report_workflows

        return 0 if report_workflows(given.seed, given.count, _say) else 1
    return 0 if report(given.seed, given.count, given.workers, _say) else 1


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
