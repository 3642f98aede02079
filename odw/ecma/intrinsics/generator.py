"""Generator, async generator and async function prototypes (ECMA-262 sections 27.3 to 27.7)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.async_generator_operations import NEXT, RETURN, THROW, enqueue_request
from odw.ecma.abstract_ops.generator_operations import (
    generator_result,
    resume_generator,
    resume_generator_abrupt,
    validate_generator,
)
from odw.ecma.abstract_ops.iterator_operations import native_steps
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import GeneratorReturn, JsThrow, throw
from odw.ecma.intrinsics.builders import builtin, define_methods, define_tag, new_prototype
from odw.ecma.realm import R
from odw.ecma.values import MISSING, Property, undefined


def generator_next(this: Any, value: Any = undefined, *_: Any) -> Any:
    """%GeneratorPrototype%.next (27.5.1.2)."""
    return generator_result(resume_generator(validate_generator(this, "next"), value))


def _generator_step(this: Any) -> Any:
    """The value that IteratorStepValue (7.4.9) makes of ``generator_next``'s result, or MISSING."""
    value, done = resume_generator(validate_generator(this, "next"), undefined)
    if type(value) is tuple:  # the result of another iterator, handed on by ``yield*``
        (result,) = value
        return MISSING if truthy(get(result, "done")) else get(result, "value")
    return MISSING if done else value


native_steps[generator_next] = _generator_step


def generator_return(this: Any, value: Any = undefined, *_: Any) -> Any:
    """%GeneratorPrototype%.return (27.5.1.3)."""
    generator = validate_generator(this, "return")
    return generator_result(resume_generator_abrupt(generator, GeneratorReturn(value)))


def generator_throw(this: Any, reason: Any = undefined, *_: Any) -> Any:
    """%GeneratorPrototype%.throw (27.5.1.4)."""
    generator = validate_generator(this, "throw")
    return generator_result(resume_generator_abrupt(generator, JsThrow(reason)))


def async_generator_next(this: Any, value: Any = undefined, *_: Any) -> Any:
    """%AsyncGeneratorPrototype%.next (27.6.1.2)."""
    return enqueue_request(this, NEXT, value)


def async_generator_return(this: Any, value: Any = undefined, *_: Any) -> Any:
    """%AsyncGeneratorPrototype%.return (27.6.1.3)."""
    return enqueue_request(this, RETURN, value)


def async_generator_throw(this: Any, reason: Any = undefined, *_: Any) -> Any:
    """%AsyncGeneratorPrototype%.throw (27.6.1.4)."""
    return enqueue_request(this, THROW, reason)


def install(realm: Any) -> None:
    realm.generator_prototype = new_prototype(realm.iterator_prototype)
    define_methods(
        realm.generator_prototype,
        {"next": (generator_next, 1), "return": (generator_return, 1), "throw": (generator_throw, 1)},
    )
    define_tag(realm.generator_prototype, "Generator")
    realm.async_generator_prototype = new_prototype(realm.async_iterator_prototype)
    define_methods(
        realm.async_generator_prototype,
        {
            "next": (async_generator_next, 1),
            "return": (async_generator_return, 1),
            "throw": (async_generator_throw, 1),
        },
    )
    define_tag(realm.async_generator_prototype, "AsyncGenerator")
    realm.generator_function_prototype = _function_kind("GeneratorFunction", realm.generator_prototype)
    realm.async_generator_function_prototype = _function_kind(
        "AsyncGeneratorFunction", realm.async_generator_prototype
    )
    realm.async_function_prototype = _function_kind("AsyncFunction", None)


def _function_kind(name: str, instances: Any) -> Any:
    """The prototype that functions of one kind share, with its constructor, which no global names (27.3.1 …)."""

    def construct(args: Any, new_target: Any) -> Any:
        raise throw("EvalError", "Code generation from strings disallowed for this context")

    def call(this: Any, *args: Any) -> Any:
        return construct(args, undefined)

    constructor = builtin(call, name, 1, construct)
    constructor._proto = R.function_constructor
    prototype = new_prototype(R.function_prototype)
    constructor.materialize()  # type: ignore[attr-defined]
    constructor["prototype"] = Property(prototype)
    prototype["constructor"] = Property(constructor, configurable=True)
    if instances is not None:
        prototype["prototype"] = Property(instances, configurable=True)
        instances["constructor"] = Property(prototype, configurable=True)
    define_tag(prototype, name)
    return prototype
