"""How V8 shows a value inside an error message. Nothing here runs script code: getters and proxies are not asked.

NON-SPEC: ECMA-262 leaves messages open; scripts print them, so they are V8's.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.number_text import bigint_to_string, number_to_string
from odw.ecma.realm import R
from odw.ecma.values import (
    MISSING,
    ArrayObject,
    BigInt,
    JSArray,
    JSFunction,
    ObjectBase,
    Property,
    Symbol,
    WellKnown,
    undefined,
)


def describe(v: Any) -> str:
    """V8's side-effect-free text of a value: ``5``, ``abc``, ``#<Point>``, ``[object Array]``, a function's source."""
    t = type(v)
    if t is str:
        return v  # type: ignore[no-any-return]
    if t is bool:
        return "true" if v else "false"
    if t is int or t is float:
        return number_to_string(v)
    if v is undefined:
        return "undefined"
    if v is None:
        return "null"
    if t is Symbol:
        return describe_symbol(v)
    if t is BigInt:
        return bigint_to_string(v.value)
    return _describe_object(v) if isinstance(v, ObjectBase) else "#<Object>"


def describe_symbol(symbol: Symbol) -> str:
    """SymbolDescriptiveString (20.4.3.3.1)."""
    return f"Symbol({'' if symbol.description is undefined else symbol.description})"


def call_site_text(v: Any) -> str:
    """What stands for a value without a place in the script in "… is not a function": ``number 5``."""
    from odw.ecma.abstract_ops.testing_comparison import typeof

    kind = typeof(v)
    if type(v) is str:
        return f'string "{v}"'
    if v is None or kind in ("boolean", "number"):
        return f"{kind} {describe(v)}"
    return kind


def constructor_name(o: Any) -> str:
    """The name of the constructor that an object's ``constructor`` property is, or ""."""
    function = peek(o, "constructor")
    if isinstance(function, JSFunction):
        return function_debug_name(function)
    # Node 20 has no %Iterator%: there the constructor of built-in iterators is Object.
    return "Object" if _inherits(o, R.iterator_prototype) and not _inherits(o, R.generator_prototype) else ""


def _inherits(o: Any, prototype: Any) -> bool:
    """Whether ``prototype`` is on the prototype chain of ``o``; proxies on it are not asked."""
    for _ in range(1000):
        if o is None or o is prototype or o.class_name == "Proxy":
            break
        o = o.proto
    return o is prototype


def function_debug_name(function: JSFunction) -> str:
    if function.name is not None:
        name = function.name
        return name if type(name) is str else f"[{name.description}]"
    name = peek(function, "name")
    return name if type(name) is str else ""


def peek(o: Any, key: Any) -> Any:
    """The data property ``key`` of ``o`` or of its prototypes, without running anything; undefined for what would."""
    for _ in range(1000):
        if o is None or o.class_name == "Proxy":
            break
        if type(o) is JSArray:  # plain: no named property of its own
            found = MISSING
        else:
            found = (o.named if isinstance(o, ArrayObject) else o).get(key, MISSING)
        if found is not MISSING:
            return found.value if type(found) is Property else found
        o = o.proto
    return undefined


def _describe_object(o: Any) -> str:
    while o.class_name == "Proxy":
        o = o.target
        if o is None:
            return "null"  # revoked
    if isinstance(o, JSFunction):
        from odw.ecma.abstract_ops.function_text import function_text

        text = function_text(o)
        return text if len(text) <= 128 else f"{text[:111]}...<omitted>...{text[-2:]}"
    if o.class_name == "Error":
        from odw.ecma.intrinsics.error import error_text

        return error_text(o)
    if peek(o, "toString") is R.object_prototype_to_string:
        name = constructor_name(o)
        if name:
            return f"#<{name}>"
    tag = peek(o, WellKnown.to_string_tag)
    return f"[object {tag if type(tag) is str else builtin_tag(o)}]"


def builtin_tag(o: Any) -> str:
    """The builtinTag of Object.prototype.toString (20.1.3.6), steps 4 to 14; proxies as what they wrap."""
    name = o.class_name
    if name in _BUILTIN_TAGS:
        return name  # type: ignore[no-any-return]
    if name == "Proxy":
        from odw.ecma.abstract_ops.testing_comparison import is_array

        if o.target is None:
            return "Object"
        return "Array" if is_array(o) else "Function" if isinstance(o, JSFunction) else "Object"
    return "Object"


_BUILTIN_TAGS = frozenset(
    ("Array", "Arguments", "Function", "Error", "Boolean", "Number", "String", "Date", "RegExp")
)
