"""The kinds of properties and items; what patterns and assignments bind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.transpile.estree import Node
from odw.transpile.python_workflow.kinds import (
    ANY,
    ERROR,
    INT,
    NOTHING,
    NULLISH,
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
)
from odw.transpile.python_workflow.literals import key_text


class Members:
    """Mixed into :class:`Inference`."""

    if TYPE_CHECKING:
        table: Any
        sites: dict[Any, Any]
        expression: Any
        site: Any
        grow: Any
        bind: Any
        member_grows: Any
        changed: bool
        called_with_anything: Any

    def _loop_head(self, left: Node, items: Kind) -> None:
        if left.type == "VariableDeclaration":
            self.pattern(left.declarations[0].id, items)
        else:
            self.assign(left, items)

    def pattern(self, node: Node, value: Kind) -> None:
        """Bind a pattern to a value."""
        if node.type == "Identifier":
            self.bind(self.table.resolve(node), value)
        elif node.type == "AssignmentPattern":
            default = self.expression(node.right)
            self.pattern(node.left, (value - {UNDEFINED}) | default)
        elif node.type == "ArrayPattern":
            items = self.items_of(value)
            for element in node.elements:
                if element is None:
                    continue
                if element.type == "RestElement":
                    rest: Arr = self.site((element, "rest"), Arr)
                    self.grow(rest, "items", items)
                    self.pattern(element.argument, kind(rest))
                else:
                    self.pattern(element, self.item_at(value, node.elements.index(element)))
        elif node.type == "ObjectPattern":
            for member in node.properties:
                if member.type == "RestElement":
                    rest_of: Obj = self.site((member, "rest"), Obj)
                    self.grow(rest_of, "others", kind(ANY, UNDEFINED))
                    self.escape(value)
                    self.pattern(member.argument, kind(rest_of))
                elif member.computed:
                    self.expression(member.key)
                    self.pattern(member.value, self.member(value, None))
                else:
                    self.pattern(member.value, self.member(value, key_text(member.key)))
        else:
            self.assign(node, value)

    def item_at(self, value: Kind, index: int) -> Kind:
        found: Kind = NOTHING
        for atom in value:
            if isinstance(atom, Arr):
                known = self.sites.get((atom, index))
                found |= known.items if known is not None else atom.items | kind(UNDEFINED)
            else:
                found |= self.items_of(kind(atom)) | kind(UNDEFINED)
        return found

    def assign(self, target: Node, value: Kind) -> None:
        if target.type == "Identifier":
            self.expression(target)
            self.bind(self.table.resolve(target), value)
        elif target.type == "MemberExpression":
            self.write(target, value)
        else:
            self.pattern(target, value)

    def write(self, target: Node, value: Kind) -> None:
        """``target.object[…] = value``."""
        holder = self.expression(target.object)
        name: str | None = None
        if target.computed:
            self.expression(target.property)
            if target.property.type == "Literal" and isinstance(target.property.value, str):
                name = target.property.value
        else:
            name = target.property.name
        for atom in holder:
            if not isinstance(atom, str):
                atom.mutated = True
            if isinstance(atom, Obj):
                if name is not None:
                    self.member_grows(atom, name, value)
                else:
                    self.grow(atom, "others", value | kind(UNDEFINED))
                    for known in list(atom.members):
                        self.member_grows(atom, known, value)
                if atom.escaped:
                    self.escape(value)
            elif isinstance(atom, Arr):
                if name is None:
                    self.grow(atom, "items", value | kind(UNDEFINED))
                elif name == "length":
                    self.grow(atom, "items", kind(UNDEFINED))
                if atom.escaped:
                    self.escape(value)
            elif isinstance(atom, str) and atom in NULLISH:
                continue
            else:
                self.escape(value)

    def member(self, holder: Kind, name: str | None) -> Kind:
        """``holder[name]``; None for a name that is not known."""
        found: Kind = NOTHING
        for atom in holder:
            if isinstance(atom, Obj):
                found |= self._of_object(atom, name)
            elif isinstance(atom, Arr):
                if name == "length":
                    found |= kind(INT)
                else:
                    found |= atom.items | kind(UNDEFINED) if name is None else kind(ANY)
            elif atom == STR:
                found |= (
                    kind(INT) if name == "length" else kind(STR, UNDEFINED) if name is None else kind(ANY)
                )
            elif isinstance(atom, MapOf | SetOf):
                found |= kind(INT) if name == "size" else kind(ANY)
            elif atom == ERROR:
                found |= kind(STR) if name in ("message", "name", "stack") else kind(ANY)
            elif atom in NULLISH:
                continue
            else:
                found |= kind(ANY)
        return found

    def _of_object(self, obj: Obj, name: str | None) -> Kind:
        if name is None:
            found = obj.others | kind(UNDEFINED)
            for value in obj.members.values():
                found |= value
            return found
        if name in obj.members:
            return obj.members[name] | (NOTHING if obj.sure(name) else kind(UNDEFINED) | obj.others)
        return obj.others | kind(UNDEFINED)

    def items_of(self, value: Kind) -> Kind:
        """What ``for … of`` finds in a value."""
        found: Kind = NOTHING
        for atom in value:
            if isinstance(atom, Arr | SetOf):
                found |= atom.items
            elif isinstance(atom, MapOf):
                found |= kind(self.pair(atom, atom.keys, atom.values))
            elif atom == STR:
                found |= kind(STR)
            elif atom not in NULLISH:
                found |= kind(ANY)
        return found

    def pair(self, key: Any, first: Kind, second: Kind) -> Arr:
        """Arrays of two items whose kinds are known one by one."""
        pair: Arr = self.site((key, "pair"), Arr)
        self.grow(pair, "items", first | second)
        for index, part in enumerate((first, second)):
            holder: Arr = self.site((pair, index), Arr)
            self.grow(holder, "items", part)
        return pair

    def awaited(self, value: Kind) -> Kind:
        found: Kind = NOTHING
        for atom in value:
            found |= self.awaited(atom.value) if isinstance(atom, Later) else kind(atom)
        return found

    def escape(self, found: Kind) -> None:
        """Values that go where anything may be done to them."""
        for atom in found:
            if not isinstance(atom, str) and not atom.escaped:
                atom.escaped = True
                self.changed = True
                if isinstance(atom, Arr):
                    self.escape(atom.items)
                    self.grow(atom, "items", kind(ANY))
                elif isinstance(atom, Obj):
                    for name, value in list(atom.members.items()):
                        self.escape(value)
                        self.member_grows(atom, name, kind(ANY))
                    self.grow(atom, "others", kind(ANY, UNDEFINED))
                    atom.removed |= atom.always
                elif isinstance(atom, Fn):
                    self.called_with_anything(atom)
                elif isinstance(atom, Later):
                    self.escape(atom.value)
                    self.grow(atom, "value", kind(ANY))
                elif isinstance(atom, MapOf):
                    self.escape(atom.keys | atom.values)
                    self.grow(atom, "keys", kind(ANY))
                    self.grow(atom, "values", kind(ANY))
                elif isinstance(atom, SetOf):
                    self.escape(atom.items)
                    self.grow(atom, "items", kind(ANY))
