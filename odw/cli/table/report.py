"""The report as a command."""

from __future__ import annotations

from odw.cli.table.running import ARGS, MOCK_FILE, PATH
from odw.cli.table.types import Argument, Command, Option

REPORT = Command(
    "report",
    "report_command:report_command",
    "Make the report of a run, or of a script's dry run.",
    "Every run writes report.html at its end; this makes it anew, elsewhere, in another format, or live while the run goes on. A script is "
    "executed on the mock first: nothing is asked, nothing is spent. Exit codes: 0 done; 2 wrong usage; 3 the script does not parse or lint.",
    (Argument("target", "RUN|SCRIPT", "A run's id, its unique beginning, its directory, or latest (the default); or a script.", required=False),),
    (
        Option("run", ("--run",), "The same as RUN.", "RUN"),
        Option("script", ("--script",), "The same as SCRIPT.", "SCRIPT"),
        Option("output", ("--output", "-o"), "Write to this file; - is standard output.", "FILE"),
        Option(
            "format",
            ("--format", "-f"),
            "A page; the graph as Mermaid; everything as JSON; a summary as Markdown. All but the page go to standard output.",
            "FORMAT",
            ("html", "mermaid", "json", "md"),
            default="html",
        ),
        Option("open", ("--open",), "Open the page in a browser."),
        Option("live", ("--live",), "Serve the page on this machine, with news as the run goes on, until Ctrl-C."),
        *ARGS,
        MOCK_FILE,
        PATH,
    ),
)  # fmt: skip
