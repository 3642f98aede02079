"""Runs a workflow script on the mock executor, and in Node with the same answers, and gives both in one shape to compare."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from script_runs import recorded_mock

from odw.errors import InternalError
from odw.loader import Loader, run_workflow
from odw.runtime.abc import ABSENT, CallRequest
from odw.runtime.fakes import EventList
from odw.runtime.options import RunOptions
from odw.settings import load_settings

HOST = Path(__file__).parent / "host.mjs"


def run_in_odw(path: Path, args: Any = ABSENT, mock: Any = None, **options: Any) -> dict[str, Any]:
    """``{result | error, logs, calls, answers, cwd}`` of one run of the script at ``path``; ``mock`` answers for the mock."""
    recorder, backend = recorded_mock(mock)
    sink = EventList()
    settings = load_settings(environ={"ODW_NO_CACHE": "1"})
    with tempfile.TemporaryDirectory() as project:
        program = Loader(path.parent, settings, Path(project)).load(str(path))
        outcome = run_workflow(program, RunOptions(project, args, **options), backend, sink)
        ended = {event["index"]: event for event in sink.of("agent_done")}
        asked = [request for request in recorder.requests if request.attempt == 1]
        answers = [_answer(request, ended.get(request.index), outcome.run_dir) for request in asked]
    calls = [{"prompt": r.prompt, "label": _given_label(r), "phase": r.phase} for r in asked]
    ran: dict[str, Any] = {"logs": _own_logs(sink.logs), "calls": calls, "answers": answers, "cwd": project}
    assert not isinstance(outcome.error, InternalError), repr(outcome.error.__cause__)
    if outcome.error is None:
        ran["result"] = outcome.result
    else:
        ran["error"] = outcome.error.message
    return ran


def run_in_node(jobs: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same of host.mjs, by job id; one process for all. A job is ``{id, source, args?, answers, children?}``."""
    done = subprocess.run(
        ["node", str(HOST)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogatepass",
        timeout=300,
        check=True,
    )
    return {ran["id"]: ran for ran in map(json.loads, done.stdout.rstrip("\n").split("\n"))}


def job_of(name: str, path: Path, ran: dict[str, Any], args: Any = ABSENT) -> dict[str, Any]:
    """What Node needs to run the script again with the answers of ``ran``."""
    job: dict[str, Any] = {
        "id": name,
        "source": path.read_bytes().decode("utf-8"),
        "answers": ran["answers"],
        "cwd": ran["cwd"],
    }
    if args is not ABSENT:
        job["args"] = args
    return job


def differences(odw: dict[str, Any], node: dict[str, Any]) -> list[str]:
    """What the two runs disagree on, one line each."""
    found = [f"host: {node['hostError']}"] if "hostError" in node else []
    found += [f"{key}\n  odw  {odw.get(key, ABSENT)!r}\n  node {node.get(key, ABSENT)!r}" for key in ("result", "error")
              if _text(odw.get(key)) != _text(node.get(key)) or (key in odw) != (key in node)]  # fmt: skip
    for key in ("logs", "calls"):
        mine, theirs = odw[key], node[key]
        if key == "logs":
            theirs = _own_logs(theirs)
        for number in range(max(len(mine), len(theirs))):
            here = mine[number] if number < len(mine) else None
            there = theirs[number] if number < len(theirs) else None
            if here != there:
                found.append(f"{key}[{number}]\n  odw  {here!r}\n  node {there!r}")
                break
    return found


def _text(value: Any) -> str:
    """With the order of keys, and 1 apart from true."""
    return json.dumps(value, ensure_ascii=False)


def _given_label(request: CallRequest) -> Any:
    label = request.options.get("label")
    return label if label is None or isinstance(label, str) else json.dumps(label)


def _answer(request: CallRequest, done: dict[str, Any] | None, run_dir: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"prompt": request.prompt, "label": _given_label(request)}
    if done is None:
        return answer | {"unfinished": True}
    answer["tokens"] = done["usage"]["output"]
    if not done["ok"]:
        return answer | {"failed": f"[{request.label}] failed: {done['error']['message']}"}
    if "resultRef" in done:
        return answer | {"result": json.loads((Path(run_dir) / done["resultRef"]).read_text("utf-8"))}
    return answer | {"result": done["result"]}


def _own_logs(logs: list[str]) -> list[str]:
    """Without the lines about rejections that nobody handled, which Node's host does not write."""
    return [line for line in logs if not line.startswith("[warn] unhandled rejection")]
