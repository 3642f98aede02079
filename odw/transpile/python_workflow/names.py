"""Names of a script in Python: ``maxRounds`` becomes ``max_rounds``, and no two that meet become the same.

A name goes back by writing each ``_x`` as ``X``; those for which that does not give the script's own are listed in the module
(``NameTable.kept``), so the mapping loses nothing.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable

from odw.transpile.analyze.scope import Binding, Scope, ScopeTable

RESERVED = frozenset(
    (
        *keyword.kwlist,
        *keyword.softkwlist,
        *dir(builtins),
        "odw",
        "js",
        "math",
        "Any",
        "annotations",
        "functools",
    )
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake_case(name: str) -> str:
    """A name as Python spells it; constants in capitals stay, and so do classes."""
    if name.isupper() or ("$" not in name and name.upper() == name):
        return name if name.isidentifier() else _identifier(name)
    made = _identifier(_HUMP.sub("_", name).lower())
    return f"{made}_" if made in RESERVED else made


def _identifier(name: str) -> str:
    made = "".join(c if c.isalnum() or c == "_" else "_" for c in name.replace("$", "dollar_"))
    made = made.strip() or "_"
    while made.startswith("__"):
        made = made[1:]
    if not made.isidentifier():
        made = f"_{made}"
    return f"{made}_" if keyword.iskeyword(made) else made


def camel_case(name: str) -> str:
    """What a name of Python's was in the script."""
    if name.isupper():
        return name
    head = re.match("_*", name)[0]  # type: ignore[index]
    first, *rest = name[len(head) :].rstrip("_").split("_")
    return head + first + "".join(word[:1].upper() + word[1:] for word in rest)


class NameTable:
    """The Python name of every binding. ``kept`` are those that do not go back by rule: Python name -> the script's."""

    def __init__(self, table: ScopeTable, owner: dict[Scope, Scope]) -> None:
        self._names: dict[Binding, str] = {}
        self.kept: dict[str, str] = {}
        self._owner = owner
        self._taken: dict[Scope, dict[str, list[Binding]]] = {}
        self._seen_from: dict[Scope, set[Binding]] = {}
        self._children: dict[Scope, list[Scope]] = {}
        self._uses(table)
        for binding in table.bindings:
            self._choose(binding)
        self._all = set(self._names.values())
        self._made: dict[Scope, set[str]] = {}

    def __getitem__(self, binding: Binding) -> str:
        return self._names[binding]

    def kept_in_use(self) -> dict[str, str]:
        """Names that do not go back by rule: Python name -> the script's."""
        return self.kept

    def function_of(self, scope: Scope) -> Scope:
        """The scope of the Python function in which a scope of the script lies."""
        return self._owner.get(scope.function_scope, scope.function_scope)

    def _uses(self, table: ScopeTable) -> None:
        """Which bindings of outer functions each function refers to, those inside it included."""
        for reference in table.references():
            binding = reference.binding
            if binding is None:
                continue
            own = self.function_of(binding.scope)
            scope: Scope | None = self.function_of(reference.scope)
            while scope is not None and scope is not own:
                self._seen_from.setdefault(scope, set()).add(binding)
                scope = self.function_of(scope.parent) if scope.parent is not None else None

    def _choose(self, binding: Binding) -> None:
        base = snake_case(binding.name)
        if binding.kind in ("class", "class-name"):
            base = _identifier(binding.name)
        function = self.function_of(binding.scope)
        candidate, number = base, 1
        while self._clashes(binding, function, candidate):
            number += 1
            candidate = f"{base.rstrip('_')}_{number}"
        self._names[binding] = candidate
        self._taken.setdefault(function, {}).setdefault(candidate, []).append(binding)
        if camel_case(candidate) != binding.name and binding.kind not in ("class", "class-name"):
            self.kept[candidate] = binding.name

    def _clashes(self, binding: Binding, function: Scope, candidate: str) -> bool:
        for other in self._taken.get(function, {}).get(candidate, ()):
            if not (_apart(binding, other) and not binding.captured and not other.captured):
                return True
        # what this function, or one in it, means by a name of outside must not be hidden
        return any(self._names.get(seen) == candidate for seen in self._seen_from.get(function, ()))

    def fresh(self, function: Scope, base: str) -> str:
        """A name that nothing in or around a function has; it stays taken there."""
        candidate, number = base, 1
        while self.is_known(candidate) or self._made_around(function, candidate):
            number += 1
            candidate = f"{base}_{number}"
        self._made.setdefault(function, set()).add(candidate)
        return candidate

    def _made_around(self, function: Scope | None, candidate: str) -> bool:
        while function is not None:
            if candidate in self._made.get(function, ()):
                return True
            function = self.function_of(function.parent) if function.parent is not None else None
        return False

    def is_known(self, candidate: str) -> bool:
        """Whether a name is that of something in the script, or cannot be one."""
        return candidate in RESERVED or candidate in self._all


def _apart(one: Binding, other: Binding) -> bool:
    """Whether two bindings live in blocks of which neither holds the other, so that one name serves both."""
    return not _within(one.scope, other.scope) and not _within(other.scope, one.scope)


def _within(scope: Scope | None, outer: Scope) -> bool:
    while scope is not None:
        if scope is outer:
            return True
        scope = scope.parent
    return False


def listing(names: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{python} was {script}" for python, script in names)
