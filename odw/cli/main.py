"""The way in: which command is meant, and what every ending becomes on the terminal.

Commands are read by the direct parser, since importing typer takes longer than most of what they do. Help and completion are
typer's; both read the table in ``options.py``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from odw.cli.options import COMMANDS, GROUPS
from odw.errors import OdwError, UsageError

INTERRUPTED = 130
BROKEN_PIPE = 141  # what a shell reports for SIGPIPE
INTERNAL = 70


def main(argv: Sequence[str]) -> int:
    """Run one command line; returns the exit code. Nothing but that leaves this function."""
    from odw.cli.terminal import show_error, show_internal_error, use_utf8

    use_utf8()
    try:
        code = _dispatch(list(argv))
        sys.stdout.flush()
        return code
    except OdwError as error:
        show_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("odw: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away; Python's own flush at exit must not complain about it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the outermost frame: a bug of ours must not be a page of traceback
        show_internal_error(error)
        return INTERNAL


def _dispatch(argv: list[str]) -> int:
    if argv in (["--version"], ["-V"]):
        from odw import __version__

        sys.stdout.write(f"odw {__version__}\n")
        return 0
    words = argv[: argv.index("--")] if "--" in argv else argv
    length = 2 if argv and argv[0] in GROUPS else 1
    command = COMMANDS.get(" ".join(argv[:length]))
    if command is not None and "--help" not in words and "-h" not in words:
        from odw.cli.parse import parse
        from odw.cli.run import run_command

        return run_command(command, parse(command, argv[length:]))
    if command is not None and command.name == "exec":
        from odw.cli.parameter_help import names_python, show_parameters

        word = names_python(words[1:])
        if word is not None:
            return show_parameters(word, words)
    if command is None and argv and not argv[0].startswith("-"):
        if argv[0] not in GROUPS or (len(argv) > 1 and not argv[1].startswith("-")):
            raise _unknown_command(" ".join(argv[:length]))
    from odw.cli.app import run_app

    return run_app(["--help" if word == "-h" else word for word in argv])


def _unknown_command(word: str) -> UsageError:
    from odw.diagnostics import closest

    if word.endswith((".js", ".mjs", ".py")):
        return UsageError(f"no such command: {word}", hint=f"To run a script: odw exec {word}")
    meant = closest(word, COMMANDS)
    return UsageError(
        f"no such command: {word}", hint=f"Did you mean {meant}?" if meant else "See: odw --help"
    )
