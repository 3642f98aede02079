"""The kinds of method calls, by the kind of their holder."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odw.transpile.estree import Node
from odw.transpile.python_workflow.kinds import (
    ANY,
    BOOL,
    FIN,
    INT,
    ITERATOR,
    NOTHING,
    NULL,
    NULLISH,
    NUM,
    REGEXP,
    STR,
    UNDEFINED,
    Arr,
    Fn,
    Kind,
    Later,
    MapOf,
    Obj,
    SetOf,
    kind,
    some,
)

_TEXT_METHODS = {
    "charAt", "concat", "normalize", "padEnd", "padStart", "repeat", "replace", "replaceAll", "slice", "substr", "substring",
    "toLocaleLowerCase", "toLocaleUpperCase", "toLowerCase", "toUpperCase", "trim", "trimEnd", "trimStart", "toString",
    "valueOf",
}  # fmt: skip
_ONLY_ARRAYS = {
    "map",
    "filter",
    "flatMap",
    "some",
    "every",
    "find",
    "findIndex",
    "join",
    "reduce",
    "sort",
    "flat",
}
_ONLY_TEXTS = {
    "charAt", "normalize", "padEnd", "padStart", "repeat", "replace", "replaceAll", "substr", "substring", "toLowerCase",
    "toUpperCase", "trim", "trimEnd", "trimStart",
}  # fmt: skip
_INTEGER_METHODS = {"indexOf", "lastIndexOf", "search", "localeCompare", "findIndex", "findLastIndex"}
_BOOLEAN_METHODS = {"includes", "startsWith", "endsWith", "has", "test", "some", "every", "hasOwnProperty"}


class Methods:
    """Mixed into :class:`Inference`."""

    if TYPE_CHECKING:
        own_methods: frozenset[str]
        sites: dict[Any, Any]
        expression: Callable[..., Kind]
        site: Any
        grow: Any
        member: Callable[..., Kind]
        items_of: Callable[..., Kind]
        escape: Any
        pair: Any
        apply: Callable[..., Kind]
        call: Callable[..., Kind]
        called_back: Callable[..., Kind]
        later: Callable[..., Kind]
        array_of: Callable[..., Kind]
        _arguments: Any
        _lose: Any
        _all: Callable[..., Kind]

    def _method(self, node: Node, holder: Kind, name: str) -> Kind:
        given = self._arguments(node)
        found: Kind = NOTHING
        for atom in holder:
            if isinstance(atom, Arr):
                found |= self._of_array(node, atom, name, given)
            elif isinstance(atom, MapOf | SetOf):
                found |= self._of_collection(node, atom, name, given)
            elif isinstance(atom, Later):
                found |= self._of_promise(node, atom, name, given)
            elif isinstance(atom, Obj):
                callee = self.member(kind(atom), name)
                found |= self.call(callee - {UNDEFINED, ANY}, node) if callee - {UNDEFINED, ANY} else NOTHING
                if ANY in callee or not callee - {UNDEFINED}:
                    self._lose(node)
                    found |= kind(ANY)
            elif atom == STR:
                found |= self._of_text(node, name, given)
            elif atom in NULLISH:
                continue
            elif atom in (NUM, INT, FIN):
                found |= kind(STR) if name.startswith("to") else kind(ANY)
            elif atom == REGEXP:
                found |= kind(BOOL) if name == "test" else kind(NULL, ANY)
            else:
                found |= self._of_anything(node, name, given)
        return found

    def _of_anything(self, node: Node, name: str, given: list[Kind] | None) -> Kind:
        """A method of a value that is not known: what its name tells; its callbacks get anything."""
        own = name in self.own_methods
        if name in _ONLY_ARRAYS and not own and given is not None:
            # whatever it is: if it has such a method, it is an array
            unknown: Arr = self.site((node, "unknown"), Arr)
            unknown.escaped = True
            self.grow(unknown, "items", kind(ANY))
            return self._of_array(node, unknown, name, given)
        for value in given or ():
            for fn in some(value, Fn):
                self.apply(fn, [kind(ANY), kind(ANY), kind(ANY)], True)
        self._lose(node)
        return kind(STR) if name in _ONLY_TEXTS and not own else kind(ANY)

    def _of_text(self, node: Node, name: str, given: list[Kind] | None) -> Kind:
        if name in _TEXT_METHODS:
            for value in given or ():
                self.called_back(frozenset(some(value, Fn)), kind(STR), kind(ANY), kind(ANY), kind(ANY))
            return kind(STR)
        if name in _INTEGER_METHODS:
            return kind(INT)
        if name in _BOOLEAN_METHODS:
            return kind(BOOL)
        if name == "split":
            return self.array_of(node, kind(STR) if _no_groups(node) else kind(STR, UNDEFINED))
        if name in ("charCodeAt", "codePointAt"):
            return kind(NUM, UNDEFINED) if name == "codePointAt" else kind(NUM)
        if name == "matchAll":
            return kind(ITERATOR)
        if name == "match":
            return kind(NULL, ANY)
        return kind(STR, UNDEFINED) if name == "at" else kind(ANY)

    def _of_promise(self, node: Node, later: Later, name: str, given: list[Kind] | None) -> Kind:
        if given is None or name not in ("then", "catch", "finally"):
            return kind(ANY)
        found: Kind = NOTHING
        if name == "then":
            found |= self.called_back(given[0], later.value) if given else later.value
            if len(given) > 1:
                found |= self.called_back(given[1], kind(ANY))
        elif name == "catch":
            found |= later.value | (self.called_back(given[0], kind(ANY)) if given else NOTHING)
        else:
            found |= later.value
            if given:
                self.called_back(given[0])
        return self.later(node, found)

    def _of_collection(self, node: Node, atom: Any, name: str, given: list[Kind] | None) -> Kind:
        first: Kind = given[0] if given else kind(UNDEFINED if given is not None else ANY)
        second: Kind = given[1] if given and len(given) > 1 else kind(UNDEFINED)
        if name in ("has", "delete"):
            return kind(BOOL)
        if isinstance(atom, SetOf):
            if name == "add":
                self.grow(atom, "items", first)
                return kind(atom)
            if name == "forEach":
                self.called_back(first, atom.items, atom.items, kind(atom))
            return kind(ITERATOR) if name in ("values", "keys", "entries") else kind(ANY)
        if name == "get":
            kept: Kind = atom.values | kind(UNDEFINED)
            return kept
        if name == "set":
            self.grow(atom, "keys", first)
            self.grow(atom, "values", second)
            return kind(atom)
        if name == "forEach":
            self.called_back(first, atom.values, atom.keys, kind(atom))
        if name in ("values", "keys", "entries"):
            return self.walked(node, atom, name)
        return kind(ANY)

    def walked(self, node: Node, atom: MapOf, name: str) -> Kind:
        """An iterator, as a set of its items: it is iterated, and nothing else."""
        items = {"values": atom.values, "keys": atom.keys}.get(name)
        if items is None:
            items = kind(self.pair((node, atom), atom.keys, atom.values))
        found: SetOf = self.site((node, "walk"), SetOf)
        self.grow(found, "items", items)
        return kind(found)

    def _of_array(self, node: Node, array: Arr, name: str, given: list[Kind] | None) -> Kind:
        items = array.items
        first: Kind = given[0] if given else kind(UNDEFINED if given is not None else ANY)
        if name in ("push", "unshift", "pop", "shift", "sort", "reverse", "splice", "fill", "copyWithin"):
            array.mutated = True
        if name in ("map", "flatMap", "filter", "find", "findLast", "findIndex", "some", "every", "forEach"):
            return self._walk(node, array, name, first)
        if name in ("push", "unshift"):
            pushed = self._all([self._pushed(argument) for argument in node.arguments])
            self.grow(array, "items", pushed)
            if array.escaped:
                self.escape(pushed)
            return kind(INT)
        if name in ("pop", "shift", "at"):
            return items | kind(UNDEFINED)
        if name in ("slice", "toReversed", "toSorted", "sort", "reverse"):
            if first and name in ("sort", "toSorted"):
                self.called_back(frozenset(some(first, Fn)), items, items)
            return kind(array) if name in ("sort", "reverse") else self.array_of(node, items)
        if name == "concat":
            more: Kind = items
            for value in given or [kind(ANY)]:
                for atom in value:
                    more |= atom.items if isinstance(atom, Arr) else kind(atom)
            return self.array_of(node, more)
        if name == "flat":
            flat: Kind = NOTHING
            for atom in items:
                flat |= atom.items if isinstance(atom, Arr) else kind(atom)
            if given:
                flat |= kind(ANY)
            return self.array_of(node, flat)
        if name in ("reduce", "reduceRight"):
            return self._reduce(node, items, given)
        if name == "splice":
            self.grow(
                array, "items", self._all((given or [])[2:]) | (kind(ANY) if given is None else NOTHING)
            )
            return self.array_of(node, items)
        if name in ("entries", "keys", "values"):
            found: SetOf = self.site((node, "walk"), SetOf)
            pairs = kind(self.pair((node, array), kind(INT), items))
            self.grow(found, "items", {"entries": pairs, "keys": kind(INT), "values": items}[name])
            return kind(found)
        if name == "fill":
            self.grow(array, "items", first)
            return kind(array)
        if name in ("indexOf", "lastIndexOf", "findLastIndex"):
            self.called_back(frozenset(some(first, Fn)), items, kind(INT), kind(array))
            return kind(INT)
        if name in ("includes",):
            return kind(BOOL)
        if name in ("join", "toString"):
            return kind(STR)
        self._lose(node)
        self.escape(kind(array))
        return kind(ANY)

    def _pushed(self, argument: Node) -> Kind:
        value: Kind = self.expression(argument)
        return value  # a spread's kind is that of its items already

    def _walk(self, node: Node, array: Arr, name: str, callback: Kind) -> Kind:
        items = array.items
        made = self.called_back(callback, items, kind(INT), kind(array))
        if name == "map":
            return self.array_of(node, made)
        if name == "flatMap":
            flat: Kind = NOTHING
            for atom in made:
                flat |= atom.items if isinstance(atom, Arr) else kind(atom)
            return self.array_of(node, flat)
        if name == "filter":
            truthy = (
                node.arguments
                and node.arguments[0].type == "Identifier"
                and node.arguments[0].name == "Boolean"
            )
            return self.array_of(node, items - NULLISH if truthy or _drops_null(node) else items)
        if name in ("find", "findLast"):
            return items | kind(UNDEFINED)
        return kind({"findIndex": INT, "forEach": UNDEFINED}.get(name, BOOL))

    def _reduce(self, node: Node, items: Kind, given: list[Kind] | None) -> Kind:
        if not given:
            return kind(ANY)
        carried: Arr = self.site((node, "carried"), Arr)
        self.grow(carried, "items", given[1] if len(given) > 1 else items)
        made = self.called_back(given[0], carried.items, items, kind(INT))
        self.grow(carried, "items", made)
        return carried.items


def _no_groups(node: Node) -> bool:
    """Whether ``split`` is by a text, or by an expression without groups."""
    by = node.arguments[0] if node.arguments else None
    if by is None or (by.type == "Literal" and by.regex is None) or by.type == "TemplateLiteral":
        return True
    return by.type == "Literal" and by.regex is not None and "(" not in by.regex["pattern"].replace("(?:", "")


def _drops_null(node: Node) -> bool:
    """``filter(x => x)``, ``filter(x => x != null)``, ``filter(x => x && …)``: what is left is neither null nor undefined."""
    callback = node.arguments[0] if node.arguments else None
    if callback is None or callback.type != "ArrowFunctionExpression" or not callback.params:
        return False
    param, body = callback.params[0], callback.body
    return param.type == "Identifier" and _asserts(body, param.name)


def _asserts(test: Node, name: str) -> bool:
    if test.type == "Identifier":
        return bool(test.name == name)
    if test.type == "LogicalExpression" and test.operator == "&&":
        return _asserts(test.left, name) or _asserts(test.right, name)
    if test.type == "UnaryExpression" and test.operator == "!" and test.argument.type == "UnaryExpression":
        return test.argument.operator == "!" and _asserts(test.argument.argument, name)
    if test.type == "BinaryExpression" and test.operator == "!=" and test.left.type == "Identifier":
        return test.left.name == name and test.right.type == "Literal" and test.right.value is None
    if test.type == "MemberExpression" and not test.optional:
        return _asserts(test.object, name)
    return False
