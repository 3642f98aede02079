"""A name or path becomes a workflow that can run: the one place where front end and runtime are put together.

Contract, section 4: names are looked up in ``.odw/workflows/`` then ``.claude/workflows/``, from the project's directory up to the
repository's root, then in the same two under the home directory; as ``<name>.js``, ``odw-<name>.js``, ``<name>.py``, then by ``meta.name``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from odw.errors import OdwError, UsageError
from odw.runtime.abc import ABSENT, Backend, EventSink
from odw.runtime.options import RunOptions, RunOutcome
from odw.settings import Settings
from odw.settings_file import up_to_root
from odw.transpile.driver import compile_script
from odw.transpile.emit import CompiledScript
from odw.transpile.source import Source, load_source

if TYPE_CHECKING:
    from odw.transpile.host_defined.program import ScriptProgram

# no slashes, no control characters, no lone surrogates; and short enough for a file's name in any encoding
_NAME = re.compile(r"(?!\.\.?\Z)[^/\\\x00-\x1f\ud800-\udfff]{1,60}\Z")
FOLDERS = (".odw/workflows", ".claude/workflows")


class Loader:
    """Finds and compiles workflows for one project (an absolute directory)."""

    def __init__(self, project: Path, settings: Settings, home: Path | None = None) -> None:
        self._project = project
        self._home = home
        self._limit = settings.value_of("max_script_bytes")
        self._cache = None if settings.value_of("no_cache") else Path(settings.value_of("cache_dir"))

    def load(self, word: str, stdin: bytes | None = None) -> ScriptProgram:
        """The workflow at a path, of a name, or (``-``) in ``stdin``. Raises UsageError or ScriptRejected."""
        if word == "-":
            return self.load_text(stdin or b"", "<stdin>", self._project)
        path = self._path_of(word)
        source = self._read(path, word if path == Path(word) else str(path))
        return self._program(source, path.resolve().parent)

    def load_text(self, data: bytes, shown: str, base: Path) -> ScriptProgram:
        """The workflow in ``data``; messages call it ``shown``, its sub-workflows are found from ``base``."""
        return self._program(load_source(data, shown, max_bytes=self._limit), base)

    def _program(self, source: Source, base: Path) -> ScriptProgram:
        from odw.transpile.host_defined.program import ScriptProgram

        compiled = self.compile(source)

        def load_child(reference: str, is_path: bool) -> CompiledScript:
            return self._load_child(reference, is_path, base)

        return ScriptProgram(compiled, source.text, load_child)

    def compile(self, source: Source) -> CompiledScript:
        """Compile, through the cache where there is one."""
        return compile_script(source, cache=self._cache)

    def names(self) -> dict[str, Path]:
        """Every saved workflow by its file's name, the nearest first."""
        found: dict[str, Path] = {}
        for folder in self._folders():
            for path in sorted(folder.glob("*.js")) + sorted(folder.glob("*.py")):
                found.setdefault(path.stem.removeprefix("odw-"), path)
        return found

    def _path_of(self, word: str) -> Path:
        path = Path(word)
        if path.exists() or os.sep in word or path.suffix in (".js", ".mjs", ".cjs", ".ts", ".py"):
            return path
        return self._find(word)

    def _find(self, name: str) -> Path:
        if not _NAME.match(name):
            raise UsageError(
                f"not a workflow's name: {name[:80]!r}",
                hint="A name has no slashes; for a file use {scriptPath}.",
            )
        for folder in self._folders():
            for file in (f"{name}.js", f"odw-{name}.js", f"{name}.py"):
                if (folder / file).is_file():
                    return folder / file
        for path in self.names().values():
            if path.suffix == ".js" and self._meta_name(path) == name:
                return path
        known = sorted(self.names())
        from odw.diagnostics import closest

        meant = closest(name, known)
        advice = f"Did you mean {meant}? " if meant else ""
        listing = f"Known: {', '.join(known)}." if known else f"None is saved in {' or '.join(FOLDERS)}."
        raise UsageError(f"unknown workflow: {name}", hint=f"{advice}{listing}")

    def _meta_name(self, path: Path) -> str | None:
        from odw.transpile.analyze.meta import read_meta
        from odw.transpile.syntax import parse

        try:
            source = self._read(path, str(path))
            return read_meta(parse(source), source).name
        except OdwError:  # a file that does not parse has no name; running it by path says what is wrong
            return None

    def _folders(self) -> Iterator[Path]:
        seen: set[Path] = set()
        for base in [*up_to_root(self._project), self._home or Path.home()]:
            for name in FOLDERS:
                folder = base / name
                if folder not in seen and folder.is_dir():
                    seen.add(folder)
                    yield folder

    def _load_child(self, reference: str, is_path: bool, base: Path) -> CompiledScript:
        """A sub-workflow; a path is relative to the project, else to the script that calls, and stays inside either."""
        path = self._inside(reference, base) if is_path else self._find(reference)
        return self.compile(self._read(path, reference if is_path else path.name))

    def _inside(self, reference: str, base: Path) -> Path:
        roots = (self._project.resolve(), base)
        try:
            candidates = [(root, (root / reference).resolve()) for root in roots]
            inside = [path for root, path in candidates if path.is_relative_to(root)]
            if inside:
                return next((path for path in inside if path.is_file()), inside[0])
        except (OSError, ValueError):  # a null byte, a lone surrogate, a name longer than the file system's
            raise UsageError(f"not a path: {reference[:80]!r}") from None
        raise UsageError(f"the path {reference!r} leads out of the project")

    def _read(self, path: Path, shown: str) -> Source:
        if path.suffix == ".py":
            raise UsageError(
                f"{shown}: workflows in Python come with a later version",
                hint="This version runs JavaScript workflows.",
            )
        return load_source(str(path), shown, max_bytes=self._limit)


def run_workflow(
    program: ScriptProgram, options: RunOptions, backend: Backend, sink: EventSink | None = None
) -> RunOutcome:
    """Run a loaded workflow to its end."""
    from odw.runtime.run import run_program

    return run_program(program, options, backend, sink)


__all__ = ["ABSENT", "Loader", "run_workflow"]
