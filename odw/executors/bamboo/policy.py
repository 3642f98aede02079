"""Shell commands that ``limited`` refuses: those that reach beyond the workspace or cannot be taken back.

A net for an agent's mistakes, no wall against one that means harm: a shell can always say a thing in another way. Who needs a
wall runs odw in a container, or uses ``permission: "read"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import basename

from odw.executors.bamboo.places import Places
from odw.executors.bamboo.shell_words import Command, commands_of

_SHELLS = frozenset(("sh", "bash", "zsh", "dash", "ksh", "fish"))
_INTERPRETERS = _SHELLS | {"python", "python3", "perl", "node", "ruby", "php"}
_FETCHERS = frozenset(("curl", "wget", "fetch", "aria2c"))
# Programs that run another one, and their options that take a value.
_WRAPPERS: dict[str, frozenset[str]] = {
    "env": frozenset(("-u", "--unset", "-C", "--chdir")),
    "timeout": frozenset(("-s", "--signal", "-k", "--kill-after")),
    "nice": frozenset(("-n", "--adjustment")),
    "ionice": frozenset(("-c", "-n", "-p")),
    "xargs": frozenset(("-I", "-n", "-P", "-d", "-L", "-a", "-s", "-E")),
    "stdbuf": frozenset(("-i", "-o", "-e")),
    "exec": frozenset(("-a",)),
    "watch": frozenset(("-n", "-d")),
    **{name: frozenset() for name in ("nohup", "command", "builtin", "setsid", "busybox")},
}
_DURATION = re.compile(r"\d+(\.\d+)?[smhd]?")
_RIGHTS, _DISK, _MACHINE = "it gains rights", "it overwrites a disk", "it changes the machine"
_STOPS, _OTHERS = "it stops the machine", "it ends processes of others"
_NEVER = {
    **dict.fromkeys(("sudo", "su", "doas", "pkexec", "chroot", "visudo"), _RIGHTS),
    **dict.fromkeys(("mkfs", "fdisk", "sfdisk", "parted", "wipefs", "mkswap"), _DISK),
    **dict.fromkeys(("shutdown", "reboot", "halt", "poweroff", "init", "telinit"), _STOPS),
    **dict.fromkeys(("systemctl", "service", "iptables", "nft", "mount", "umount", "modprobe", "insmod"), _MACHINE),
    **dict.fromkeys(("useradd", "userdel", "usermod", "groupadd", "passwd", "sysctl"), _MACHINE),
    **dict.fromkeys(("killall", "killall5", "pkill"), _OTHERS),
    "crontab": "it leaves something behind", "at": "it leaves something behind",
}  # fmt: skip
_FORK_BOMB = re.compile(r"(?<![\w:.])([\w:.]+)\s*\(\s*\)\s*\{[^}]{0,300}?(?<![\w:.])\1\s*\|\s*\1\s*&")
_FREE = re.compile(r"/dev/(null|zero|stdout|stderr|stdin|tty|fd/\d+|full|shm/.+)\Z")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=(.*)", re.DOTALL)


def refusal(command: str, root: str = ".") -> str:
    """Why a command is refused that is to run in the workspace ``root``, or ""."""
    if _FORK_BOMB.search(command):
        return "a fork bomb"
    try:
        return _refusal(command, Places(root))
    except RecursionError:
        return "it nests too deeply to be understood"


def _refusal(command: str, places: Places) -> str:
    for found in commands_of(command):
        places.enter(found.group)
        for target in found.writes:
            if not _FREE.match(target) and places.outside(target):
                return f"it writes {target}, which is outside the workspace"
        why = _judge(found, found.words, places)
        if why:
            return why
    return ""


def _judge(command: Command, words: list[str], places: Places) -> str:
    words = _unwrapped(words, places)
    if not words:
        return ""
    name, rest = basename(words[0]), words[1:]
    if name in _NEVER or name.startswith("mkfs."):
        return f"{name}: {_NEVER.get(name, _DISK)}"
    if _runs_fetched(command, name, rest):
        return f"{name}: it runs what it fetches without a look at it"
    if name in _SHELLS or name == "eval":
        return _script(command, name, rest, places)
    if name in ("cd", "pushd"):
        places.move(next((word for word in rest if not word.startswith("-")), "~"))
        return ""
    if name == "find":
        return _find(command, rest, places)
    check = _CHECKS.get(name)
    why = check(rest, places) if check is not None else ""
    return f"{name}: {why}" if why else ""


def _unwrapped(words: list[str], places: Places) -> list[str]:
    """Without assignments before it and programs that only run another."""
    while words:
        name = basename(words[0])
        assigned = _ASSIGNMENT.fullmatch(words[0])
        if assigned is not None:
            if len(words) == 1:
                places.assign(assigned[1], assigned[2])
            words = words[1:]
        elif name in _WRAPPERS:
            valued, words = _WRAPPERS[name], words[1:]
            while words and (
                words[0].startswith("-") or (name == "timeout" and _DURATION.fullmatch(words[0]))
            ):
                words = words[2:] if words[0] in valued else words[1:]
        else:
            break
    return words


def _runs_fetched(command: Command, name: str, rest: list[str]) -> bool:
    if name in _INTERPRETERS and (not rest or rest[0] in ("-", "-s")) and _fetches(command.fed_by):
        return True
    runs = (
        name in _SHELLS
        or name in ("eval", "source", ".", "$(…)")
        or (name in _INTERPRETERS and rest[:1] in (["-c"], ["-e"]))
    )
    return runs and _fetches(command.inner)


def _fetches(commands: list[Command]) -> bool:
    return any(word.rpartition("/")[2] in _FETCHERS for command in commands for word in command.words[:3])


def _script(command: Command, name: str, rest: list[str], places: Places) -> str:
    """What a shell is given to run: behind ``-c``, on its input; for ``eval`` all words."""
    if name == "eval":
        return _refusal(" ".join(rest), places)
    for number, word in enumerate(rest):
        if re.fullmatch(r"-[a-z]*c[a-z]*", word):
            return _refusal(" ".join(rest[number + 1 : number + 2]), places)
    return _refusal(command.given, places)


def _find(command: Command, rest: list[str], places: Places) -> str:
    starts = []
    for word in rest:
        if word.startswith(("-", "(", "!")):
            break
        starts.append(word)
    outside = [start for start in starts if places.outside(start)]
    if "-delete" in rest and outside:
        return f"find: it deletes below {outside[0]}, which is outside the workspace"
    for number, word in enumerate(rest):
        if word in ("-exec", "-execdir", "-ok", "-okdir"):
            run = [part for part in rest[number + 1 :] if part not in ("{}", ";", "+")]
            if run[:1] == ["rm"] and outside:
                return f"find: it deletes below {outside[0]}, which is outside the workspace"
            why = _judge(command, run, places)
            if why:
                return why
    return ""


def _names(rest: list[str]) -> list[str]:
    """The words that are no options."""
    if "--" in rest:
        mark = rest.index("--")
        return [*_names(rest[:mark]), *rest[mark + 1 :]]
    return [word for word in rest if not word.startswith("-")]


def _recursive(rest: list[str]) -> bool:
    return any(word == "--recursive" or re.match(r"-[A-Za-z]*[rR]", word) for word in rest)


def _remove(rest: list[str], places: Places) -> str:
    for word in _names(rest):
        if places.outside(word):
            return f"it deletes {word}, which is outside the workspace"
        if _recursive(rest) and places.whole(word):
            return f"it deletes {word} with all that is below"
    return ""


def _change(rest: list[str], places: Places) -> str:
    """The rights or the owner of files."""
    names = _names(rest)[1:]
    outside = [word for word in names if places.outside(word) or (_recursive(rest) and places.whole(word))]
    return f"it changes {outside[0]}, and what is below" if outside else ""


def _write(rest: list[str], places: Places) -> str:
    outside = [word for word in _names(rest) if not _FREE.match(word) and places.outside(word)]
    return f"it writes {outside[0]}, which is outside the workspace" if outside else ""


def _copy(rest: list[str], places: Places) -> str:
    for number, word in enumerate(rest):
        if word.startswith("--target-directory="):
            return _write([word.partition("=")[2]], places)
        if word == "-t":
            return _write(rest[number + 1 : number + 2], places)
    return _write(_names(rest)[-1:], places)


def _disk_dump(rest: list[str], places: Places) -> str:
    return _write([word[3:] for word in rest if word.startswith("of=")], places)


_GIT_VALUED = frozenset(
    ("-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--super-prefix")
)
_GIT_NEVER = {
    "push": "it publishes", "send-email": "it publishes", "filter-branch": "it rewrites history",
    "filter-repo": "it rewrites history", "gc": "it deletes what could be restored", "prune": "it deletes what could be restored",
}  # fmt: skip


def _git(rest: list[str], places: Places) -> str:
    words = list(rest)
    while words and words[0].startswith("-"):
        words = words[2:] if words[0] in _GIT_VALUED else words[1:]
    if not words:
        return ""
    name, rest = words[0], words[1:]
    if name in _GIT_NEVER:
        return _GIT_NEVER[name]
    flags = "".join(word[1:] for word in rest if re.fullmatch(r"-[A-Za-z]+", word))
    if name == "clean" and "n" not in flags and "--dry-run" not in rest:
        return "it deletes what git does not know"
    if (name == "reset" and "--hard" in rest) or (
        name in ("checkout", "restore", "switch") and ("." in rest or "f" in flags or "--force" in rest)
    ):
        return "it throws changes away"
    if (name == "branch" and ("D" in flags or "--delete" in rest)) or (name == "reflog" and "expire" in rest):
        return "it deletes what could be restored"
    if name == "config" and ("--global" in rest or "--system" in rest):
        return "it changes settings outside the workspace"
    return ""


def _kill(rest: list[str], places: Places) -> str:
    return "it ends processes of others" if "-1" in rest[1:] or set(rest) & {"1", "$PPID", "0"} else ""


def _publish(rest: list[str], places: Places) -> str:
    return "it publishes" if set(rest[:2]) & {"publish", "upload", "push"} else ""


_CHECKS: dict[str, Callable[[list[str], Places], str]] = {
    "rm": _remove, "rmdir": _remove, "shred": _remove, "unlink": _remove, "chmod": _change, "chown": _change, "chgrp": _change,
    "dd": _disk_dump, "git": _git, "kill": _kill, "tee": _write, "truncate": _write, "mv": _write, "cp": _copy, "ln": _copy,
    "install": _copy,
    **dict.fromkeys(("npm", "yarn", "pnpm", "cargo", "twine", "gem", "docker", "podman", "poetry", "uv"), _publish),
}  # fmt: skip
