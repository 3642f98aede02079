"""What a script may not reach: Python attributes, and code made from text."""

from __future__ import annotations

from typing import Any

import pytest

from odw.ecma.abi import ABI
from odw.ecma.abstract_ops.object_operations import construct, get, get_item, has
from odw.ecma.completion import JsThrow
from odw.ecma.realm import activate
from odw.ecma.values import JSArray, JSObject, ObjectBase, Symbol, undefined

PYTHON_NAMES = sorted(
    {
        name
        for kind in (object, dict, list, str, int, float, type(activate), type(lambda: (yield)), JsThrow)
        for name in dir(kind)
    }
    | {
        "call",
        "construct",
        "prototype_kind",
        "home",
        "fields",
        "_proto",
        "_named",
        "private",
        "extensible",
        "frames",
        "primitive",
    }
)


def everything() -> list[Any]:
    activate()
    function = ABI["function"](lambda _this, *_: 1, "f", 0)
    values = [JSObject(), JSArray([1]), function, "text", 5, 1.5, True, Symbol("s"), ABI["BigInt"](5)]
    values.append(ABI["class_end"](ABI["class_begin"]("C", ABI["NO_PARENT"], None, 0)))
    values.append(ABI["new"](values[-1]))
    values.append(ABI["new"](ABI["load_global"]("Error"), "e"))
    values.append(ABI["new"](ABI["load_global"]("Proxy"), JSObject(), JSObject()))
    return values


def test_no_python_attribute_is_a_property() -> None:
    javascript = {
        "call",
        "constructor",
        "copy",
        "index",
        "sort",
        "pop",
        "keys",
        "values",
        "find",
        "replace",
        "split",
    }
    for value in everything():
        for name in PYTHON_NAMES:
            found = get(value, name)
            if found is not undefined:
                # a method that both languages have under one name must be the script's own
                assert isinstance(found, ObjectBase) or type(found) in (str, int), (value, name)
                assert "__" not in name and (name in javascript or name.isalpha()), (value, name)
            assert get_item(value, name) is found
        if isinstance(value, ObjectBase):
            assert not has("__class__", value)


@pytest.mark.parametrize(
    "kind", ["function", "async_function", "generator_function", "async_generator_function"]
)
def test_no_constructor_makes_code_from_text(kind: str) -> None:
    activate()
    constructor = get(ABI[kind](lambda _this, *_: 1, "f", 0), "constructor")
    for attempt in (
        lambda: constructor.call(undefined, "return this"),
        lambda: construct(constructor, ["return this"]),
        lambda: get(constructor, "call").call(constructor, undefined, "return this"),
        lambda: get(constructor, "bind").call(constructor, undefined).call(undefined, "return 1"),
    ):
        with pytest.raises(JsThrow) as caught:
            attempt()
        assert get(caught.value.value, "name") == "EvalError"
        assert (
            get(caught.value.value, "message") == "Code generation from strings disallowed for this context"
        )


def test_compiled_code_has_no_builtins() -> None:
    assert not [name for name in ABI if name.startswith("__")]
    assert not {"getattr", "open", "exec", "eval", "compile", "globals", "vars", "type"} & ABI.keys()
