"""Shell commands that ``limited`` refuses: those that reach beyond the workspace or cannot be taken back.

A net for an agent's mistakes, no wall against one that means harm: a shell can always say a thing in another way. Who needs a
wall runs the executor in a container, or uses ``permission: "read"``.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

_WRAPPERS = frozenset(
    (
        "env",
        "nohup",
        "time",
        "nice",
        "ionice",
        "command",
        "builtin",
        "exec",
        "xargs",
        "timeout",
        "stdbuf",
        "setsid",
    )
)
_SHELLS = frozenset(("sh", "bash", "zsh", "dash", "ksh", "fish"))
_NEVER = {
    "sudo": "it gains rights", "su": "it gains rights", "doas": "it gains rights", "pkexec": "it gains rights",
    "shutdown": "it stops the machine", "reboot": "it stops the machine", "halt": "it stops the machine",
    "poweroff": "it stops the machine", "mkfs": "it overwrites a disk", "fdisk": "it overwrites a disk",
    "parted": "it overwrites a disk", "crontab": "it leaves something behind", "systemctl": "it changes the machine",
    "iptables": "it changes the machine", "useradd": "it changes the machine", "passwd": "it changes the machine",
    "killall": "it ends processes of others", "pkill": "it ends processes of others",
}  # fmt: skip
_GIT_NEVER = {
    "push": "it publishes", "clean": "it deletes what git does not know", "filter-branch": "it rewrites history",
    "gc": "it deletes what could be restored",
}  # fmt: skip
_SEPARATORS = frozenset(
    (";", "&&", "||", "|", "&", "|&", "(", ")", "{", "}", "\n", "!", "then", "do", "else")
)
_FORK_BOMB = re.compile(r":\s*\(\s*\)\s*\{.*:\s*\|\s*:")
_FETCH_TO_SHELL = re.compile(
    r"\b(?:curl|wget)\b[^|;&]*\|\s*(?:sudo\s+)?(?:\w+/)*(?:sh|bash|zsh|dash|python3?|perl|node|ruby)\b"
)
_DEVICE = re.compile(r">\s*/dev/(?:sd|hd|nvme|vd|mapper|disk)")
# What lies outside of the workspace, as far as a name shows it; /tmp holds what nobody misses.
_BROAD = re.compile(r"(?!/tmp/[^.*])(?:/|~|\$HOME|\$\{HOME\}|\.\.(?:/|\Z))|(?:\./)*\.git/?\Z|\*\Z|\.\Z")


def refusal(command: str) -> str:
    """Why a command is refused, or ""."""
    if _FORK_BOMB.search(command):
        return "a fork bomb"
    if _FETCH_TO_SHELL.search(command):
        return "it runs what it fetches without a look at it"
    if _DEVICE.search(command):
        return "it writes onto a disk"
    for words in _commands(command):
        why = _judge(words)
        if why:
            return f"{words[0]}: {why}"
    return ""


def _commands(command: str) -> list[list[str]]:
    """The simple commands of a command line, words unquoted; those inside ``$(…)`` and backquotes too."""
    inner = re.findall(r"\$\(([^()]*)\)|`([^`]*)`", command)
    found = [words for pair in inner for part in pair if part for words in _commands(part)]
    lexer = shlex.shlex(command.replace("\n", " ; "), posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    current: list[str] = []
    try:
        for word in lexer:
            if word in _SEPARATORS or set(word) <= set("();|&"):
                if current:
                    found.append(current)
                current = []
            else:
                current.append(word)
    except ValueError:  # an open quote: the shell will say so
        current += command.split()
    return [*found, current] if current else found


def _judge(words: list[str]) -> str:
    words = _unwrapped(words)
    if not words:
        return ""
    name = words[0].rsplit("/", 1)[-1]
    rest = words[1:]
    if name in _NEVER or name.startswith("mkfs."):
        return _NEVER.get(name, "it overwrites a disk")
    if name in _SHELLS and "-c" in rest[:-1]:
        return refusal(rest[rest.index("-c") + 1])
    if name == "eval":
        return refusal(" ".join(rest))
    check = _CHECKS.get(name)
    return check(rest) if check is not None else ""


def _unwrapped(words: list[str]) -> list[str]:
    """Without assignments before it and programs that only run another."""
    while words:
        name = words[0].rsplit("/", 1)[-1]
        if re.match(r"[A-Za-z_]\w*=", words[0]):
            words = words[1:]
        elif name in _WRAPPERS:
            words = words[1:]
            while words and (words[0].startswith("-") or re.fullmatch(r"\d+(\.\d+)?[smhd]?", words[0])):
                words = words[1:]
        else:
            break
    return words


def _remove(rest: list[str]) -> str:
    flags = "".join(word for word in rest if word.startswith("-"))
    if "r" in flags.lower() or "--recursive" in rest:
        for word in rest:
            if not word.startswith("-") and _BROAD.match(word):
                return f"it deletes {word} with all that is below"
    return ""


def _outside(what: str) -> Callable[[list[str]], str]:
    def check(rest: list[str]) -> str:
        recursive = any((word.startswith("-") and "R" in word) or word == "--recursive" for word in rest)
        broad = [word for word in rest if not word.startswith("-") and _BROAD.match(word)]
        return f"it changes {what} of {broad[0]} and all below" if recursive and broad else ""

    return check


def _disk_dump(rest: list[str]) -> str:
    return (
        "it writes onto a disk"
        if any(word.startswith("of=/dev/") and word != "of=/dev/null" for word in rest)
        else ""
    )


def _git(rest: list[str]) -> str:
    words = list(rest)
    while words and words[0].startswith("-"):  # options of git itself; two of them take a value
        words = words[2:] if words[0] in ("-C", "-c") else words[1:]
    if not words:
        return ""
    if words[0] in _GIT_NEVER:
        return _GIT_NEVER[words[0]]
    if words[0] == "reset" and "--hard" in words:
        return "it throws changes away"
    if words[0] in ("checkout", "restore") and "." in words:
        return "it throws changes away"
    if words[0] == "branch" and any(word in ("-D", "--delete") for word in words):
        return "it deletes a branch"
    if words[0] == "config" and ("--global" in words or "--system" in words):
        return "it changes settings outside the workspace"
    return ""


def _kill(rest: list[str]) -> str:
    return "it ends all processes" if "-1" in rest[1:] or rest[-1:] == ["1"] else ""


def _publish(rest: list[str]) -> str:
    return "it publishes" if "publish" in rest else ""


_CHECKS: dict[str, Callable[[list[str]], str]] = {
    "rm": _remove, "chmod": _outside("the rights"), "chown": _outside("the owner"), "dd": _disk_dump, "git": _git, "kill": _kill,
    "npm": _publish, "yarn": _publish, "pnpm": _publish, "cargo": _publish,
}  # fmt: skip
