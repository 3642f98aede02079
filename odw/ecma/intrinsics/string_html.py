"""The methods of String.prototype that wrap a string in an HTML element (ECMA-262 annex B.2.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.intrinsics.string_support import check_length, this_string
from odw.ecma.values import undefined

# method -> (element, attribute or "")
ELEMENTS = {
    "anchor": ("a", "name"),
    "big": ("big", ""),
    "blink": ("blink", ""),
    "bold": ("b", ""),
    "fixed": ("tt", ""),
    "fontcolor": ("font", "color"),
    "fontsize": ("font", "size"),
    "italics": ("i", ""),
    "link": ("a", "href"),
    "small": ("small", ""),
    "strike": ("strike", ""),
    "sub": ("sub", ""),
    "sup": ("sup", ""),
}


def html_methods() -> dict[Any, tuple[Callable[..., Any], int]]:
    return {name: (_wrapper(name, *what), 1 if what[1] else 0) for name, what in ELEMENTS.items()}


def _wrapper(method: str, element: str, attribute: str) -> Callable[..., Any]:
    def create_html(this: Any, value: Any = undefined, *_: Any) -> Any:
        """CreateHTML (B.2.2.2.1)."""
        s = this_string(this, method)
        opening = element
        if attribute:
            opening = f'{element} {attribute}="{to_string(value).replace(chr(34), "&quot;")}"'
        check_length(len(s) + len(opening) + len(element) + 5)
        return f"<{opening}>{s}</{element}>"

    return create_html
