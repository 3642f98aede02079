"""Symbol (ECMA-262 section 20.4)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe, describe_symbol
from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import (
    builtin,
    constructor,
    define_constants,
    define_getters,
    define_methods,
    define_tag,
    new_prototype,
)
from odw.ecma.realm import R
from odw.ecma.values import Property, Symbol, WellKnown, undefined
from odw.ecma.wrappers import SymbolObject

WELL_KNOWN = {
    "asyncIterator": WellKnown.async_iterator,
    "hasInstance": WellKnown.has_instance,
    "isConcatSpreadable": WellKnown.is_concat_spreadable,
    "iterator": WellKnown.iterator,
    "match": WellKnown.match,
    "matchAll": WellKnown.match_all,
    "replace": WellKnown.replace,
    "search": WellKnown.search,
    "species": WellKnown.species,
    "split": WellKnown.split,
    "toPrimitive": WellKnown.to_primitive,
    "toStringTag": WellKnown.to_string_tag,
    "unscopables": WellKnown.unscopables,
    # of ECMAScript 2026, which node 20 has already
    "dispose": Symbol("Symbol.dispose"),
    "asyncDispose": Symbol("Symbol.asyncDispose"),
}


def symbol_call(this: Any, description: Any = undefined, *_: Any) -> Symbol:
    """https://tc39.es/ecma262/#sec-symbol-description"""
    return Symbol(undefined if description is undefined else to_string(description))


def symbol_construct(args: Any, new_target: Any) -> Any:
    raise type_error("Symbol is not a constructor")


def symbol_for(this: Any, key: Any = undefined, *_: Any) -> Symbol:
    name = to_string(key)
    symbol = R.symbol_registry.get(name)
    if symbol is None:
        symbol = R.symbol_registry[name] = Symbol(name)
    return symbol  # type: ignore[no-any-return]


def key_for(this: Any, symbol: Any = undefined, *_: Any) -> Any:
    if type(symbol) is not Symbol:
        raise type_error(f"{describe(symbol)} is not a symbol")
    registered = R.symbol_registry.get(symbol.description)
    return symbol.description if registered is symbol else undefined


def _this_symbol(this: Any, method: str) -> Symbol:
    """ThisSymbolValue (20.4.3.4.1)."""
    if type(this) is Symbol:
        return this
    if type(this) is SymbolObject:
        return this.primitive  # type: ignore[no-any-return]
    raise type_error(f"{method} requires that 'this' be a Symbol")


def to_text(this: Any, *_: Any) -> str:
    return describe_symbol(_this_symbol(this, "Symbol.prototype.toString"))


def value_of(this: Any, *_: Any) -> Symbol:
    return _this_symbol(this, "Symbol.prototype.valueOf")


def description(this: Any, *_: Any) -> Any:
    return _this_symbol(this, "Symbol.prototype.description").description


def to_primitive(this: Any, *_: Any) -> Symbol:
    return _this_symbol(this, "Symbol.prototype [ @@toPrimitive ]")


def install(realm: Any) -> None:
    prototype = realm.symbol_prototype = new_prototype()
    realm.symbol_constructor = constructor("Symbol", 0, prototype, symbol_call, symbol_construct)
    define_methods(realm.symbol_constructor, {"for": (symbol_for, 1), "keyFor": (key_for, 1)})
    define_constants(realm.symbol_constructor, WELL_KNOWN)
    define_methods(prototype, {"toString": (to_text, 0), "valueOf": (value_of, 0)})
    define_getters(prototype, {"description": description})
    define_tag(prototype, "Symbol")
    key = WellKnown.to_primitive
    prototype[key] = Property(builtin(to_primitive, "[Symbol.toPrimitive]", 1), configurable=True)
