"""The value model: what an ECMAScript value is in Python.

=============  ==============================================================================================
undefined      ``undefined``, the only instance of :class:`Undefined`
null           ``None``
boolean        ``bool``
number         ``int`` when integral and ``abs(x) <= 2**53``; else ``float`` (so -0, NaN and the infinities are floats)
bigint         :class:`BigInt`
string         ``str`` whose characters are UTF-16 code units: an astral character is two surrogates
symbol         :class:`Symbol`
object         an :class:`ObjectBase`: :class:`JSObject` (a ``dict``) or :class:`JSArray` (a ``list``) and subclasses
=============  ==============================================================================================

Two shapes of object, chosen by the exact Python class, so that the common case costs one ``type(o) is`` test:

* *plain*: the class is exactly ``JSObject`` or exactly ``JSArray``. Extensible; the prototype is the realm's
  %Object.prototype% / %Array.prototype%; every entry is a writable, enumerable, configurable data property (an array's
  list may hold :data:`HOLE`); an array has no other named property but ``length``, which is writable.
* *exotic or merely unusual*: the class is :class:`OrdinaryObject` / :class:`ArrayObject` or a subclass. A value in the
  dict (or in an array's list or ``named`` dict) may be a :class:`Property`, which then carries attributes or accessors.

``unusual(o)`` turns a plain object into the second shape in place (same identity), which is what freezing, defining an
accessor or setting a prototype does first.

Python's own attribute lookup is never used for script property access; see ``abstract_ops/object_operations.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias, final

JSValue: TypeAlias = Any  # any row of the table above; Python's type system cannot say more without boxing
PropertyKey: TypeAlias = Any  # str | Symbol
NativeFunction: TypeAlias = Callable[..., Any]  # (this, *args) -> JSValue

MAX_SAFE: Final = 2**53


@final
class Undefined:
    """The type of ``undefined``; falsy, so that Python code may not confuse it with a value by accident."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "undefined"


undefined: Final = Undefined()


@final
class Hole:
    """The type of :data:`HOLE`, an absent element inside an array's list."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<hole>"


HOLE: Final = Hole()
MISSING: Final = object()  # "no such property": never a script value


@final
class Symbol:
    """A symbol value; identity is the value. ``description`` is a str or ``undefined``."""

    __slots__ = ("description",)

    def __init__(self, description: Any = undefined) -> None:
        self.description = description

    def __repr__(self) -> str:
        return f"Symbol({self.description if self.description is not undefined else ''})"


class WellKnown:
    """The well-known symbols (ECMA-262 table 1)."""

    async_iterator: Final = Symbol("Symbol.asyncIterator")
    has_instance: Final = Symbol("Symbol.hasInstance")
    is_concat_spreadable: Final = Symbol("Symbol.isConcatSpreadable")
    iterator: Final = Symbol("Symbol.iterator")
    match: Final = Symbol("Symbol.match")
    match_all: Final = Symbol("Symbol.matchAll")
    replace: Final = Symbol("Symbol.replace")
    search: Final = Symbol("Symbol.search")
    species: Final = Symbol("Symbol.species")
    split: Final = Symbol("Symbol.split")
    to_primitive: Final = Symbol("Symbol.toPrimitive")
    to_string_tag: Final = Symbol("Symbol.toStringTag")
    unscopables: Final = Symbol("Symbol.unscopables")


@final
class BigInt:
    """A BigInt value. Equality and hashing are by value, so it can key a dict."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return type(other) is BigInt and other.value == self.value

    def __hash__(self) -> int:
        return hash(("bigint", self.value))

    def __repr__(self) -> str:
        return f"{self.value}n"


@final
class PrivateName:
    """The identity of one ``#name`` of one class evaluation; ``owner`` says whose method it is, if it is one's."""

    __slots__ = ("description", "owner")

    def __init__(self, description: str) -> None:
        self.description = description
        self.owner = ""


class Property:
    """A property whose attributes are not the default ones, or an accessor (when ``getter`` or ``setter`` is not MISSING).

    Data: ``value`` and ``writable``. Accessor: ``getter`` / ``setter``, each a function object or ``undefined``.
    """

    __slots__ = ("configurable", "enumerable", "getter", "setter", "value", "writable")

    def __init__(
        self,
        value: JSValue = undefined,
        writable: bool = False,
        enumerable: bool = False,
        configurable: bool = False,
        getter: JSValue = MISSING,
        setter: JSValue = MISSING,
    ) -> None:
        self.value = value
        self.writable = writable
        self.enumerable = enumerable
        self.configurable = configurable
        self.getter = getter
        self.setter = setter

    @property
    def is_accessor(self) -> bool:
        return self.getter is not MISSING


class ObjectBase:
    """What all objects share. ``isinstance(v, ObjectBase)`` is the test for "Type(v) is Object".

    The essential internal methods (ECMA-262 table 4) are the ``js_*`` methods, mixed in by
    ``abstract_ops/object_operations.py`` for ordinary objects and arrays and overridden by exotic ones. They are named
    with a prefix so that no script property can be mistaken for them and no ``dict`` method is hidden.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return object.__hash__(self)

    def __bool__(self) -> bool:
        return True


_IDENTITY: Any = object  # a type checker knows of no order in it


class JSObject(ObjectBase, dict):  # type: ignore[type-arg]
    """An object whose own properties are this dict's items. Exactly this class: *plain* (see the module's docstring)."""

    __slots__ = ("_proto", "extensible", "private")
    # The plain shape reads its prototype from the class: one realm is active in a process at a time (realm.activate).
    proto: Any = None
    class_name = "Object"

    # Identity is the value. CPython compares without a call only where all six are the same class's.
    __eq__ = _IDENTITY.__eq__
    __ne__ = _IDENTITY.__ne__
    __lt__ = _IDENTITY.__lt__
    __le__ = _IDENTITY.__le__
    __gt__ = _IDENTITY.__gt__
    __ge__ = _IDENTITY.__ge__
    __hash__ = _IDENTITY.__hash__

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {dict.__repr__(self)}>"


class OrdinaryObject(JSObject):
    """An object of the second shape: own prototype slot, values may be :class:`Property`, may be non-extensible."""

    __slots__ = ()
    proto = JSObject.__dict__["_proto"]  # the slot's descriptor, under the name that both shapes share

    def __init__(self, proto: Any = None) -> None:
        self._proto = proto
        self.extensible = True
        self.private = None


class ObjectPrototype(OrdinaryObject):
    """%Object.prototype%: an immutable prototype exotic object (10.4.7). See ``watched_prototypes.py``."""

    __slots__ = ()


class JSArray(ObjectBase, list):  # type: ignore[type-arg]
    """An Array. Exactly this class: *plain*."""

    __slots__ = ("_named", "_proto", "extensible", "length_writable", "private")
    proto: Any = None
    class_name = "Array"

    __eq__ = _IDENTITY.__eq__  # see JSObject
    __ne__ = _IDENTITY.__ne__
    __lt__ = _IDENTITY.__lt__
    __le__ = _IDENTITY.__le__
    __gt__ = _IDENTITY.__gt__
    __ge__ = _IDENTITY.__ge__
    __hash__ = _IDENTITY.__hash__

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {list.__repr__(self)}>"


class ArrayObject(JSArray):
    """An Array of the second shape. ``named`` holds the properties that are not indices (``length`` is not in it)."""

    __slots__ = ()
    proto = JSArray.__dict__["_proto"]
    named: Any = JSArray.__dict__["_named"]

    def __init__(self, items: Any = (), proto: Any = None) -> None:
        list.__init__(self, items)
        self._proto = proto
        self._named: dict[PropertyKey, Any] = {}
        self.extensible = True
        self.length_writable = True


class JSFunction(OrdinaryObject):
    """A callable object.

    ``call(this, *args)`` is [[Call]]: a Python callable. Compiled code writes ``f.call(undefined, a, b)``: no other kind
    of value has a Python attribute ``call``, so an AttributeError with that name means "not a function" and
    ``completion.thrown_value`` turns it into the TypeError, with the callee's source text found by its position.

    ``construct(args, new_target)`` is [[Construct]], or None for what is no constructor; ``args`` is a tuple or list.

    The properties ``name``, ``length`` and ``prototype`` are made on the first look at own properties. Until then the
    slots ``name`` (a str, Symbol or PrivateName) and ``length`` hold what they will say; ``name`` is None after. Every
    own-property operation calls ``materialize`` first. ``prototype_kind`` says which ``prototype``, if any.
    """

    __slots__ = ("call", "construct", "length", "name")
    class_name = "Function"
    prototype_kind = ""  # "function", "generator" or "async_generator" for what has a ``prototype``

    def __init__(
        self,
        call: NativeFunction,
        proto: Any,
        name: Any,
        length: int,
        construct: Callable[[Any, Any], Any] | None = None,
    ) -> None:
        self._proto = proto
        self.extensible = True
        self.call = call
        self.construct = construct
        self.name = name
        self.length = length


def unusual(o: Any) -> Any:
    """Give a plain object or array its second shape in place; any other value is returned as it is."""
    changed: Any = o  # the class below is not the one a type checker knows
    if type(o) is JSObject:
        proto = changed.proto
        changed.__class__ = OrdinaryObject
        changed._proto = proto
        changed.extensible = True
    elif type(o) is JSArray:
        proto = changed.proto
        changed.__class__ = ArrayObject
        changed._proto = proto
        changed._named = {}
        changed.extensible = True
        changed.length_writable = True
    return o


def is_object(v: JSValue) -> bool:
    return isinstance(v, ObjectBase)


def is_callable(v: JSValue) -> bool:
    return isinstance(v, JSFunction)


def is_constructor(v: JSValue) -> bool:
    return isinstance(v, JSFunction) and v.construct is not None
