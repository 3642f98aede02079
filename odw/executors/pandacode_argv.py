"""pandacode's command line: which of its runtimes is meant, which program, which words, and which of odw's variables. No I/O
but a look for the program."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from odw.errors import ExecutorError
from odw.executors._profile import PERMISSIONS, Profile
from odw.executors._wishes import Wishes
from odw.runtime.abc import CallRequest

PROGRAM = "ODW_PANDACODE_BIN"
DEPTH = "ODW_TASK_DEPTH"
DEEPEST = 4  # how often pandacode may start odw that starts pandacode
ANSWER = (
    "Nobody can answer: this runs unattended. Decide by yourself what is best within the task, say what you assumed, "
    "and go on to the end without further questions."
)

# By which words in a model's name a call that names no runtime of pandacode's finds one.
_MODELS = (
    ("claude", re.compile(r"claude|opus|sonnet|haiku|fable", re.IGNORECASE)),
    ("bamboo", re.compile(r"deepseek|kimi|moonshot|qwen|glm|minimax|mimo|step-?\d|llama|mistral", re.I)),
)  # fmt: skip
# A call's runtime, when pandacode is to choose: ``agent()`` without one, or an alias of odw.toml.
_NOT_ITS_OWN = ("opencode", "gemini", "command")
# bamboo's providers; a key of another one is named after it in the same way.
PROVIDERS = ("deepseek", "kimi", "qwen", "zhipu", "minimax", "xiaomi", "stepfun")
_VARIABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "codex": (("OPENAI_API_KEY", "OPENAI_BASE_URL", "CODEX_HOME", "CODEX_API_KEY"), ()),
    "claude": (("IS_SANDBOX", "DISABLE_TELEMETRY"), ("ANTHROPIC_", "CLAUDE_")),
}


class Task(NamedTuple):
    """What pandacode is asked for one attempt. ``timeout_ms`` is None when odw has no deadline of its own."""

    runtime: str
    action: str
    session: str
    cwd: str
    model: str | None
    effort: str | None
    provider: str | None
    permission: str | None
    timeout_ms: int | None
    env: Mapping[str, str]


def task_of(request: CallRequest, wishes: Wishes, runtimes: tuple[str, ...], timeout_s: float | None) -> Task:
    """The request as a task. Raises ExecutorError (configuration) for what pandacode has not."""
    runtime = _runtime(request.runtime, wishes, runtimes)
    if wishes.provider is not None and runtime != "bamboo":
        raise _refused(
            f"provider {wishes.provider!r}: pandacode's {runtime} has no providers; they are bamboo's",
            "Leave out provider, or give runtime: 'bamboo'.",
        )
    if wishes.permission is not None and wishes.permission not in PERMISSIONS:
        raise _refused(
            f"permission: expected one of {', '.join(PERMISSIONS)}, found {wishes.permission!r}", ""
        )
    action = request.options.get("action") or "exec"
    if action not in ("exec", "resume"):
        raise _refused(f"action: expected 'exec' or 'resume', found {action!r}", "")
    given = request.options.get("session")
    if action == "resume" and not given:
        raise _refused("action 'resume' needs the session that it is to go on with", "Add session: 'NAME'.")
    return Task(
        runtime,
        action,
        _session(request, given),
        request.cwd,
        wishes.model,
        wishes.effort,
        wishes.provider,
        wishes.permission,
        _timeout_ms(request.options, timeout_s),
        wishes.env,
    )


def first_line(task: Task, task_file: str) -> list[str]:
    """The words that start the task."""
    words = [task.runtime, task.action]
    if task.provider is not None:
        words += ["--provider", task.provider]
    words += ["--cd", task.cwd, "--session", task.session, "--task-file", task_file, "--json"]
    if task.action == "resume":
        words.append("--wait")
    for flag, value in (("--model", task.model), ("--effort", task.effort)):
        words += [] if value is None else [flag, value]
    if task.timeout_ms is not None:
        words += ["--timeout-ms", str(task.timeout_ms)]
    if task.permission is not None:
        words += ["--permission", task.permission]
    return words


def answer_line(task: Task, session: str) -> list[str]:
    """The words that answer the agent's question, and wait for what comes of it."""
    return [task.runtime, "answer", "--cd", task.cwd, "--session", session, "--text", ANSWER, "--wait", "--json"]  # fmt: skip


def program_words(profile: Profile, environ: Mapping[str, str]) -> list[str]:
    """The profile's ``program``, ODW_PANDACODE_BIN, the one beside odw's own program, or whatever PATH has."""
    if profile.program:
        return list(profile.program)
    named = environ.get(PROGRAM)
    if named:
        return [named]
    for own in (sys.argv[0], sys.executable):
        beside = os.path.join(os.path.dirname(os.path.abspath(own)), "pandacode")  # noqa: PTH100, PTH118, PTH120
        if own and os.access(beside, os.X_OK) and os.path.isfile(beside):  # noqa: PTH113
            return [beside]
    return ["pandacode"]


def variables(task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names, and beginnings of names, of odw's variables that pandacode's runtime needs: no other runtime's keys."""
    if task.runtime in _VARIABLES:
        names, prefixes = _VARIABLES[task.runtime]
        return names, ("PANDACODE_HOME", "PANDACODE_CONFIG", *prefixes)
    providers = PROVIDERS if task.provider is None else (task.provider,)
    return (), (
        "PANDACODE_",
        *(f"{name.upper().replace('-', '_')}_{end}" for name in providers for end in ("API_KEY", "BASE_URL")),
    )


def child_depth(environ: Mapping[str, str]) -> str:
    """How deep the program to be started is among those that odw and pandacode have started in turn."""
    found = environ.get(DEPTH, "0")
    depth = int(found) + 1 if found.isdecimal() else 1
    if depth > DEEPEST:
        raise _refused(
            "pandacode starts odw, which starts pandacode again, and so on",
            "odw.toml must not make pandacode the executor behind codex, claude or bamboo.",
        )
    return str(depth)


def _runtime(named: str, wishes: Wishes, runtimes: tuple[str, ...]) -> str:
    if named in runtimes:
        return named
    if named in _NOT_ITS_OWN:
        raise _refused(
            f"pandacode runs {', '.join(runtimes)}; found runtime {named!r}",
            "Choose one of these, or run without --backend pandacode.",
        )
    if wishes.provider is not None:
        return "bamboo"
    for runtime, words in _MODELS:
        if wishes.model is not None and words.search(wishes.model):
            return runtime
    return "codex"


def _session(request: CallRequest, given: Any) -> str:
    """The author's name, else one that no other attempt has."""
    if given is None or given == "":
        return "odw-" + (request.tag.strip(".").replace(".", "-") or f"{request.index}-{request.attempt}")
    if not isinstance(given, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", given):
        raise _refused(
            f"session: expected up to 128 letters, digits, dots, dashes and underscores, found {given!r}", ""
        )
    return given


def _timeout_ms(options: Mapping[str, Any], timeout_s: float | None) -> int | None:
    for name, factor in (("timeoutMs", 1), ("timeout", 1000)):
        value = options.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e12:
            return max(1, int(value * factor))
    return None if timeout_s is None else max(1, int(timeout_s * 1000))


def _refused(message: str, hint: str) -> ExecutorError:
    return ExecutorError(message, category="configuration", hint=hint)
