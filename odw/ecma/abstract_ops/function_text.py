"""The text of a function, as Function.prototype.toString gives it (ECMA-262 20.2.3.5)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import function_debug_name


def function_text(function: Any) -> str:
    return f"function {function_debug_name(function)}() {{ [native code] }}"
