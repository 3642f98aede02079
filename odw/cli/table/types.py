"""What a command and an option are. It imports nothing, since ``odw exec`` reads the table before anything else."""

from __future__ import annotations

from typing import Any, NamedTuple


class Option(NamedTuple):
    """``name`` is its key among the parsed values; ``flags`` all its spellings, the shown one first.

    Without ``metavar`` it is a switch. ``many``: may be given several times, the value is a list.
    """

    name: str
    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: Any = None
    many: bool = False


class Argument(NamedTuple):
    """A positional argument; ``many`` takes all that are left, and is the last of its command."""

    name: str
    metavar: str
    help: str
    required: bool = True
    many: bool = False


class Command(NamedTuple):
    """``name`` is one word, or two: a group and a command in it. ``function`` is ``module:name`` below ``odw.cli``."""

    name: str
    function: str
    summary: str
    details: str
    arguments: tuple[Argument, ...]
    options: tuple[Option, ...]
    parameters: str = (
        ""  # where options go that it does not know, as (flag, value or None): the workflow's own
    )
