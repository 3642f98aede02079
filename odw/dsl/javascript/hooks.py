"""The hooks of a script where what it passes decides: options made at run time, values that are no text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from typing import Any

from odw.dsl import composition
from odw.dsl.calls import ask
from odw.dsl.children import run_child
from odw.dsl.current import current_run, current_scope, driver_of
from odw.dsl.hooks import phase as enter_phase
from odw.dsl.javascript import errors
from odw.dsl.javascript.functions import fitted
from odw.dsl.javascript.json_text import shown, to_plain
from odw.dsl.javascript.promises import Promise, awaited
from odw.dsl.javascript.values import clean, nullish, number, text
from odw.dsl.places import call_site
from odw.dsl.timers import Timer
from odw.ecma.values import undefined
from odw.errors import UsageError
from odw.runtime.abc import ABSENT
from odw.runtime.primitives import parallel as parallel_rules
from odw.runtime.primitives.checkpoint import record_checkpoint
from odw.runtime.primitives.log import write_log
from odw.runtime.primitives.prompt_slot import MissingPrompt, fill_prompt_slot

LONGEST_MS = 2**31 - 1


def agent(prompt: Any = undefined, options: Any = undefined) -> Coroutine[Any, Any, Any]:
    """``agent(prompt, options)`` with options spelled as in a script: what is undefined is left out."""
    chosen = to_plain(options) if isinstance(options, dict) else {}
    return _asked(clean(text(prompt)), chosen, call_site(sys._getframe(1)))


async def _asked(prompt: str, chosen: dict[str, Any], site: tuple[int | str, ...]) -> Any:
    try:
        return await ask(prompt, chosen, None, site, "js.agent()")
    except TypeError as error:
        if isinstance(error, errors.Error):
            raise
        raise errors.TypeError(str(error)) from None


def args() -> Any:
    """The args of the running workflow; undefined when nothing was passed."""
    value = current_scope("js.args()").frame.args
    return undefined if value is ABSENT else value


def log(message: Any = undefined) -> None:
    """``log(message)``: a value that is no text as ``console.log`` shows it."""
    write_log(current_run("js.log()"), shown(message))


def console(level: str, *values: Any) -> None:
    """``console.log(…)`` and its like."""
    write_log(current_run("js.console()"), " ".join(shown(value) for value in values), level)


def phase(title: Any = undefined, detail: Any = undefined) -> None:
    """``phase(title, detail)``."""
    enter_phase(clean(text(title)), None if nullish(detail) else shown(detail))


def checkpoint(name: Any = undefined, value: Any = undefined) -> None:
    """``checkpoint(name, value)``."""
    plain = to_plain(value)
    record_checkpoint(
        current_run("js.checkpoint()"), clean(text(name)), None if plain is undefined else plain
    )


def prompt_slot(name: Any = undefined, context: Any = undefined, suggested: Any = undefined) -> str:
    """``promptSlot(name, context, suggested)``."""
    scope = current_scope("js.prompt_slot()")
    given = to_plain(args())
    about = to_plain(context)
    try:
        return fill_prompt_slot(
            driver_of(scope).run,
            None if given is undefined else given,
            text(name),
            None if about is undefined else about,
            None if nullish(suggested) else text(suggested),
        )
    except MissingPrompt as error:
        raise errors.Error(str(error)) from None


async def parallel(thunks: Any, options: Any = undefined) -> list[Any]:
    """``parallel(thunks, options)`` of what is known only at run time: functions, or ``{prompt, …options}``."""
    if not isinstance(thunks, list):
        raise errors.TypeError(parallel_rules.NOT_AN_ARRAY)
    return await composition.parallel([_thunk(thunk) for thunk in thunks], **_options(options))


def _thunk(thunk: Any) -> Callable[[int], Any]:
    if isinstance(thunk, dict) and "prompt" in thunk:
        rest = {name: value for name, value in thunk.items() if name != "prompt"}
        return lambda index: agent(thunk["prompt"], rest)
    if not callable(thunk) or isinstance(thunk, Promise):
        raise errors.TypeError(parallel_rules.NOT_FUNCTIONS)
    take = fitted(thunk, 1)

    async def slot(index: int) -> Any:
        return null(await awaited(take(index)))

    return slot


def _options(options: Any) -> dict[str, Any]:
    chosen = to_plain(options) if isinstance(options, dict) else {}
    limit = chosen.get("max", chosen.get("concurrency"))
    found = {"label": chosen.get("label"), "phase": chosen.get("phase")}
    named: dict[str, Any] = {name: value for name, value in found.items() if isinstance(value, str)}
    if isinstance(limit, int) and not isinstance(limit, bool) and limit >= 1:
        named["max"] = limit
    return named


def null(value: Any) -> Any:
    """A slot's result: null for undefined."""
    return None if value is undefined else value


async def fanout(items: Any, mapper: Any, options: Any = undefined) -> list[Any]:
    """``fanout(items, mapper, options)``."""
    if not isinstance(items, list):
        raise errors.TypeError(parallel_rules.FANOUT_NOT_AN_ARRAY)
    if not callable(mapper):
        raise errors.TypeError(parallel_rules.FANOUT_NOT_A_FUNCTION)
    take = fitted(mapper, 2)

    async def slot(item: Any, index: int) -> Any:
        return null(await awaited(take(item, index)))

    return await composition.parallel_map(slot, items, **_options(options))


async def pipeline(items: Any, *stages: Any) -> list[Any]:
    """``pipeline(items, …stages)`` with stages that take any number of arguments."""
    from odw.runtime.primitives import pipeline as pipeline_rules

    if not isinstance(items, list):
        raise errors.TypeError(pipeline_rules.NOT_AN_ARRAY)
    if not all(callable(stage) for stage in stages):
        raise errors.TypeError(pipeline_rules.NOT_FUNCTIONS)
    taken = [fitted(stage, 3) for stage in stages]
    return await composition.pipeline(items, *[_stage(take) for take in taken])


def _stage(take: Callable[..., Any]) -> Callable[..., Any]:
    return lambda previous, item, index: take(previous, item, index)


async def workflow(ref: Any, given: Any = undefined) -> Any:
    """``workflow(ref, args)``."""
    if isinstance(ref, dict):
        ref = {name: value for name, value in ref.items() if value is not undefined}
        if given is undefined and "args" in ref:
            given = ref.pop("args")
    plain = to_plain(given)
    try:
        return await (run_child(ref) if plain is undefined else run_child(ref, plain))
    except UsageError as error:
        named = ref if isinstance(ref, str) else ref.get("scriptPath", ref.get("name"))
        reason = f"{error.message}. {error.hint}".rstrip(". ") if error.hint else error.message
        raise errors.Error(f"workflow({named}): {reason}") from None


async def sleep(milliseconds: Any) -> None:
    """``await new Promise(resolve => setTimeout(resolve, milliseconds))``."""
    promise = Promise()
    set_timeout(promise.resolve, milliseconds)
    await promise


def set_timeout(fn: Callable[..., Any], delay: Any = undefined, *given: Any) -> _Timeout:
    """``setTimeout(fn, delay, …)``; give what it returns to ``clear_timeout``."""
    milliseconds = number(delay)
    if not 1 <= milliseconds <= LONGEST_MS:
        milliseconds = 1
    return _Timeout(fn, int(milliseconds), given)


class _Timeout:
    """One timer; its function runs in a task of its own."""

    def __init__(self, fn: Callable[..., Any], milliseconds: int, given: tuple[Any, ...]) -> None:
        scope = current_scope("js.set_timeout()")
        driver = driver_of(scope)

        async def fire() -> None:
            await awaited(fitted(fn, len(given))(*given))

        self.timer = Timer(scope, milliseconds / 1000, lambda: driver.start_beside(fire))


def clear_timeout(timeout: Any = undefined) -> None:
    """``clearTimeout(timeout)``."""
    if isinstance(timeout, _Timeout):
        timeout.timer.stop()


def result(value: Any) -> Any:
    """What a workflow returns, as JSON."""
    plain = to_plain(value)
    return None if plain is undefined else plain


def cwd() -> str:
    """The project's directory."""
    return current_run("js.cwd()").options.project


def run_fact(name: str) -> Any:
    """``odw.runId`` and its like."""
    run = current_run("js.run_fact()")
    facts = {
        "backend": run.backend.name,
        "runId": run.directory.run_id,
        "runDir": str(run.directory.path),
        "statePath": str(run.directory.file("state.json")),
        "resumeFrom": run.options.resume_from,
    }
    return facts.get(name, undefined)


def queue_microtask(fn: Callable[..., Any]) -> None:
    """``queueMicrotask(fn)``: it runs when the running task next waits."""

    async def run() -> None:
        await awaited(fitted(fn, 0)())

    driver_of(current_scope("js.queue_microtask()")).start_beside(run)


async def exported(value: Any) -> Any:
    """What ``export default value`` gives: what it returns for the args if it is a function, else the value."""
    return await awaited(fitted(value, 1)(args()) if callable(value) else value)
