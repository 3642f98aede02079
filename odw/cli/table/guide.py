"""Commands that tell people and agents how to write a workflow."""

from __future__ import annotations

from odw.cli.table.types import Argument, Command, Option

GUIDE = Command(
    "guide",
    "guide_command:guide_command",
    "How to write a workflow: for people, and for the agents that write them.",
    "Topics: python, patterns, contract. The same page serves coding agents as a skill: odw guide --path says where it is. Exit codes: 0 done; 2 wrong usage.",
    (
        Argument(
            "topic", "TOPIC", "python, patterns or contract; without one the guide itself.", required=False
        ),
    ),
    (
        Option(
            "path", ("--path",), "Print where the guide's file is, to link it as a skill, and nothing else."
        ),
    ),
)

CONTRACT = Command(
    "contract",
    "guide_command:contract_command",
    "What a script may rely on.",
    "The same as odw guide contract.",
    (),
    (),
)

SPEC = Command(
    "spec",
    "guide_command:spec_command",
    "Hooks, options, meta, lint rules and exit codes, as JSON.",
    "For programs that write or check workflows.",
    (),
    (),
)

CAPABILITIES = Command(
    "capabilities",
    "guide_command:capabilities_command",
    "What this installation can do, as JSON: version, languages, commands, executors, saved workflows.",
    "Nothing is started: odw doctor looks at the executors themselves.",
    (),
    (),
)

GUIDE_COMMANDS = (GUIDE, CONTRACT, SPEC, CAPABILITIES)
