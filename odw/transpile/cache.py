"""Compiled scripts on disk, so that a second run needs neither the parser nor the compiler.

An entry's name is the hash of the script, its file name, the compiler's version and Python's; its contents are a digest and
what it protects. An entry that is damaged, or a directory that others could write to, counts as no entry: code from
here is run.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from odw import __version__
from odw.diagnostics import Diagnostic, Span
from odw.transpile.emit import CompiledScript

if TYPE_CHECKING:
    from odw.transpile.source import Source

_SUFFIX: Final = ".odwc"
_KEPT: Final = 256  # entries before the oldest half is removed
_PARTS: Final = ("", "syntax", "analyze", "rules", "lower")


def key_of(source: Source) -> str:
    """The name of a script's entry: 64 hexadecimal digits."""
    digest = hashlib.sha256(compiler_version().encode())
    digest.update(source.file.encode("utf-8", "surrogatepass") + b"\0")
    digest.update(source.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def compiler_version() -> str:
    """A text that changes with the compiler: sizes and times of its files (some 80, under a millisecond), and Python's tag."""
    package = os.path.dirname(__file__)  # noqa: PTH120 - on the hot path
    seen = [__version__, str(sys.implementation.cache_tag), sys.version]
    for part in _PARTS:
        with os.scandir(os.path.join(package, part)) as entries:  # noqa: PTH118
            for entry in sorted(entries, key=lambda e: e.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    seen.append(f"{part}/{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return "\n".join(seen)


def read(directory: Path, key: str, source: Source) -> CompiledScript | None:
    """The compiled script, or None if there is no sound entry."""
    try:
        if not _is_private(directory):
            return None
        data = (directory / f"{key}{_SUFFIX}").read_bytes()
    except OSError:
        return None
    payload = memoryview(data)[32:]
    if hashlib.sha256(payload).digest() != data[:32]:
        return None
    try:
        code, meta, findings = marshal.loads(payload)
        diagnostics = tuple(_diagnostic(finding) for finding in findings)
    except (EOFError, ValueError, TypeError):
        return None
    return CompiledScript(code, meta, source.file, tuple(source.lines), diagnostics)


def write(directory: Path, key: str, compiled: CompiledScript) -> None:
    """Keep a compiled script. A directory that cannot be written costs nothing but the next compilation."""
    findings = [_flat(diagnostic) for diagnostic in compiled.diagnostics]
    payload = marshal.dumps((compiled.code, dict(compiled.meta), findings))
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(directory):
            return
        temporary = directory / f"{key}.{os.getpid()}.tmp"
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(hashlib.sha256(payload).digest() + payload)
        os.replace(temporary, directory / f"{key}{_SUFFIX}")  # noqa: PTH105 - atomic, and said so
        _prune(directory)
    except OSError:
        return


def _is_private(directory: Path) -> bool:
    """Only this user can write there."""
    status = directory.stat()
    owner = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return owner and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _prune(directory: Path) -> None:
    entries = [entry for entry in os.scandir(directory) if entry.name.endswith(_SUFFIX)]
    if len(entries) > _KEPT:
        entries.sort(key=lambda entry: entry.stat().st_mtime_ns)
        for entry in entries[: _KEPT // 2]:
            Path(entry.path).unlink(missing_ok=True)


def _flat(d: Diagnostic) -> tuple[object, ...]:
    span = (d.span.line, d.span.column, d.span.end_line, d.span.end_column)
    return (d.code, d.rule, d.severity, d.message, d.file, span, d.source_line, d.help)


def _diagnostic(flat: tuple[object, ...]) -> Diagnostic:
    code, rule, severity, message, file, span, source_line, help = flat
    return Diagnostic(code, rule, severity, message, file, Span(*span), source_line, help)  # type: ignore[arg-type, misc]
