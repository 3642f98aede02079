"""Commands about scripts that are not run."""

from __future__ import annotations

from odw.cli.table.types import Argument, Command, Option

LINT = Command(
    "lint",
    "lint_command:lint_command",
    "Check workflow scripts without running them.",
    "Exit codes: 0 no errors (warnings are printed); 2 wrong usage; 3 errors. A comment silences a rule on its line or the next: "
    "// odw-allow ODW101 reason, in Python # odw-allow ODW101 reason.",
    (
        Argument(
            "paths",
            "PATH",
            "Files, directories (all .js and all .py with a workflow below), or - for standard input.",
            many=True,
        ),
    ),
    (
        Option(
            "format",
            ("--format", "-f"),
            "How to print what is found.",
            "FORMAT",
            ("text", "json", "sarif", "github"),
            default="text",
        ),
        Option("fix", ("--fix",), "Mend what can be mended without changing what the script means."),
    ),
)

INSPECT = Command(
    "inspect",
    "inspect_command:inspect_command",
    "Show what a script says about itself: meta, phases, call sites.",
    "Nothing is run. Exit codes: 0 done; 2 wrong usage; 3 the script does not parse.",
    (
        Argument(
            "script",
            "SCRIPT",
            "A path (file.py:name for one workflow of several), a saved name, or - for standard input.",
        ),
    ),
    (Option("json", ("--json",), "Print one JSON object, with line numbers, options and schemas."),),
)

GRAPH = Command(
    "graph",
    "inspect_command:graph_command",
    "Draw the planned graph of a script from its call sites.",
    "Nothing is run: loops and fan-outs are marked ×N, what depends on a condition is dashed (? in text). odw report draws what "
    "did run. Exit codes: 0 done; 2 wrong usage; 3 the script does not parse.",
    (
        Argument(
            "script",
            "SCRIPT",
            "A path (file.py:name for one workflow of several), a saved name, or - for standard input.",
        ),
    ),
    (
        Option("output", ("--output", "-o"), "Write to a file instead of standard output.", "FILE"),
        Option(
            "format",
            ("--format", "-f"),
            "An outline for the terminal, or a Mermaid flowchart for documents.",
            "FORMAT",
            ("text", "mermaid"),
            default="text",
        ),
    ),
)

TRANSPILE = Command(
    "transpile",
    "transpile_command:transpile_command",
    "Show the Python that a script is compiled to, or write the script as a workflow in Python.",
    "For reading: `odw exec` compiles by itself. What --style dsl writes runs with odw exec, and replays the script's runs. "
    "Exit codes: 0 done; 2 wrong usage; 3 the script does not parse or lint, or has no form in Python.",
    (Argument("script", "SCRIPT", "A path, or - for standard input."),),
    (
        Option("output", ("--output", "-o"), "Write to a file instead of standard output.", "FILE"),
        Option(
            "format",
            ("--format", "-f"),
            "Python text, Python's tree, or the script's own tree as JSON (ESTree).",
            "FORMAT",
            ("python", "ast", "js-ast"),
            default="python",
        ),
        Option(
            "style",
            ("--style",),
            "executable: what odw exec runs; dsl: a workflow over odw's Python interface, for people.",
            "STYLE",
            ("executable", "dsl"),
            default="executable",
        ),
    ),
)
