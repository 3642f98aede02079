"""``workflow(ref, args)`` inside a workflow: another one, Python or JavaScript, in a scope of its own. Contract, section 4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from trio.lowlevel import Abort, current_task, reschedule, wait_task_rescheduled

from odw.dsl.border import message_of
from odw.dsl.current import SCOPE, PythonFrame, current_scope, driver_of
from odw.dsl.json_values import plain, to_json
from odw.errors import OdwError
from odw.jsonvalue import JsonValue
from odw.runtime.abc import ABSENT
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.primitives.subworkflow import BAD_REFERENCE, TOO_DEEP, SubworkflowCall

if TYPE_CHECKING:
    from odw.dsl.workflows import Workflow

Done = Callable[[JsonValue, BaseException | None], None]


class Guest(Protocol):
    """A workflow of another language that runs inside this one.

    ``start`` begins it in a scope; ``done`` is told its end. ``pump`` gives it a turn after a completion was handed out.
    """

    name: str
    meta: Mapping[str, Any]

    def start(self, run: RunContext, scope: Scope, args: Any, done: Done) -> Callable[[], None]: ...


# (name or path, whether it is a path) -> the workflow in Python, or a guest; raises OdwError
LoadChild = Callable[[str, bool], "Workflow[Any, Any] | Guest"]


async def run_child(ref: Any, args: Any = ABSENT) -> Any:
    """Run the workflow that ``ref`` means with ``args``, which must be JSON; its result as JSON.

    Raises TypeError for a reference or args that cannot be, RuntimeError from inside a sub-workflow, UsageError and ScriptRejected
    for one that is not there or does not parse; else what it raises.
    """
    from odw.dsl.workflows import Workflow

    scope = current_scope("odw.workflow()")
    driver = driver_of(scope)
    if scope.frame.depth:
        raise RuntimeError(TOO_DEEP)
    if isinstance(ref, Mapping):
        args = ref.get("args", ABSENT) if args is ABSENT else args
        path, name = ref.get("scriptPath"), ref.get("name")
        if not isinstance(path if path is not None else name, str):
            raise TypeError(BAD_REFERENCE)
        child = driver.load_child(str(path if path is not None else name), path is not None)
    else:
        child = ref if isinstance(ref, Workflow) else driver.load_child(ref, False)
    given = ABSENT if args is ABSENT else to_json(args, "odw.workflow(): the args")
    call = SubworkflowCall(driver.run, scope, child.name, child.meta, given)
    try:
        if isinstance(child, Workflow):
            result = await _run_python(child, call, given)
        else:
            result = await _run_guest(child, call, given)
    except BaseException as error:
        call.done(error.message if isinstance(error, OdwError) else message_of(error))
        raise
    call.done()
    return result


async def _run_python(child: Workflow[Any, Any], call: SubworkflowCall, args: Any) -> Any:
    from odw.dsl.binding import bind

    positional, named = bind(child, args)
    outer = current_scope("odw.workflow()")
    frame = call.scope.frame
    own = PythonFrame(driver_of(outer), frame.name, frame.meta, args, frame.depth, frame.group)
    token = SCOPE.set(Scope(own, call.scope.path))
    try:
        return to_json(await child.fn(*positional, **named), f"the result of {child.name}")
    finally:
        SCOPE.reset(token)


async def _run_guest(guest: Guest, call: SubworkflowCall, args: Any) -> Any:
    driver = driver_of(current_scope("odw.workflow()"))
    task = current_task()
    end: list[tuple[JsonValue, BaseException | None]] = []
    waits = False

    def done(value: JsonValue, error: BaseException | None) -> None:
        nonlocal waits
        end.append((value, error))
        if waits:
            waits = False
            reschedule(task)

    def abort(_: Any) -> Abort:
        nonlocal waits
        waits = False
        return Abort.SUCCEEDED

    pump = guest.start(driver.run, call.scope, args, done)
    driver.pumps.append(pump)
    try:
        pump()
        if not end:
            waits = True
            await wait_task_rescheduled(abort)
    finally:
        driver.pumps.remove(pump)
    value, error = end[0]
    if error is not None:
        raise error
    return plain(value)
