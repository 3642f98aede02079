"""Private names (ECMA-262 6.2.12 and 7.3.27 to 7.3.33): ``o.#x``, ``#x in o`` and how they come to be.

An object's private elements are a dict in its ``private`` slot, made with the first of them: PrivateName → the value of
a field, or a PrivateElement for a method or an accessor.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe, function_debug_name
from odw.ecma.completion import type_error
from odw.ecma.values import MISSING, ObjectBase, PrivateName, undefined


class PrivateElement:
    """A private method (``method``) or accessor (``getter`` / ``setter``, each may be None); ``owner`` names the class."""

    __slots__ = ("getter", "method", "owner", "setter")

    def __init__(self, method: Any, getter: Any, setter: Any, owner: str) -> None:
        self.method = method
        self.getter = getter
        self.setter = setter
        self.owner = owner


def _elements(o: Any) -> dict[PrivateName, Any] | None:
    """The private elements of an object; its slot is unset or None as long as there are none."""
    try:
        return o.private  # type: ignore[no-any-return]
    except AttributeError:
        return None


def _find(o: Any, name: PrivateName) -> Any:
    elements = _elements(o)  # None of what is no object, too
    return MISSING if elements is None else elements.get(name, MISSING)


def _check_owner(name: PrivateName) -> None:
    if name.owner:
        raise type_error(f"Receiver must be {name.owner}")


def _check_nullish(o: Any, name: PrivateName, verb: str, doing: str) -> None:
    """V8's error for null and undefined; a method or accessor of instances it calls by its class, and only reads."""
    if (o is None or o is undefined) and not name.owner.startswith("class "):
        if name.owner:
            verb, doing = "read", "reading"
        what = name.owner.rpartition(" ")[2] or name.description
        raise type_error(f"Cannot {verb} properties of {describe(o)} ({doing} '{what}')")


def private_get(o: Any, name: PrivateName) -> Any:
    """PrivateGet (7.3.31)."""
    try:
        element = o.private[name]
    except (AttributeError, KeyError, TypeError):  # no such element, none at all, no object
        _check_nullish(o, name, "read", "reading")
        _check_owner(name)
        raise type_error(
            f"Cannot read private member {name.description} from an object whose class did not declare it"
        ) from None
    if type(element) is not PrivateElement:
        return element
    if element.method is not None:
        return element.method
    if element.getter is None:
        raise type_error(f"'{name.description}' was defined without a getter")
    return element.getter.call(o)


def private_put(o: Any, name: PrivateName, v: Any) -> Any:
    """PrivateSet (7.3.32); returns ``v``."""
    try:
        elements = o.private
        element = elements[name]
    except (AttributeError, KeyError, TypeError):
        _check_nullish(o, name, "set", "setting")
        _check_owner(name)
        raise type_error(
            f"Cannot write private member {name.description} to an object whose class did not declare it"
        ) from None
    if type(element) is not PrivateElement:
        elements[name] = v
        return v
    if element.method is not None:
        raise type_error(f"Private method '{name.description}' is not writable")
    if element.setter is None:
        raise type_error(f"'{name.description}' was defined without a setter")
    element.setter.call(o, v)
    return v


def private_in(o: Any, name: PrivateName) -> bool:
    """``#name in o`` (13.10.1)."""
    if not isinstance(o, ObjectBase):
        raise type_error(f"Cannot use 'in' operator to search for '{name.description}' in {describe(o)}")
    return _find(o, name) is not MISSING


def private_add(o: Any, name: PrivateName, v: Any) -> None:
    """PrivateFieldAdd (7.3.28)."""
    elements = _elements(o)
    if elements is None:
        o.private = {name: v}
    elif name not in elements:
        elements[name] = v
    else:
        raise type_error(f"Cannot initialize {name.description} twice on the same object")


def private_add_all(o: Any, added: dict[PrivateName, Any]) -> None:
    """What a class adds before it runs any code of a field: all methods and accessors, then fields that are undefined."""
    elements = _elements(o)
    if elements is None:
        o.private = added.copy()
        return
    for name, element in added.items():
        if type(element) is PrivateElement:
            _add_element(o, name, element)
    for name, element in added.items():
        if type(element) is not PrivateElement:
            private_add(o, name, element)


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
    elements = _elements(o)
    if elements is None:
        o.private = {name: element}
    else:
        elements[name] = element
