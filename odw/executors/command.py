"""The command executor: any program that odw.toml declares as ``[executors.NAME]`` (docs/executors.md).

The prompt reaches it on standard input or in a file that only the user may read, never on the command line, which has a
limit and which every user of the machine can see.
"""

from __future__ import annotations

import json
import os
from typing import Any

from odw.executors._ended import exit_text, failure_of_end, last_words
from odw.executors._environment import environment
from odw.executors._files import call_files
from odw.executors._life import Pace
from odw.executors._process import Ended, Limits, run_process
from odw.executors._prompt import prompt_text
from odw.executors._stream import TAIL, decode
from odw.executors._transcript import Transcript
from odw.executors.command_answer import Answer, Spent, answer_of
from odw.executors.command_argv import command_line
from odw.executors.command_config import CommandConfig
from odw.runtime import agent_events
from odw.runtime.abc import ABSENT, CallRequest, Capabilities, Emit, Failure, Report
from odw.runtime.redact import redactor
from odw.runtime.retry import CATEGORIES


class CommandExecutor:
    """One declared program."""

    def __init__(self, config: CommandConfig) -> None:
        self.name = config.name
        self.capabilities = Capabilities(
            native_schema=config.native_schema, processes=True, streams_usage=config.output == "jsonl"
        )
        self._config = config

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError if the program cannot be started."""
        config = self._config
        prompt = prompt_text(request, native_schema=config.native_schema).encode("utf-8", "replace")
        spent = Spent(config, lambda: emit(agent_events.usage(spent.usage, spent.cost)))
        answer = answer_of(config, spent)
        child = environment(os.environ, config.pass_env, config.env)
        redactor().learn(child)
        watched = _Watched(emit, answer, request, show=config.output == "text")
        with call_files(_contents(config.argv, prompt, request.schema)) as files:
            try:
                ended = await run_process(
                    command_line(config.argv, request, _placeholders(files)),
                    watched,
                    env=child,
                    cwd=request.cwd,
                    tag=request.tag,
                    stdin=prompt if config.stdin == "prompt" else None,
                    limits=Limits(config.timeout_s, config.idle_s),
                    on_stderr=watched.on_stderr,
                )
            finally:
                watched.close()
        return _report(config, request, ended, answer, spent)


def _report(
    config: CommandConfig, request: CallRequest, ended: Ended, answer: Answer, spent: Spent
) -> Report:
    known = Report("", ABSENT, spent.usage, spent.cost, request.model, exit=exit_text(ended))
    failure = _failure(config, ended, answer)
    if failure is not None:
        return known._replace(text=answer.text[-TAIL:], error=failure)
    found = answer.value
    if isinstance(found, str):
        return known._replace(text=found)
    value = found if request.schema is not None else ABSENT
    return known._replace(text=json.dumps(found, ensure_ascii=False), value=value)


def _failure(config: CommandConfig, ended: Ended, answer: Answer) -> Failure | None:
    failure = failure_of_end(config.argv[0], ended, answer.text, config.exit_codes)
    if failure is None and answer.value is ABSENT:
        words = f"{config.argv[0]}: exit status 0, but {answer.lacking}{last_words(ended)}"
        return Failure("crash", words, CATEGORIES["crash"])
    return failure


class _Watched:
    """The answer's Output, with a transcript and a sign of life now and then."""

    def __init__(self, emit: Emit, answer: Answer, request: CallRequest, *, show: bool) -> None:
        self._emit = emit
        self._answer = answer
        self._pace = Pace(request)
        self._show = show
        self._bytes = 0
        self._transcript = Transcript(request.transcript)
        self._errors = Transcript(f"{request.transcript}.err" if request.transcript else "")

    def feed(self, chunk: bytes | bytearray) -> None:
        self._bytes += len(chunk)
        self._transcript.write(chunk)
        self._answer.feed(chunk)
        if self._show:
            self._tell(chunk)
        elif self._pace.due():
            self._emit(agent_events.output(self._bytes))

    def end(self) -> None:
        self._answer.end()
        if self._show and self._bytes:  # the last word, which may have come when none was due, or cut
            self._emit(agent_events.text(self._answer.text[-8 * agent_events.TEXT_LENGTH :]))

    def on_stderr(self, chunk: bytes | bytearray) -> None:
        self._errors.write(chunk)
        self._tell(chunk)

    def close(self) -> None:
        self._transcript.close()
        self._errors.close()

    def _tell(self, chunk: bytes | bytearray) -> None:
        if self._pace.due():
            self._emit(agent_events.text(decode(chunk[-8 * agent_events.TEXT_LENGTH :])))


def _contents(argv: tuple[str, ...], prompt: bytes, schema: Any) -> dict[str, bytes]:
    """The files that placeholders ask for."""
    contents = {}
    if any("{prompt_file}" in word for word in argv):
        contents["prompt.txt"] = prompt
    if schema is not None and any("{schema_file}" in word for word in argv):
        contents["schema.json"] = json.dumps(schema, ensure_ascii=False).encode("utf-8", "replace")
    return contents


def _placeholders(files: dict[str, str]) -> dict[str, str | None]:
    return {"prompt_file": files.get("prompt.txt"), "schema_file": files.get("schema.json")}
