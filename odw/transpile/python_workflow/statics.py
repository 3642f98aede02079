"""Functions of Math, JSON, Object, Array, Number, String, Date and console, and the conversions that are called like functions."""

from __future__ import annotations

from collections.abc import Callable

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import exact_text, spread_items, value
from odw.transpile.python_workflow.kind_rules import nonzero
from odw.transpile.python_workflow.kinds import FIN, INT, NUMBERS, STR, UNDEFINED, Arr, Obj, SetOf, only

STATIC_VALUES = {
    "Math.max": "js.largest", "Math.min": "js.smallest", "Math.abs": "js.absolute", "Math.floor": "js.floor",
    "Math.ceil": "js.ceil", "Math.round": "js.round", "Math.trunc": "js.trunc", "Math.sign": "js.sign",
    "Math.sqrt": "js.sqrt", "Math.hypot": "js.hypot", "Math.cbrt": "js.cbrt", "Math.imul": "js.imul",
    "Math.clz32": "js.clz32", "Math.fround": "js.fround", "Math.atan2": "js.atan2", "Math.pow": "js.power",
    "Number.isInteger": "js.is_integer", "Number.isFinite": "js.is_finite", "Number.isNaN": "js.is_nan",
    "Number.isSafeInteger": "js.is_safe_integer", "Number.parseInt": "js.parse_int", "Number.parseFloat": "js.parse_float",
    "JSON.stringify": "js.json", "JSON.parse": "js.parse_json", "Object.keys": "js.keys", "Object.values": "js.values",
    "Object.entries": "js.entries", "Object.fromEntries": "js.from_entries", "Object.assign": "js.assign",
    "Object.freeze": "js.freeze", "Object.is": "js.same_value", "Object.hasOwn": "js.has_own",
    "Object.groupBy": "js.group_by", "Array.from": "js.array_from", "Array.isArray": "js.is_array",
    "String.fromCharCode": "js.from_char_code", "String.fromCodePoint": "js.from_code_point", "Date.parse": "js.parse_date",
    "Date.UTC": "js.date_utc", "URL.canParse": "js.can_parse_url", "URL.parse": "js.parse_url",
}  # fmt: skip

GLOBAL_CALLS = {
    "parseInt": "js.parse_int", "parseFloat": "js.parse_float", "encodeURIComponent": "js.encode_uri_component",
    "decodeURIComponent": "js.decode_uri_component", "encodeURI": "js.encode_uri", "decodeURI": "js.decode_uri",
    "structuredClone": "js.structured_clone", "checkpoint": "js.checkpoint", "promptSlot": "js.prompt_slot",
    "setTimeout": "js.set_timeout", "clearTimeout": "js.clear_timeout", "isNaN": "js.number_is_nan",
    "isFinite": "js.number_is_finite", "queueMicrotask": "js.queue_microtask", "Error": "js.Error", "TypeError": "js.TypeError",
    "RangeError": "js.RangeError", "SyntaxError": "js.SyntaxError", "ReferenceError": "js.ReferenceError",
    "RegExp": "js.RegExp", "AggregateError": "js.AggregateError", "Array": "js.new_array", "URIError": "js.URIError",
    "EvalError": "js.EvalError",
}  # fmt: skip

LEVELS = {"log": "log", "info": "info", "warn": "warn", "error": "error", "debug": "debug"}


def arguments(ctx: Context, node: Node) -> list[Py]:
    """The arguments of a call, spreads included."""
    return [
        Py(["*", spread_items(ctx, argument.argument).at(code.BIT_OR)])
        if argument.type == "SpreadElement"
        else value(ctx, argument)
        for argument in node.arguments
    ]


def has_spread(node: Node) -> bool:
    return any(argument.type == "SpreadElement" for argument in node.arguments)


def static_call(ctx: Context, node: Node, holder: str, prop: str) -> Py | None:
    """``Holder.prop(…)`` of a built-in object; None when it is none of those known."""
    special = _SPECIAL.get(f"{holder}.{prop}")
    if special is not None and not has_spread(node):
        found = special(ctx, node)
        if found is not None:
            return found
    if holder == "console":
        level = code.string(LEVELS.get(prop, "log"))
        return call("js.console", level, *arguments(ctx, node))
    if holder == "budget" and prop in ("spent", "remaining"):
        return call(f"odw.budget.{prop}")
    if holder == "pandacode":
        return _pandacode(ctx, node, prop)
    if holder == "Array" and prop == "of":
        return code.list_of(arguments(ctx, node))
    if holder == "Object" and prop == "create":
        return name("{}")
    if holder == "Math" and f"Math.{prop}" not in STATIC_VALUES:
        return call(call("js.math_function", code.string(prop)), *arguments(ctx, node))
    known = STATIC_VALUES.get(f"{holder}.{prop}")
    return None if known is None else call(known, *arguments(ctx, node))


def _pandacode(ctx: Context, node: Node, prop: str) -> Py:
    given = arguments(ctx, node)
    options = given[1] if len(given) > 1 else name("{}")
    if prop == "exec":
        return call("js.agent", *given)
    runtime = Py(["{**", call("js.spread", options).doc, f', "runtime": "{prop}"', "}"])
    return call("js.agent", given[0], runtime)


def _stringify(ctx: Context, node: Node) -> Py:
    given = node.arguments
    if len(given) == 3 and given[1].type == "Literal" and given[1].value is None:
        return call("js.json", value(ctx, given[0]), indent=value(ctx, given[2]))
    return call("js.json", *arguments(ctx, node))


def _is_array(ctx: Context, node: Node) -> Py | None:
    if len(node.arguments) != 1:
        return None
    from odw.transpile.python_workflow.expressions import loose

    return call("isinstance", loose(ctx, node.arguments[0]), name("list"))


def _extreme(fn: str) -> Callable[[Context, Node], Py | None]:
    def extreme(ctx: Context, node: Node) -> Py | None:
        if len(node.arguments) < 2 or not all(only(ctx.kind(part), INT, FIN) for part in node.arguments):
            return None
        return call(fn, *arguments(ctx, node))

    return extreme


def _floor(ctx: Context, node: Node) -> Py | None:
    one = node.arguments[0] if len(node.arguments) == 1 else None
    if one is not None and one.type == "BinaryExpression" and one.operator == "/":
        if only(ctx.kind(one.left), INT) and only(ctx.kind(one.right), INT) and nonzero(one.right):
            return code.binary(value(ctx, one.left), "//", value(ctx, one.right), code.MULTIPLY)
    return None


def _keys(ctx: Context, node: Node) -> Py | None:
    one = node.arguments[0] if len(node.arguments) == 1 else None
    return call("list", value(ctx, one)) if one is not None and _names_are_words(ctx, one) else None


def _values(ctx: Context, node: Node) -> Py | None:
    one = node.arguments[0] if len(node.arguments) == 1 else None
    if one is None or not _names_are_words(ctx, one):
        return None
    return call("list", code.method(value(ctx, one), "values"))


def _names_are_words(ctx: Context, node: Node) -> bool:
    """Whether the keys of a dict are known, and none is an integer, which JavaScript puts first."""
    return only(ctx.kind(node), Obj) and all(
        not atom.others and not atom.escaped and not any(member[:1].isdigit() for member in atom.members)
        for atom in ctx.kind(node)
    )


def _array_from(ctx: Context, node: Node) -> Py | None:
    """``Array.from({length: n}, (_, i) => …)`` is a comprehension over a range."""
    from odw.transpile.python_workflow.arrays import mapped_over

    if not node.arguments:
        return None
    source = node.arguments[0]
    length = _length_of(source)
    if length is not None and only(ctx.kind(length), INT):
        if len(node.arguments) == 1:
            return code.binary(name("[js.undefined]"), "*", value(ctx, length), code.MULTIPLY)
        return mapped_over(ctx, node.arguments[1], call("range", value(ctx, length)), counted=True)
    if len(node.arguments) == 1 and only(ctx.kind(source), Arr, SetOf, STR):
        return call("list", value(ctx, source))
    return None


def _length_of(node: Node) -> Node | None:
    if node.type == "ObjectExpression" and len(node.properties) == 1:
        prop = node.properties[0]
        if (
            prop.type == "Property"
            and not prop.computed
            and prop.key.type == "Identifier"
            and prop.key.name == "length"
        ):
            return prop.value  # type: ignore[no-any-return]
    return None


_SPECIAL: dict[str, Callable[[Context, Node], Py | None]] = {
    "JSON.stringify": _stringify,
    "Array.isArray": _is_array,
    "Math.max": _extreme("max"),
    "Math.min": _extreme("min"),
    "Math.floor": _floor,
    "Object.keys": _keys,
    "Object.values": _values,
    "Array.from": _array_from,
}


def global_call(ctx: Context, node: Node, fn: str) -> Py | None:
    """A call of a global function that is no hook; None for one that is not known."""
    given = node.arguments
    if fn == "String":
        return exact_text(ctx, given[0]) if given and not has_spread(node) else code.string("")
    if fn == "Number" and len(given) == 1:
        return (
            value(ctx, given[0])
            if only(ctx.kind(given[0]), *NUMBERS)
            else call("js.number", value(ctx, given[0]))
        )
    if fn == "Boolean" and len(given) == 1:
        from odw.transpile.python_workflow.operators import boolean

        return boolean(ctx, given[0])
    if fn == "log":
        return _log(ctx, node)
    if fn == "phase":
        return _phase(ctx, node)
    known = GLOBAL_CALLS.get(fn)
    return None if known is None else call(known, *arguments(ctx, node))


def _log(ctx: Context, node: Node) -> Py:
    if len(node.arguments) >= 1 and only(ctx.kind(node.arguments[0]), STR):
        return call("odw.log", value(ctx, node.arguments[0]))
    return call("js.log", *arguments(ctx, node))


def _phase(ctx: Context, node: Node) -> Py:
    if node.arguments and not has_spread(node) and all(only(ctx.kind(part), STR) for part in node.arguments):
        return call("odw.phase", *arguments(ctx, node)[:2])
    return call("js.phase", *arguments(ctx, node))


def may_be_undefined(ctx: Context, node: Node) -> bool:
    return UNDEFINED in ctx.kind(node)
