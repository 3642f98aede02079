"""Whether a program would find its account: from the names of variables and from files that are there, never from what they hold."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

READY, UNKNOWN = "yes", "unknown"
SMALLEST_BYTES = 3  # "{}" is what a program leaves behind when it logs out


class Account(NamedTuple):
    """How one of odw's executors finds its program and its account.

    ``program`` is its usual name. One of the variables ``keys`` is enough, or a file of ``files``: (the variable that names
    its directory, that directory below home otherwise, the rest). ``keychain``: on macOS it may be where nothing sees it.
    """

    program: str
    install: str
    login: str
    keys: tuple[str, ...]
    files: tuple[tuple[str, str, str], ...] = ()
    keychain: bool = False
    without: str = ""  # what it can do without an account, if anything


ACCOUNTS = {
    "claude": Account(
        "claude",
        "npm install -g @anthropic-ai/claude-code",
        "claude auth login",
        (
            "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_USE_BEDROCK",
            "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY",
        ),
        (("CLAUDE_CONFIG_DIR", ".claude", ".credentials.json"),),
        keychain=True,
    ),
    "codex": Account(
        "codex",
        "npm install -g @openai/codex",
        "codex login",
        ("OPENAI_API_KEY", "CODEX_API_KEY", "CODEX_ACCESS_TOKEN"),
        (("CODEX_HOME", ".codex", "auth.json"),),
    ),
    "gemini": Account(
        "gemini",
        "npm install -g @google/gemini-cli",
        "gemini",
        ("GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_GCA"),
        (("", ".gemini", "oauth_creds.json"),),
    ),
    "opencode": Account(
        "opencode",
        "npm install -g opencode-ai",
        "opencode auth login",
        (
            "OPENCODE_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "GEMINI_API_KEY",
            "GOOGLE_GENERATIVE_AI_API_KEY", "DEEPSEEK_API_KEY", "GROQ_API_KEY", "MISTRAL_API_KEY", "XAI_API_KEY",
        ),
        (("XDG_DATA_HOME", ".local/share", "opencode/auth.json"),),
        without="no account: its free models only",
    ),
    "pandacode": Account(
        "pandacode",
        "Install pandacode, or set ODW_PANDACODE_BIN to its path.",
        "",
        (),
        without="the accounts are those of its runtimes",
    ),
}  # fmt: skip


class Login(NamedTuple):
    """``state`` is "yes", "no" or "unknown"; ``by`` names the variable or the file that it goes by."""

    state: str
    by: str = ""


def login_of(account: Account, environ: Mapping[str, str], home: Path) -> Login:
    """By the first of the account's variables that is set, else by the first of its files."""
    for key in account.keys:
        if environ.get(key):
            return Login(READY, key)
    for path, shown in _files(account, environ, home):
        try:
            if path.is_file() and path.stat().st_size >= SMALLEST_BYTES:
                return Login(READY, shown)
        except OSError:  # a directory that is closed to us: not to be told
            return Login(UNKNOWN, shown)
    if account.keychain and sys.platform == "darwin":
        return Login(UNKNOWN, "maybe in the keychain")
    return Login(UNKNOWN, account.without) if account.without else Login("no")


def _files(account: Account, environ: Mapping[str, str], home: Path) -> Iterator[tuple[Path, str]]:
    for variable, usual, rest in account.files:
        if variable and environ.get(variable):
            yield Path(environ[variable]) / rest, f"${variable}/{rest}"
        else:
            yield home / usual / rest, f"~/{usual}/{rest}"
