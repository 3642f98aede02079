"""Calls of built-ins as data: ``{"target": "Array.prototype.slice", "self": …, "args": […]}`` and how to make one here.

Values in the data are JSON, except: ``{"u": 1}`` undefined, ``{"h": 1}`` a hole, ``{"n": "-0"}`` a number that JSON has
not, ``{"b": "12"}`` a BigInt, ``{"s": "x"}`` a new symbol, ``{"f": "double"}`` one of the functions both sides have,
``{"o": [[key, value]]}`` an object, ``{"frozen": value}``. judge.mjs reads and writes the same.
"""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops import operators as op
from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.number_text import bigint_to_string, number_to_string
from odw.ecma.abstract_ops.object_operations import (
    enumerable_own_properties,
    get,
    has_property,
    set_integrity_level,
)
from odw.ecma.abstract_ops.testing_comparison import is_array, typeof
from odw.ecma.abstract_ops.type_conversion import from_host_string, to_string
from odw.ecma.completion import SCRIPT_ERRORS, JsThrow, make_error, thrown_value
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.realm import GLOBALS, R
from odw.ecma.values import (
    HOLE,
    BigInt,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    Symbol,
    undefined,
)


def _grow(_this: Any, x: Any = undefined, i: Any = undefined, a: Any = undefined, *_: Any) -> Any:
    if isinstance(a, JSArray) and len(a) < 9:
        get(a, "push").call(a, i)
    return x


def _shrink(_this: Any, x: Any = undefined, i: Any = undefined, a: Any = undefined, *_: Any) -> Any:
    if isinstance(a, JSArray) and len(a) > 0:
        get(a, "pop").call(a)
    return True


def _boom(_this: Any, *_: Any) -> Any:
    raise JsThrow(make_error("Error", "boom"))


def _key_value(_this: Any, key: Any = undefined, value: Any = undefined, *_: Any) -> Any:
    if key == "drop":
        return undefined
    return op.add(value, 1) if typeof(value) == "number" else value


FUNCTIONS = {
    "double": lambda _this, x=undefined, *_: op.mul(x, 2),
    "identity": lambda _this, x=undefined, *_: x,
    "index": lambda _this, _x=undefined, i=undefined, *_: i,
    "even": lambda _this, x=undefined, *_: op.mod(x, 2) == 0,
    "add": lambda _this, a=undefined, b=undefined, *_: op.add(a, b),
    "subtract": lambda _this, a=undefined, b=undefined, *_: op.sub(a, b),
    "greater": lambda _this, a=undefined, b=undefined, *_: op.gt(a, b),
    "nothing": lambda _this, *_: undefined,
    "nan": lambda _this, *_: float("nan"),
    "boom": _boom,
    "grow": _grow,
    "shrink": _shrink,
    "pair": lambda _this, x=undefined, *_: JSArray([x, JSArray([x])]),
    "size": lambda _this, x=undefined, *_: len(to_string(x)),
    "show": lambda _this, *a: "|".join(R.string_constructor.call(undefined, x) for x in a),
    "keyValue": _key_value,
}
SPECIAL = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf"), "-0": -0.0}


def decode(v: Any) -> Any:
    """Data → a script value."""
    if type(v) is float:
        return R.number_constructor.call(undefined, repr(v))
    if type(v) is int and abs(v) > 2**53:
        return float(v)
    if isinstance(v, list):
        return JSArray([decode(x) for x in v])
    if isinstance(v, str):
        return from_host_string(v)  # Python's JSON joins surrogates
    if not isinstance(v, dict):
        return v
    if "u" in v:
        return undefined
    if "h" in v:
        return HOLE
    if "n" in v:
        return SPECIAL[v["n"]]
    if "b" in v:
        return BigInt(int(v["b"]))
    if "f" in v:
        return builtin(FUNCTIONS[v["f"]], v["f"], 1)
    if "s" in v:
        return Symbol(v["s"])
    if "frozen" in v:
        o = decode(v["frozen"])
        set_integrity_level(o, "frozen")
        return o
    return JSObject({from_host_string(k): decode(x) for k, x in v["o"]})


def encode(v: Any, depth: int = 0) -> Any:
    """A script value → data."""
    if v is undefined:
        return {"u": 1}
    if type(v) is float:
        text = number_to_string(v)
        if v == 0:
            return {"n": "-0"}
        return {"n": text} if text in SPECIAL else v
    if type(v) is BigInt:
        return {"b": bigint_to_string(v.value)}
    if type(v) is Symbol:
        return {"s": v.description}
    if isinstance(v, JSFunction):
        return {"f": get(v, "name")}
    if not isinstance(v, ObjectBase):
        return v
    if depth > 6:
        return {"deep": 1}
    if is_array(v):
        length = min(get(v, "length"), 400)
        return [
            encode(get(v, str(i)), depth + 1) if has_property(v, str(i)) else {"h": 1} for i in range(length)
        ]
    return {"o": [[k, encode(get(v, k), depth + 1)] for k in enumerable_own_properties(v, "key")]}


def global_value(name: str) -> Any:
    _, attribute = GLOBALS[name]
    return getattr(R, attribute)


def perform(case: dict[str, Any]) -> dict[str, Any]:
    """Make the call in the active realm and describe its outcome as judge.mjs does."""
    first, *rest = case["target"].split(".")
    function = global_value(first)
    receiver = decode(case["self"])
    outcome: dict[str, Any]
    try:
        for key in rest:
            function = get(function, key)
        outcome = {"value": encode(function.call(receiver, *map(decode, case["args"])))}
    except SCRIPT_ERRORS as exc:
        thrown = thrown_value(exc)
        outcome = {"throws": describe(thrown) if isinstance(thrown, ObjectBase) else encode(thrown)}
    if isinstance(receiver, ObjectBase):
        outcome["after"] = encode(receiver)
    return outcome


def same(a: Any, b: Any) -> bool:
    """Equality of data, where an int and the equal float are one and True is not 1."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, str) and isinstance(b, str):
        return _units(a) == _units(b)
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return float(a) == float(b)
    return bool(a == b)


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


__all__ = ["FUNCTIONS", "decode", "encode", "perform", "same"]
