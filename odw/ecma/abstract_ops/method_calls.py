"""Calling what a script has looked up (ECMA-262 13.3.6): ``callee(f)(…)``, ``method_of(o, 'm')(o, …)``, ``call_push(xs, v)``.

``callee`` and ``method_of`` give the Python callable of a function; for any other value one that throws when it is called, since
ECMA-262 evaluates the arguments first. The helpers for the methods of ``method_names.ARGUMENTS`` are made of three templates.
What they call without a look-up is found when it is called first, so that a script pays for no intrinsic that it does not use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any, Final, NoReturn

from odw.ecma import positions
from odw.ecma.abstract_ops.callee_text import callee_text
from odw.ecma.abstract_ops.property_access import get
from odw.ecma.completion import type_error
from odw.ecma.keyed_collection import MapObject, SetObject
from odw.ecma.method_names import ARGUMENTS, helper_name
from odw.ecma.realm import R, untouched
from odw.ecma.values import MISSING, JSArray, JSValue
from odw.ecma.watched_methods import MapPrototype, SetPrototype

Native = Callable[..., JSValue]


def callee(f: JSValue) -> Native:
    """The code that ``f(…)`` runs."""
    try:
        return f.call  # type: ignore[no-any-return]
    except AttributeError:
        return _refuse


def method_of(o: JSValue, key: str) -> Native:
    """The code that ``o.key(…)`` runs, looked up now."""
    f = get(o, key)
    try:
        return f.call  # type: ignore[no-any-return]
    except AttributeError:
        return _refuse


def _refuse(this: JSValue, *_: JSValue) -> NoReturn:
    """The call of what is no function, in the words of the call that the script wrote."""
    place = positions.current_place(sys._getframe(1))
    assert place is not None  # only compiled code gets here
    raise type_error(f"{callee_text(place.text)} is not a function")


# The templates. ``first`` and ``second`` are JSArray or str, or a class of no value. A Map's or Set's prototype is the realm's
# where its class says so, and it has no property of its own where its dict is empty.


def _without_argument(
    key: str, first: type, of_first: Native, second: type, of_second: Native, of_map: Native, of_set: Native
) -> Any:
    def helper(o: JSValue) -> JSValue:
        cls = type(o) if untouched.methods else None
        if cls is first:
            return of_first(o)
        if cls is second:
            return of_second(o)
        if cls is MapObject and type(o._proto) is MapPrototype and not len(o):
            return of_map(o)
        if cls is SetObject and type(o._proto) is SetPrototype and not len(o):
            return of_set(o)
        return method_of(o, key)(o)

    return helper


def _with_one(
    key: str, first: type, of_first: Native, second: type, of_second: Native, of_map: Native, of_set: Native
) -> Any:
    def helper(o: JSValue, a: JSValue = MISSING) -> JSValue:
        cls = type(o) if untouched.methods else None
        if cls is first:
            code = of_first
        elif cls is second:
            code = of_second
        elif cls is MapObject and type(o._proto) is MapPrototype and not len(o):
            code = of_map
        elif cls is SetObject and type(o._proto) is SetPrototype and not len(o):
            code = of_set
        else:
            code = method_of(o, key)
        return code(o) if a is MISSING else code(o, a)

    return helper


def _with_two(
    key: str, first: type, of_first: Native, second: type, of_second: Native, of_map: Native, of_set: Native
) -> Any:
    def helper(o: JSValue, a: JSValue = MISSING, b: JSValue = MISSING) -> JSValue:
        cls = type(o) if untouched.methods else None
        if cls is first:
            code = of_first
        elif cls is second:
            code = of_second
        elif cls is MapObject and type(o._proto) is MapPrototype and not len(o):
            code = of_map
        elif cls is SetObject and type(o._proto) is SetPrototype and not len(o):
            code = of_set
        else:
            code = method_of(o, key)
        if b is not MISSING:
            return code(o, a, b)
        return code(o) if a is MISSING else code(o, a)

    return helper


class _NoValue:
    """No script value is of this class."""


class _Original:
    """Stands in a template's variables for the original methods until each is called first."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.helper: Any = None

    def __call__(self, o: JSValue, *args: JSValue) -> JSValue:
        cls = type(o)
        prototype = getattr(R, _PROTOTYPES[cls])
        found = (prototype.named if cls is JSArray else prototype).get(self.key)
        if found is None:  # Maps have no ``push``
            return method_of(o, self.key)(o, *args)
        cells = dict(zip(self.helper.__code__.co_freevars, self.helper.__closure__, strict=True))
        variable = _VARIABLES.get(cls) or ("of_first" if cells["first"].cell_contents is cls else "of_second")
        cells[variable].cell_contents = code = found.value.call
        return code(o, *args)


_TEMPLATES: Final = (_without_argument, _with_one, _with_two)
_OF_ARRAYS: Final = frozenset(
    """
    concat entries every filter find findIndex flat flatMap forEach join keys map pop push reduce reverse shift some sort
    unshift values
    """.split()  # noqa: SIM905 - a table of words
)
_OF_BOTH: Final = frozenset({"at", "concat", "includes", "indexOf", "lastIndexOf", "slice"})
_OF_COLLECTIONS: Final = frozenset({"add", "delete", "get", "has", "set"})
_PROTOTYPES: Final[dict[type, str]] = {
    JSArray: "array_prototype",
    str: "string_prototype",
    MapObject: "map_prototype",
    SetObject: "set_prototype",
}
_VARIABLES: Final[dict[type, str]] = {MapObject: "of_map", SetObject: "of_set"}


def _helper(key: str, name: str, arguments: int) -> FunctionType:
    """The helper for one method, with a code object of its own: CPython specialises each for what it is used for."""
    first: type = _NoValue if key in _OF_COLLECTIONS else JSArray if key in _OF_ARRAYS else str
    second: type = JSArray if key in _OF_BOTH and first is str else str if key == "concat" else _NoValue
    original = _Original(key)
    made = _TEMPLATES[arguments](key, first, original, second, original, original, original)
    code = made.__code__.replace(co_name=name)
    helper = original.helper = FunctionType(code, made.__globals__, name, made.__defaults__, made.__closure__)
    return helper


HELPERS: Final[dict[str, Native]] = {
    (name := helper_name(key)): _helper(key, name, n) for key, n in ARGUMENTS.items()
}
"""The helpers by their names."""
