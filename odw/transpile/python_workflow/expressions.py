"""Expressions. ``value`` gives the exact value; ``test`` what is true when JavaScript's is; ``loose`` may give None for undefined."""

from __future__ import annotations

from collections.abc import Callable

from odw.transpile.analyze.scope import FUNCTIONS
from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, condition, name
from odw.transpile.python_workflow.context import Context, NeedsStatements
from odw.transpile.python_workflow.kinds import (
    BOOL,
    DATE,
    ERROR,
    FIN,
    INT,
    ITERATOR,
    NULLISH,
    REGEXP,
    STR,
    Arr,
    Fn,
    Kind,
    Later,
    MapOf,
    Obj,
    SetOf,
    only,
)

Handler = Callable[[Context, Node], Py]
HANDLERS: dict[str, Handler] = {}
LOOSE: dict[str, Handler] = {}
TESTS: dict[str, Handler] = {}

UNDEFINED_VALUE = name("js.undefined")
NONE = name("None")

GLOBAL_VALUES = {
    "undefined": "js.undefined", "NaN": 'float("nan")', "Infinity": 'float("inf")', "budget": "odw.budget",
    "Boolean": "js.truthy", "String": "js.text", "Number": "js.number", "parseInt": "js.parse_int",
    "parseFloat": "js.parse_float", "agent": "js.agent", "log": "js.log", "phase": "js.phase", "parallel": "js.parallel",
    "pipeline": "js.pipeline", "fanout": "js.fanout", "workflow": "js.workflow", "checkpoint": "js.checkpoint",
    "promptSlot": "js.prompt_slot", "encodeURIComponent": "js.encode_uri_component",
    "decodeURIComponent": "js.decode_uri_component", "encodeURI": "js.encode_uri", "decodeURI": "js.decode_uri",
    "setTimeout": "js.set_timeout", "clearTimeout": "js.clear_timeout", "structuredClone": "js.structured_clone",
    "isNaN": "js.number_is_nan", "isFinite": "js.number_is_finite", "cwd": "js.cwd()",
    "Error": "js.Error", "TypeError": "js.TypeError", "RangeError": "js.RangeError", "SyntaxError": "js.SyntaxError",
    "ReferenceError": "js.ReferenceError", "EvalError": "js.EvalError", "URIError": "js.URIError",
    "AggregateError": "js.AggregateError", "Map": "js.Map", "Set": "js.Set", "RegExp": "js.RegExp", "Date": "js.Date",
    "Promise": "js.Promise", "Array": "list", "Object": "js.Object", "queueMicrotask": "js.queue_microtask",
    "URL": "js.URL", "URLSearchParams": "js.URLSearchParams",
}  # fmt: skip


def value(ctx: Context, node: Node) -> Py:
    """The expression, exactly."""
    done = ctx.substituted.get(node)
    if done is not None:
        return done
    handler = HANDLERS.get(node.type)
    if handler is None:
        raise ctx.refuse(node, f"this ({node.type})")
    return handler(ctx, node)


def loose(ctx: Context, node: Node) -> Py:
    """The expression where null and undefined are the same: it may be None for undefined."""
    if node in ctx.substituted:
        return ctx.substituted[node]
    handler = LOOSE.get(node.type)
    return handler(ctx, node) if handler is not None else value(ctx, node)


def test(ctx: Context, node: Node) -> Py:
    """An expression that Python takes as true when JavaScript does."""
    handler = TESTS.get(node.type)
    if handler is not None and node not in ctx.substituted:
        return handler(ctx, node)
    return plain_test(ctx, node)


def plain_test(ctx: Context, node: Node) -> Py:
    found = ctx.kind(node)
    if node.type == "MemberExpression" and not node.computed and node.property.name == "length":
        if not node.optional and only(ctx.kind(node.object), Arr):
            return value(ctx, node.object)
    if same_truth(found):
        return loose(ctx, node)
    if found & NULLISH and only(found, Arr, Obj, Fn, *NULLISH):
        return present(ctx, node)
    return call("js.truthy", value(ctx, node))


def same_truth(found: Kind) -> bool:
    """Whether Python takes each value of a kind as true or false as JavaScript does."""
    return all(_same_truth(atom) for atom in found)


def _same_truth(atom: object) -> bool:
    if isinstance(atom, Obj):
        return any(atom.sure(member) for member in atom.always)
    if isinstance(atom, Fn | Later | MapOf | SetOf):
        return True
    return atom in (STR, BOOL, INT, FIN, REGEXP, ERROR, DATE, ITERATOR) or atom in NULLISH


def present(ctx: Context, node: Node) -> Py:
    """Whether an expression is neither null nor undefined."""
    if ctx.may_be_undefined(ctx.kind(node)):
        part = loose(ctx, node)
        if node.type in LOOSE and str(part) != str(value(ctx, node)):
            return code.comparison(part, "is not", NONE)
        return code.negated(call("js.nullish", part))
    return code.comparison(value(ctx, node), "is not", NONE)


def absent(ctx: Context, node: Node) -> Py:
    """Whether an expression is null or undefined."""
    if ctx.may_be_undefined(ctx.kind(node)):
        part = loose(ctx, node)
        if node.type in LOOSE and str(part) != str(value(ctx, node)):
            return code.comparison(part, "is", NONE)
        return call("js.nullish", part)
    return code.comparison(value(ctx, node), "is", NONE)


def is_simple(node: Node) -> bool:
    """Whether an expression can stand twice: a name, a literal."""
    return node.type in ("Identifier", "Literal", "ThisExpression")


def is_cheap(node: Node) -> bool:
    """Whether it does no harm to evaluate an expression though it may not be needed."""
    if node.type in ("Identifier", "Literal"):
        return True
    if node.type == "TemplateLiteral":
        return not node.expressions
    if node.type == "UnaryExpression":
        return node.operator in ("-", "!") and is_cheap(node.argument)
    return node.type in ("ArrayExpression", "ObjectExpression") and not (
        node.elements if node.type == "ArrayExpression" else node.properties
    )


def temporary(ctx: Context, node: Node, base: str = "found") -> tuple[Py, Py]:
    """An expression that is needed twice: how it stands the first time, and how after that."""
    part = value(ctx, node)
    if is_simple(node) or node in ctx.substituted:
        return part, part
    fresh = ctx.fresh(base)
    if ctx.iterable:
        from odw.transpile.python_workflow.patterns import assign_doc

        ctx.put(assign_doc(fresh, part))
        return name(fresh), name(fresh)
    return Py(["(", code.walrus(fresh, part).doc, ")"]), name(fresh)


def handles(*types: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        for node_type in types:
            HANDLERS[node_type] = handler
        return handler

    return register


@handles("Identifier")
def identifier(ctx: Context, node: Node) -> Py:
    binding = ctx.binding(node)
    if binding is not None:
        if binding.kind == "arguments":
            raise ctx.refuse(node, "the arguments object", "Take a rest parameter: (...values) => …")
        return name(ctx.name(binding))
    if node.name in ("args", "input"):
        ctx.prelude["args"] = None
        return name("args")
    if node.name == "meta":
        return name("META")
    known = GLOBAL_VALUES.get(node.name)
    return name(known) if known is not None else missing(node.name)


def missing(wanted: str) -> Py:
    """A global that a workflow does not have: what looks at it fails as in JavaScript."""
    return call("js.missing", code.string(wanted))


@handles("Literal")
def literal(ctx: Context, node: Node) -> Py:
    if node.regex is not None:
        from odw.transpile.python_workflow.regexps import regexp_literal

        return regexp_literal(ctx, node)
    if node.bigint is not None:
        raise ctx.refuse(node, "a BigInt")
    if node.value is None:
        return NONE
    if isinstance(node.value, bool):
        return name(str(node.value))
    if isinstance(node.value, str):
        return code.string(points(node.value))
    return number(node.value)


def number(given: int | float) -> Py:
    if isinstance(given, float) and given - given != 0:
        return name(f'float("{given}")')
    return Py(repr(given), code.UNARY if given < 0 else code.ATOM)


def points(units: str) -> str:
    """UTF-16 code units as code points; lone surrogates stay."""
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


@handles("ThisExpression")
def this(ctx: Context, node: Node) -> Py:
    function = ctx.enclosing_function(node)
    while function is not None and function.type == "ArrowFunctionExpression":
        function = ctx.enclosing_function(function)
    holder = ctx.parents.get(function) if function is not None else None
    if holder is None or holder.type not in ("MethodDefinition", "PropertyDefinition"):
        field = ctx.parents.get(node)
        while field is not None and field.type != "PropertyDefinition":
            field = ctx.parents.get(field)
        if field is None:
            if function is None:
                return UNDEFINED_VALUE
            raise ctx.refuse(node, "this outside a class", "Name the object instead of this.")
    return name("self")


@handles("SequenceExpression")
def sequence(ctx: Context, node: Node) -> Py:
    return code.subscript(
        Py(code.listed("(", [code.item(value(ctx, part)) for part in node.expressions], ")")), name("-1")
    )


@handles("ConditionalExpression")
def conditional(ctx: Context, node: Node) -> Py:
    return condition(test(ctx, node.test), value(ctx, node.consequent), value(ctx, node.alternate))


def _loose_conditional(ctx: Context, node: Node) -> Py:
    return condition(test(ctx, node.test), loose(ctx, node.consequent), loose(ctx, node.alternate))


LOOSE["ConditionalExpression"] = _loose_conditional


@handles("AwaitExpression")
def await_(ctx: Context, node: Node) -> Py:
    from odw.transpile.python_workflow.promises import awaitable

    if not ctx.fn.awaits:
        raise NeedsStatements
    inner = node.argument
    if not ctx.may_be_promise(inner):
        return value(ctx, inner)
    return code.awaited(awaitable(ctx, inner))


@handles("YieldExpression")
def yield_(ctx: Context, node: Node) -> Py:
    if node.delegate:
        return Py(["(yield from ", value(ctx, node.argument).at(code.CONDITION), ")"])
    if node.argument is None:
        return Py("(yield js.undefined)")
    return Py(["(yield ", value(ctx, node.argument).at(code.CONDITION), ")"])


@handles("ArrayExpression")
def array(ctx: Context, node: Node) -> Py:
    parts: list[object] = []
    for element in node.elements:
        if element is None:
            raise ctx.refuse(node, "a hole in an array", "Write undefined in its place.")
        if element.type == "SpreadElement":
            parts.append(["*", spread_items(ctx, element.argument).at(code.BIT_OR)])
        else:
            parts.append(code.item(value(ctx, element)))
    return Py(multiline(ctx, node, "[", parts, "]"))


def multiline(ctx: Context, node: Node, begin: str, parts: list[object], end: str) -> object:
    """Brackets; one part a line if the author wrote it so."""
    from odw.transpile.python_workflow.comments import with_comments
    from odw.transpile.python_workflow.layout import HARD, Group, Indent

    members = node.elements if node.type == "ArrayExpression" else node.properties
    first = next((member for member in members if member is not None), None)
    if first is None or "\n" not in ctx.source.text[node.start : first.start]:
        return code.listed(begin, parts, end)
    body: list[object] = []
    for member, part in zip(members, parts, strict=True):
        body += [HARD, *(with_comments(ctx, member, part) if member is not None else [part, ","])]
    return Group([begin, Indent(body), HARD, end])


def spread_items(ctx: Context, node: Node) -> Py:
    """What ``...node`` goes through, in a list or a call."""
    found = ctx.kind(node)
    if only(found, Arr, SetOf, MapOf, STR):
        return value(ctx, node)
    if node.type == "ConditionalExpression":
        return condition(
            test(ctx, node.test), spread_items(ctx, node.consequent), spread_items(ctx, node.alternate)
        )
    return call("js.iterate", value(ctx, node))


def exact_text(ctx: Context, node: Node) -> Py:
    """``String(node)``."""
    found = ctx.kind(node)
    if only(found, STR):
        return value(ctx, node)
    if only(found, INT):
        return call("str", value(ctx, node))
    return call("js.text", value(ctx, node))


def is_function(node: Node) -> bool:
    return node.type in FUNCTIONS


def is_method_call(node: Node, method: str) -> bool:
    """Whether ``node`` is ``x.method(y)``, with one argument."""
    if node.type != "CallExpression" or len(node.arguments) != 1:
        return False
    callee = node.callee
    if callee.type != "MemberExpression" or callee.computed or callee.optional:
        return False
    return bool(callee.property.name == method)


def is_undefined(node: Node, ctx: Context) -> bool:
    return ctx.is_global(node, "undefined") or (node.type == "UnaryExpression" and node.operator == "void")
