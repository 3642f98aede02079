"""Array: the constructor, its static methods, and the table of Array.prototype (ECMA-262 23.1)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.testing_comparison import is_array
from odw.ecma.abstract_ops.type_conversion import normalise
from odw.ecma.completion import range_error
from odw.ecma.intrinsics import (
    array_copying as copying,
)
from odw.ecma.intrinsics import (
    array_from,
    array_iterator,
)
from odw.ecma.intrinsics import (
    array_iteration as iteration,
)
from odw.ecma.intrinsics import (
    array_mutation as mutation,
)
from odw.ecma.intrinsics import (
    array_search as search,
)
from odw.ecma.intrinsics import (
    array_sort as sorting,
)
from odw.ecma.intrinsics.array_support import MAX_ARRAY_LENGTH, array_create
from odw.ecma.intrinsics.builders import define_getters, define_methods
from odw.ecma.realm import R
from odw.ecma.values import JSArray, OrdinaryObject, Property, WellKnown, undefined
from odw.ecma.watched_prototypes import ArrayConstructor

METHODS = {
    "at": (search.at, 1),
    "concat": (copying.concat, 1),
    "copyWithin": (mutation.copy_within, 2),
    "fill": (mutation.fill, 1),
    "find": (iteration.find, 1),
    "findIndex": (iteration.find_index, 1),
    "findLast": (iteration.find_last, 1),
    "findLastIndex": (iteration.find_last_index, 1),
    "lastIndexOf": (search.last_index_of, 1),
    "pop": (mutation.pop, 0),
    "push": (mutation.push, 1),
    "reverse": (mutation.reverse, 0),
    "shift": (mutation.shift, 0),
    "unshift": (mutation.unshift, 1),
    "slice": (copying.slice_, 2),
    "sort": (sorting.sort, 1),
    "splice": (mutation.splice, 2),
    "includes": (search.includes, 1),
    "indexOf": (search.index_of, 1),
    "join": (search.join, 1),
    "keys": (array_iterator.keys, 0),
    "entries": (array_iterator.entries, 0),
    "values": (array_iterator.values, 0),
    "forEach": (iteration.for_each, 1),
    "filter": (iteration.filter_, 1),
    "flat": (copying.flat, 0),
    "flatMap": (copying.flat_map, 1),
    "map": (iteration.map_, 1),
    "every": (iteration.every, 1),
    "some": (iteration.some, 1),
    "reduce": (iteration.reduce, 1),
    "reduceRight": (iteration.reduce_right, 1),
    "toLocaleString": (search.to_locale_string, 0),
    "toString": (search.to_string_, 0),
    "toReversed": (copying.to_reversed, 0),
    "toSorted": (sorting.to_sorted, 1),
    "toSpliced": (copying.to_spliced, 2),
    "with": (copying.with_, 2),
}
UNSCOPABLE = (
    "at copyWithin entries fill find findIndex findLast findLastIndex flat flatMap includes keys values "
    "toReversed toSorted toSpliced"
)


def array_construct(arguments: Any, new_target: Any) -> Any:
    """https://tc39.es/ecma262/#sec-array"""
    proto = None
    if new_target is not R.array_constructor:
        from odw.ecma.abstract_ops.object_operations import get_prototype_from_constructor

        proto = get_prototype_from_constructor(new_target, "array_prototype")
    if len(arguments) != 1 or type(arguments[0]) not in (int, float):
        array = array_create(0, proto)
        list.extend(array, arguments)
        return array
    length = normalise(arguments[0] or 0)
    if type(length) is not int or not 0 <= length <= MAX_ARRAY_LENGTH:
        raise range_error("Invalid array length")
    return array_create(length, proto)


def array_call(this: Any, *arguments: Any) -> Any:
    return array_construct(arguments, R.array_constructor)


def array_is_array(this: Any, value: Any = undefined, *_: Any) -> Any:
    return type(value) is JSArray or is_array(value)


def array_species(this: Any, *_: Any) -> Any:
    return this


def install(realm: Any) -> None:
    """Array.prototype exists already, so that every array has it; this gives it its properties."""
    prototype = realm.array_prototype
    maker = ArrayConstructor(array_call, realm.function_prototype, "Array", 1, array_construct)
    maker.materialize()  # type: ignore[attr-defined]
    maker["prototype"] = Property(prototype)
    define_methods(
        maker,
        {
            "isArray": (array_is_array, 1),
            "from": (array_from.from_, 1),
            "fromAsync": (array_from.from_async, 1),
            "of": (array_from.of, 0),
        },
    )
    define_getters(maker, {WellKnown.species: array_species})
    realm.array_constructor = maker
    named = prototype.named
    named["constructor"] = Property(maker, True, False, True)
    define_methods(named, METHODS)
    realm.array_values = named["values"].value
    named[WellKnown.iterator] = Property(realm.array_values, True, False, True)
    unscopables = OrdinaryObject(None)
    unscopables.update(dict.fromkeys(UNSCOPABLE.split(), True))
    named[WellKnown.unscopables] = Property(unscopables, configurable=True)
    array_iterator.install_iterator(realm)
    realm.array_iterator_next = realm.array_iterator_prototype["next"].value
