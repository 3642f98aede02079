"""``from odw import js``: what JavaScript does and Python has no equal for, on Python's own values.

For workflows that ``odw transpile --style dsl`` wrote, and for those who go on writing them. docs/transpile-to-python.md lists the names.

May not: keep a value of ``odw.ecma``'s; what goes into that library is converted, and comes out as Python's own.
"""

from __future__ import annotations

import sys

from odw.dsl.javascript.accessors import Accessor, Accessors
from odw.dsl.javascript.arrays import (
    array_from,
    at,
    concat,
    find,
    find_index,
    find_last,
    find_last_index,
    flat,
    flat_map,
    includes,
    index_of,
    join,
    last_index_of,
    new_array,
    pop,
    push,
    reduce,
    reduce_right,
    reverse,
    shift,
    slice_list,
    sort,
    splice,
    unshift,
)
from odw.dsl.javascript.arrays import sorted_ as sorted
from odw.dsl.javascript.cells import Cell
from odw.dsl.javascript.collections import Map, Set
from odw.dsl.javascript.dates import Date
from odw.dsl.javascript.dates import parse as parse_date
from odw.dsl.javascript.dates import utc as date_utc
from odw.dsl.javascript.errors import (
    CATCHABLE,
    AggregateError,
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    Thrown,
    TypeError,
    URIError,
    caught,
    is_error,
    message,
    thrown,
)
from odw.dsl.javascript.functions import call
from odw.dsl.javascript.generators import step
from odw.dsl.javascript.hooks import (
    agent,
    args,
    checkpoint,
    clear_timeout,
    console,
    cwd,
    exported,
    fanout,
    log,
    null,
    parallel,
    phase,
    pipeline,
    prompt_slot,
    queue_microtask,
    result,
    run_fact,
    set_timeout,
    sleep,
    workflow,
)
from odw.dsl.javascript.iteration import iterate, spread, unpack, without
from odw.dsl.javascript.json_text import json, parse_json, to_plain
from odw.dsl.javascript.members import (
    array,
    call_if_there,
    constant,
    get,
    has,
    invoke,
    length,
    maybe,
    missing,
    put,
    remove,
)
from odw.dsl.javascript.numbers import (
    absolute,
    atan2,
    bit_and,
    bit_not,
    bit_or,
    bit_xor,
    cbrt,
    ceil,
    clz32,
    floor,
    fround,
    hypot,
    imul,
    is_finite,
    is_integer,
    is_nan,
    is_safe_integer,
    largest,
    math_function,
    number_is_finite,
    number_is_nan,
    parse_float,
    parse_int,
    shift_left,
    shift_right,
    shift_right_unsigned,
    sign,
    smallest,
    sqrt,
    to_fixed,
    to_int32,
    to_locale_string,
    to_uint32,
    trunc,
)
from odw.dsl.javascript.numbers import round_ as round
from odw.dsl.javascript.objects import (
    Object,
    assign,
    entries,
    freeze,
    from_entries,
    group_by,
    has_own,
    invoke_optional,
    keys,
    names_in,
    structured_clone,
    values,
)
from odw.dsl.javascript.operators import (
    add,
    divide,
    equal,
    greater,
    greater_equal,
    is_a,
    less,
    less_equal,
    multiply,
    negative,
    power,
    remainder,
    same,
    same_value,
    subtract,
)
from odw.dsl.javascript.promises import (
    Promise,
    all_settled,
    awaited,
    catch,
    each_awaited,
    finally_,
    race,
    rejected,
    resolved,
    start,
    start_soon,
    then,
)
from odw.dsl.javascript.promises import all_ as all
from odw.dsl.javascript.promises import any_ as any
from odw.dsl.javascript.regexp import RegExp
from odw.dsl.javascript.regexp import Strings as template
from odw.dsl.javascript.strings import (
    WHITESPACE,
    from_char_code,
    from_code_point,
    locale_compare,
    match,
    match_all,
    pad_end,
    pad_start,
    replace,
    replace_all,
    search,
    slice_text,
    split,
)
from odw.dsl.javascript.uri import decode_uri, decode_uri_component, encode_uri, encode_uri_component
from odw.dsl.javascript.urls import URL, URLSearchParams, can_parse_url, parse_url
from odw.dsl.javascript.values import (
    coalesce,
    first_truthy,
    is_number,
    nullish,
    number,
    text,
    truthy,
    typeof,
)
from odw.ecma.values import undefined


def is_array(value: object) -> bool:
    """``Array.isArray(value)``."""
    return isinstance(value, list)


js = sys.modules[__name__]

__all__ = [
    "CATCHABLE", "URL", "WHITESPACE", "Accessor", "Accessors", "AggregateError", "Cell", "Date", "Error", "EvalError", "Map", "Object",
    "Promise", "RangeError", "ReferenceError", "RegExp", "Set", "SyntaxError", "Thrown", "TypeError", "URIError", "URLSearchParams",
    "absolute", "add", "agent", "all", "all_settled", "any", "args", "array", "array_from", "assign", "at",
    "atan2", "awaited", "bit_and", "bit_not", "bit_or", "bit_xor", "call", "call_if_there", "can_parse_url", "catch",
    "caught", "cbrt", "ceil", "checkpoint", "clear_timeout", "clz32", "coalesce", "concat", "console",
    "constant", "cwd", "date_utc", "decode_uri", "decode_uri_component", "divide", "each_awaited",
    "encode_uri", "encode_uri_component", "entries", "equal", "exported", "fanout", "finally_", "find",
    "find_index", "find_last", "find_last_index", "first_truthy", "flat", "flat_map", "floor", "freeze",
    "from_char_code", "from_code_point", "from_entries", "fround", "get", "greater", "greater_equal",
    "group_by", "has", "has_own", "hypot", "imul", "includes", "index_of", "invoke", "invoke_optional",
    "is_a", "is_array", "is_error", "is_finite", "is_integer", "is_nan", "is_number", "is_safe_integer",
    "iterate", "join", "js", "json", "keys", "largest", "last_index_of", "length", "less", "less_equal",
    "locale_compare", "log", "match", "match_all", "math_function", "maybe", "message", "missing",
    "multiply", "names_in", "negative", "new_array", "null", "nullish", "number", "number_is_finite",
    "number_is_nan", "pad_end", "pad_start", "parallel", "parse_date", "parse_float", "parse_int",
    "parse_json", "parse_url", "phase", "pipeline", "pop", "power", "prompt_slot", "push", "put", "queue_microtask",
    "race", "reduce", "reduce_right", "rejected", "remainder", "remove", "replace", "replace_all",
    "resolved", "result", "reverse", "round", "run_fact", "same", "same_value", "search", "set_timeout",
    "shift", "shift_left", "shift_right", "shift_right_unsigned", "sign", "sleep", "slice_list",
    "slice_text", "smallest", "sort", "sorted", "splice", "split", "spread", "sqrt", "start", "start_soon",
    "step", "structured_clone", "subtract", "template", "text", "then", "thrown", "to_fixed", "to_int32",
    "to_locale_string", "to_plain", "to_uint32", "trunc", "truthy", "typeof", "undefined", "unpack",
    "unshift", "values", "without", "workflow",
]  # fmt: skip
