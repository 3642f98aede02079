"""The typer app, made from the table in ``options.py``: help, completion, and whatever the direct parser leaves to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import click
import typer

from odw.cli.options import COMMANDS, LATER, Command
from odw.cli.run import run_command
from odw.errors import UsageError


def make_app() -> typer.Typer:
    """``odw`` with all its commands."""
    app = typer.Typer(
        name="odw",
        help="Run dynamic workflows: agent-written JavaScript that orchestrates many agents.",
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(invoke_without_command=False)(_root)
    for command in COMMANDS.values():
        app.command(command.name, help=f"{command.summary}\n\n{command.details}")(_function(command))
    for name, feature in LATER.items():
        app.command(name, hidden=True, context_settings=_TAKE_ANYTHING)(_later(name, feature))
    return app


_TAKE_ANYTHING = {"allow_extra_args": True, "ignore_unknown_options": True}


def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        from odw import __version__

        typer.echo(f"odw {__version__}")
        raise typer.Exit


def _function(command: Command) -> Callable[..., None]:
    """A function whose signature says to typer what the table says."""
    argument = command.argument
    shown: Any = (
        typer.Argument(metavar=argument.metavar, help=argument.help)
        if argument.required
        else typer.Argument(None, metavar=argument.metavar, help=argument.help)
    )
    parameters = [_parameter(argument.name, list[str] if argument.many else str, argument.required, shown)]
    for option in command.options:
        kind: Any = list[str] if option.many else str if option.metavar else bool
        help_text = f"{option.help} (not in this version yet)" if option.comes_with else option.help
        extra: dict[str, Any] = {"metavar": option.metavar, "show_default": option.default is not None} if option.metavar else {}
        if option.choices:
            extra["click_type"] = click.Choice(option.choices)
            extra["metavar"] = None
        default = [] if option.many else option.default if option.metavar else False
        parameters.append(
            inspect.Parameter(
                option.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=typer.Option(default, *option.flags, help=help_text, **extra),
                annotation=kind if option.many or not option.metavar else kind | None,
            )
        )

    def run(**values: Any) -> None:
        raise typer.Exit(run_command(command, values))

    run.__name__ = command.name
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # functions may have one: PEP 362
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _parameter(name: str, kind: Any, required: bool, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind if required else kind | None
    )


def _later(name: str, feature: str) -> Callable[[], None]:
    def refuse() -> None:
        raise UsageError(f"odw {name} comes with {feature}: not in this version yet")

    return refuse
