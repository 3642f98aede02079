"""Generator objects (ECMA-262 section 27.5): Python generators, driven by ``next``, ``return`` and ``throw``.

The Python generator yields the value that the script yields, or ``(result,)`` for an iterator result that ``yield*`` hands
on as it is; no script value is a tuple. Async functions and async generators have modules of their own; what
function objects and compiled code need of them is exported here, too.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from odw.ecma.abstract_ops.async_function_operations import aw, halting, start_async
from odw.ecma.abstract_ops.async_generator_operations import delegate_async, make_async_generator, yield_
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver, not_an_object
from odw.ecma.abstract_ops.iterator_operations import (
    create_iter_result_object,
    get_iterator,
    iterator_close,
    iterator_next,
    return_method,
)
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import GeneratorReturn, JsThrow, type_error
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, ObjectBase, OrdinaryObject, undefined

__all__ = [
    "GeneratorObject",
    "aw",
    "delegate",
    "delegate_async",
    "generator_result",
    "halting",
    "make_async_generator",
    "make_generator",
    "resume_generator",
    "resume_generator_abrupt",
    "start_async",
    "validate_generator",
    "yield_",
]


class GeneratorObject(OrdinaryObject):
    """A generator (27.5). ``steps`` is its Python generator, None once completed; ``started`` after the first resume."""

    __slots__ = ("running", "started", "steps")
    class_name = "Generator"

    def __init__(self, proto: Any, steps: Generator[Any, Any, Any]) -> None:
        self._proto = proto
        self.extensible = True
        self.steps: Generator[Any, Any, Any] | None = steps
        self.running = False
        self.started = False


def make_generator(steps: Generator[Any, Any, Any], function: JSFunction) -> GeneratorObject:
    """The generator object of a call of ``function``, whose code returned ``steps``."""
    proto = get(function, "prototype")
    return GeneratorObject(proto if isinstance(proto, ObjectBase) else R.generator_prototype, steps)


def resume_generator(generator: GeneratorObject, value: Any) -> tuple[Any, bool]:
    """GeneratorResume (27.5.3.3): what was yielded or returned, and whether the generator is done."""
    if generator.running:
        raise type_error("Generator is already running")
    steps = generator.steps
    if steps is None:
        return undefined, True
    generator.running = True
    try:
        yielded = steps.send(value if generator.started else None)
    except StopIteration as stop:
        generator.steps = None
        return stop.value, True
    except GeneratorReturn as returned:  # a ``return`` that a ``yield`` in a finalizer had held up
        generator.steps = None
        return returned.value, True
    except BaseException:
        generator.steps = None
        raise
    finally:
        generator.started = True
        generator.running = False
    return yielded, False


def resume_generator_abrupt(
    generator: GeneratorObject, abrupt: JsThrow | GeneratorReturn
) -> tuple[Any, bool]:
    """GeneratorResumeAbrupt (27.5.3.4)."""
    if generator.running:
        raise type_error("Generator is already running")
    steps = generator.steps
    if steps is None or not generator.started:
        if steps is not None:
            generator.steps = None
            steps.close()
        if isinstance(abrupt, JsThrow):
            raise abrupt
        return abrupt.value, True
    generator.running = True
    try:
        yielded = steps.throw(abrupt)
    except StopIteration as stop:
        generator.steps = None
        return stop.value, True
    except GeneratorReturn as returned:
        generator.steps = None
        return returned.value, True
    except BaseException:
        generator.steps = None
        raise
    finally:
        generator.running = False
    return yielded, False


def generator_result(outcome: tuple[Any, bool]) -> Any:
    """The iterator result object of an outcome of the functions above."""
    value, done = outcome
    if type(value) is tuple:
        return value[0]
    return create_iter_result_object(value, done)


def validate_generator(value: Any, method: str) -> GeneratorObject:
    """GeneratorValidate (27.5.3.2), without the check that it is not running."""
    if type(value) is not GeneratorObject:
        raise incompatible_receiver(f"[Generator].prototype.{method}", value)
    return value


def delegate(iterable: Any) -> Generator[Any, Any, Any]:
    """``yield from delegate(iterable)`` is ``yield* iterable`` (15.5.5) in a generator."""
    record = get_iterator(iterable)
    iterator = record.iterator
    result = iterator_next(record, undefined)
    while not truthy(get(result, "done")):
        try:
            received = yield (result,)
        except JsThrow as thrown:
            method = return_method(iterator, "throw")
            if method is None:
                iterator_close(record)
                raise type_error("The iterator does not provide a 'throw' method.") from None
            result = method.call(iterator, thrown.value)
            if not isinstance(result, ObjectBase):
                raise not_an_object(result) from None
        except GeneratorReturn as returned:
            method = return_method(iterator)
            if method is None:
                raise
            result = method.call(iterator, returned.value)
            if not isinstance(result, ObjectBase):
                raise not_an_object(result) from None
            if truthy(get(result, "done")):
                raise GeneratorReturn(get(result, "value")) from None
        else:
            result = iterator_next(record, received)
    return get(result, "value")
