"""A name or path becomes a workflow that can run: the one place where front end and runtime are put together.

Contract, section 4: names are looked up in ``.odw/workflows/`` then ``.claude/workflows/``, from the project's directory up to the
repository's root, then in the same two under the home directory; as ``<name>.js``, ``odw-<name>.js``, ``<name>.py``, then by ``meta.name``;
last among the patterns that come with odw.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.errors import OdwError, UsageError
from odw.runtime.abc import ABSENT, Backend, EventSink, HumanGate
from odw.runtime.options import RunOptions, RunOutcome
from odw.settings import Settings
from odw.settings_file import per_runtime, up_to_root
from odw.transpile.driver import compile_script
from odw.transpile.emit import CompiledScript
from odw.transpile.source import Source, load_source

if TYPE_CHECKING:
    from odw.dsl.children import LoadChild
    from odw.dsl.program import PythonProgram
    from odw.dsl.workflows import Workflow
    from odw.transpile.host_defined.program import ScriptProgram
    from odw.transpile.host_defined.subworkflows import Guest

    WorkflowProgram = ScriptProgram | PythonProgram

# no slashes, no control characters, no lone surrogates; and short enough for a file's name in any encoding
_NAME = re.compile(r"(?!\.\.?\Z)[^/\\\x00-\x1f\ud800-\udfff]{1,60}\Z")
FOLDERS = (".odw/workflows", ".claude/workflows")
PATTERNS = Path(__file__).with_name("patterns") / "javascript"


class Loader:
    """Finds and compiles workflows for one project (an absolute directory)."""

    def __init__(self, project: Path, settings: Settings, home: Path | None = None) -> None:
        self._project = project
        self._home = home
        self._limit = settings.value_of("max_script_bytes")
        self._cache = None if settings.value_of("no_cache") else Path(settings.value_of("cache_dir"))

    def load(self, word: str, stdin: bytes | None = None, workflow: str | None = None) -> WorkflowProgram:
        """The workflow at a path, of a name, or (``-``) in ``stdin``; of a Python file that has several, the one named ``workflow``.

        ``file.py:name`` says both at once. Raises UsageError, ScriptRejected, WorkflowError.
        """
        if word == "-":
            return self.load_text(stdin or b"", "<stdin>", self._project)
        file, colon, name = word.rpartition(":")
        if colon and file.endswith(".py"):
            word, workflow = file, workflow or name
        path = self.path_of(word)
        shown = word if path == Path(word) else str(path)
        if path.suffix == ".py":
            return self.load_text(self._bytes(path, shown), shown, path.resolve().parent, workflow)
        return self._program(self._read(path, shown), path.resolve().parent)

    def load_text(self, data: bytes, shown: str, base: Path, workflow: str | None = None) -> WorkflowProgram:
        """The workflow in ``data``; messages call it ``shown``, its sub-workflows are found from ``base``.

        It is Python if ``shown`` ends like it.
        """
        if shown.endswith(".py"):
            from odw.dsl.modules import load_program

            return load_program(data, shown, base, self._load_for_python(base), workflow)
        return self._program(load_source(data, shown, max_bytes=self._limit), base)

    def _load_for_python(self, base: Path) -> LoadChild:
        def load_child(reference: str, is_path: bool) -> Any:
            path = self._child_path(reference, is_path, base)
            shown = reference if is_path else path.name
            if path.suffix == ".py":
                from odw.dsl.modules import load_workflow

                return load_workflow(self._bytes(path, shown), shown, path)
            from odw.transpile.host_defined.guest import ScriptGuest

            return ScriptGuest(self.compile(self._read(path, shown)))

        return load_child

    def _program(self, source: Source, base: Path) -> ScriptProgram:
        from odw.transpile.host_defined.program import ScriptProgram

        compiled = self.compile(source)

        def load_child(reference: str, is_path: bool) -> CompiledScript | Guest:
            path = self._child_path(reference, is_path, base)
            shown = reference if is_path else path.name
            if path.suffix == ".py":
                from odw.dsl.guest import PythonGuest
                from odw.dsl.modules import load_workflow

                return PythonGuest(load_workflow(self._bytes(path, shown), shown, path))
            return self.compile(self._read(path, shown))

        return ScriptProgram(compiled, source.text, load_child)

    def compile(self, source: Source) -> CompiledScript:
        """Compile, through the cache where there is one."""
        return compile_script(source, cache=self._cache)

    def names(self) -> dict[str, Path]:
        """Every saved workflow by its file's name, the nearest first, then the patterns."""
        found: dict[str, Path] = {}
        for folder in (*self._folders(), PATTERNS):
            for path in sorted(folder.glob("*.js")) + sorted(folder.glob("*.py")):
                found.setdefault(path.stem.removeprefix("odw-"), path)
        return found

    def path_of(self, word: str) -> Path:
        """The file that a path or a saved name means; a path is given back whether there is a file or not. Raises UsageError."""
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
        saved = self.names()
        for path in saved.values():
            if path.suffix == ".js" and path.parent != PATTERNS and self._meta_name(path) == name:
                return path
        if name in saved:
            return saved[name]
        from odw.diagnostics import closest

        meant = closest(name, sorted(saved))
        advice = f"Did you mean {meant}? " if meant else ""
        own, patterns = (
            ", ".join(sorted(known for known, path in saved.items() if (path.parent == PATTERNS) is shipped))
            for shipped in (False, True)
        )
        listing = f"Known: {own}" if own else f"None is saved in {' or '.join(FOLDERS)}"
        raise UsageError(f"unknown workflow: {name}", hint=f"{advice}{listing}; with odw come {patterns}.")

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

    def _child_path(self, reference: str, is_path: bool, base: Path) -> Path:
        """A sub-workflow; a path is relative to the project, else to the script that calls, and stays inside either."""
        return self._inside(reference, base) if is_path else self._find(reference)

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
        return load_source(str(path), shown, max_bytes=self._limit)

    def _bytes(self, path: Path, shown: str) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise UsageError(f"{shown} cannot be read: {error.strerror}") from None


def run_workflow(
    program: WorkflowProgram, options: RunOptions, backend: Backend, sink: EventSink | None = None
) -> RunOutcome:
    """Run a loaded workflow to its end."""
    from odw.runtime.run import run_program

    return run_program(program, options, backend, sink)


def run(
    workflow: Workflow[Any, Any],
    args: Any = ABSENT,
    *,
    backend: str | Backend = "native",
    project: str | Path = ".",
    resume: str | None = None,
    run_id: str | None = None,
    model: str | None = None,
    effort: str | None = None,
    budget: str | None = None,
    concurrency: int | None = None,
    max_agents: int | None = None,
    on_failure: str | None = None,
    timeout: float | None = None,
    human: HumanGate | None = None,
    sink: EventSink | None = None,
) -> Any:
    """Run a ``@workflow`` from Python, with the journal, budget and settings that ``odw exec`` would give it; its result, as JSON.

    ``args`` is JSON, an object with the parameters by name; the other options are those of the command line, ``timeout`` in
    seconds for one call, ``resume`` the run to go on with ("latest" for the newest), ``human`` whom ``odw.human`` asks. Blocks; where an event loop is running use
    ``run_sync``. Raises UsageError, and the WorkflowError that the run ends with: a halt becomes one too.
    """
    outcome = run_outcome(
        workflow,
        args,
        backend,
        Path(project).absolute(),
        sink,
        {"concurrency": concurrency, "max_agents": max_agents, "on_failure": on_failure},
        {
            "resume": resume,
            "run_id": run_id,
            "model": model,
            "effort": effort,
            "budget": budget,
            "timeout": timeout,
        },
        human,
    )
    if outcome.error is not None:
        raise outcome.error
    return outcome.result


def run_sync(workflow: Workflow[Any, Any], args: Any = ABSENT, **options: Any) -> Any:
    """``run`` in a thread of its own, so that it works where asyncio or trio runs: ``await asyncio.to_thread(odw.run_sync, flow)``.

    Signals stay with the caller; to end such a run, ``odw stop``.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1, "odw run") as pool:
        return pool.submit(run, workflow, args, **options).result()


def run_outcome(
    workflow: Workflow[Any, Any],
    args: Any,
    backend: str | Backend,
    project: Path,
    sink: EventSink | None,
    settings: dict[str, Any],
    values: dict[str, Any],
    human: HumanGate | None = None,
) -> RunOutcome:
    """What a run of ``workflow`` comes to; ``settings`` are flags of ``settings.py``, ``values`` other options of the command line."""
    from odw.dsl.json_values import to_json
    from odw.dsl.modules import program_of
    from odw.executors.choice import choose_backend
    from odw.runtime.budget_limits import budget_limits
    from odw.runtime.run_store import find_run
    from odw.settings import load_settings
    from odw.settings_file import read_project_file

    file = read_project_file(project)
    known = load_settings(settings, toml=file)
    loader = Loader(project, known)
    program = program_of(workflow, project, loader._load_for_python)
    given = ABSENT if args is ABSENT else to_json(args, "odw.run(): the args")
    program.check_args(given)
    limits = budget_limits(values["budget"], given, program.meta, file)
    recorded = {
        name: value
        for name, value in {**settings, **values}.items()
        if value is not None and name not in ("resume", "run_id")
    }
    if isinstance(backend, str):
        recorded["backend"] = backend
        backend = choose_backend({"backend": backend}, file)
    resume = values["resume"]
    return run_workflow(
        program,
        run_options(
            project,
            known,
            file,
            args=given,
            budget=limits if any(limits) else None,
            model=values["model"],
            effort=values["effort"],
            timeout_ms=None if values["timeout"] is None else values["timeout"] * 1000,
            run_id=values["run_id"],
            resume_from=None if resume is None else find_run(project, resume).reference,
            recorded=recorded,
            human=human,
        ),
        backend,
        sink,
    )


def run_options(
    project: Path, settings: Settings, project_file: Mapping[str, Any], **more: Any
) -> RunOptions:
    """What settings and odw.toml say about a run; ``more`` are options of ``RunOptions`` that they do not have, or that win."""
    value_of = settings.value_of
    said: dict[str, Any] = {
        "concurrency": value_of("concurrency"),
        "max_agents": value_of("max_agents"),
        "max_attempts": value_of("max_attempts"),
        "on_failure": value_of("on_failure"),
        "slice_s": value_of("script_slice_s"),
        "memory_mb": value_of("script_memory_mb"),
        "max_value_mb": value_of("max_value_mb"),
        "policy": value_of("policy"),
        "budget_policy": value_of("budget_policy"),
        "fail_on": value_of("fail_on"),
        "grace_s": value_of("grace_s"),
        "per_runtime": per_runtime(project_file),
        "prices": project_file.get("prices", {}),
    }
    return RunOptions(str(project), **{**said, **more})


__all__ = ["ABSENT", "Loader", "run", "run_sync", "run_workflow"]
