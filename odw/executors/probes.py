"""Which executors could answer a call here and now: program, version, account. Reads names and files, asks for versions, no more.

No model is called, nothing is written, no value of a key is read into anything. Every program is asked at the same time, each
with a deadline.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

import trio

from odw.errors import UsageError
from odw.executors import ENTRY_POINTS, KINDS
from odw.executors._profile import Profile, read_profile
from odw.executors.command_config import read_command
from odw.executors.probes_login import ACCOUNTS, Account, login_of
from odw.executors.probes_providers import provider_of
from odw.executors.probes_version import Version, version_of

READY, NOT_FOUND, NOT_LOGGED_IN, BROKEN, MISCONFIGURED = STATES = (
    "ready",
    "not_found",
    "not_logged_in",
    "broken",
    "misconfigured",
)


PANDACODE_USES = ("claude", "codex", "bamboo")


class Standing(NamedTuple):
    """How one executor stands. ``state`` is one of STATES; ``next`` is what to do unless it is "ready".

    ``use`` is the executor behind the name: a key of KINDS, "command", or the name of another package's. ``keys`` are the
    variables of its account that are set; ``missing`` those that odw.toml would pass on and that are not set. ``by`` says
    what it is logged in by.
    """

    name: str
    use: str
    state: str = READY
    declared: bool = False
    program: str | None = None
    version: str = ""
    by: str = ""
    keys: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    model: str | None = None
    provider: str | None = None
    problem: str = ""
    next: str = ""


class _Sighting(NamedTuple):
    """What can be told without starting anything, and the words that start the program, if it is to be asked."""

    standing: Standing
    words: tuple[str, ...] = ()


class Surroundings(NamedTuple):
    """Where executors are looked for."""

    project: Path
    home: Path
    environ: Mapping[str, str]


async def probe_executors(project_file: Mapping[str, Any], where: Surroundings) -> list[Standing]:
    """Odw's own executors in their order, then what odw.toml declares, then those of other packages."""
    tables = project_file.get("executors", {})
    plugins = _plugins()
    sightings = [_sight(name, tables.get(name), plugins, where) for name in dict.fromkeys((*KINDS, *tables))]
    sightings += [_Sighting(standing) for name, standing in plugins.items() if name not in tables]
    asked: dict[tuple[str | None, tuple[str, ...]], Version] = {}

    async def ask(number: int, sighting: _Sighting) -> None:
        standing = sighting.standing
        tag = f"doctor.{os.getpid()}.{number}."
        assert standing.program is not None
        asked[standing.program, sighting.words] = await version_of(
            standing.program, sighting.words, standing.use, where.environ, str(where.project), tag
        )

    distinct = {(each.standing.program, each.words): each for each in sightings if each.words}
    async with trio.open_nursery() as nursery:
        for number, sighting in enumerate(distinct.values()):
            nursery.start_soon(partial(ask, number, sighting))
    told = [_told(each.standing, asked.get((each.standing.program, each.words))) for each in sightings]
    return [_pandacode(standing, told) for standing in told]


def _told(standing: Standing, version: Version | None) -> Standing:
    if version is None:
        return standing
    if version.problem:
        step = f"Run {standing.program} --version by hand, and install it anew if that fails."
        return standing._replace(state=BROKEN, problem=version.problem, next=step)
    return standing._replace(version=version.text)


def _pandacode(standing: Standing, all_of_them: Sequence[Standing]) -> Standing:
    """Odw's own ``pandacode`` goes on to odw's executors: alone it can do nothing."""
    if standing.use != "pandacode" or standing.state != READY or not _beside_odw(standing.program or ""):
        return standing
    if any(each.use in PANDACODE_USES and each.state == READY for each in all_of_them):
        return standing._replace(by="odw's own, which goes on to the executors above")
    return standing._replace(
        state=NOT_LOGGED_IN,
        problem="it is odw's own, and none of the executors that it goes on to is ready",
        next=f"Get one of {', '.join(PANDACODE_USES)} ready.",
    )


def _beside_odw(program: str) -> bool:
    return Path(program).parent == Path(sys.executable).parent


def _sight(name: str, table: Any, plugins: Mapping[str, Standing], where: Surroundings) -> _Sighting:
    declared = table is not None
    try:
        if isinstance(table, Mapping) and "argv" in table:
            return _command(name, table, where)
        profile = read_profile(name, table if declared else {})
        if profile.use not in KINDS and profile.use not in plugins:
            raise _no_such_executor(profile)
    except UsageError as error:
        step = error.hint or "Correct the table in odw.toml."
        return _Sighting(Standing(name, name, MISCONFIGURED, True, problem=error.message, next=step))
    base = Standing(name, profile.use, declared=declared, model=profile.model, provider=profile.provider)
    environ = {**where.environ, **profile.env}
    if profile.use in plugins:
        return _Sighting(base._replace(version=plugins[profile.use].version, by=plugins[profile.use].by))
    if profile.use == "bamboo":
        return _Sighting(_bamboo(base, profile, environ))
    return _program(base, profile, where._replace(environ=environ))


def _program(base: Standing, profile: Profile, where: Surroundings) -> _Sighting:
    """An executor that starts a program of its own."""
    account = ACCOUNTS[base.use]
    words = _words(profile, account, where.environ)
    program = _find(words[0], where)
    if program is None:
        step = (
            account.install if not profile.program else f"Correct executors.{base.name}.program in odw.toml."
        )
        return _Sighting(base._replace(state=NOT_FOUND, problem=f"{words[0]} is not there", next=step))
    keys = tuple(key for key in account.keys if where.environ.get(key))
    base = base._replace(program=program, keys=keys)
    login = login_of(account, where.environ, where.home)
    if login.state == "no" and not profile.base_url:
        step = f"{account.login}, or set {account.keys[0]}"
        base = base._replace(state=NOT_LOGGED_IN, problem="not logged in", next=step)
    else:
        base = base._replace(by=login.by or "a server of one's own")
    return _Sighting(base, words)


def _words(profile: Profile, account: Account, environ: Mapping[str, str]) -> tuple[str, ...]:
    """What starts the program."""
    if profile.use == "pandacode":
        from odw.executors.pandacode_argv import program_words

        return tuple(program_words(profile, environ))
    return profile.program or (account.program,)


def _command(name: str, table: Mapping[str, Any], where: Surroundings) -> _Sighting:
    """A program that odw.toml declares. It is not asked for a version: nobody knows what it would do."""
    config = read_command(name, table)
    base = Standing(
        name,
        "command",
        declared=True,
        keys=tuple(key for key in config.pass_env if where.environ.get(key)),
        missing=tuple(key for key in config.pass_env if not where.environ.get(key)),
    )
    program = _find(config.argv[0], where._replace(environ={**where.environ, **config.env}))
    if program is None:
        step = f"Install it, or correct executors.{name}.argv in odw.toml."
        return _Sighting(base._replace(state=NOT_FOUND, problem=f"{config.argv[0]} is not there", next=step))
    return _Sighting(base._replace(program=program))


def _bamboo(base: Standing, profile: Profile, environ: Mapping[str, str]) -> Standing:
    """Odw's own agent: there is no program to be found, but a provider needs its key."""
    chosen = provider_of(profile, environ)
    base = base._replace(provider=chosen.provider, model=chosen.model, by=chosen.by, keys=chosen.keys)
    if not chosen.problem:
        return base
    problem, _, step = chosen.problem.partition("; ")
    state = MISCONFIGURED if chosen.wrong else NOT_LOGGED_IN
    if profile.provider is None and not chosen.wrong:
        problem, step = (
            "no provider has its key",
            f"set one of the keys below, or executors.{base.name}.base_url in odw.toml",
        )
    return base._replace(
        state=state, problem=problem, next=step or f"Correct executors.{base.name} in odw.toml."
    )


def _find(word: str, where: Surroundings) -> str | None:
    """The program's path: from PATH, or from the project where it has a slash."""
    if "/" in word:
        path = where.project / word
        return str(path) if path.is_file() and os.access(path, os.X_OK) else None
    return which(word, path=where.environ.get("PATH", os.defpath))


def _plugins() -> dict[str, Standing]:
    """Executors of other packages. Their code is not loaded: it could do anything."""
    from importlib.metadata import entry_points

    found = {}
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        package = f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value
        found[point.name] = Standing(point.name, point.name, by=f"package {package}")
    return found


def _no_such_executor(profile: Profile) -> UsageError:
    from odw.diagnostics import closest

    meant = closest(profile.use, KINDS)
    return UsageError(
        f"odw.toml: executors.{profile.name}: there is no executor {profile.use!r}",
        hint=f"Did you mean {meant}?"
        if meant
        else f"Known: {', '.join(KINDS)}; or argv, for a program of your own.",
    )
