"""Properties of values whose kind is known only when the workflow runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.collections import Map, Set
from odw.dsl.javascript.functions import call
from odw.dsl.javascript.values import index_of_key, is_function, key, text, units
from odw.ecma.values import undefined


def get(value: Any, name: Any, otherwise: Any = undefined) -> Any:
    """``value[name]``: ``otherwise`` for what is not there. Raises TypeError for a property of null or undefined."""
    found = _get(value, name)
    return otherwise if found is undefined else found


def _get(value: Any, name: Any) -> Any:
    if isinstance(value, dict):
        found = value.get(name if type(name) is str else key(name), undefined)
        return found if found is not undefined else _inherited(value, key(name))
    if isinstance(value, list):
        at = index_of_key(name)
        if at >= 0:
            return value[at] if at < len(value) else undefined
        return len(value) if name == "length" else _extra(value, key(name))
    if isinstance(value, str):
        at = index_of_key(name)
        if at >= 0:
            wide = units(value)
            return wide[at] if at < len(wide) else undefined
        return len(units(value)) if name == "length" else _method(value, key(name))
    if value is None or value is undefined:
        raise errors.TypeError(f"Cannot read properties of {text(value)} (reading '{text(name)}')")
    return _other(value, key(name))


def _other(value: Any, name: str) -> Any:
    if isinstance(value, BaseException):
        return _of_error(value, name)
    if isinstance(value, Map | Set) and name == "size":
        return len(value)
    named = getattr(value, "javascript_get", None)
    if named is not None:
        found = named(name)
        return found if found is not undefined else _method(value, name)
    if is_function(value) and name == "name":
        return getattr(value, "__name__", "")
    return _method(value, name)


def _of_error(error: BaseException, name: str) -> Any:
    own = getattr(error, "properties", {})
    if name in own:
        return own[name]
    of_class = getattr(type(error), name, None) if isinstance(error, errors.Error) else None
    if isinstance(of_class, property) and name not in ("message",):
        return of_class.fget(error)  # type: ignore[misc]
    if of_class is not None and is_function(of_class) and name not in ("args", "add_note", "with_traceback"):
        return partial(of_class, error)
    if name == "message":
        return errors.error_message(error)
    if name == "name":
        return errors.error_name(error)
    if name == "stack":
        return f"{errors.error_text(error)}\n    at workflow"
    return _method(error, name)


def _extra(value: list[Any], name: str) -> Any:
    """A named property of an array, such as the ``index`` of a match."""
    own = getattr(value, "properties", None)
    found = own.get(name, undefined) if own else undefined
    return found if found is not undefined else _method(value, name)


def _inherited(value: dict[str, Any], name: str) -> Any:
    of_class = type(value) is not dict and not name.startswith("_") and not hasattr(dict, name)
    found = getattr(type(value), name, None) if of_class else None
    if found is None:
        return _method(value, name)
    if isinstance(found, property):
        return found.fget(value)  # type: ignore[misc]
    return partial(found, value)


def _method(value: Any, name: str) -> Any:
    from odw.dsl.javascript.methods import method_of

    found = method_of(value, name)
    return undefined if found is None else partial(found, value)


def put(value: Any, name: Any, item: Any) -> Any:
    """``value[name] = item``; gives ``item``. Raises TypeError for what can have no properties."""
    if isinstance(value, dict):
        setter = getattr(type(value), key(name), None) if type(value) is not dict else None
        if isinstance(setter, property) and setter.fset is not None:
            setter.fset(value, item)
        elif getattr(value, "frozen", False):
            raise errors.TypeError(f"Cannot assign to read only property '{key(name)}' of object '#<Object>'")
        else:
            value[key(name)] = item
    elif isinstance(value, list):
        _put_item(value, name, item)
    elif isinstance(value, BaseException):
        if not hasattr(value, "properties"):
            value.properties = {}  # type: ignore[attr-defined]
        value.properties[key(name)] = item  # type: ignore[attr-defined]
    elif value is None or value is undefined:
        raise errors.TypeError(f"Cannot set properties of {text(value)} (setting '{text(name)}')")
    elif hasattr(value, "javascript_put"):
        value.javascript_put(key(name), item)
    else:
        raise errors.TypeError(f"Cannot create property '{text(name)}' on {text(value)}")
    return item


def _put_item(value: list[Any], name: Any, item: Any) -> None:
    at = index_of_key(name)
    if at >= 0:
        if at >= len(value):
            value.extend([undefined] * (at + 1 - len(value)))
        value[at] = item
    elif name == "length":
        del value[int(item) :]
        value.extend([undefined] * (int(item) - len(value)))
    else:
        raise errors.TypeError(f"an array has no property '{text(name)}' in a workflow in Python")


def remove(value: Any, name: Any) -> bool:
    """``delete value[name]``."""
    if isinstance(value, dict):
        value.pop(key(name), None)
    elif isinstance(value, list):
        at = index_of_key(name)
        if 0 <= at < len(value):
            value[at] = undefined
    return True


def has(value: Any, name: Any) -> bool:
    """``name in value``."""
    if isinstance(value, dict):
        return key(name) in value or get(value, name) is not undefined
    if isinstance(value, list):
        return 0 <= index_of_key(name) < len(value) or name == "length"
    if isinstance(value, BaseException):
        return get(value, name) is not undefined
    raise errors.TypeError(f"Cannot use 'in' operator to search for '{text(name)}' in {text(value)}")


def invoke(value: Any, name: Any, *given: Any) -> Any:
    """``value[name](*given)``, by the kind of ``value``. Raises TypeError for what is no function."""
    if type(value) is dict or not isinstance(value, dict):
        own = value.get(name) if type(value) is dict else None
        if own is None:
            from odw.dsl.javascript.methods import method_of

            found = method_of(value, key(name))
            if found is not None:
                return call(found, value, *given)
    return call(_function(value, name), *given)


def _function(value: Any, name: Any) -> Callable[..., Any]:
    found = get(value, name)
    if not callable(found):
        raise errors.TypeError(f"{_shown(value)}.{text(name)} is not a function")
    return found  # type: ignore[no-any-return]


def _shown(value: Any) -> str:
    return "(intermediate value)"


def length(value: Any) -> Any:
    """``value.length``: of a text in UTF-16 code units."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, str):
        return len(value) if value.isascii() else len(units(value))
    return get(value, "length")


def array(value: Any, asked: str = "map") -> list[Any]:
    """``value`` as the array that it must be to have a method ``asked``. Raises TypeError as the call of it would."""
    if isinstance(value, list):
        return value
    if value is None or value is undefined:
        raise errors.TypeError(f"Cannot read properties of {text(value)} (reading '{asked}')")
    raise errors.TypeError(f"{_shown(value)}.{asked} is not a function")


def maybe(value: Any, *names: Any) -> Any:
    """``value?.a?.b``: undefined as soon as there is nothing to look into."""
    for name in names:
        if value is None or value is undefined:
            return undefined
        value = get(value, name)
    return value


def call_if_there(fn: Any, *given: Any) -> Any:
    """``fn?.(…)``: undefined when ``fn`` is null or undefined."""
    return undefined if fn is None or fn is undefined else call(fn, *given)


def missing(name: str) -> Any:
    """A global that no workflow has. Raises ReferenceError."""
    raise errors.ReferenceError(f"{name} is not defined")


def constant(name: str) -> Any:
    """An assignment to a constant. Raises TypeError."""
    raise errors.TypeError("Assignment to constant variable.")
