"""Promises over the workflow's tasks: what is begun now and awaited later.

A coroutine that is awaited at once needs none of this. ``start`` begins one as JavaScript does: it runs to its first wait before
the code that started it goes on, in the same place of the workflow's structure, so the calls inside have the paths that they
have in a script. Those that wait for the same promise go on one after the other, in the order in which they began to wait.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterable
from typing import Any

from odw.dsl.current import current_scope, driver_of
from odw.dsl.driver import Driver
from odw.dsl.javascript import errors
from odw.dsl.javascript.functions import call
from odw.dsl.javascript.iteration import iterate
from odw.ecma.values import undefined
from odw.runtime.halts import CallHalt


class Promise:
    """A value that comes later. ``await promise`` gives it, or raises what it failed with, as often as one likes."""

    __slots__ = ("_driver", "_error", "_state", "_value", "_waiting")

    def __init__(self, executor: Callable[..., Any] | None = None) -> None:
        self._driver: Driver = driver_of(current_scope("a promise"))
        self._state = "pending"
        self._value: Any = undefined
        self._error: BaseException | None = None
        self._waiting: list[Any] = []
        if executor is not None:
            try:
                call(executor, self.resolve, self.reject)
            except errors.CATCHABLE as error:
                self.reject(errors.caught(error))

    def resolve(self, value: Any = undefined) -> Any:
        """Settle with a value, or as another promise settles."""
        if self._state != "pending":
            return undefined
        if isinstance(value, Awaitable):
            self._state = "following"
            self._driver.start_beside(lambda: self._follow(value))
        else:
            self._settle("fulfilled", value, None)
        return undefined

    def reject(self, reason: Any = undefined) -> Any:
        """Settle with what is to be raised."""
        if self._state == "pending":
            self._settle("rejected", undefined, errors.thrown(reason))
        return undefined

    def _settle(self, state: str, value: Any, error: BaseException | None) -> None:
        self._state, self._value, self._error = state, value, error
        waiting, self._waiting = self._waiting, []
        self._driver.resume_in_order(waiting)

    async def _follow(self, body: Awaitable[Any]) -> None:
        try:
            value = await body
        except (Exception, CallHalt) as error:  # noqa: BLE001 - whoever awaits the promise gets it
            self._settle("rejected", undefined, error)
        else:
            self._settle("fulfilled", value, None)

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._wait().__await__()

    async def _wait(self) -> Any:
        if self._state in ("pending", "following"):
            await self._driver.wait_in(self._waiting)
        if self._error is not None:
            raise self._error
        return self._value

    def javascript_text(self) -> str:
        return "[object Promise]"


async def start(body: Any) -> Any:
    """Begin ``body``, a coroutine, and go on once it waits for something; gives its promise. A promise stays what it is."""
    if isinstance(body, Promise) or not isinstance(body, Awaitable):
        return body
    promise = start_soon(body)
    await promise._driver.until_quiet()
    return promise


def start_soon(body: Any) -> Any:
    """The same from a function that cannot wait: ``body`` begins when the running task next waits."""
    if isinstance(body, Promise) or not isinstance(body, Awaitable):
        return body
    promise = Promise()
    promise._state = "following"
    promise._driver.start_beside(lambda: promise._follow(body))
    return promise


async def awaited(value: Any) -> Any:
    """``await value`` of what may be a promise or a plain value."""
    return await value if isinstance(value, Awaitable) else value


async def _started(items: Iterable[Any]) -> list[Any]:
    return [await start(item) for item in items]


class _First:
    """The task that waits until several promises have ended, or the first of them has failed (or ended)."""

    def __init__(self, promises: list[Any]) -> None:
        self.promise = Promise()
        self.left = len(promises)

    def watch(self, promise: Any, done: Callable[[Any, BaseException | None], None]) -> None:
        async def watching() -> None:
            try:
                value = await awaited(promise)
            except (Exception, CallHalt) as error:  # noqa: BLE001 - handed on
                done(undefined, error)
            else:
                done(value, None)

        self.promise._driver.start_beside(watching)


async def all_(items: Iterable[Any]) -> list[Any]:
    """``Promise.all``: begins the coroutines in order, waits for all; raises what the first that failed raised."""
    promises = await _started(items)
    if all(not isinstance(promise, Promise) or promise._state == "fulfilled" for promise in promises):
        return [promise._value if isinstance(promise, Promise) else promise for promise in promises]
    first = _First(promises)
    values = list(promises)

    def done(index: int, value: Any, error: BaseException | None) -> None:
        values[index] = value
        first.left -= 1
        if error is not None:
            first.promise.reject(error)
        elif first.left == 0:
            first.promise.resolve()

    for index, promise in enumerate(promises):
        first.watch(promise, lambda value, error, index=index: done(index, value, error))  # type: ignore[misc]
    await first.promise
    return values


async def all_settled(items: Iterable[Any]) -> list[dict[str, Any]]:
    """``Promise.allSettled``: ``{"status": "fulfilled", "value": …}`` or ``{"status": "rejected", "reason": …}``."""
    found: list[dict[str, Any]] = []
    for promise in await _started(items):
        try:
            found.append({"status": "fulfilled", "value": await awaited(promise)})
        except errors.CATCHABLE as error:
            found.append({"status": "rejected", "reason": errors.caught(error)})
    return found


async def race(items: Iterable[Any]) -> Any:
    """``Promise.race``: as the first that ends; the others go on."""
    promises = await _started(items)
    first = _First(promises)

    def done(value: Any, error: BaseException | None) -> None:
        if error is not None:
            first.promise.reject(error)
        else:
            first.promise.resolve(value)

    for promise in promises:
        first.watch(promise, done)
    return await first.promise


async def any_(items: Iterable[Any]) -> Any:
    """``Promise.any``: the first that does not fail. Raises AggregateError when all do."""
    promises = await _started(items)
    first = _First(promises)
    failures: list[Any] = [None] * len(promises)

    def done(index: int, value: Any, error: BaseException | None) -> None:
        if error is None:
            first.promise.resolve(value)
            return
        failures[index] = errors.caught(error)
        first.left -= 1
        if first.left == 0:
            first.promise.reject(errors.AggregateError(failures, "All promises were rejected"))

    for index, promise in enumerate(promises):
        first.watch(promise, lambda value, error, index=index: done(index, value, error))  # type: ignore[misc]
    if not promises:
        raise errors.AggregateError([], "All promises were rejected")
    return await first.promise


async def then(body: Any, fulfilled: Any = None, rejected: Any = None) -> Any:
    """``body.then(fulfilled, rejected)``."""
    try:
        value = await awaited(body)
    except errors.CATCHABLE as error:
        if not callable(rejected):
            raise
        return await awaited(call(rejected, errors.caught(error)))
    return await awaited(call(fulfilled, value)) if callable(fulfilled) else value


async def catch(body: Any, rejected: Any) -> Any:
    """``body.catch(rejected)``."""
    return await then(body, None, rejected)


async def finally_(body: Any, ended: Any) -> Any:
    """``body.finally(ended)``."""
    try:
        return await awaited(body)
    finally:
        await awaited(call(ended))


async def each_awaited(items: Any) -> AsyncIterator[Any]:
    """What ``for await … of`` goes through: an asynchronous generator, or anything whose items may be promises."""
    if hasattr(items, "__aiter__"):
        async for item in items:
            yield item
        return
    for item in iterate(items):
        yield await awaited(item)


async def resolved(value: Any = undefined) -> Any:
    """``Promise.resolve(value)``."""
    return await awaited(value)


async def rejected(reason: Any = undefined) -> Any:
    """``Promise.reject(reason)``."""
    raise errors.thrown(reason)


METHODS: dict[str, Callable[..., Any]] = {
    "then": lambda *given: start_soon(then(*given)),
    "catch": lambda *given: start_soon(catch(*given)),
    "finally": lambda *given: start_soon(finally_(*given)),
}
