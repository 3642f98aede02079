"""Error, its kinds and AggregateError (ECMA-262 section 20.5), with V8's ``stack`` and ``Error.captureStackTrace``."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from odw.ecma import positions
from odw.ecma.abstract_ops.describe import describe, peek
from odw.ecma.abstract_ops.iterator_operations import iterable_to_list
from odw.ecma.abstract_ops.object_operations import (
    define_property_or_throw,
    get,
    get_prototype_from_constructor,
)
from odw.ecma.abstract_ops.stack_frames import frame_lines
from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.completion import SCRIPT_ERRORS, thrown_value, type_error
from odw.ecma.functions import check_function_realm
from odw.ecma.intrinsics.builders import constructor, define_hidden, define_methods, new_prototype
from odw.ecma.property_descriptor import PropertyDescriptor
from odw.ecma.realm import R
from odw.ecma.values import (
    MISSING,
    JSArray,
    JSFunction,
    ObjectBase,
    OrdinaryObject,
    Property,
    PropertyKey,
    undefined,
)

KINDS = ("TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError")
STACK_FRAMES = 10  # V8's default Error.stackTraceLimit
MOST_FRAMES = 200  # NON-SPEC: however high a script sets it
PENDING_STACK = object()  # the value of an error's ``stack`` until it is read


class ErrorObject(OrdinaryObject):
    """An error. ``frames`` is where it was made, kept unresolved; ``stack`` becomes text on the first look, as in V8."""

    __slots__ = ("frames",)
    class_name = "Error"

    def __init__(self, proto: Any) -> None:
        self._proto = proto
        self.extensible = True
        self.frames: Any = ()
        self["stack"] = Property(PENDING_STACK, True, False, True)

    @property
    def places(self) -> list[positions.Place]:
        """Where in the script it was made, the innermost place first."""
        return positions.resolved(self.frames)

    @property
    def pending(self) -> bool:
        """Whether ``stack`` is as the constructor left it and was not read yet."""
        prop = self.get("stack")
        return type(prop) is Property and prop.value is PENDING_STACK

    def make_stack(self) -> Any:
        prop: Property = self["stack"]
        if prop.value is PENDING_STACK:
            prop.value = error_text(self)  # what a getter of ``name`` sees that asks for ``stack``
            prop.value = stack_text(_header(self), self.places)
        return prop.value

    def js_get(self, k: PropertyKey, receiver: Any) -> Any:
        if k == "stack" and self.pending:
            return self.make_stack()
        return super().js_get(k, receiver)  # type: ignore[misc]

    def js_get_own_property(self, k: PropertyKey) -> Property | None:
        if k == "stack" and self.pending:
            return PendingStack(self)
        return super().js_get_own_property(k)  # type: ignore[misc, no-any-return]


class PendingStack(Property):
    """The own property ``stack`` of an error for those who may only want its attributes."""

    __slots__ = ("error",)

    def __init__(self, error: ErrorObject) -> None:
        prop = error["stack"]
        self.error = error
        self.writable, self.enumerable, self.configurable = prop.writable, prop.enumerable, prop.configurable
        self.getter = self.setter = MISSING

    @property
    def value(self) -> Any:
        return self.error.make_stack()


def stack_text(header: str, places: list[positions.Place]) -> str:
    """V8's shape: the header, then ``    at name (file:line:column)`` for each place, columns counted from 1."""
    return "\n".join([header, *frame_lines(header, places)])


def _header(error: Any) -> str:
    """The stack's first line: the error as text, as its class has it by now."""
    try:
        return to_text(error)
    except SCRIPT_ERRORS as thrown:
        thrown_value(thrown)  # for a mistake of ours, which this raises
        return error_text(error)


def error_text(o: Any) -> str:
    """Error.prototype.toString without running anything, for messages and the stack's header."""
    name, message = peek(o, "name"), peek(o, "message")
    shown = "Error" if name is undefined else describe(name)
    text = "" if message is undefined else describe(message)
    return f"{shown}: {text}" if shown and text else shown or text


def capture(error: Any, frame: Any) -> None:
    """Note where ``error`` is being made, for its ``stack``."""
    error.frames = positions.frames_of(stack_limit(), frame)


def stack_limit() -> int:
    """How many frames a stack holds: ``Error.stackTraceLimit``, V8's."""
    limit = R.error_constructor.get("stackTraceLimit")
    if type(limit) is not int and type(limit) is not float:
        return 0
    return int(min(max(limit, 0), MOST_FRAMES)) if limit == limit else 0


def new_error(proto: Any, message: Any, options: Any, frame: Any) -> ErrorObject:
    """The steps that all constructors share (20.5.1.1): message, cause, and the stack."""
    error = ErrorObject(proto)
    if message is not undefined:
        error["message"] = Property(to_string(message), True, False, True)
    if isinstance(options, ObjectBase) and options.js_has_property("cause"):  # type: ignore[attr-defined]
        error["cause"] = Property(get(options, "cause"), True, False, True)
    capture(error, frame)
    return error


def make_error(kind: str, message: str) -> ErrorObject:
    """A new error of ``kind`` with a message of the library's, where the script is now."""
    error = ErrorObject(R.error_prototypes[kind])
    error["message"] = Property(message, True, False, True)
    capture(error, sys._getframe(1))
    return error


def to_text(this: Any, *_: Any) -> str:
    """https://tc39.es/ecma262/#sec-error.prototype.tostring"""
    if not isinstance(this, ObjectBase):
        raise type_error(f"Method Error.prototype.toString called on incompatible receiver {describe(this)}")
    name = get(this, "name")
    name = "Error" if name is undefined else to_string(name)
    message = get(this, "message")
    message = "" if message is undefined else to_string(message)
    return f"{name}: {message}" if name and message else name or message


def is_error(this: Any, value: Any = undefined, *_: Any) -> bool:
    """https://tc39.es/ecma262/#sec-error.iserror"""
    return isinstance(value, ErrorObject)


def capture_stack_trace(this: Any, target: Any = undefined, above: Any = undefined, *_: Any) -> Any:
    """``Error.captureStackTrace(target, above)``, V8's: gives any object a ``stack`` of here, or of where ``above`` was called."""
    if not isinstance(target, ObjectBase):
        raise type_error("invalid_argument")
    frame: FrameType | None = sys._getframe(1)
    if isinstance(above, JSFunction):
        code = getattr(getattr(above, "code", above.call), "__code__", None)
        while frame is not None and frame.f_code is not code:
            frame = frame.f_back
        frame = frame.f_back if frame is not None else None
    frames = () if frame is None else positions.frames_of(stack_limit(), frame)
    text = stack_text(error_text(target), positions.resolved(frames))
    define_property_or_throw(target, "stack", PropertyDescriptor(text, True, False, True))
    return undefined


def _kind(name: str, prototype: Any, parent: Any) -> Any:
    default = R.error_prototypes

    def construct(args: Any, new_target: Any) -> ErrorObject:
        message, options = (*args, undefined, undefined)[:2]
        proto = default[name] if new_target is made else _prototype(new_target, name)
        return new_error(proto, message, options, sys._getframe(1))

    def call(this: Any, message: Any = undefined, options: Any = undefined, *_: Any) -> ErrorObject:
        return new_error(default[name], message, options, sys._getframe(1))

    made = constructor(name, 1, prototype, call, construct, parent)
    return made


def _prototype(new_target: Any, name: str) -> Any:
    proto = get(new_target, "prototype")
    if isinstance(proto, ObjectBase):
        return proto
    check_function_realm(new_target)
    return R.error_prototypes[name]


def _aggregate(prototype: Any, parent: Any) -> Any:
    def build(args: Any, proto: Any, frame: Any) -> ErrorObject:
        errors, message, options = (*args, undefined, undefined, undefined)[:3]
        error = new_error(proto, message, options, frame)
        error["errors"] = Property(JSArray(iterable_to_list(errors)), True, False, True)
        return error

    def construct(args: Any, new_target: Any) -> ErrorObject:
        proto = get_prototype_from_constructor(new_target, "aggregate_error_prototype")
        return build(args, proto, sys._getframe(1))

    def call(this: Any, *args: Any) -> ErrorObject:
        return build(args, R.aggregate_error_prototype, sys._getframe(1))

    return constructor("AggregateError", 2, prototype, call, construct, parent)


def _fill(prototype: Any, name: str) -> None:
    define_hidden(prototype, "name", name)
    define_hidden(prototype, "message", "")


def install(realm: Any) -> None:
    realm.error_prototypes = {}
    root = realm.error_prototype = realm.error_prototypes["Error"] = new_prototype()
    parent = realm.error_constructor = _kind("Error", root, None)
    _fill(root, "Error")
    define_methods(root, {"toString": (to_text, 0)})
    define_methods(parent, {"captureStackTrace": (capture_stack_trace, 2), "isError": (is_error, 1)})
    parent["stackTraceLimit"] = STACK_FRAMES
    for name in KINDS:
        prototype = realm.error_prototypes[name] = new_prototype(root)
        attribute = f"{name.removesuffix('Error').lower()}_error_constructor"
        realm.__dict__[attribute] = _kind(name, prototype, parent)
        _fill(prototype, name)
    aggregate = realm.aggregate_error_prototype = new_prototype(root)
    realm.error_prototypes["AggregateError"] = aggregate
    realm.aggregate_error_constructor = _aggregate(aggregate, parent)
    _fill(aggregate, "AggregateError")
    realm.make_error = make_error
    realm.stack_limit = stack_limit
