"""Answers for ``@agent`` functions outside a run, so that they and what calls them can be unit-tested."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from inspect import isawaitable
from typing import Any, NamedTuple

from odw.dsl.current import OutsideRun


class AgentAsked(NamedTuple):
    """A call that an ``@agent`` function makes in a run: the function, its arguments, and the prompt they made."""

    agent: Any
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    prompt: str


# told of every such call, for tests whose answers go by the function
ASKED: ContextVar[Callable[[AgentAsked], None] | None] = ContextVar("odw_asked", default=None)
_NONE: Mapping[Any, Callable[..., Any]] = {}
_FAKES: ContextVar[Mapping[Any, Callable[..., Any]]] = ContextVar("odw_fakes", default=_NONE)


async def answer_of_fake(agent: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What answers for an agent here. Raises OutsideRun if nothing does."""
    fake = _FAKES.get().get(agent)
    if fake is None:
        raise OutsideRun(
            f"the agent {name} works only while a workflow runs: start one with odw exec FILE.py, or odw.run(workflow, …); "
            f"in a test, with odw.fake_agents({{{name}: …}}): answers for it"
        )
    answer = fake(*args, **kwargs)
    return await answer if isawaitable(answer) else answer


@contextmanager
def fake_agents(fakes: Mapping[Any, Any]) -> Iterator[None]:
    """``with odw.fake_agents({review: lambda dimension: [...]}):`` calls of ``review`` outside a run are answered by the function.

    The function gets the call's arguments; a value that is no function is the answer itself. The prompt is made all the same, so
    that a template that does not fit fails the test.
    """
    functions = {agent: fake if callable(fake) else _constant(fake) for agent, fake in fakes.items()}
    token = _FAKES.set({**_FAKES.get(), **functions})
    try:
        yield
    finally:
        _FAKES.reset(token)


def _constant(value: Any) -> Callable[..., Any]:
    return lambda *args, **kwargs: value
