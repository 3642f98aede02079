"""Everything that compiled code may name: docs/emitted-code.md is its description, ``ABI`` its globals.

A script's code runs with exactly these names and no builtins, so this table is also the border of what it can reach.
"""

from __future__ import annotations

from math import inf, nan
from typing import Any, Final

from odw.ecma.abstract_ops.accumulation import ACCUMULATION
from odw.ecma.abstract_ops.async_function_operations import aw, halting, start_async
from odw.ecma.abstract_ops.async_generator_operations import delegate_async, yield_
from odw.ecma.abstract_ops.async_iterator_operations import iterate_async
from odw.ecma.abstract_ops.class_operations import (
    NO_PARENT,
    class_begin,
    class_end,
    class_field,
    class_getter,
    class_method,
    class_private_accessor,
    class_private_method,
    class_setter,
    derived_result,
    initialize_elements,
    super_call,
    super_get,
    super_put,
)
from odw.ecma.abstract_ops.emitted import EMITTED
from odw.ecma.abstract_ops.frequent_methods import METHOD_HELPERS
from odw.ecma.abstract_ops.function_operations import (
    arrow,
    async_arrow,
    async_function,
    async_generator_function,
    async_generator_method,
    async_method,
    function,
    generator_function,
    generator_method,
    make_arguments,
    method,
    set_function_name,
)
from odw.ecma.abstract_ops.generator_operations import delegate
from odw.ecma.abstract_ops.global_operations import global_reference, load_global, store_global, typeof_global
from odw.ecma.abstract_ops.iterator_operations import for_in, iterate, spread, take, take_rest
from odw.ecma.abstract_ops.literal_operations import (
    define_field,
    define_getter,
    define_method,
    define_setter,
    object_with,
    template_object,
)
from odw.ecma.abstract_ops.method_calls import callee, method_of
from odw.ecma.abstract_ops.object_operations import (
    delete,
    delete_item,
    get,
    get_item,
    has,
    instance_of,
    new,
    own_properties,
    put,
    put_item,
    rest_properties,
)
from odw.ecma.abstract_ops.operators import (
    add,
    bit_and,
    bit_not,
    bit_or,
    bit_xor,
    dec,
    div,
    equals,
    ge,
    gt,
    inc,
    le,
    lt,
    mod,
    mul,
    neg,
    nullish,
    power,
    shl,
    shr,
    strict_equals,
    sub,
    to_number_value,
    to_numeric,
    to_string,
    truthy,
    typeof,
    ushr,
)
from odw.ecma.abstract_ops.private_operations import (
    private_add,
    private_add_accessor,
    private_add_method,
    private_get,
    private_in,
    private_put,
)
from odw.ecma.abstract_ops.throwing import (
    require_object,
    throw_const,
    throw_reference,
    throw_syntax,
    throw_type,
)
from odw.ecma.abstract_ops.type_conversion import to_property_key as property_key
from odw.ecma.completion import SCRIPT_ERRORS, JsThrow, thrown_value
from odw.ecma.values import HOLE, BigInt, JSArray, JSObject, PrivateName, Symbol, undefined


def regexp(pattern: str, flags: str) -> Any:
    """A regular expression literal. The engine is loaded with the first one."""
    global _make_regexp
    if _make_regexp is None:
        from odw.ecma.intrinsics.regexp import regexp as make

        _make_regexp = make
    return _make_regexp(pattern, flags)


_make_regexp: Any = None


ABI: Final[dict[str, Any]] = {
    "add": add,
    "arrow": arrow,
    "async_arrow": async_arrow,
    "async_function": async_function,
    "async_generator_function": async_generator_function,
    "async_generator_method": async_generator_method,
    "async_method": async_method,
    "aw": aw,
    "BigInt": BigInt,
    "bit_and": bit_and,
    "bit_not": bit_not,
    "bit_or": bit_or,
    "bit_xor": bit_xor,
    "callee": callee,
    "class_begin": class_begin,
    "class_end": class_end,
    "class_field": class_field,
    "class_getter": class_getter,
    "class_method": class_method,
    "class_private_accessor": class_private_accessor,
    "class_private_method": class_private_method,
    "class_setter": class_setter,
    "dec": dec,
    "define_field": define_field,
    "define_getter": define_getter,
    "define_method": define_method,
    "define_setter": define_setter,
    "delegate": delegate,
    "delegate_async": delegate_async,
    "delete": delete,
    "delete_item": delete_item,
    "derived_result": derived_result,
    "div": div,
    "equals": equals,
    "for_in": for_in,
    "function": function,
    "ge": ge,
    "generator_function": generator_function,
    "generator_method": generator_method,
    "get": get,
    "get_item": get_item,
    "global_reference": global_reference,
    "gt": gt,
    "halting": halting,
    "has": has,
    "HOLE": HOLE,
    "inc": inc,
    "initialize_elements": initialize_elements,
    "instance_of": instance_of,
    "iterate": iterate,
    "iterate_async": iterate_async,
    "JSArray": JSArray,
    "JSObject": JSObject,
    "JsThrow": JsThrow,
    "le": le,
    "load_global": load_global,
    "lt": lt,
    "make_arguments": make_arguments,
    "method": method,
    "method_of": method_of,
    "mod": mod,
    "mul": mul,
    "neg": neg,
    "new": new,
    "NO_PARENT": NO_PARENT,
    "nullish": nullish,
    "object_with": object_with,
    "own_properties": own_properties,
    "power": power,
    "private_add": private_add,
    "private_add_accessor": private_add_accessor,
    "private_add_method": private_add_method,
    "private_get": private_get,
    "private_in": private_in,
    "private_put": private_put,
    "PrivateName": PrivateName,
    "put": put,
    "put_item": put_item,
    "regexp": regexp,
    "require_object": require_object,
    "rest_properties": rest_properties,
    "SCRIPT_ERRORS": SCRIPT_ERRORS,
    "set_function_name": set_function_name,
    "shl": shl,
    "shr": shr,
    "spread": spread,
    "start_async": start_async,
    "store_global": store_global,
    "strict_equals": strict_equals,
    "sub": sub,
    "super_call": super_call,
    "super_get": super_get,
    "super_put": super_put,
    "Symbol": Symbol,
    "take": take,
    "take_rest": take_rest,
    "template_object": template_object,
    "throw_const": throw_const,
    "throw_reference": throw_reference,
    "throw_syntax": throw_syntax,
    "throw_type": throw_type,
    "thrown_value": thrown_value,
    "to_number_value": to_number_value,
    "to_numeric": to_numeric,
    "to_string": to_string,
    "truthy": truthy,
    "typeof": typeof,
    "typeof_global": typeof_global,
    "undefined": undefined,
    "ushr": ushr,
    "yield_": yield_,
    "infinity": inf,
    "nan": nan,
    "property_key": property_key,
    **EMITTED,
    **ACCUMULATION,
    **METHOD_HELPERS,
}
"""The globals of compiled code, without ``__builtins__``, which is empty."""
