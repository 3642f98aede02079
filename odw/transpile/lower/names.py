"""Python names for the script's bindings, and for what the compiler itself needs.

A name keeps its spelling unless Python or the library's interface claims it (``list`` → ``list_``), Python cannot spell
it (``$el`` → ``_el``), or another binding that must be visible at the same place has it already (``x`` → ``x_2``). The
last rule makes the mapping injective wherever two names meet.
"""

from __future__ import annotations

import builtins
import keyword
import unicodedata
from collections.abc import Container
from typing import Final

from odw.ecma.method_names import ARGUMENTS, helper_name
from odw.transpile.analyze.captures import Captures
from odw.transpile.analyze.scope import Binding, Scope, ScopeTable

ABI_NAMES: Final = frozenset(  # as a text: it is read as a list of words
    """
    undefined HOLE JSObject JSArray Symbol BigInt PrivateName nan infinity
    get get_item put put_item delete delete_item has instance_of property_key own_properties rest_properties
    require_object super_get super_put private_get private_put private_in load_global store_global global_reference typeof_global
    template_object
    add sub mul div mod power neg to_number_value inc dec to_numeric bit_and bit_or bit_xor bit_not shl shr ushr
    lt le gt ge equals strict_equals truthy typeof to_string nullish
    object_with define_method define_getter define_setter define_field regexp
    function arrow method async_function async_arrow async_method generator_function generator_method
    async_generator_function async_generator_method set_function_name make_arguments callee method_of new
    aw yield_ delegate delegate_async
    iterate iterate_async for_in take take_rest spread
    JsThrow SCRIPT_ERRORS thrown_value halting throw_const throw_reference throw_type throw_syntax
    class_begin NO_PARENT super_call initialize_elements derived_result class_method class_getter class_setter class_field
    class_private_method class_private_accessor private_add private_add_method private_add_accessor class_end
    add_to add_to_item add_to_private extend has_room int len text_beside to_text
    Cell freeze_deep check_destructurable call_default copy_properties set_literal_prototype
    """.split()  # noqa: SIM905 - a table of words reads better than 130 quoted ones
) | {helper_name(method) for method in ARGUMENTS}
"""What compiled code may call: docs/emitted-code.md."""

RESERVED: Final = (
    ABI_NAMES
    | frozenset(keyword.kwlist)
    | frozenset(dir(builtins))
    | {"this", "_this", "_", "arguments", "arguments_list", "new_target"}
)
"""Names that no binding of a script may take."""


class Names:
    """The Python name of every binding, and fresh names beside them."""

    def __init__(self, table: ScopeTable, captures: Captures) -> None:
        self._captures = captures
        self._of: dict[Binding, str] = {}
        self._used: set[str] = set()
        self._counts: dict[str, int] = {}
        self._allocate(table)

    def of(self, binding: Binding) -> str:
        return self._of[binding]

    def unique(self, base: str) -> str:
        """A name that nothing else in the whole program has: for what several functions share."""
        base = mangle(base)
        name, self._counts[base] = self.fresh(base, (), self._counts.get(base, 0) + 1)
        self._used.add(name)
        return name

    def fresh(self, base: str, taken: Container[str], number: int) -> tuple[str, int]:
        """A name that no binding has and that is not in ``taken``, and its number: ``t``, ``t2``, ``t3`` …"""
        while True:
            name = f"{base}{number}" if number > 1 else base
            if name not in self._used and name not in RESERVED and name not in taken:
                return name, number
            number += 1

    def _allocate(self, table: ScopeTable) -> None:
        own: dict[Scope, list[Binding]] = {}
        for binding in table.bindings:
            if binding.kind not in ("function-name", "class-name") or binding.references:
                own.setdefault(binding.scope.function_scope, []).append(binding)
        free = _free_bindings(table)
        for scope in table.scopes:  # outer functions first
            if scope.function_scope is scope:
                taken = {self._of[binding]: binding for binding in free.get(scope, ())}
                for binding in own.get(scope, ()):
                    name = self._choose(binding, taken)
                    taken[name] = binding
                    self._of[binding] = name
                    self._used.add(name)

    def _choose(self, binding: Binding, taken: dict[str, Binding]) -> str:
        if binding.kind == "arguments":
            return "arguments"
        base = mangle(binding.name)
        name, count = base, 2
        while name in taken and not self._may_share(binding, taken[name]):
            name = f"{base}_{count}"
            count += 1
        return name

    def _may_share(self, one: Binding, other: Binding) -> bool:
        """Two bindings of one function may share a Python local if no code can tell: blocks apart, nothing kept alive."""
        return (
            one.scope.function_scope is other.scope.function_scope
            and self._is_plain(one)
            and self._is_plain(other)
            and not _within(one.scope, other.scope)
            and not _within(other.scope, one.scope)
        )

    def _is_plain(self, binding: Binding) -> bool:
        captures = self._captures
        return (
            binding.kind in ("const", "let", "catch")
            and captures.storage(binding) != "cell"
            and (not binding.captured or captures.storage(binding) == "by-value")
            and binding not in captures.sensitive
        )


def mangle(name: str) -> str:
    """A Python identifier for a JavaScript one."""
    if name.isascii():
        name = name.replace("$", "_")
    elif not name.isidentifier() or unicodedata.normalize("NFKC", name) != name:
        name = "".join(_mangled_character(character) for character in name)
    if name[:1].isdigit() or not name:
        name = f"_{name}"
    if name in RESERVED or not name.strip("_"):
        return f"{name}_"
    return name


def _mangled_character(character: str) -> str:
    if character == "$":
        return "_"
    if f"_{character}".isidentifier() and unicodedata.normalize("NFKC", character) == character:
        return character
    return f"_u{ord(character):x}_"


def _free_bindings(table: ScopeTable) -> dict[Scope, set[Binding]]:
    """For each function, the bindings of outer functions that it or a function inside it refers to."""
    free: dict[Scope, set[Binding]] = {}
    for reference in table.references():
        binding = reference.binding
        if binding is not None:
            own, scope = binding.scope.function_scope, reference.scope.function_scope
            while scope is not own and scope.parent is not None:
                free.setdefault(scope, set()).add(binding)
                scope = scope.parent.function_scope
    return free


def _within(scope: Scope, outer: Scope) -> bool:
    walk: Scope | None = scope
    while walk is not None:
        if walk is outer:
            return True
        walk = walk.parent
    return False
