"""``@workflow``: an async function that can be run; and ``workflow(name, args)``: another workflow inside the running one."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, overload

from odw.dsl.children import run_child
from odw.jsonvalue import JsonValue

P = ParamSpec("P")
T = TypeVar("T")


class Workflow(Generic[P, T]):
    """A workflow. Calling it inside a run is a plain call of the function; ``odw.run`` and ``odw exec`` run it.

    ``meta`` is what a script's ``meta`` is: name, description, phases, model, …
    """

    def __init__(self, fn: Callable[..., Any], meta: Mapping[str, Any]) -> None:
        update_wrapper(self, fn)
        self.fn = fn
        self.meta = meta

    @property
    def name(self) -> str:
        return str(self.meta["name"])

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]:
        coroutine: Coroutine[Any, Any, T] = self.fn(*args, **kwargs)
        return coroutine


@overload
def workflow(  # type: ignore[overload-overlap]  # a Workflow can be called like what is decorated; it is meant first
    ref: str | Workflow[Any, Any] | Mapping[str, Any], args: Any = ..., /
) -> Coroutine[Any, Any, Any]: ...
@overload
def workflow(fn: Callable[P, Awaitable[T]], /) -> Workflow[P, T]: ...
@overload
def workflow(
    *,
    name: str | None = None,
    description: str | None = None,
    phases: Sequence[str | Mapping[str, Any]] | None = None,
    model: str | None = None,
    on_failure: str | None = None,
    schemas: Mapping[str, Any] | None = None,
    budget: Any = None,
    **meta: Any,
) -> Callable[[Callable[P, Awaitable[T]]], Workflow[P, T]]: ...


def workflow(ref: Any = None, /, *args: Any, **meta: Any) -> Any:
    """Make a function a workflow: ``@odw.workflow`` or ``@odw.workflow(name="review-changes", phases=["Review", "Verify"])``.

    The name is the function's, with dashes, unless given; the description is its docstring. Its parameters are the args.

    ``await odw.workflow("deep-research", {"question": q})`` runs another workflow inside this one, one level deep, Python or
    JavaScript, by its name, its path (``{"scriptPath": …}``) or itself; it shares slots, budget and journal.
    """
    if isinstance(ref, str | Workflow | Mapping):
        return run_child(ref, *args)
    if args:
        raise TypeError(
            "odw.workflow() expects a workflow's name, its path or a workflow as the first argument"
        )
    if ref is not None:
        return _make(ref, {})
    return lambda fn: _make(fn, meta)


def _make(fn: Any, given: Mapping[str, Any]) -> Workflow[Any, Any]:
    if not inspect.iscoroutinefunction(fn):
        raise TypeError(
            f"@odw.workflow expects an async function: async def {getattr(fn, '__name__', '…')}(…)"
        )
    for parameter in inspect.signature(fn).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            raise TypeError(
                f"@odw.workflow {fn.__name__}: args have names, so nothing can come in as *{parameter.name}; "
                f"write {parameter.name}: list"
            )
    meta: dict[str, JsonValue] = {
        "name": given.get("name") or fn.__name__.replace("_", "-"),
        "description": given.get("description") or inspect.cleandoc(fn.__doc__ or "").partition("\n\n")[0],
    }
    for name, value in given.items():
        if value is not None and name not in meta:
            first, *rest = name.split("_")
            meta[first + "".join(word.capitalize() for word in rest)] = (
                list(value) if isinstance(value, tuple) else value
            )
    return Workflow(fn, meta)
