"""``@agent``: a function whose call is an agent call. Its docstring, or the string that it returns, is the prompt."""

from __future__ import annotations

import dis
import inspect
import sys
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial, update_wrapper
from types import CoroutineType, FunctionType
from typing import TYPE_CHECKING, Any, Generic, Literal, ParamSpec, TypeVar, cast, overload

from odw.dsl.calls import AgentCall, Asked, ask
from odw.dsl.current import SCOPE, STEP
from odw.dsl.fakes import ASKED, AgentAsked, answer_of_fake
from odw.dsl.options import AgentOptions, CallOptions, contract_options
from odw.dsl.places import Site, call_site
from odw.dsl.prompts import Template
from odw.dsl.signatures import returns_text

if TYPE_CHECKING:
    from typing import Unpack

    from odw.dsl.result_types import ResultType

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class Prompt(str):
    """What ``prompt()`` returns: a prompt with options of its own."""

    __slots__ = ("is_docstring", "options")
    options: Mapping[str, Any]
    is_docstring: bool  # it stands for the function's own


def prompt(text: str | None = None, **options: Unpack[CallOptions]) -> R:  # type: ignore[type-var]  # as said below
    """For ``return odw.prompt(f"…", label=…)`` in an ``@agent`` function: the prompt, with options for this call.

    Without a text it stands for the docstring. To type checkers it is of whatever type the function returns.
    """
    made = Prompt("" if text is None else text)
    made.options = options
    made.is_docstring = text is None
    return cast("R", made)


class Agent(Generic[P, R]):
    """An ``@agent`` function. Inside a run, calling it asks the agent; outside, only ``odw.testing`` fakes can answer."""

    def __init__(self, fn: Callable[..., Any], options: Mapping[str, Any], schema: Any) -> None:
        update_wrapper(self, fn)
        self._fn = fn
        self._name = fn.__name__
        self._signature = inspect.signature(fn)
        self._label = f"@odw.agent {self._name}"
        self._what = f"the agent {self._name}"
        self._positional = _all_positional(self._signature)
        self._waits = _may_wait(fn)
        self._empty = _says_nothing(fn)
        self._template = Template(inspect.cleandoc(fn.__doc__ or ""))
        self._templates = {
            name: Template(value)
            for name, value in options.items()
            if name in ("label", "phase") and isinstance(value, str) and "{" in value
        }
        rest = {name: value for name, value in options.items() if name not in self._templates}
        self._options = contract_options(rest, self._label)
        self._schema = schema
        self._result: ResultType | None = None
        self._typed = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, R]:
        site = call_site(sys._getframe(1))
        if not self._waits:
            return AgentCall(
                lambda: self._heard(self._said(args, kwargs), args, kwargs),
                site,
                self._what,
                lambda: self._faked(args, kwargs),
            )
        return self._call(args, kwargs, site)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """As a method: the instance is the first argument."""
        if instance is None:
            return self
        return partial(self.__call__, instance)

    @property
    def schema(self) -> Any:
        """The JSON Schema of its results, None for text."""
        result = self._result_type()
        return self._options.get("schema") if result is None else result.schema

    async def prompt(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The prompt that a call with these arguments would send."""
        return self._asked(await self._said_later(args, kwargs), args, kwargs)[0]

    async def _call(self, args: tuple[Any, ...], kwargs: dict[str, Any], site: Site) -> R:
        if SCOPE.get() is None and STEP.get() is None:
            return await self._faked(args, kwargs)
        asked = self._heard(await self._said_later(args, kwargs), args, kwargs)
        value: R = await ask(*asked, site, self._what)
        return value

    async def _faked(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
        self._asked(await self._said_later(args, kwargs), args, kwargs)
        answer: R = await answer_of_fake(self, self._name, args, kwargs)
        return answer

    def _said(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What the function returns, when it waits for nothing."""
        if self._empty and self._fits(args, kwargs):
            return None
        said = self._fn(*args, **kwargs)
        if type(said) is CoroutineType:
            try:
                said.send(None)
            except StopIteration as end:
                return end.value
        return said

    async def _said_later(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        said = self._fn(*args, **kwargs)
        return await said if inspect.isawaitable(said) else said

    def _heard(self, said: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Asked:
        """The call, in a run, which a test may want to hear of."""
        asked = self._asked(said, args, kwargs)
        hear = ASKED.get()
        if hear is not None:
            hear(AgentAsked(self, args, kwargs, asked[0]))
        return asked

    def _asked(self, said: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Asked:
        """The call that what the function returned stands for. Raises TypeError when the arguments do not fit."""
        result = self._result_type()
        options = dict(self._options)
        docstring = said is None
        if isinstance(said, Prompt):
            docstring = said.is_docstring
            if said.options:
                options.update(contract_options(said.options, "odw.prompt()"))
        elif not docstring and not isinstance(said, str):
            raise TypeError(f"{self._label}: expected the prompt as a string, found {type(said).__name__}")
        text = said
        if docstring or self._templates:
            arguments = self._arguments(args, kwargs)
            for name, template in self._templates.items():
                if name not in options:
                    options[name] = template.fill(arguments, self._label)
            if docstring:
                text = self._template.fill(arguments, self._label)
        if not text:
            raise TypeError(f"{self._label} has no prompt: write one as its docstring, or return it")
        return str(text), options, result

    def _fits(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """Whether each parameter has its positional argument, the common case."""
        return self._positional is not None and not kwargs and len(args) == len(self._positional)

    def _arguments(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Mapping[str, Any]:
        """The arguments by name, defaults included."""
        if self._positional is not None and self._fits(args, kwargs):
            return dict(zip(self._positional, args, strict=True))
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return bound.arguments

    def _result_type(self) -> ResultType | None:
        if not self._typed:
            self._result = self._read_type()
            self._typed = True
        return self._result

    def _read_type(self) -> ResultType | None:
        if self._schema is not None:
            if isinstance(self._schema, Mapping | str):
                self._options["schema"] = (
                    dict(self._schema) if isinstance(self._schema, Mapping) else self._schema
                )
                return None
            annotation = self._schema
        else:
            if returns_text(self._fn):
                return None
            annotation = None
        from odw.dsl.result_types import result_type, return_type

        return result_type(return_type(self._fn) if annotation is None else annotation)


def _all_positional(signature: inspect.Signature) -> tuple[str, ...] | None:
    """The names of the parameters, if each of them takes exactly one positional argument."""
    parameters = signature.parameters.values()
    if all(parameter.kind is parameter.POSITIONAL_OR_KEYWORD for parameter in parameters):
        return tuple(signature.parameters)
    return None


_WAITING = {"GET_AWAITABLE", "GET_AITER", "BEFORE_ASYNC_WITH", "GET_ANEXT", "YIELD_VALUE"}


def _may_wait(fn: Any) -> bool:
    """Whether a prompt function may have to be waited for: one that awaits something, and all that is no plain function."""
    if not isinstance(fn, FunctionType):
        return True
    if not inspect.iscoroutinefunction(fn):
        return inspect.isgeneratorfunction(fn) or inspect.isasyncgenfunction(fn)
    return any(instruction.opname in _WAITING for instruction in dis.get_instructions(fn.__code__))


_NOTHING = {"RESUME", "RETURN_GENERATOR", "POP_TOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "NOP"}
_ENDS = {"CALL_INTRINSIC_1", "RERAISE"}  # how a coroutine ends from Python 3.12 on, whatever it does


def _says_nothing(fn: Any) -> bool:
    """Whether a prompt function has a docstring and nothing else, so that calling it tells nothing."""
    if not isinstance(fn, FunctionType) or inspect.isgeneratorfunction(fn) or inspect.isasyncgenfunction(fn):
        return False
    return all(
        (each.opname in _NOTHING or each.opname in _ENDS)
        and (each.opname not in ("LOAD_CONST", "RETURN_CONST") or each.argval is None)
        for each in dis.get_instructions(fn.__code__)
    )


@overload
def agent(fn: Callable[P, Awaitable[T]], /) -> Agent[P, T | None]: ...
@overload
def agent(
    *, schema: Any = None, on_failure: Literal["throw"], **options: Unpack[AgentOptions]
) -> Callable[[Callable[P, Awaitable[T]]], Agent[P, T]]: ...
@overload
def agent(
    *, schema: Any = None, on_failure: Literal["null", "report"] = ..., **options: Unpack[AgentOptions]
) -> Callable[[Callable[P, Awaitable[T]]], Agent[P, T | None]]: ...


def agent(fn: Any = None, /, *, schema: Any = None, **options: Any) -> Any:
    """Make a function an agent: ``@odw.agent`` or ``@odw.agent(model="sonnet", phase="Review", retries=2)``.

    The docstring is the prompt, a template over the parameters; or the function returns the prompt. The return annotation is
    the type of the result (``str`` for text), ``schema`` a JSON Schema for one that has none. ``label`` and ``phase`` may be
    templates too. Options are those of ``odw.call``.
    """
    if fn is not None:
        return Agent(fn, options, schema)
    return lambda function: Agent(function, options, schema)
