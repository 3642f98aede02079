"""``odw report RUN|SCRIPT``: the page of a run, or of what a script would do; also as Mermaid, JSON, Markdown, or live."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.cli.launch import project_of
from odw.cli.terminal import note, say, show_error
from odw.errors import UsageError

if TYPE_CHECKING:
    from odw.report.source import Source

_SCRIPTS = (".js", ".mjs", ".cjs", ".ts", ".py")
_SUFFIXES = {"html": ".html", "mermaid": ".mmd", "json": ".json", "md": ".md"}


def report_command(values: dict[str, Any]) -> int:
    """``odw report``; the exit code is about the report, not about the run."""
    run, script = _targets(values)
    if values["live"]:
        if script is not None:
            raise UsageError(
                "--live follows a run; a script's dry run is over at once", hint="Leave out --live."
            )
        return _live(values, run or "latest")
    if script is not None:
        source, name = _planned(values, script)
        _write(values, source, project_of(values) / ".odw" / "reports" / name)
    else:
        source, home = _recorded(values, run or "latest")
        _write(values, source, home / "report")
    return 0


def _targets(values: dict[str, Any]) -> tuple[str | None, str | None]:
    """The run or the script that is meant; both None for the latest run."""
    given = [name for name in ("target", "run", "script") if values[name] is not None]
    if len(given) > 1:
        raise UsageError("more than one thing to report on is given", hint="Give one RUN or one SCRIPT.")
    word = values["target"]
    if word is None:
        return values["run"], values["script"]
    path = Path(word)
    is_script = word == "-" or (path.suffix in _SCRIPTS and path.name != "events.jsonl" and not path.is_dir())
    if is_script or (not path.is_dir() and path.name != "events.jsonl" and _is_workflow(values, word)):
        return None, word
    return word, None


def _is_workflow(values: dict[str, Any], word: str) -> bool:
    """Whether no run has this name but a saved workflow does."""
    from odw.runtime.run_store import find_run

    try:
        find_run(project_of(values), word)
    except UsageError:
        from odw.cli.launch import Surroundings
        from odw.loader import Loader

        here = Surroundings(values, project_of(values))
        return word in Loader(here.project, here.settings).names()
    return False


def _recorded(values: dict[str, Any], word: str) -> tuple[Source, Path]:
    from odw.report.source import read_source
    from odw.runtime.run_store import find_run

    directory = find_run(project_of(values), word)
    return read_source(Path(directory.path)), Path(directory.path)


def _planned(values: dict[str, Any], word: str) -> tuple[Source, str]:
    """What a script would do, by a dry run; also where that does not come to its end."""
    from odw.cli.launch import Surroundings
    from odw.cli.terminal import show_findings
    from odw.cli.workflow_args import workflow_args
    from odw.loader import ABSENT, Loader
    from odw.report.source import planned_source
    from odw.runtime import events
    from odw.runtime.dry_run import dry_run

    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    here = Surroundings(values, project_of(values))
    program = Loader(here.project, here.settings).load(word, sys.stdin.buffer.read() if word == "-" else None)
    show_findings(program.diagnostics)
    done = dry_run(program, here.options(args, program.meta), here.mock())
    if done.error is None:
        ending = events.workflow_done(program.name, done.result, len(done.calls), {})
    else:
        show_error(done.error)
        note("the dry run did not come to its end: there may be more calls than these")
        ending = events.workflow_error(program.name, done.status, done.error.message)
    source = planned_source(
        program.name,
        word,
        program.source,
        None if args is ABSENT else args,
        [*done.events, ending],
        done.status,
    )
    name = "".join(char if char.isalnum() or char in "-_." else "-" for char in program.name)[:60].strip(".")
    return source, name or "workflow"


def _write(values: dict[str, Any], source: Source, default: Path) -> None:
    """``default`` has no suffix yet. What is no page goes to standard output where no file is named."""
    kind, output = values["format"], values["output"]
    if values["open"] and kind != "html":
        raise UsageError(f"--open shows the page, not {kind}", hint="Leave out --format.")
    text = _text(kind, source)
    if output == "-" or (output is None and kind != "html"):
        say(text.rstrip("\n"))
        return
    from odw.report.render import write_text

    path = default.with_name(default.name + _SUFFIXES[kind]) if output is None else Path(output)
    try:
        if output is None:
            path.parent.mkdir(0o700, parents=True, exist_ok=True)
        write_text(path, text)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    say(f"[odw] report={os.path.relpath(path)}")
    if values["open"]:
        import webbrowser

        webbrowser.open(path.absolute().as_uri())


def _text(kind: str, source: Source) -> str:
    if kind == "html":
        from odw.report.render import render

        return render(source)
    from odw.report.model import Model

    model = Model(source)
    if kind == "mermaid":
        return model.mermaid
    if kind == "md":
        from odw.report.markdown import markdown

        return markdown(model)
    from json import dumps

    return dumps(model.plain(), ensure_ascii=True, separators=(",", ":"))


def _live(values: dict[str, Any], word: str) -> int:
    from threading import Thread

    from odw.report.live import LiveReport
    from odw.runtime.run_store import find_run

    if values["format"] != "html" or values["output"] is not None:
        raise UsageError("--live writes no file", hint="Leave out --live, --output or --format.")
    live = LiveReport(Path(find_run(project_of(values), word).path))
    serving = Thread(target=live.serve, daemon=True)
    serving.start()
    say(live.url)
    note("anyone on this machine who has the address can read the run; Ctrl-C ends it")
    if values["open"]:
        import webbrowser

        webbrowser.open(live.url)
    try:
        serving.join()
    except KeyboardInterrupt:
        note("not served any more")
    finally:
        live.close()
    return 0
