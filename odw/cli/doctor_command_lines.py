"""``odw doctor`` for people: a line each, ✅ or ❌, and after a ❌ what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

GOOD, BAD, NEITHER = "✅", "❌", "—"


def doctor_lines(report: Mapping[str, Any]) -> Iterator[str]:
    """The report in sections, the verdict last."""
    odw = report["odw"]
    yield f"odw {odw['version']}, Python {odw['python']}, trio {odw['trio']}, {odw['platform']}"
    yield ""
    yield "Executors"
    yield from (f"  {_executor(executor)}" for executor in report["executors"])
    yield f"  {_default(report['default'])}"
    if report["providers"]:
        yield ""
        yield "Providers of bamboo"
        yield from (f"  {_provider(provider)}" for provider in report["providers"])
    yield ""
    yield "Project"
    yield f"  {_file(report['projectFile'])}"
    yield from (f"  {line}" for line in _settings(report["settings"]))
    yield f"  {_git(report['git'])}"
    yield f"  {_disk(report['disk'])}"
    yield ""
    yield "Machine"
    yield f"  {_machine(report['machine'])}"
    yield f"  {_terminal(report['terminal'])}"
    yield ""
    yield _verdict(report)


def _executor(executor: Mapping[str, Any]) -> str:
    name, use = executor["name"], executor["use"]
    words = [name if use in (name, "command") else f"{name} ({use})"]
    if executor["state"] != "ready":
        return f"{words[0]} {BAD} {executor['problem']}: {executor['next']}"
    words.append(GOOD)
    words += [str(executor[key]) for key in ("version", "program", "provider", "model") if executor[key]]
    told = executor["login"] or ", ".join(executor["keys"])
    if told:
        words.append(f"({told})")
    if executor["missingKeys"]:
        words.append(f"without {', '.join(executor['missingKeys'])}")
    return " ".join(words)


def _provider(provider: Mapping[str, Any]) -> str:
    name = provider["name"]
    if provider["ready"] is None:
        return f"{name} {NEITHER} {provider['baseUrl']}, which is not asked"
    return (
        f"{name} {GOOD} ({provider['key'] or provider['baseUrl']})"
        if provider["ready"]
        else f"{name} {BAD} {provider['next']}"
    )


def _default(default: Mapping[str, Any]) -> str:
    if default["executor"] is None:
        return f"default {BAD} {default['problem']}: {default['next']}"
    words = f"{default['executor']}: {default['why']}"
    return (
        f"default {GOOD} {words}"
        if default["ready"]
        else f"default {BAD} {words}; {default['problem']}: {default['next']}"
    )


def _file(file: Mapping[str, Any]) -> str:
    if not file["valid"]:
        return f"odw.toml {BAD} {file['problem']}: {file['next']}"
    return f"odw.toml {GOOD} {file['path']}" if file["path"] else f"odw.toml {NEITHER} none"


def _settings(settings: Mapping[str, Any]) -> Iterator[str]:
    if settings["problem"] is not None:
        yield f"settings {BAD} {settings['problem']}: {settings['next']}"
        return
    chosen = settings["concurrency"]
    narrow = "".join(f", {name} {limit}" for name, limit in chosen["perRuntime"].items())
    yield f"concurrency {GOOD} {chosen['value']} ({chosen['why']}){narrow}"
    for name, setting in settings["values"].items():
        if setting["origin"] != "default" and name != "concurrency":
            yield f"{name} {GOOD} {setting['value']} ({setting['origin']})"


def _git(git: Mapping[str, Any]) -> str:
    if git["worktrees"]:
        return f"git {GOOD} {git['version']}, worktrees can be had in {git['repository']}"
    step = f": {git['next']}" if git["next"] else ""
    if git["version"] is None:
        return f"git {BAD} {git['problem']}{step}"
    return f"git {NEITHER} {git['version']}, no worktrees: {git['problem']}{step}"


def _disk(disk: Mapping[str, Any]) -> str:
    free = "" if disk["freeBytes"] is None else f", {_bytes(disk['freeBytes'])} free"
    if disk["problem"] is not None:
        return f"disk {BAD} {disk['path']}{free}, {disk['problem']}: {disk['next']}"
    return f"disk {GOOD} {disk['path']}{free}"


def _machine(machine: Mapping[str, Any]) -> str:
    cores, usable = machine["cores"], machine["usableCores"]
    words = f"cores {cores}" + (f", {usable} of them for odw" if usable != cores else "")
    free, memory = machine["freeMemoryBytes"], machine["memoryBytes"]
    if memory is not None:
        words += f"; memory {_bytes(memory)}" + (f", {_bytes(free)} free" if free is not None else "")
    return words


def _terminal(terminal: Mapping[str, Any]) -> str:
    if not terminal["stdout"]:
        return "terminal — standard output is none: progress in plain lines"
    kind = "colours" if terminal["colour"] else "no colours"
    text = "UTF-8" if terminal["utf8"] else f"{BAD} the locale is not UTF-8: set LANG=C.UTF-8"
    return f"terminal {GOOD} {terminal['term'] or 'unknown'}, {terminal['width']} columns, {kind}, {text}"


def _verdict(report: Mapping[str, Any]) -> str:
    ready = [executor["name"] for executor in report["executors"] if executor["state"] == "ready"]
    if report["ok"]:
        others = [name for name in ready if name != "pandacode"]  # it only runs others, odw's own above all
        ready = others or ready
        return f"{GOOD} Agents can run, with {', '.join(ready)}."
    if ready:
        return f"{BAD} No run can start until what is marked under Project is mended."
    return f"{BAD} No executor can answer yet; --backend mock needs none."


def _bytes(count: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if count >= 10 or unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
