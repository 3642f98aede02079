"""The agent's process: ``python -m odw.executors.bamboo``, one task from standard input, JSON lines on standard output.

In: one JSON object with ``prompt`` and optionally ``system schema model effort provider base_url cwd permission tools max_turns
max_tokens transcript``, and to go on with an earlier attempt ``session``, its transcript, and ``repair``, what to say then. Out:
events as in ``odw.runtime.agent_events``, at the end ``{"type": "result", …}``. Keys are in the environment only. SIGTERM ends it in
order, with what was used told.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

from odw.executors.bamboo.account import Account
from odw.executors.bamboo.agent import Agent, Result
from odw.executors.bamboo.asking import Asking
from odw.executors.bamboo.conversation import Conversation, Message
from odw.executors.bamboo.failures import ProviderError
from odw.executors.bamboo.prompts import SYSTEM, contract
from odw.executors.bamboo.provider import KEYS, Choice, NoProvider, choose
from odw.executors.bamboo.record import Record, recorded
from odw.executors.bamboo.tools import Tool, all_tools
from odw.executors.bamboo.workspace import Workspace

if TYPE_CHECKING:
    from odw.executors.bamboo.answer import Answer
    from odw.executors.bamboo.client import ChatClient

PERMISSIONS = ("read", "limited", "max")
WITHOUT_ANSWER = {
    "turns": "the limit of turns was reached before there was an answer",
    "tokens": "the limit of tokens was reached before there was an answer",
    "filter": "the provider's filter stopped the answer",
}


class BadTask(Exception):
    """What came on standard input cannot be worked on."""


def main() -> int:
    signal.signal(signal.SIGTERM, _terminated)
    try:
        task = _read_task()
        choice = choose(task.get("provider"), task.get("model"), task.get("base_url"), os.environ)
        return _work(task, choice)
    except BadTask as error:
        return _failed("configuration", str(error))
    except NoProvider as error:
        return _failed(error.category, str(error))
    except BrokenPipeError:  # nobody listens any more
        return 1


def _read_task() -> dict[str, Any]:
    try:
        task = json.loads(sys.stdin.buffer.read())
    except ValueError as error:
        raise BadTask(f"the task is no JSON: {error}") from None
    if not isinstance(task, dict) or not isinstance(task.get("prompt"), str):
        raise BadTask("the task is no object with a prompt")
    permission = task.get("permission") or "limited"
    if permission not in PERMISSIONS:
        raise BadTask(f"permission: expected one of {', '.join(PERMISSIONS)}, found {permission!r}")
    return task


def _work(task: dict[str, Any], choice: Choice) -> int:
    account = Account(_emit, choice.model)
    answer = _answer(task.get("schema"))
    tools = _tools(task)
    limit = task.get("max_tokens")
    _emit({"type": "started", "program": "bamboo", "model": choice.model})
    path = task.get("transcript") or ""
    if path:
        _emit({"type": "session", "id": path})
    provider = choice.provider
    client = _client(choice, account)
    asking = Asking(
        lambda body, tries: client.ask(body, tries=tries), account.spent, provider, choice.model, tools, answer,
        task.get("effort"), limit if not tools else None,
    )  # fmt: skip
    conversation = Conversation(_begun(task, answer, tools), provider.context, Record(path, choice.key).add)
    agent = Agent(
        asking, conversation, tools, answer, _emit,
        reasoning_field=provider.reasoning_field, max_turns=task.get("max_turns"), max_tokens=limit,
    )  # fmt: skip
    try:
        result = agent.run()
    except ProviderError as error:
        return _failed(error.category, error.message, account, error.retry_after_s)
    finally:
        client.close()
    return _finished(result, account)


def _client(choice: Choice, account: Account) -> ChatClient:
    # httpx brings a command line of its own and both asynchronous worlds, where they are installed: two thirds of what it costs to
    # import, and nothing that this process needs
    for name in ("httpx._main", "anyio", "trio"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None makes an import of it fail
    from odw.executors.bamboo.client import ChatClient

    return ChatClient(choice, account.says, account.waits)


def _begun(task: dict[str, Any], answer: Answer | None, tools: dict[str, Tool]) -> list[Message]:
    """The messages to begin with: the task, or an earlier attempt's and what was wrong with its answer."""
    repair = task.get("repair")
    earlier = recorded(str(task["session"])) if task.get("session") and repair else None
    if earlier is not None:
        return [*earlier, {"role": "user", "content": repair}]
    prompt, said = task["prompt"], task.get("system")
    if answer is not None and not tools:
        prompt = f"{prompt}\n\n{contract(answer.schema)}"
    system = (f"{SYSTEM}\n\n{said}" if said else SYSTEM) if tools else said or "Answer the task directly."
    return [{"role": "system", "content": system}, {"role": "user", "content": prompt}]


def _answer(schema: Any) -> Answer | None:
    if schema is None:
        return None
    from odw.executors.bamboo.answer import Answer, InvalidSchema

    try:
        return Answer(schema)
    except InvalidSchema as error:
        raise BadTask(f"schema: {error}") from None


def _tools(task: dict[str, Any]) -> dict[str, Tool]:
    """All that the permission allows, or those of them that the task names; none for an empty list."""
    wanted = task.get("tools")
    if wanted == []:
        return {}
    tools = all_tools(Workspace(task.get("cwd") or "."), task.get("permission") or "limited", KEYS)
    if wanted is None:
        return tools
    names = {_OURS.get(str(name).casefold(), str(name).casefold()) for name in wanted}
    chosen = {name: tool for name, tool in tools.items() if name in names}
    if not chosen:
        raise BadTask(f"tools: none of {', '.join(map(str, wanted))} is there; there are {', '.join(tools)}")
    return chosen


# The names that other agents give to the same tools: scripts are written for those.
_OURS = {
    "grep": "search", "glob": "search", "ls": "list", "multiedit": "edit", "shell": "bash", "todowrite": "todo", "str_replace": "edit",
}  # fmt: skip


def _finished(result: Result, account: Account) -> int:
    last: dict[str, Any] = {"type": "result", "text": result.text, "stop": result.stop, **account.totals()}
    if result.fits:
        last["value"] = result.value
    if result.problems:
        last["problems"] = list(result.problems)
    elif result.stop == "filter" or (result.stop in WITHOUT_ANSWER and not result.text.strip()):
        last["error"] = {"category": "unknown", "message": WITHOUT_ANSWER[result.stop], "retryable": False}
    _emit(last)
    return 0


def _failed(
    category: str, message: str, account: Account | None = None, retry_after_s: float | None = None
) -> int:
    error: dict[str, Any] = {"category": category, "message": message}
    if retry_after_s is not None:
        error["retry_after_s"] = retry_after_s
    totals = account.totals() if account is not None else {}
    _emit({"type": "result", "text": "", "stop": "error", "error": error, **totals})
    return 0


def _emit(event: dict[str, Any]) -> None:
    """Straight to the descriptor: a buffer must not be half written when SIGTERM comes."""
    data = json.dumps(event).encode() + b"\n"
    while data:
        data = data[os.write(1, data) :]


def _terminated(number: int, frame: FrameType | None) -> None:
    from odw.executors.bamboo.tools import shell

    if shell.stop():
        os._exit(143)


if __name__ == "__main__":
    sys.exit(main())
