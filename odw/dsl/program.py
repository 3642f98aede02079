"""A workflow in Python as a Program of the runtime."""

from __future__ import annotations

from typing import Any

from odw.diagnostics import Diagnostic
from odw.dsl.binding import bind
from odw.dsl.border import uncaught
from odw.dsl.children import LoadChild
from odw.dsl.current import PythonFrame
from odw.dsl.driver import Driver
from odw.dsl.human import GATE
from odw.dsl.json_values import plain
from odw.dsl.workflows import Workflow
from odw.errors import ResultNotJson
from odw.jsonvalue import JsonValue, check_json
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext


class PythonProgram:
    """A ``@workflow`` function, ready to run. ``source`` is the text of its file, "" where there is none."""

    def __init__(
        self,
        workflow: Workflow[Any, Any],
        source: str,
        file: str,
        load_child: LoadChild,
        diagnostics: tuple[Diagnostic, ...] = (),
    ) -> None:
        self.workflow = workflow
        self.name = workflow.name
        self.meta = workflow.meta
        self.source = source
        self.file = file
        self.diagnostics = diagnostics
        self._load_child = load_child

    def with_flags(self, flags: list[tuple[str, str | None]], args: Any) -> Any:
        """The args with what the command line says of the workflow's parameters. Raises UsageError."""
        from odw.dsl.flags import args_of_flags

        return args_of_flags(self.workflow, flags, args)

    def check_args(self, args: Any) -> None:
        """Raises UsageError for args that do not fit the workflow's parameters."""
        bind(self.workflow, args)

    async def run(self, context: RunContext) -> JsonValue:
        driver = Driver(context, self._load_child)
        GATE.set(context.options.human)
        args = context.options.args
        frame = PythonFrame(driver, self.name, self.meta, args)
        positional, named = bind(self.workflow, args)
        try:
            result = await driver.drive(Scope(frame), lambda: self.workflow.fn(*positional, **named))
        except BaseException as error:
            import trio

            if isinstance(error, trio.Cancelled):
                raise
            raise uncaught(error) from error
        return json_result(result)


def json_result(value: Any) -> JsonValue:
    """What a workflow returned, as JSON. Raises ResultNotJson."""
    converted = plain(value)
    try:
        check_json(converted)
    except ResultNotJson as error:
        raise ResultNotJson(f"result_not_serializable: {error.message}", error.path) from None
    result: JsonValue = converted
    return result
