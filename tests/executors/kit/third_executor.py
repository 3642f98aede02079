"""An executor of another package. It keeps the contract, but for the fault that ``args`` of its table names."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import trio

from odw.errors import ExecutorError
from odw.executors._cli import Invocation, run_cli
from odw.executors._ended import failure_of_end
from odw.executors._process import Ended
from odw.executors._profile import Profile
from odw.executors._prompt import prompt_text
from odw.runtime.abc import CallRequest, Capabilities, Emit, Failure, Report, Usage


class ThirdExecutor:
    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.fault = profile.args[0] if profile.args else ""
        self.name = "somebody" if self.fault == "misnamed" else profile.name
        self.capabilities = Capabilities(processes=self.fault != "unwatched")

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        if self.fault == "forgets the answer" and request.feedback:
            request = request._replace(feedback=())
        text = prompt_text(request)
        if self.fault == "forgets the schema":
            text = request.prompt
        argv = [*self._profile.program, *([text] if self.fault == "prompt in argv" else ())]
        if self.fault == "naive":
            return await self._naive(argv, text, request)
        stdin = None if self.fault == "prompt in argv" else text.encode()
        reading = Reading(self.fault, emit)
        try:
            return await run_cli(Invocation(argv, stdin), reading, request, emit, self._profile)
        except ExecutorError:
            if self.fault == "raises anything":
                raise ValueError("no such program") from None
            raise
        except (trio.Cancelled, BaseExceptionGroup):
            if self.fault == "deaf to cancellation":
                return Report("never mind")
            raise

    async def _naive(self, argv: list[str], text: str, request: CallRequest) -> Report:
        """As one would write it in an afternoon: only the process itself is ended, and stderr goes to the transcript raw."""
        env = {**os.environ, **self._profile.env, "ODW_NODE": request.tag}
        async with trio.open_nursery() as nursery:
            process = await nursery.start(
                lambda task_status: trio.run_process(
                    argv, stdin=b"", check=False, env=env, stderr=subprocess.STDOUT, stdout=subprocess.PIPE,
                    task_status=task_status,
                )
            )  # fmt: skip
            output = b""
            # until the whole line with the answer is there
            while b"\n" not in output.partition(b'"answer"')[2] and (
                part := await process.stdout.receive_some()
            ):
                output += part
            nursery.cancel_scope.cancel()
        with Path(request.transcript).open("wb") as file:
            file.write(output)
        answers = [json.loads(line) for line in output.splitlines() if b'"answer"' in line]
        return Report(answers[-1]["answer"]) if answers else Report(error=Failure("crash", "no answer"))


class Reading:
    def __init__(self, fault: str, emit: Emit) -> None:
        self._fault = fault
        self._emit = emit
        self._answer: dict[str, Any] = {}
        self._refused = False
        self._kept: list[Any] = []

    def line(self, line: str) -> None:
        if self._fault == "keeps everything":
            self._kept.append([line[at : at + 1000] for at in range(0, len(line), 40)])
        if self._fault == "half answers" and '"answer": "' in line:
            self._answer = {"answer": line.partition('"answer": "')[2].partition('"')[0]}
        if self._fault == "own events":
            self._emit({"type": "heard", "line": line})
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return
        if self._fault == "trusts shapes" and "answer" in event:
            event["answer"].strip()
        if isinstance(event, dict) and isinstance(event.get("answer"), str):
            self._answer = event
        self._refused = self._refused or (isinstance(event, dict) and "refused" in event)

    def report(self, ended: Ended) -> Report:
        failure = failure_of_end("third", ended)
        if self._refused:
            failure = Failure("throttled" if self._fault == "own classes" else "rate_limit", "refused", True)
        elif failure is None and not self._answer:
            failure = None if self._fault == "content with nothing" else Failure("crash", "no answer", True)
        elif failure is not None and self._fault == "silent about the reason":
            failure = failure._replace(message="it failed")
        return Report(str(self._answer.get("answer", "")), usage=self._usage(), error=failure)

    def _usage(self) -> Usage | None:
        told = self._answer.get("tokens")
        if not isinstance(told, dict):
            return Usage(1, 1) if self._fault == "makes usage up" else None
        if self._fault == "believes any usage":
            return Usage(told["input"], told["output"])
        numbers = [told.get("input"), told.get("output")]
        if all(type(number) is int and 0 <= number < 10**12 for number in numbers):
            return Usage(*numbers)
        return None
