"""JSON (ECMA-262 25.5): ``parse`` with its reviver, and ``stringify``'s arguments."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.object_operations import (
    create_data_property,
    enumerable_own_properties,
    get,
    get_item,
    length_of_array_like,
)
from odw.ecma.abstract_ops.testing_comparison import is_array
from odw.ecma.abstract_ops.type_conversion import to_integer_or_infinity, to_number, to_string
from odw.ecma.intrinsics.builders import define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.json_stringify import stringify_exactly
from odw.ecma.json_plain import stringify_plain
from odw.ecma.json_text import parse_json
from odw.ecma.values import JSFunction, JSObject, ObjectBase, undefined
from odw.ecma.wrappers import NumberObject, StringObject


def json_parse(this: Any, text: Any = undefined, reviver: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-json.parse"""
    value = parse_json(to_string(text))
    if isinstance(reviver, JSFunction):
        return _internalize(JSObject({"": value}), "", reviver.call)
    return value


def _internalize(holder: Any, key: str, revive: Any) -> Any:
    """InternalizeJSONProperty (25.5.1.1)."""
    value = get(holder, key)
    if isinstance(value, ObjectBase):
        if is_array(value):
            keys = map(str, range(length_of_array_like(value)))
        else:
            keys = enumerable_own_properties(value, "key")  # type: ignore[assignment]
        for k in keys:
            revived = _internalize(value, k, revive)
            if revived is undefined:
                value.js_delete(k)  # type: ignore[attr-defined]
            else:
                create_data_property(value, k, revived)
    return revive(holder, key, value)


def json_stringify(
    this: Any, value: Any = undefined, replacer: Any = undefined, space: Any = undefined, *_: Any
) -> Any:
    """https://tc39.es/ecma262/#sec-json.stringify"""
    function = replacer if isinstance(replacer, JSFunction) else None
    names = None
    if function is None and isinstance(replacer, ObjectBase) and is_array(replacer):
        names = _property_list(replacer)
    gap = "" if space is undefined else _gap(space)
    if function is None and names is None:
        text = stringify_plain(value, gap)
        if text is not None:
            return text
    return stringify_exactly(value, function, names, gap)


def _property_list(replacer: Any) -> list[str]:
    """The names of a replacer array, each once."""
    names: dict[str, None] = {}
    for k in range(length_of_array_like(replacer)):
        item = get_item(replacer, k)
        if type(item) in (str, int, float) or isinstance(item, StringObject | NumberObject):
            names[to_string(item)] = None
    return list(names)


def _gap(space: Any) -> str:
    """One level of indentation: up to ten characters."""
    if isinstance(space, NumberObject):
        space = to_number(space)
    elif isinstance(space, StringObject):
        space = to_string(space)
    if type(space) is int or type(space) is float:
        return " " * int(min(max(to_integer_or_infinity(space), 0), 10))
    return space[:10] if type(space) is str else ""


def install(realm: Any) -> None:
    namespace = new_prototype()
    realm.json = namespace
    define_methods(namespace, {"parse": (json_parse, 2), "stringify": (json_stringify, 3)})
    define_tag(namespace, "JSON")
