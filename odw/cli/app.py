"""The typer app, made from the table in ``options.py``: help, completion, and whatever the direct parser leaves to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from odw.cli.options import (
    COMMANDS,
    ENVIRONMENT,
    EXIT_CODES,
    GROUPS,
    Argument,
    Command,
    Option,
)
from odw.cli.run import run_command


def make_app() -> typer.Typer:
    """``odw`` with all its commands."""
    app = typer.Typer(
        name="odw",
        help="Run dynamic workflows: agent-written JavaScript that orchestrates many agents.",
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        epilog=_epilog(),
    )
    app.callback(invoke_without_command=False)(_root)
    groups = {name: typer.Typer(help=summary, no_args_is_help=True) for name, summary in GROUPS.items()}
    for command in COMMANDS.values():
        group, _, name = command.name.rpartition(" ")
        owner = groups[group] if group else app
        owner.command(name, help=f"{command.summary}\n\n{command.details}")(_function(command))
    for name, group_app in groups.items():
        app.add_typer(group_app, name=name)
    return app


def _epilog() -> str:
    """Exit codes and variables; the line of \\b keeps the lines below it as they are."""
    codes = "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES)
    variables = "\n".join(f"  {name:<21} {meaning}" for name, meaning in ENVIRONMENT)
    return f"\b\nExit codes:\n{codes}\n\n\b\nEnvironment:\n{variables}"


def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        from odw import __version__

        typer.echo(f"odw {__version__}")
        raise typer.Exit


def _function(command: Command) -> Callable[..., None]:
    """A function whose signature says to typer what the table says."""
    parameters = [_positional(argument) for argument in command.arguments]
    for option in command.options:
        default: Any = [] if option.many else option.default if option.metavar else False
        extra: dict[str, Any] = {}
        if option.metavar:
            extra["show_default"] = option.default is not None
        if option.metavar and not option.choices:
            extra["metavar"] = option.metavar
        parameters.append(
            _parameter(
                option.name,
                _kind(option),
                option.many or not option.metavar,
                typer.Option(default, *option.flags, help=option.help, **extra),
            )
        )

    def run(**values: Any) -> None:
        raise typer.Exit(run_command(command, values))

    run.__name__ = command.name
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # functions may have one: PEP 362
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _kind(option: Option) -> Any:
    if option.choices:
        return Literal[option.choices]
    return list[str] if option.many else str if option.metavar else bool


def _positional(argument: Argument) -> inspect.Parameter:
    shown: dict[str, Any] = {"metavar": argument.metavar, "help": argument.help}
    default: Any = typer.Argument(**shown) if argument.required else typer.Argument(None, **shown)
    return _parameter(argument.name, list[str] if argument.many else str, argument.required, default)


def _parameter(name: str, kind: Any, required: bool, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind if required else kind | None
    )


def run_app(argv: list[str]) -> int:
    """Run the typer app on a command line; returns the exit code."""
    try:
        make_app()(args=argv, prog_name="odw")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    return 0
