"""The kinds of calls: the script's own functions, hooks, methods by name, and the built-in functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.transpile.estree import Node
from odw.transpile.python_workflow.inference_methods import Methods
from odw.transpile.python_workflow.kinds import (
    ANY,
    BOOL,
    DATE,
    ERROR,
    FIN,
    INT,
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
    only,
    some,
)
from odw.transpile.python_workflow.literals import UNKNOWN, key_text, plain_value
from odw.transpile.python_workflow.schema_kinds import answer_kind

ERRORS = frozenset(
    (
        "Error",
        "TypeError",
        "RangeError",
        "SyntaxError",
        "ReferenceError",
        "EvalError",
        "URIError",
        "AggregateError",
    )
)


class Calls(Methods):
    """The part of the inference that knows calls; mixed into :class:`Inference`."""

    if TYPE_CHECKING:
        table: Any
        sites: dict[Any, Any]
        expression: Any
        site: Any
        grow: Any
        bind: Any
        member: Any
        member_grows: Any
        items_of: Any
        awaited: Any
        escape: Any
        argument: Any
        result_of: Any
        pair: Any
        changed: bool
        own_methods: frozenset[str]

    def e_CallExpression(self, node: Node) -> Kind:
        callee = node.callee
        if callee.type == "MemberExpression" and not callee.computed and callee.property.type == "Identifier":
            holder = callee.object
            if holder.type == "Identifier" and self.table.resolve(holder) is None:
                found = self._static(node, holder.name, callee.property.name)
                if found is not None:
                    return found
            return self._method(node, self.expression(holder), callee.property.name)
        if callee.type == "Identifier" and self.table.resolve(callee) is None:
            return self._global(node, callee.name)
        if callee.type == "Super":
            self._lose(node)
            return kind(UNDEFINED)
        return self.call(self.expression(callee), node)

    def _arguments(self, node: Node) -> list[Kind] | None:
        """The kinds of the arguments; None when there is a spread among them."""
        found = [self.expression(argument) for argument in node.arguments]
        return None if any(argument.type == "SpreadElement" for argument in node.arguments) else found

    def _lose(self, node: Node) -> None:
        for argument in node.arguments:
            self.escape(self.expression(argument))

    def call(self, callee: Kind, node: Node) -> Kind:
        """A call of the script's own functions."""
        given = self._arguments(node)
        found: Kind = NOTHING
        for atom in callee:
            if isinstance(atom, Fn):
                found |= self.apply(atom, given)
            elif atom not in NULLISH:
                self._lose(node)
                found |= kind(ANY)
        return found

    def apply(self, fn: Fn, given: list[Kind] | None, by_library: bool = False) -> Kind:
        if given is None:
            fn.called_by_library = True
            for index in range(len(fn.node.params) + 3):
                self.argument(fn, index, kind(ANY))
            return self.result_of(fn)  # type: ignore[no-any-return]
        if by_library:
            fn.called_by_library = True
        elif len(given) not in fn.counts:
            fn.counts.add(len(given))
            self.changed = True
        for index, value in enumerate(given):
            self.argument(fn, index, value)
        return self.result_of(fn)  # type: ignore[no-any-return]

    def called_back(self, callback: Kind, *given: Kind) -> Kind:
        """What a function gives that the library calls with ``given``."""
        found: Kind = NOTHING
        for atom in callback:
            found |= self.apply(atom, list(given), True) if isinstance(atom, Fn) else kind(ANY)
        return found

    def array_of(self, key: Any, items: Kind) -> Kind:
        array: Arr = self.site((key, "array"), Arr)
        self.grow(array, "items", items)
        return kind(array)

    def later(self, key: Any, value: Kind) -> Kind:
        found: Later = self.site((key, "later"), Later)
        self.grow(found, "value", self.awaited(value))
        return kind(found)

    # --- hooks and global functions -----------------------------------------------------------------------------------

    def _global(self, node: Node, name: str) -> Kind:
        given = self._arguments(node)
        first = given[0] if given else NOTHING
        if name in ("parallel", "fanout", "pipeline", "agent", "workflow"):
            return self._hook(node, name, given)
        if name in ("phase", "log", "checkpoint"):
            return kind(UNDEFINED)
        if name in (
            "String",
            "promptSlot",
            "encodeURIComponent",
            "decodeURIComponent",
            "encodeURI",
            "decodeURI",
        ):
            return kind(STR)
        if name in ("Number", "parseInt", "parseFloat"):
            return kind(NUM)
        if name in ("Boolean", "isNaN", "isFinite"):
            return kind(BOOL)
        if name in ERRORS:
            return kind(ERROR)
        if name == "Array":
            return self.array_of(node, kind(UNDEFINED) if len(node.arguments) == 1 else self._all(given))
        if name in ("setTimeout", "queueMicrotask"):
            self.called_back(first)
            for more in (given or [])[2:]:
                self.escape(more)
            return kind(ANY)
        self._lose(node)
        return kind(ANY)

    def _all(self, given: list[Kind] | None) -> Kind:
        found: Kind = kind(ANY) if given is None else NOTHING
        for value in given or ():
            found |= value
        return found

    def _hook(self, node: Node, name: str, given: list[Kind] | None) -> Kind:
        if given is None:
            self._lose(node)
            return self.later(node, kind(ANY))
        if name == "agent":
            return self.later(node, self._answer(node))
        if name == "workflow":
            return self.later(node, kind(ANY))
        if name == "parallel":
            thunks = self.items_of(given[0]) if given else NOTHING
            made = self.called_back(frozenset(a for a in thunks if isinstance(a, Fn)), kind(INT))
            if any(not isinstance(atom, Fn) for atom in thunks - NULLISH):
                made |= kind(ANY)
            return self.later(node, self.array_of(node, _null_for_undefined(self.awaited(made)) | kind(NULL)))
        items = self.items_of(given[0]) if given else NOTHING
        if name == "fanout":
            made = self.called_back(given[1], items, kind(INT)) if len(given) > 1 else kind(ANY)
            return self.later(node, self.array_of(node, _null_for_undefined(self.awaited(made)) | kind(NULL)))
        value = items
        for stage in given[1:]:
            value = self.awaited(self.called_back(stage, value - {NULL}, items, kind(INT)))
        return self.later(node, self.array_of(node, value | kind(NULL)))

    def _answer(self, node: Node) -> Kind:
        options = node.arguments[1] if len(node.arguments) > 1 else None
        if options is None:
            return kind(STR, NULL)
        if options.type != "ObjectExpression":
            return kind(ANY)
        schema: Node | None = None
        for member in options.properties:
            if member.type != "Property" or member.computed:
                return kind(ANY)
            name = key_text(member.key)
            if name in ("isolation", "onFailure", "action", "runtime"):
                return kind(ANY)
            if name == "schema":
                schema = member.value
        if schema is None:
            return kind(STR, NULL)
        return self._schema(node, schema)

    def _schema(self, node: Node, schema: Node) -> Kind:
        if schema.type == "ConditionalExpression":
            return self._schema(node, schema.consequent) | self._schema(node, schema.alternate)
        key = (schema, "answer")
        if schema.type == "Identifier" and (binding := self.table.resolve(schema)) is not None:
            key = (binding, "answer")
        known: Kind | None = self.sites.get(key)
        if known is None:
            plain = plain_value(schema, self.table)
            known = self.sites[key] = answer_kind(None if plain is UNKNOWN else plain) | kind(NULL)
            self.changed = True
        return known

    # --- functions of built-in objects --------------------------------------------------------------------------------

    def _static(self, node: Node, holder: str, name: str) -> Kind | None:
        given = self._arguments(node)
        first: Kind = given[0] if given else kind(ANY)
        if holder == "Promise":
            return self._promise(node, name, first)
        if holder == "Object":
            return self._object(node, name, given)
        if holder == "Array":
            if name == "isArray":
                return kind(BOOL)
            if name == "from":
                items = self.items_of(first) if not some(first, Obj) else kind(UNDEFINED)
                if given and len(given) > 1:
                    items = self.called_back(given[1], items, kind(INT))
                return self.array_of(node, items)
            return self.array_of(node, self._all(given))
        if holder == "JSON":
            return (
                kind(STR, UNDEFINED)
                if name == "stringify" and _may_lack_json(first)
                else (kind(STR) if name == "stringify" else kind(ANY))
            )
        if holder == "Math":
            operands = self._all(given)
            if name == "imul":
                return kind(INT)
            if name in ("max", "min", "floor", "ceil", "round", "abs", "trunc") and operands:
                if only(operands, INT):
                    return kind(INT)
                if operands <= kind(INT, FIN) and not any(a.type == "SpreadElement" for a in node.arguments):
                    return kind(FIN)
            return kind(NUM)
        if holder == "Number":
            return kind(BOOL) if name.startswith("is") else kind(NUM)
        if holder == "String":
            return kind(STR)
        if holder == "Date":
            return kind(NUM)
        if holder == "console":
            return kind(UNDEFINED)
        if holder == "budget":
            return kind(NUM)
        if holder == "pandacode":
            return self.later(node, kind(ANY))
        return None

    def _promise(self, node: Node, name: str, first: Kind) -> Kind:
        if name in ("all", "race", "any"):
            items = self.awaited(self.items_of(first))
            return self.later(node, self.array_of(node, items) if name == "all" else items)
        if name == "allSettled":
            settled: Obj = self.site((node, "settled"), Obj)
            self.member_grows(settled, "status", kind(STR))
            settled.always.add("status")
            self.member_grows(settled, "value", self.awaited(self.items_of(first)))
            self.member_grows(settled, "reason", kind(ANY))
            return self.later(node, self.array_of(node, kind(settled)))
        if name == "resolve":
            return self.later(node, first if node.arguments else kind(UNDEFINED))
        if name == "reject":
            self.escape(first)
            return self.later(node, NOTHING)
        return kind(ANY)

    def _object(self, node: Node, name: str, given: list[Kind] | None) -> Kind:
        first: Kind = given[0] if given else kind(ANY)
        values = (
            self.member(first, None) - {UNDEFINED} | kind(ANY)
            if not only(first, Obj)
            else self.member(first, None)
        )
        if name == "keys":
            return self.array_of(node, kind(STR))
        if name == "values":
            return self.array_of(node, values)
        if name == "entries":
            return self.array_of(node, kind(self.pair(node, kind(STR), values)))
        if name == "fromEntries":
            obj: Obj = self.site((node, "entries"), Obj)
            found: Kind = kind(UNDEFINED)
            for entry in self.items_of(first):
                known = self.sites.get((entry, 1))
                found |= known.items if known is not None else kind(ANY)
            self.grow(obj, "others", found)
            return kind(obj)
        if name in ("freeze", "seal"):
            return first
        if name in ("hasOwn", "is", "isFrozen"):
            return kind(BOOL)
        self._lose(node)
        return kind(ANY)

    # --- methods ------------------------------------------------------------------------------------------------------

    # --- new ----------------------------------------------------------------------------------------------------------

    def e_NewExpression(self, node: Node) -> Kind:
        callee = node.callee
        given = self._arguments(node)
        first: Kind = given[0] if given else NOTHING
        if callee.type == "Identifier" and self.table.resolve(callee) is None:
            name = callee.name
            if name in ERRORS:
                return kind(ERROR)
            if name == "Set":
                found: SetOf = self.site(node, SetOf)
                self.grow(found, "items", self.items_of(first))
                return kind(found)
            if name == "Map":
                return kind(self._map(node, first))
            if name == "Array":
                return self.array_of(node, kind(UNDEFINED) if len(node.arguments) == 1 else self._all(given))
            if name == "Promise":
                self.called_back(first, kind(ANY), kind(ANY))
                return self.later(node, kind(ANY))
            if name == "RegExp":
                return kind(REGEXP)
            if name == "Date":
                return kind(DATE)
        self.expression(callee)
        self._lose(node)
        return kind(ANY)

    def _map(self, node: Node, entries: Kind) -> MapOf:
        found: MapOf = self.site(node, MapOf)
        for entry in self.items_of(entries):
            for index, name in enumerate(("keys", "values")):
                known = self.sites.get((entry, index))
                self.grow(found, name, known.items if known is not None else kind(ANY))
        return found


def _null_for_undefined(value: Kind) -> Kind:
    return value - {UNDEFINED} | kind(NULL) if UNDEFINED in value else value


def _may_lack_json(value: Kind) -> bool:
    return any(atom in (UNDEFINED, ANY) or isinstance(atom, Fn) for atom in value)
