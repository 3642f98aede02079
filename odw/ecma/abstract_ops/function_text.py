"""The text of a function, as Function.prototype.toString gives it (ECMA-262 20.2.3.5).

A function's code object does not know where its text begins and ends, but the code that makes the function does: the
instruction that loads it has the span of the whole function. So the text is found by a walk through the code objects of
the script, which only a script pays for that prints a function.
"""

from __future__ import annotations

import re
from types import CodeType, FunctionType
from typing import Any

from odw.ecma import positions
from odw.ecma.abstract_ops.describe import function_debug_name
from odw.ecma.functions import BoundFunction, ClassConstructor, ResumableFunction


def function_text(function: Any) -> str:
    """The source text of a script's function, or what stands for a built-in one's."""
    text = _source_text(function)
    if text is not None:
        return text
    name = "" if isinstance(function, BoundFunction) else function_debug_name(function)
    return f"function {name}() {{ [native code] }}"


def _source_text(function: Any) -> str | None:
    if isinstance(function, ClassConstructor):
        wanted, names = function.definition
    else:
        code: Any = function.code if isinstance(function, ResumableFunction) else function.call
        if type(code) is not FunctionType:
            return None
        wanted, names = code.__code__, code.__globals__
    if not positions.is_script(wanted.co_filename):
        return None
    root = names.get("workflow")
    if type(root) is not FunctionType:
        return None
    place = _place_of(wanted, root.__code__)
    return None if place is None or place.text[:1] == "{" else _STATIC.sub("", place.text)


# The keyword before a static method is not part of the method's text, and a method may be called "static".
_STATIC = re.compile(r"\Astatic(?:\s|//.*|/\*[\s\S]*?\*/)+(?![\s(/])")


def _place_of(wanted: CodeType, root: CodeType) -> positions.Place | None:
    """The span of the instruction that loads ``wanted``, anywhere in ``root``."""
    pending = [root]
    while pending:
        code = pending.pop()
        for constant in code.co_consts:
            if constant is wanted:
                return positions.place_of_constant(code, wanted)
            if type(constant) is CodeType:
                pending.append(constant)
    return None
