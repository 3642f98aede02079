"""Documents and sources: links resolve, nothing names a machine or a registry, nothing is left to do."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
# written in pieces, so that this file does not hold what it looks for
MACHINE = re.compile(r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "ro" + "ot")) + r")/")
REGISTRIES = re.compile(
    r"\b(?:"
    + "|".join(
        (
            r"py" + r"pi\.org",
            r"pythonhosted" + r"\.org",
            r"registry\.npm" + r"js",
            r"proxy\.go" + r"lang",
            r"art" + r"ifactory",
        )
    )
    + r")\b"
)
# in quotes it is the code of a currency
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|(?<!\")X" + r"XX(?!\"))\b")


def _tracked() -> list[Path]:
    """What git tracks, or would: also files that are about to be added."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _texts() -> list[tuple[str, str]]:
    found = []
    for path in _tracked():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")))
        except UnicodeDecodeError:  # a test's binary input
            continue
    return found


def _anchors(text: str) -> set[str]:
    """The fragments that the headings of a Markdown text can be linked by."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_between_documents_resolve() -> None:
    broken = []
    for name, text in _texts():
        if not name.endswith(".md"):
            continue
        for target in LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, fragment = target.partition("#")
            file = (ROOT / name).parent / path if path else ROOT / name
            if not file.exists() or (fragment and fragment not in _anchors(file.read_text("utf-8"))):
                broken.append(f"{name}: {target}")
    assert broken == []


def test_nothing_names_a_path_of_some_machine() -> None:
    assert [f"{name}: {found[0]}" for name, text in _texts() if (found := MACHINE.search(text))] == []


def test_nothing_names_a_package_registry() -> None:
    assert [f"{name}: {found[0]}" for name, text in _texts() if (found := REGISTRIES.search(text))] == []


def test_nothing_is_left_to_do() -> None:
    assert [name for name, text in _texts() if name.startswith("odw/") and UNFINISHED.search(text)] == []
