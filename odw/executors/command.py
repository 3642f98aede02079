"""The command executor: any program that odw.toml declares as ``[executors.NAME]`` (docs/executors.md).

The prompt reaches it on standard input or in a file that only the user may read, never on the command line, which has a
limit and which every user of the machine can see.
"""

from __future__ import annotations

import json
import os
import re
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import trio

from odw.errors import ExecutorError
from odw.executors._process import Ended, Limits, run_process
from odw.executors._prompt import prompt_text
from odw.executors._stream import TAIL, decode
from odw.executors.command_answer import Answer, Spent, answer_of
from odw.executors.command_argv import command_line, environment
from odw.executors.command_config import CommandConfig
from odw.runtime.abc import ABSENT, CallRequest, Capabilities, Emit, Failure, Report
from odw.runtime.events import usage_json
from odw.runtime.retry import CATEGORIES

NEWS_EVERY_S = (
    5.0  # a sign of life in the journal at most so often, unless the call may not be silent for so long
)
NEWS_LENGTH = 300
SHOWN_LINES = 5
SHOWN_LENGTH = 800


class CommandExecutor:
    """One declared program."""

    def __init__(self, config: CommandConfig) -> None:
        self.name = config.name
        self.capabilities = Capabilities(native_schema=config.native_schema, processes=True)
        self._config = config

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError if the program cannot be started."""
        config = self._config
        prompt = prompt_text(request, native_schema=config.native_schema).encode("utf-8", "replace")
        spent = Spent(config, lambda: emit(_usage_event(spent)))
        answer = answer_of(config, spent)
        news = _News(emit, answer, _pace(request), show=config.output == "text")
        with _files(config.argv, prompt, request.schema) as files:
            ended = await run_process(
                command_line(config.argv, request, files),
                news,
                env=environment(os.environ, config.pass_env, config.env),
                cwd=request.cwd,
                tag=request.tag,
                stdin=prompt if config.stdin == "prompt" else None,
                limits=Limits(config.timeout_s, config.idle_s),
                on_stderr=news.show,
            )
        return _report(config, request, ended, answer, spent)


def _report(
    config: CommandConfig, request: CallRequest, ended: Ended, answer: Answer, spent: Spent
) -> Report:
    failure = _failure(config, ended, answer)
    if failure is not None:
        text = answer.text[-TAIL:]
        return Report(text, ABSENT, spent.usage, spent.cost, request.model, error=failure)
    found = answer.value
    if isinstance(found, str):
        return Report(found, ABSENT, spent.usage, spent.cost, request.model)
    text = json.dumps(found, ensure_ascii=False)
    value = found if request.schema is not None else ABSENT
    return Report(text, value, spent.usage, spent.cost, request.model)


def _failure(config: CommandConfig, ended: Ended, answer: Answer) -> Failure | None:
    if ended.stopped is not None:
        stopped = ended.stopped
        return stopped._replace(message=f"{config.argv[0]}: {stopped.message}{_last_words(ended, '')}")
    category, said = "crash", answer.text
    if ended.signal is not None:
        what = f"killed by {_signal_name(ended.signal)}"
    elif ended.code:
        what = f"exit status {ended.code}"
        if ended.code in config.exit_codes:
            category = config.exit_codes[ended.code]
            what += f" ({category})"
    elif answer.value is ABSENT:
        what, said = f"exit status 0, but {answer.lacking}", ""
    else:
        return None
    return Failure(category, f"{config.argv[0]}: {what}{_last_words(ended, said)}", CATEGORIES[category])


def _last_words(ended: Ended, otherwise: str) -> str:
    """The last lines of standard error, or of the output if there are none."""
    for text in (ended.stderr, otherwise):
        lines = [line.rstrip() for line in text[-4 * SHOWN_LENGTH :].splitlines() if line.strip()]
        if lines:
            return ": " + "\n".join(lines[-SHOWN_LINES:])[-SHOWN_LENGTH:]
    return ""


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _usage_event(spent: Spent) -> dict[str, Any]:
    event: dict[str, Any] = {"type": "usage"}
    if spent.usage is not None:
        event["usage"] = usage_json(spent.usage)
    if spent.cost is not None:
        event["cost"] = spent.cost
    return event


def _pace(request: CallRequest) -> float:
    """Seconds between signs of life: a few within the silence that ``stallMs`` allows."""
    stall = request.options.get("stallMs")
    if isinstance(stall, int | float) and stall > 0:
        return min(NEWS_EVERY_S, stall / 3000)
    return NEWS_EVERY_S


class _News:
    """The answer's Output, with a sign of life now and then: idle deadlines and onlookers live on it."""

    def __init__(self, emit: Emit, answer: Answer, every_s: float, *, show: bool) -> None:
        self._emit = emit
        self._answer = answer
        self._every_s = every_s
        self._show = show
        self._next = 0.0
        self._bytes = 0
        self.end = answer.end

    def feed(self, chunk: bytes | bytearray) -> None:
        self._bytes += len(chunk)
        self._answer.feed(chunk)
        if self._show:
            self.show(chunk)
        elif self._due():
            self._emit({"type": "output", "bytes": self._bytes})

    def show(self, chunk: bytes | bytearray) -> None:
        if self._due():
            lines = [line for line in re.split(r"[\r\n]+", decode(chunk[-4 * NEWS_LENGTH :])) if line.strip()]
            self._emit({"type": "text", "text": lines[-1].strip()[-NEWS_LENGTH:] if lines else ""})

    def _due(self) -> bool:
        now = trio.current_time()
        if now < self._next:
            return False
        self._next = now + self._every_s
        return True


@contextmanager
def _files(argv: tuple[str, ...], prompt: bytes, schema: Any) -> Iterator[dict[str, str | None]]:
    """Files for the placeholders that ask for them, 0600 in a directory of their own, which is gone afterwards."""
    contents = {"prompt_file": prompt}
    if schema is not None:
        contents["schema_file"] = json.dumps(schema, ensure_ascii=False).encode("utf-8", "replace")
    wanted = {name: data for name, data in contents.items() if any(f"{{{name}}}" in word for word in argv)}
    files: dict[str, str | None] = {"prompt_file": None, "schema_file": None}
    if not wanted:
        yield files
        return
    try:
        place = tempfile.TemporaryDirectory(prefix="odw-call-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _cannot_write(error) from None
    with place as directory:
        for name, data in wanted.items():
            path = files[name] = (
                f"{directory}/{name.replace('_file', '')}{'.json' if name == 'schema_file' else '.txt'}"
            )
            try:
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
                    file.write(data)
            except OSError as error:
                raise _cannot_write(error) from None
        yield files


def _cannot_write(error: OSError) -> ExecutorError:
    return ExecutorError(
        f"cannot write the agent's prompt into a file: {error.strerror}", category="transient", retryable=True
    )
