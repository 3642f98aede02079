"""The console script ``pandacode``: ``odw task`` in the words of rust-odw's program, ``pandacode RUNTIME COMMAND …``."""

from __future__ import annotations

import sys

from odw.cli.terminal import say, show_error, use_utf8
from odw.errors import UsageError

_WITH_RUNTIME = ("exec", "run", "status", "logs", "resume", "answer", "stop", "list")
_ALONE = ("list", "models", "doctor")
_HELP = f"""\
Usage: pandacode RUNTIME COMMAND [OPTIONS]
       pandacode {"|".join(_ALONE)} [OPTIONS]

Runs one task through one agent. It is part of odw: odw task COMMAND --runtime RUNTIME does the same.

  RUNTIME  codex, claude, bamboo, opencode, gemini, an alias of odw.toml, or auto
  COMMAND  {", ".join(_WITH_RUNTIME)}

pandacode RUNTIME COMMAND --help shows the options of a command."""


def main() -> int:
    """Run one command line; returns the exit code."""
    from odw.cli.main import main as odw

    words = sys.argv[1:]
    if not words or words[0] in ("--help", "-h", "help"):
        use_utf8()
        say(_HELP)
        return 0 if words else 2
    if words[0] in ("--version", "-V"):
        return odw(["--version"])
    if words[0] in _ALONE:
        return odw(["task", *words])
    try:
        return odw(_translated(words))
    except UsageError as error:
        show_error(error)
        return error.exit_code


def _translated(words: list[str]) -> list[str]:
    """``claude exec …`` as the words after ``odw``. Raises UsageError."""
    runtime, *rest = words
    if runtime.startswith("-") or not rest or rest[0] not in _WITH_RUNTIME:
        found = " ".join(words[:2])
        raise UsageError(
            f"pandacode: expected RUNTIME and one of {', '.join(_WITH_RUNTIME)}, found {found!r}",
            hint="See: pandacode --help",
        )
    command, *options = rest
    if "--help" in options or "-h" in options:
        return ["task", command, "--help"]
    return ["task", command, f"--runtime={runtime}", *options]
