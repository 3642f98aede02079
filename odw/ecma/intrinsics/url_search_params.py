"""URLSearchParams (https://url.spec.whatwg.org/#interface-urlsearchparams)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iterator_operations import create_iter_result_object, iterate
from odw.ecma.abstract_ops.object_operations import get, get_method, get_prototype_from_constructor
from odw.ecma.abstract_ops.own_properties import enumerable_own_properties
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.intrinsics.builders import builtin, constructor, define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.node_errors import coded_type_error, missing_arguments, require_callback
from odw.ecma.intrinsics.url_object import SearchParamsObject, usv_string, usv_text
from odw.ecma.realm import R
from odw.ecma.values import JSArray, ObjectBase, OrdinaryObject, Property, WellKnown, undefined


def _params(this: Any) -> SearchParamsObject:
    if not isinstance(this, SearchParamsObject):
        raise coded_type_error("ERR_INVALID_THIS", 'Value of "this" must be of type URLSearchParams')
    return this


def call_params(this: Any, *_: Any) -> Any:
    raise type_error("Class constructor URLSearchParams cannot be invoked without 'new'")


def construct_params(args: Any, new_target: Any) -> Any:
    """new URLSearchParams(init): a string, pairs, or an object as a record."""
    init = args[0] if args else undefined
    created = SearchParamsObject(get_prototype_from_constructor(new_target, "url_search_params_prototype"))
    if init is undefined or init is None:
        return created
    if not isinstance(init, ObjectBase):
        text = usv_text(init)
        created.read(text[1:] if text.startswith("?") else text)
    elif get_method(init, WellKnown.iterator) is not undefined:
        with iterate(init) as pairs:
            for pair in pairs:
                created.pairs.append(_pair(pair))
    else:
        record: dict[str, list[str]] = {}
        for key in enumerable_own_properties(init, "key"):
            name = usv_string(key)
            record[name] = [name, usv_string(get(init, key))]
        created.pairs.extend(record.values())
    return created


def _pair(pair: Any) -> list[str]:
    if isinstance(pair, ObjectBase) and get_method(pair, WellKnown.iterator) is not undefined:
        with iterate(pair) as items:
            values = [usv_string(item) for item in items]
        if len(values) == 2:
            return values
    raise _no_tuple()


def _no_tuple() -> JsThrow:
    return coded_type_error("ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple")


def _name(args: tuple[Any, ...]) -> str:
    if not args:
        raise missing_arguments("name")
    return usv_string(args[0])


def _name_and_value(args: tuple[Any, ...]) -> list[str]:
    if len(args) < 2:
        raise missing_arguments("name", "value")
    return [usv_string(args[0]), usv_string(args[1])]


def _optional_value(args: tuple[Any, ...]) -> str | None:
    return usv_string(args[1]) if len(args) > 1 and args[1] is not undefined else None


def append(this: Any, *args: Any) -> Any:
    params = _params(this)
    params.pairs.append(_name_and_value(args))
    params.write_back()
    return undefined


def delete(this: Any, *args: Any) -> Any:
    params = _params(this)
    name, value = _name(args), _optional_value(args)
    params.pairs[:] = [
        pair for pair in params.pairs if pair[0] != name or (value is not None and pair[1] != value)
    ]
    params.write_back()
    return undefined


def get_(this: Any, *args: Any) -> Any:
    params = _params(this)
    name = _name(args)
    return next((pair[1] for pair in params.pairs if pair[0] == name), None)


def get_all(this: Any, *args: Any) -> Any:
    params = _params(this)
    name = _name(args)
    return JSArray([pair[1] for pair in params.pairs if pair[0] == name])


def has(this: Any, *args: Any) -> Any:
    params = _params(this)
    name, value = _name(args), _optional_value(args)
    return any(pair[0] == name and (value is None or pair[1] == value) for pair in params.pairs)


def set_(this: Any, *args: Any) -> Any:
    """Replace the first pair of the name, drop its others; append if there is none."""
    params = _params(this)
    name, value = _name_and_value(args)
    kept: list[list[str]] = []
    found = False
    for pair in params.pairs:
        if pair[0] != name:
            kept.append(pair)
        elif not found:
            found = True
            kept.append([name, value])
    if not found:
        kept.append([name, value])
    params.pairs[:] = kept
    params.write_back()
    return undefined


def sort(this: Any, *_: Any) -> Any:
    """By the code units of the names, stable."""
    params = _params(this)
    params.pairs.sort(key=lambda pair: pair[0])
    params.write_back()
    return undefined


def size(this: Any, *_: Any) -> Any:
    return len(_params(this).pairs)


def for_each(this: Any, callback: Any = undefined, this_arg: Any = undefined, *_: Any) -> Any:
    params = _params(this)
    function = require_callback(callback)
    index = 0
    while index < len(params.pairs):
        name, value = params.pairs[index]
        function.call(this_arg, value, name, this)
        index += 1
    return undefined


def to_string_(this: Any, *_: Any) -> Any:
    return _params(this).text()


class SearchParamsIterator(OrdinaryObject):
    """Walks the pairs as they are at each step; ``shape`` makes what it yields of a pair."""

    __slots__ = ("index", "params", "shape")

    def __init__(self, params: SearchParamsObject, shape: Callable[[list[str]], Any]) -> None:
        self._proto = R.url_search_params_iterator_prototype
        self.extensible = True
        self.params = params
        self.shape = shape
        self.index = 0


def _walker(shape: Callable[[list[str]], Any]) -> Callable[..., Any]:
    def method(this: Any, *_: Any) -> Any:
        return SearchParamsIterator(_params(this), shape)

    return method


def next_(this: Any, *_: Any) -> Any:
    if not isinstance(this, SearchParamsIterator):
        raise type_error(f'Value of "this" must be of type URLSearchParamsIterator, not {describe(this)}')
    if this.index >= len(this.params.pairs):
        return create_iter_result_object(undefined, True)
    pair = this.params.pairs[this.index]
    this.index += 1
    return create_iter_result_object(this.shape(pair), False)


def install_search_params(realm: Any) -> None:
    """%URLSearchParams%, its prototype and its iterators."""
    prototype = new_prototype()
    realm.url_search_params_prototype = prototype
    realm.url_search_params_constructor = constructor(
        "URLSearchParams", 0, prototype, call_params, construct_params
    )
    getter = builtin(size, "get size", 0)
    prototype["size"] = Property(getter=getter, setter=undefined, enumerable=True, configurable=True)
    methods: dict[str, tuple[Callable[..., Any], int]] = {
        "append": (append, 2),
        "delete": (delete, 1),
        "get": (get_, 1),
        "getAll": (get_all, 1),
        "has": (has, 1),
        "set": (set_, 2),
        "sort": (sort, 0),
        "entries": (_walker(JSArray), 0),
        "forEach": (for_each, 1),
        "keys": (_walker(lambda pair: pair[0]), 0),
        "values": (_walker(lambda pair: pair[1]), 0),
        "toString": (to_string_, 0),
    }
    for name, (native, length) in methods.items():
        prototype[name] = builtin(native, name, length)
    prototype[WellKnown.iterator] = Property(prototype["entries"], True, False, True)
    define_tag(prototype, "URLSearchParams")
    iterators = new_prototype(realm.iterator_prototype)
    define_methods(iterators, {"next": (next_, 0)})
    define_tag(iterators, "URLSearchParams Iterator")
    realm.url_search_params_iterator_prototype = iterators
