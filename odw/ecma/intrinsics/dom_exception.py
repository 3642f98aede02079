"""DOMException (Web IDL section 2.8), as far as ``structuredClone`` throws it. It is no global of a script."""

from __future__ import annotations

import sys
from typing import Any

from odw.ecma.completion import type_error
from odw.ecma.intrinsics.builders import constructor, define_tag, new_prototype
from odw.ecma.intrinsics.error import capture, new_error
from odw.ecma.realm import R
from odw.ecma.values import Property

CODES = {"SyntaxError": 12, "InvalidStateError": 11, "DataCloneError": 25}


def make_dom_exception(message: str, name: str) -> Any:
    """A new DOMException object."""
    error = new_error(_prototype(), message, None, sys._getframe(1))
    error["name"] = Property(name, True, False, True)
    error["code"] = Property(CODES[name], True, False, True)
    capture(error, sys._getframe(1))
    return error


def _prototype() -> Any:
    prototype = R.__dict__.get("dom_exception_prototype")
    if prototype is None:
        prototype = new_prototype(R.error_prototype)
        constructor("DOMException", 0, prototype, _call, _construct)
        define_tag(prototype, "DOMException")
        R.dom_exception_prototype = prototype
    return prototype


def _call(this: Any, *_: Any) -> Any:
    raise type_error("Class constructor DOMException cannot be invoked without 'new'")


def _construct(args: Any, new_target: Any) -> Any:
    raise type_error("Illegal constructor")
