"""Creating functions: what compiled function expressions call (ECMA-262 sections 10.2, 15.2 to 15.8).

``code`` is the Python function ``(this, …)``; see docs/emitted-code.md for the calling convention.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.async_function_operations import start_async
from odw.ecma.abstract_ops.async_generator_operations import make_async_generator
from odw.ecma.abstract_ops.generator_operations import make_generator
from odw.ecma.functions import (
    ArrowFunction,
    BoundFunction,
    MethodFunction,
    PlainFunction,
    ResumableFunction,
    materialize,
    property_name,
)
from odw.ecma.internal_methods import give_methods  # noqa: F401  (functions need their internal methods)
from odw.ecma.realm import R, lookups
from odw.ecma.values import JSFunction, OrdinaryObject, Property, WellKnown

Code = Callable[..., Any]


class AsyncFunction(ResumableFunction):
    __slots__ = ()

    def call(self, this: Any, *args: Any) -> Any:
        code = self.code
        if len(args) == 1:  # a call with known arguments costs half of one with a list
            return start_async(code(this, args[0]))
        return start_async(code(this, *args))


class GeneratorFunction(ResumableFunction):
    __slots__ = ()
    prototype_kind = "generator"

    def call(self, this: Any, *args: Any) -> Any:
        return make_generator(self.code(this, *args), self)


class AsyncGeneratorFunction(ResumableFunction):
    __slots__ = ()
    prototype_kind = "async_generator"

    def call(self, this: Any, *args: Any) -> Any:
        return make_async_generator(self.code(this, *args), self)


def function(code: Code, name: Any, length: int) -> JSFunction:
    """An ordinary ``function``, which is also a constructor."""
    f: Any = PlainFunction()
    f._proto = lookups.function
    f.extensible = True
    f.call = code
    f.name = name
    f.length = length
    return f  # type: ignore[no-any-return]


def arrow(code: Code, name: Any, length: int) -> JSFunction:
    f: Any = ArrowFunction()
    f._proto = lookups.function
    f.extensible = True
    f.call = code
    f.name = name
    f.length = length
    return f  # type: ignore[no-any-return]


def method(code: Code, name: Any, length: int, home: Any) -> JSFunction:
    f: Any = MethodFunction()
    f._proto = lookups.function
    f.extensible = True
    f.call = code
    f.name = name
    f.length = length
    f.home = home
    return f  # type: ignore[no-any-return]


def async_function(code: Code, name: Any, length: int) -> JSFunction:
    return AsyncFunction(code, R.async_function_prototype, name, length)


def async_arrow(code: Code, name: Any, length: int) -> JSFunction:
    return AsyncFunction(code, R.async_function_prototype, name, length)


def async_method(code: Code, name: Any, length: int, home: Any) -> JSFunction:
    return AsyncFunction(code, R.async_function_prototype, name, length, home)


def generator_function(code: Code, name: Any, length: int) -> JSFunction:
    return GeneratorFunction(code, R.generator_function_prototype, name, length)


def generator_method(code: Code, name: Any, length: int, home: Any) -> JSFunction:
    return GeneratorFunction(code, R.generator_function_prototype, name, length, home)


def async_generator_function(code: Code, name: Any, length: int) -> JSFunction:
    return AsyncGeneratorFunction(code, R.async_generator_function_prototype, name, length)


def async_generator_method(code: Code, name: Any, length: int, home: Any) -> JSFunction:
    return AsyncGeneratorFunction(code, R.async_generator_function_prototype, name, length, home)


def set_function_name(fn: Any, name: Any, prefix: str = "") -> Any:
    """SetFunctionName (10.2.9); returns ``fn``."""
    text = property_name(name, prefix)
    if fn.name is not None:
        fn.name = text
    else:
        fn["name"] = Property(text, configurable=True)
    return fn


class ArgumentsObject(OrdinaryObject):
    """An unmapped arguments object (10.4.4)."""

    __slots__ = ()
    class_name = "Arguments"


def make_arguments(args: tuple[Any, ...]) -> ArgumentsObject:
    """CreateUnmappedArgumentsObject (10.4.4.6)."""
    o = ArgumentsObject(R.object_prototype)
    o["length"] = Property(len(args), True, False, True)
    for index, value in enumerate(args):
        o[str(index)] = value
    o[WellKnown.iterator] = Property(R.array_prototype_values, True, False, True)
    o["callee"] = Property(getter=R.throw_type_error, setter=R.throw_type_error)
    return o


def bind(target: Any, this: Any, args: tuple[Any, ...]) -> BoundFunction:
    return BoundFunction(target, this, args)


__all__ = [
    "ArgumentsObject",
    "arrow",
    "async_arrow",
    "async_function",
    "async_generator_function",
    "async_generator_method",
    "async_method",
    "bind",
    "function",
    "generator_function",
    "generator_method",
    "make_arguments",
    "materialize",
    "method",
    "set_function_name",
]
