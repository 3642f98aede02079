"""The kinds of function object (ECMA-262 sections 10.2 and 10.4.1), besides the built-in ones of values.JSFunction.

Closures are made often and looked at rarely. So each kind is a class whose constant slots are class attributes,
function_operations.py fills the others without a call, and ``name``, ``length`` and ``prototype`` are materialised on the
first look at a function's own properties.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.completion import type_error
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, ObjectBase, OrdinaryObject, Property, Symbol, undefined


class PlainFunction(JSFunction):
    """``function`` declarations and expressions: the ones that ``new`` takes, besides classes."""

    __slots__ = ()
    prototype_kind = "function"
    # The slots are filled by function_operations.function: a call of Python's costs more.
    __init__ = dict.__init__

    def construct(self, args: Any, new_target: Any) -> Any:
        """[[Construct]] (10.2.2) of kind base."""
        proto = new_target.js_get("prototype", new_target)
        if not isinstance(proto, ObjectBase):
            check_function_realm(new_target)
            proto = R.object_prototype
        this = OrdinaryObject(proto)
        code: Any = self.call
        keywords = code.__kwdefaults__
        if keywords and "new_target" in keywords:
            result = code(this, *args, new_target=new_target)
        elif len(args) == 1:
            result = code(this, args[0])
        else:
            result = code(this, *args)
        return this if result is undefined or not isinstance(result, ObjectBase) else result


class ArrowFunction(JSFunction):
    """Arrow functions: callable and nothing else."""

    __slots__ = ()
    construct: Any = None
    __init__ = dict.__init__


class MethodFunction(JSFunction):
    """Methods, getters and setters: like an arrow, with a home object for ``super``."""

    __slots__ = ("home",)
    construct: Any = None
    __init__ = dict.__init__


class ResumableFunction(JSFunction):
    """Async functions and generators of every kind: ``code`` makes a coroutine or a Python generator, ``call`` wraps it."""

    __slots__ = ("code", "home")
    construct: Any = None

    def __init__(self, code: Any, proto: Any, name: Any, length: int, home: Any = None) -> None:
        self._proto = proto
        self.extensible = True
        self.code = code
        self.name = name
        self.length = length
        self.home = home


class ClassConstructor(JSFunction):
    """A class constructor.

    ``home`` is its prototype object; ``fields`` what it adds to an instance, None for nothing; ``definition`` the code
    object that evaluated the class definition and its globals, by which the class's text is found.
    """

    __slots__ = ("definition", "fields", "home")
    definition: Any
    fields: Any
    home: Any
    __init__ = dict.__init__


class BoundFunction(JSFunction):
    """A bound function exotic object (10.4.1)."""

    __slots__ = ("bound_arguments", "bound_this", "target")

    def __init__(self, target: Any, this: Any, args: tuple[Any, ...]) -> None:
        """BoundFunctionCreate (10.4.1.3)."""
        self._proto = target.js_get_prototype_of()
        self.extensible = True
        self.name = None
        self.target = target
        self.bound_this = this
        self.bound_arguments = args

    def call(self, this: Any, *args: Any) -> Any:
        code = self.target.call
        # A call with known arguments costs half of one with a list.
        if len(args) == 1 and not self.bound_arguments:
            return code(self.bound_this, args[0])
        return code(self.bound_this, *self.bound_arguments, *args)

    @property
    def construct(self) -> Any:  # type: ignore[override]
        return None if self.target.construct is None else self._construct

    def _construct(self, args: Any, new_target: Any) -> Any:
        target = self.target
        return target.construct((*self.bound_arguments, *args), target if new_target is self else new_target)


def check_function_realm(function: Any) -> None:
    """GetFunctionRealm (7.3.24), of which one realm leaves only the TypeError for a revoked proxy."""
    while isinstance(function, BoundFunction) or function.class_name == "Proxy":
        function = function.target
        if function is None:
            raise type_error("Cannot perform 'get' on a proxy that has been revoked")


def materialize(function: Any) -> None:
    """Give a function its ``length``, ``name`` and, by its kind, ``prototype``, in this order."""
    name = function.name
    if name is None:
        return
    function.name = None
    function["length"] = Property(function.length, configurable=True)
    function["name"] = Property(name if type(name) is str else property_name(name), configurable=True)
    kind = function.prototype_kind
    if kind == "function":
        prototype = OrdinaryObject(R.object_prototype)
        prototype["constructor"] = Property(function, True, False, True)
        function["prototype"] = Property(prototype, True)
    elif kind == "generator":
        function["prototype"] = Property(OrdinaryObject(R.generator_prototype), True)
    elif kind == "async_generator":
        function["prototype"] = Property(OrdinaryObject(R.async_generator_prototype), True)


def property_name(key: Any, prefix: str = "") -> str:
    """SetFunctionName (10.2.9): ``[description]`` for a symbol; ``get`` or ``set`` as prefix."""
    if type(key) is Symbol:
        name = "" if key.description is undefined else f"[{key.description}]"
    else:
        name = key if type(key) is str else f"{key.description}"
    return f"{prefix} {name}" if prefix else name


def not_without_new(name: str) -> Any:
    """The [[Call]] of a class constructor."""

    def call(this: Any, *_: Any) -> Any:
        if name:
            raise type_error(f"Class constructor {name} cannot be invoked without 'new'")
        raise type_error("Class constructors cannot be invoked without 'new'")

    return call


JSFunction.materialize = materialize  # type: ignore[attr-defined]
