"""BigInt: conversions, wrapping to a width, and its texts (ECMA-262 21.2)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.number_text import bigint_to_string
from odw.ecma.abstract_ops.type_conversion import (
    number_to_bigint,
    to_bigint,
    to_index,
    to_integer_or_infinity,
    to_primitive,
)
from odw.ecma.completion import range_error, type_error
from odw.ecma.intrinsics.builders import constructor, define_methods, define_tag, new_prototype
from odw.ecma.number_format import integer_to_radix
from odw.ecma.values import BigInt, undefined
from odw.ecma.wrappers import BigIntObject

MAX_BITS = 2**30  # of a BigInt in V8


def bigint_call(this: Any, value: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-bigint-constructor-number-value"""
    primitive = to_primitive(value, "number")
    if type(primitive) is int or type(primitive) is float:
        return number_to_bigint(primitive)
    return to_bigint(primitive)


def bigint_construct(arguments: Any, new_target: Any) -> Any:
    raise type_error("BigInt is not a constructor")


def this_bigint_value(this: Any, method: str) -> BigInt:
    """ThisBigIntValue (21.2.3.4.1)."""
    if type(this) is BigInt:
        return this
    if isinstance(this, BigIntObject):
        return this.primitive  # type: ignore[no-any-return]
    raise type_error(f"BigInt.prototype.{method} requires that 'this' be a BigInt")


def as_int_n(this: Any, bits: Any = undefined, bigint: Any = undefined, *_: Any) -> Any:
    width = to_index(bits)
    value = to_bigint(bigint).value
    if width == 0:
        return BigInt(0)
    if width > value.bit_length():
        return BigInt(value)
    wrapped = value & ((1 << width) - 1)
    return BigInt(wrapped - (1 << width) if wrapped >> (width - 1) else wrapped)


def as_uint_n(this: Any, bits: Any = undefined, bigint: Any = undefined, *_: Any) -> Any:
    width = to_index(bits)
    value = to_bigint(bigint).value
    if value >= 0 and width >= value.bit_length():
        return BigInt(value)
    if width > MAX_BITS:
        raise range_error("Maximum BigInt size exceeded")
    return BigInt(value & ((1 << width) - 1))


def to_string_(this: Any, radix: Any = undefined, *_: Any) -> Any:
    value = this_bigint_value(this, "toString").value
    base = 10 if radix is undefined else to_integer_or_infinity(radix)
    if not 2 <= base <= 36:
        raise range_error("toString() radix argument must be between 2 and 36")
    return bigint_to_string(value) if base == 10 else integer_to_radix(value, base)


def to_locale_string(this: Any, locales: Any = undefined, options: Any = undefined, *_: Any) -> Any:
    from odw.ecma.intrinsics.number_locale import format_number

    return format_number(this_bigint_value(this, "toLocaleString"), locales, options)


def value_of(this: Any, *_: Any) -> Any:
    return this_bigint_value(this, "valueOf")


def install(realm: Any) -> None:
    prototype = new_prototype()
    realm.bigint_prototype = prototype
    maker = constructor("BigInt", 1, prototype, bigint_call, bigint_construct)
    realm.bigint_constructor = maker
    define_methods(maker, {"asUintN": (as_uint_n, 2), "asIntN": (as_int_n, 2)})
    define_methods(
        prototype,
        {
            "toLocaleString": (to_locale_string, 0),
            "toString": (to_string_, 0),
            "valueOf": (value_of, 0),
        },
    )
    define_tag(prototype, "BigInt")
