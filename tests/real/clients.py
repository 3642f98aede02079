"""The real claude and codex in a cache folder, and how tests start them against the scripted server.

``ODW_REAL_CACHE`` names the folder; without it, it is ``odw/real`` in the user's cache directory. ``make test-real`` fills it::

    python -m real.clients        installs what is missing; exit 0: both are there, 3: npm or its registry cannot be reached
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

# What the executors were written and recorded against. A newer one is tried with ODW_REAL_CLAUDE=latest and so on.
PACKAGES = {
    "claude": ("@anthropic-ai/claude-code", "2.1.197"),
    "codex": ("@openai/codex", "0.169.0"),
}
NO_NPM = 3
KEY = "scripted-0123456789abcdef"  # looks like nobody's
MODEL = {"claude": "sonnet", "codex": "gpt-5.1-codex"}


def cache() -> Path:
    chosen = os.environ.get("ODW_REAL_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "odw" / "real"


def program(name: str) -> Path:
    return cache() / "node_modules" / ".bin" / name


def missing() -> list[str]:
    return [name for name in PACKAGES if not program(name).exists()]


def table(name: str, server: str, home: Path, **more: Any) -> dict[str, Any]:
    """The executor's table for odw.toml: the real program, the scripted server, an empty home, little patience."""
    home.mkdir(exist_ok=True)
    env = {"HOME": str(home), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    if name == "claude":
        env |= {
            "ANTHROPIC_API_KEY": KEY,
            "CLAUDE_CODE_MAX_RETRIES": "1",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "DISABLE_TELEMETRY": "1",
        }
        chosen: dict[str, Any] = {"base_url": server}
    else:
        env |= {"CODEX_API_KEY": KEY, "CODEX_HOME": str(home)}
        retries = ("request_max_retries", "stream_max_retries")
        args = [word for key in retries for word in ("-c", f"model_providers.odw.{key}=1")]
        chosen = {"base_url": f"{server}/v1", "args": args}
    env |= more.pop("env", {})
    return {"use": name, "program": str(program(name)), "model": MODEL[name], **chosen, "env": env, **more}


def install() -> int:
    """The exit status of the command."""
    wanted = [
        f"{package}@{os.environ.get(f'ODW_REAL_{name.upper()}', version)}"
        for name, (package, version) in PACKAGES.items()
        if not program(name).exists() or f"ODW_REAL_{name.upper()}" in os.environ
    ]
    if wanted:
        npm = shutil.which("npm")
        if npm is None:
            print("npm not found: the tests with the real claude and codex are skipped")
            return NO_NPM
        cache().mkdir(parents=True, exist_ok=True)
        words = [
            "install",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--loglevel=error",
            "--prefix",
            str(cache()),
        ]
        done = subprocess.run([npm, *words, *wanted], stdin=subprocess.DEVNULL, timeout=900, check=False)
        if done.returncode or missing():
            print(f"npm could not install {' '.join(wanted)}: the tests with the real clients are skipped")
            return NO_NPM
    for name in PACKAGES:
        told = subprocess.run(
            [program(name), "--version"], capture_output=True, text=True, timeout=60, check=False
        )
        print(f"{name}: {told.stdout.strip() or told.stderr.strip()}")
    return 0


if __name__ == "__main__":
    sys.exit(install())
