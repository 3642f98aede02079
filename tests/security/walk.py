"""A walk over everything that can be reached from a script's global object, by whatever way ECMAScript has."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import odw
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.completion import SCRIPT_ERRORS, NotSupportedYet, thrown_value
from odw.ecma.values import HOLE, MISSING, BigInt, ObjectBase, PrivateName, Symbol, undefined

LIBRARY = str(Path(odw.__file__).parent)
NOT_FOR_SCRIPTS = (
    LIBRARY,
    sys.prefix,
    "site-packages",
    ".py:",
    "<class ",
    " object at 0x",
    "<function ",
    "<module ",
)

# what a kind of object holds inside, where its properties do not show it: [[ProxyTarget]], [[PromiseResult]] and their like
SLOTS: dict[str, Callable[[Any], Iterator[Any]]] = {
    "Promise": lambda o: iter((o.value,) if o.state != "pending" else ()),
    "Proxy": lambda o: iter((o.target, o.handler)),
    "Map": lambda o: (value for cell in o.cells for value in cell),
    "Set": lambda o: (value for cell in o.cells for value in cell),
    "Boolean": lambda o: iter((o.primitive,)),
    "Number": lambda o: iter((o.primitive,)),
    "String": lambda o: iter((o.primitive,)),
    "Symbol": lambda o: iter((o.primitive,)),
    "BigInt": lambda o: iter((o.primitive,)),
}


def is_value(value: Any) -> bool:
    """Whether ``value`` is in a row of the table in odw/ecma/values.py."""
    return (
        value is undefined
        or value is None
        or type(value) in (bool, int, float, str, BigInt, Symbol)
        or isinstance(value, ObjectBase)
    )


class Walk:
    """``met`` are the objects that were reached; ``strange`` tells where something else than a value was, or a text that
    says something of Python or of the library's place."""

    def __init__(self, *roots: tuple[str, Any]) -> None:
        self.strange: list[str] = []
        self.met: dict[int, Any] = {}
        self.paths: dict[int, str] = {}
        self._queue = deque(roots)  # nearest first, so that no long way hides a short one
        while self._queue:
            self._visit(*self._queue.popleft())

    def _visit(self, path: str, value: Any) -> None:
        if not is_value(value):
            self.strange.append(f"{path}: {type(value)}")
        text = value.description if type(value) is Symbol else value
        if type(text) is str and any(word in text for word in NOT_FOR_SCRIPTS):
            self.strange.append(f"{path}: {text[:200]}")
        if not isinstance(value, ObjectBase) or id(value) in self.met:
            return
        self.met[id(value)] = value
        self.paths[id(value)] = path
        add = self._queue.append
        add((f"{path}.[[Prototype]]", value.js_get_prototype_of()))  # type: ignore[attr-defined]
        for key in value.js_own_property_keys():  # type: ignore[attr-defined]
            add((f"{path}.[[key]]", key))
            self._visit_property(value, key, f"{path}.{key}")
        inside = SLOTS.get(value.class_name)  # type: ignore[attr-defined]
        if inside is not None:
            for held in inside(value):
                if held is not HOLE and held is not MISSING and not isinstance(held, PrivateName):
                    add((f"{path}.[[inside]]", held))

    def _visit_property(self, holder: Any, key: Any, path: str) -> None:
        own = holder.js_get_own_property(key)
        for part in ("value", "getter", "setter"):
            found = getattr(own, part, MISSING)
            if found is not MISSING:
                self._queue.append((f"{path}.[[{part}]]", found))
        try:
            self._queue.append((path, get(holder, key)))
        except NotSupportedYet:
            return
        except SCRIPT_ERRORS as error:
            self._queue.append((f"{path}.[[thrown]]", thrown_value(error)))
