"""Commands about executors: which there are, and whether they keep their contract."""

from __future__ import annotations

from odw.cli.table.running import PATH
from odw.cli.table.types import Argument, Command, Option

AS_JSON = Option("json", ("--json",), "Print JSON instead of text.")

EXECUTORS_COMMANDS = (
    Command(
        "executors list",
        "executors_command:list_command",
        "List the executors: odw's own, those of odw.toml, those of other packages.",
        "odw doctor says more of each: its version, whether it is logged in, its keys.",
        (),
        (AS_JSON, PATH),
    ),
    Command(
        "executors test",
        "executors_command:test_command",
        "Put an executor through the conformance kit.",
        "odw's own executors are tested with a stand-in in place of their program, which costs nothing; --live asks the real "
        "program, which costs a few short calls. A program that odw.toml declares is tested live unless --stand-in is given, "
        "which tests its declaration. Exit codes: 0 it passes; 1 some case failed; 2 wrong usage.",
        (Argument("name", "NAME", "An executor, as the runtime option of a call would name it."),),
        (
            Option("live", ("--live",), "Ask the real program. It costs tokens."),
            Option("stand_in", ("--stand-in",), "Test with a stand-in in place of the program."),
            Option("cases", ("--case",), "Only this case.", "CASE", many=True),
            Option(
                "quick", ("--quick",), "Smaller: less output, and a cut at each seventh byte instead of each."
            ),
            Option("yes", ("--yes", "-y"), "Ask nothing."),
            AS_JSON,
            PATH,
        ),
    ),
)
