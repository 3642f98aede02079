"""Running git so that it changes nothing but what it is asked to, asks nobody, and leaves no lock behind.

Every command runs without the user's hooks, prompts, automatic clean-up and file system monitor, and without the ``GIT_*`` variables of
whoever started odw (odw may itself run inside a git hook). A lock file that another git holds is waited for.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import trio

from odw.errors import ExecutorError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

OLDEST = (2, 30)
LOCK_TRIES = 6
LOCK_PAUSE_S = 0.05  # doubled each time: about 1.5 s in all
GRACE_S = 2.0

_SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.splitIndex": "false",
    "core.untrackedCache": "false",
    "core.quotePath": "false",
    "core.logAllRefUpdates": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "advice.detachedHead": "false",
    "submodule.recurse": "false",
    "worktree.guessRemote": "false",
    # Large-file storage is refused where it is in use; a file that an agent adds must not start it either.
    "filter.lfs.clean": "",
    "filter.lfs.smudge": "",
    "filter.lfs.process": "",
    "filter.lfs.required": "false",
}
# Where git's own programs and settings are is no business of one repository.
_KEPT = ("GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
_SIGNATURE = {"NAME": "odw", "EMAIL": "odw@localhost"}
# The last: an entry of ``git worktree`` that another git was just writing.
_LOCKED = re.compile(
    r"\.lock'?: File exists|[Uu]nable to create '.*\.lock'|could not lock config file|failed to read .*/worktrees/"
)


class GitError(ExecutorError):
    """git refused. ``stderr`` is all that it said; ``message`` its first complaint and the command."""

    def __init__(
        self, message: str, stderr: str, *, category: str = "unknown", retryable: bool = False
    ) -> None:
        super().__init__(message, category=category, retryable=retryable)
        self.stderr = stderr


class Done(NamedTuple):
    """A git command that ended: exit code, output, what it said on standard error."""

    code: int
    out: bytes
    err: str

    @property
    def line(self) -> str:
        """Output of one line, as text that ``os`` functions take back."""
        return os.fsdecode(self.out.removesuffix(b"\n"))


async def git(
    *args: str,
    cwd: str,
    stdin: bytes = b"",
    index: str | None = None,
    codes: Sequence[int] = (0,),
    hold: int | None = None,
) -> Done:
    """Run ``git args…`` in ``cwd``; ``index`` is the index file to use in place of the work tree's own;
    ``hold`` is a locked descriptor that git inherits: if odw is killed, the lock lasts until git has ended.

    Raises GitError unless it exits with one of ``codes``. When cancelled, git gets SIGTERM, at which it removes its lock
    files, and has ended when this returns.
    """
    argv = ["git", *_FLAGS, *args]
    env = git_environment()
    if index is not None:
        env["GIT_INDEX_FILE"] = index
    pause = LOCK_PAUSE_S
    for turn in range(1, LOCK_TRIES + 1):
        done = await _spawn(argv, cwd, stdin, env, () if hold is None else (hold,))
        if done.code in codes:
            return done
        if not _LOCKED.search(done.err):
            raise GitError(f"git {_command(args)} failed: {_complaint(done)}", done.err)
        if turn < LOCK_TRIES:
            await trio.sleep(pause)
            pause *= 2
    raise GitError(
        f"git {_command(args)} failed {LOCK_TRIES} times on a lock file: {_complaint(done)}",
        done.err,
        category="transient",
        retryable=True,
    )


async def git_version() -> tuple[int, ...]:
    """The version of git. Raises ExecutorError (configuration) when there is none, or one older than ``OLDEST``."""
    done = await git("version", cwd=os.curdir)
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", done.line)
    version = tuple(int(part) for part in found.groups(default="0")) if found else ()
    if version < OLDEST:
        raise ExecutorError(
            f"worktrees need git {_dotted(OLDEST)} or newer, found {_dotted(version) or done.line}",
            category="configuration",
        )
    return version


def git_environment() -> dict[str, str]:
    """The environment of every git command."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    env |= {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_ASKPASS": "true",
        "GIT_EDITOR": "true",
        "GIT_PAGER": "cat",
        "LC_ALL": "C",
    }
    for who in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{who}_{part}": value for part, value in _SIGNATURE.items()}
    return env


_FLAGS = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]


async def _spawn(
    argv: list[str], cwd: str, stdin: bytes, env: dict[str, str], pass_fds: tuple[int, ...]
) -> Done:
    """In a process group of its own, so that Ctrl-C on a terminal reaches odw alone."""
    run = partial(
        trio.run_process,
        argv,
        stdin=stdin,
        capture_stdout=True,
        capture_stderr=True,
        check=False,
        deliver_cancel=_end,
        cwd=cwd,
        env=env,
        start_new_session=True,
        pass_fds=pass_fds,
    )
    try:
        ended: CompletedProcess[bytes] = await run()
    except FileNotFoundError:
        if os.path.isdir(cwd):  # noqa: PTH112
            message = "git is not installed, or not on PATH: worktrees need it"
        else:
            message = f"the directory {cwd} is gone"
        raise ExecutorError(message, category="configuration") from None
    except OSError as error:
        raise ExecutorError(
            f"git could not be started: {error.strerror}", category="transient", retryable=True
        ) from None
    return Done(ended.returncode, ended.stdout, ended.stderr.decode("utf-8", "replace"))


async def _end(process: trio.Process) -> None:
    """TERM to git and what it started, KILL if that does not do; trio waits for the end."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with trio.move_on_after(GRACE_S):
        await process.wait()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _command(args: Sequence[str]) -> str:
    """The name of the command, for messages: ``worktree add``."""
    return " ".join(args[:2]) if args[0] == "worktree" else args[0]


def _complaint(done: Done) -> str:
    """The first thing that git calls an error; else the end of what it said."""
    lines = [line for line in done.err.splitlines() if line.strip()]
    for line in lines:
        if line.startswith(("fatal: ", "error: ")):
            return line.partition(": ")[2]
    if lines:
        return lines[-1]
    return f"killed by signal {-done.code}" if done.code < 0 else f"exit code {done.code}"


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
