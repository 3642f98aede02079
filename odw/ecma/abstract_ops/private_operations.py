"""Private names (ECMA-262 6.2.12 and 7.3.27 to 7.3.33): ``o.#x``, ``#x in o`` and how they come to be.

An object's private elements are a dict in its ``private`` slot, made with the first of them: PrivateName → the value of
a field, or a PrivateElement for a method or an accessor.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe, function_debug_name
from odw.ecma.completion import type_error
from odw.ecma.values import MISSING, JSArray, JSObject, ObjectBase, PrivateName, undefined


class PrivateElement:
    """A private method (``method``) or accessor (``getter`` / ``setter``, each may be None); ``owner`` names the class."""

    __slots__ = ("getter", "method", "owner", "setter")

    def __init__(self, method: Any, getter: Any, setter: Any, owner: str) -> None:
        self.method = method
        self.getter = getter
        self.setter = setter
        self.owner = owner


# The slot's own descriptors: a script's class may not hide them, and an unset slot is told without an exception's cost.
_SLOTS = (JSObject.__dict__["private"], JSArray.__dict__["private"])
_elements_of_object = _SLOTS[0].__get__


def _elements(o: Any) -> dict[PrivateName, Any] | None:
    try:
        return _SLOTS[isinstance(o, JSArray)].__get__(o)  # type: ignore[no-any-return]
    except AttributeError:
        return None


def _find(o: Any, name: PrivateName) -> Any:
    if not isinstance(o, ObjectBase):
        return MISSING
    elements = _elements(o)
    return MISSING if elements is None else elements.get(name, MISSING)


def _check_owner(name: PrivateName) -> None:
    if name.owner:
        raise type_error(f"Receiver must be {name.owner}")


def _check_nullish(o: Any, name: PrivateName, verb: str, doing: str) -> None:
    """V8's error for null and undefined; a method it calls by its class."""
    if o is None or o is undefined:
        what = name.owner.rpartition(" ")[2] or name.description
        raise type_error(f"Cannot {verb} properties of {describe(o)} ({doing} '{what}')")


def private_get(o: Any, name: PrivateName) -> Any:
    """PrivateGet (7.3.31)."""
    try:
        element = _elements_of_object(o)[name]
    except (AttributeError, KeyError, TypeError):  # no such element, an array, no object
        element = _find(o, name)
    if element is MISSING:
        _check_nullish(o, name, "read", "reading")
        _check_owner(name)
        raise type_error(
            f"Cannot read private member {name.description} from an object whose class did not declare it"
        )
    if type(element) is not PrivateElement:
        return element
    if element.method is not None:
        return element.method
    if element.getter is None:
        raise type_error(f"'{name.description}' was defined without a getter")
    return element.getter.call(o)


def private_put(o: Any, name: PrivateName, v: Any) -> Any:
    """PrivateSet (7.3.32); returns ``v``."""
    element = _find(o, name)
    if element is MISSING:
        _check_nullish(o, name, "set", "setting")
        _check_owner(name)
        raise type_error(
            f"Cannot write private member {name.description} to an object whose class did not declare it"
        )
    if type(element) is PrivateElement:
        if element.method is not None:
            raise type_error(f"Private method '{name.description}' is not writable")
        if element.setter is None:
            raise type_error(f"'{name.description}' was defined without a setter")
        element.setter.call(o, v)
    else:
        _elements(o)[name] = v  # type: ignore[index]
    return v


def private_in(o: Any, name: PrivateName) -> bool:
    """``#name in o`` (13.10.1)."""
    if not isinstance(o, ObjectBase):
        raise type_error(f"Cannot use 'in' operator to search for '{name.description}' in {describe(o)}")
    return _find(o, name) is not MISSING


def private_add(o: Any, name: PrivateName, v: Any) -> None:
    """PrivateFieldAdd (7.3.28)."""
    if _find(o, name) is not MISSING:
        raise type_error(f"Cannot initialize {name.description} twice on the same object")
    _add(o, name, v)


def private_add_method(o: Any, name: PrivateName, fn: Any, owner: str = "") -> None:
    """PrivateMethodOrAccessorAdd (7.3.29) of a method."""
    _own(o, name)
    _add_element(o, name, PrivateElement(fn, None, None, owner))


def private_add_accessor(o: Any, name: PrivateName, getter: Any, setter: Any, owner: str = "") -> None:
    """PrivateMethodOrAccessorAdd (7.3.29) of an accessor; ``getter`` or ``setter`` may be None."""
    _own(o, name)
    _add_element(o, name, PrivateElement(None, getter, setter, owner))


def _own(o: Any, name: PrivateName) -> None:
    """A method or accessor that has no owner when it is added is a static one, and ``o`` its class."""
    if not name.owner:
        name.owner = f"class {function_debug_name(o) or 'anonymous'}"


def _add_element(o: Any, name: PrivateName, element: PrivateElement) -> None:
    if _find(o, name) is not MISSING:
        of = f"class {element.owner}" if element.owner else "class anonymous"
        raise type_error(f"Cannot initialize private methods of {of} twice on the same object")
    _add(o, name, element)


def _add(o: Any, name: PrivateName, element: Any) -> None:
    elements = _elements(o)
    if elements is None:
        o.private = {name: element}
    else:
        elements[name] = element
