"""Everything that a report shows, as one value: small facts ready to be drawn, large texts packed beside them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from odw import __version__
from odw.report.calls import COLUMNS, NAMED, CallTable, phase_name
from odw.report.cost import at_sites, causes, retried, shares
from odw.report.details import Details, pack
from odw.report.graph import Node, graph, graph_json
from odw.report.mermaid import mermaid
from odw.report.run_time import RunTime
from odw.report.source import Source
from odw.report.timeline import busy_ms, critical_path, parallelism
from odw.runtime.abc import Event
from odw.runtime.run_view import CallView, milliseconds

LINE = 4000  # characters of a log line


class Model:
    """A run taken apart once: the page, the JSON and the Markdown are made from this."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.view = source.view
        self.time = RunTime(self.view)
        self.table = CallTable(source, self.time)
        self.calls: list[CallView] = self.table.calls
        self.graph: Node = graph(self.view)

    @property
    def mermaid(self) -> str:
        return mermaid(self.graph, self.table.status)

    def facts(self) -> dict[str, Any]:
        """What is known of the run as a whole; times in milliseconds."""
        view, facts = self.view, self.source.facts
        critical = [] if self.source.planned else critical_path(self.calls)
        spans = {call.index: self.time.spans(call) for call in self.calls}
        on_path = sum(end - start for index in critical for start, end in spans[index])
        end = view.end or {}
        return {
            "id": view.run_id,
            "name": view.name,
            "status": self.source.status,
            "planned": self.source.planned,
            "message": str(end.get("message", "")),
            "backend": str(view.start.get("backend", "")),
            "script": str(view.start.get("script", "")),
            "concurrency": facts.get("concurrency"),
            "started": view.sessions[0].started if view.sessions and not self.source.planned else None,
            "ended": None if self.source.status in ("running", "paused") else view.moment,
            "wallMs": round(self.time.length),
            "busyMs": busy_ms(self.calls, self.time),
            "criticalMs": on_path,
            "critical": critical,
            "usage": list(view.usage),
            "cost": round(view.cost, 6) if any(call.cost is not None for call in self.calls) else None,
            "budget": facts.get("budget"),
            "census": {name: count for name, count in self._states().items() if count},
            "forkOf": facts.get("forkOf"),
            "damage": self.source.damage,
            "sessions": [
                {
                    "number": session.number,
                    "started": session.started,
                    "at": self.time.begin(session.number),
                    "status": session.status,
                    "changed": session.changed,
                }
                for session in view.sessions
            ],
        }

    def _states(self) -> dict[str, int]:
        states: dict[str, int] = {}
        for call in self.calls:
            status = self.table.status(call)
            states[status] = states.get(status, 0) + 1
        return states

    def sums(self) -> dict[str, Any]:
        """What was used by phase, model and executor; failures and retries by their causes."""
        status = self.table.status
        return {
            "phases": shares(self.calls, phase_name, self.time, status),
            "models": shares(self.calls, lambda call: call.model or "", self.time, status),
            "executors": shares(self.calls, lambda call: call.runtime or "", self.time, status),
            "causes": causes(self.calls, status),
            "retried": retried(self.calls),
        }

    def page(self) -> dict[str, Any]:
        """The data of the page."""
        details = Details(self.source)
        run = {
            "result": details.value((self.view.end or {}).get("result"), None),
            "script": self.source.script,
            "args": self.source.args,
        }
        starts, chunks = pack([details.of(call) for call in self.calls])
        return {
            "v": 1,
            "odw": __version__,
            "made": datetime.now(UTC).timestamp() * 1000,
            "run": self.facts(),
            "sums": self.sums(),
            "parallel": parallelism(self.calls, self.time),
            "columns": COLUMNS,
            "named": NAMED,
            "names": {name: names.names for name, names in self.table.names.items()},
            "sites": self.table.sites,
            "marks": at_sites(self.calls, self.table.status),
            "rows": self.table.rows,
            "graph": graph_json(self.graph),
            "mermaid": self.mermaid,
            "logs": [self._log(event) for event in self.view.logs],
            "chunkStarts": starts,
            "whole": pack([run])[1],
            "chunks": chunks,
        }

    def plain(self) -> dict[str, Any]:
        """The whole report as plain JSON, for other programs: ``{run, sums, calls, logs, result, mermaid}``."""
        details, names = Details(self.source), self.table.names
        calls = []
        for call, row in zip(self.calls, self.table.rows, strict=True):
            entry = dict(zip(COLUMNS, row, strict=True))
            for name in NAMED:
                entry[name] = None if entry[name] is None else names[name].names[entry[name]]
            entry["site"] = call.site
            calls.append({**entry, **details.of(call)})
        return {
            "v": 1,
            "odw": __version__,
            "run": self.facts(),
            "sums": self.sums(),
            "calls": calls,
            "logs": [
                dict(zip(("at", "kind", "text"), self._log(event), strict=True)) for event in self.view.logs
            ],
            "result": (self.view.end or {}).get("result"),
            "mermaid": self.mermaid,
        }

    def _log(self, event: Event) -> list[Any]:
        """``[when, kind, text]``."""
        kind = event["type"]
        if kind in ("log", "note"):
            text = str(event.get("message", ""))
        elif kind == "checkpoint":
            value = event.get("value")
            text = f"{event.get('name', '')}{'' if value is None else f': {value}'}"
        elif kind == "control":
            text = " ".join(str(event[name]) for name in ("command", "node") if event.get(name))
        else:
            text = f"{event.get('path', '')}[{event.get('item', '')}] failed: {event.get('message', '')}"
        moment = milliseconds(event.get("ts"))
        return [self.time.at(moment, len(self.view.sessions)), kind, text[:LINE]]
