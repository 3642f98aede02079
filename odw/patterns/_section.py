"""Where a pattern runs: in a branch of its own, the one that the script of the same name has when it is called by ``workflow()``.

So a pattern makes the same calls, at the same places and under the same heading, in both languages. What the author passes in to be
called belongs to the author's workflow still: its models, its args, and its sub-workflows, which a pattern does not count as a level.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, TypeVar

from odw.dsl.border import message_of
from odw.dsl.calls import ask
from odw.dsl.composition import parallel_map
from odw.dsl.current import SCOPE, PythonFrame, current_scope, driver_of
from odw.dsl.errors import AgentFailed, InvalidOption
from odw.dsl.hooks import log
from odw.dsl.options import AgentOptions, contract_options
from odw.dsl.places import Site, call_site, is_authors
from odw.patterns._prompts import fill
from odw.patterns._shapes import Form
from odw.runtime.call_path import Frame, Scope
from odw.runtime.primitives.subworkflow import SubworkflowCall

T = TypeVar("T")


class section:
    """``with section("judge-panel") as here:`` runs what is inside as that pattern.

    To be entered by the pattern's own function, which the author's code calls.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._function = f"odw.patterns.{name.replace('-', '_')}()"
        self._mistake: Exception | None = None

    def __enter__(self) -> section:
        outer = current_scope(self._function)
        driver = driver_of(outer)
        self._call = SubworkflowCall(driver.run, outer, self.name, {}, None)
        path, group = self._call.scope.path, self._call.scope.frame.group

        def frame(of: Frame) -> PythonFrame:
            return PythonFrame(driver, of.name, of.meta, outer.frame.args, outer.frame.depth, group)

        self._authors = frame(outer.frame)
        self._authors.phase = outer.current_phase
        site = call_site(sys._getframe(1))
        # where a task of trio's called the pattern, nobody knows who began it
        self._site: Site = site if len(site) < 3 or is_authors(str(site[2])) else ()
        self._token = SCOPE.set(Scope(frame(self._call.scope.frame), path))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        SCOPE.reset(self._token)
        self._call.done(None if error is None else message_of(error))

    async def ask(
        self,
        prompt: str,
        values: Mapping[str, Any],
        role: AgentOptions | None,
        *,
        label: str,
        phase: str,
        form: Form = None,
    ) -> Any:
        """One call of a role: the answer in its form, None when it failed. Label and phase are templates over ``values``.

        Raises TypeError, InvalidOption for one that cannot be made: that is the author's mistake, and no abstention.
        """
        try:
            options: dict[str, Any] = contract_options(role or {}, self._function)
            options["label"] = fill(str(options.get("label", label)), values)
            options["phase"] = fill(str(options.get("phase", phase)), values)
            options["onFailure"] = "null"
            if isinstance(form, dict):
                options["schema"] = form
                form = None
            return await ask(prompt, options, form, self._site, self._function)
        except (TypeError, InvalidOption) as error:
            self._mistake = self._mistake or error
            raise

    async def own(self, fn: Callable[..., Awaitable[T]], *args: Any) -> T | None:
        """What a function of the author's gives, called here; None when an agent in it failed and that was thrown."""
        scope = current_scope(self._function)
        token = SCOPE.set(scope.of_frame(self._authors))
        try:
            return await fn(*args)
        except AgentFailed:
            return None
        finally:
            SCOPE.reset(token)

    async def times(self, count: int, make: Callable[[int], Awaitable[T]]) -> list[T | None]:
        """``make(index)`` for ``count`` indices at the same time; None for each that raised, unless a call could not be made."""
        results = await parallel_map(make, range(count))
        if self._mistake is not None:
            raise self._mistake
        return results

    def log(self, message: str) -> None:
        log(f"{self.name}: {message}")
