"""What each expression may be: the script is gone through again and again until nothing new is learned.

Sound for a whole script, since it is closed: all the code there is stands in it. ``kind_of(node)`` is the union over every time the
node is evaluated; a node that is never reached has no kind, which counts as unknown.
"""

from __future__ import annotations

from typing import Any

from odw.transpile.analyze.scope import Binding, ScopeTable
from odw.transpile.estree import Node, children
from odw.transpile.python_workflow.inference_calls import Calls
from odw.transpile.python_workflow.inference_members import Members
from odw.transpile.python_workflow.inference_statements import Statements
from odw.transpile.python_workflow.kind_rules import binary_kind, falls_through, joined, method_names, nonzero
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
    NUMBERS,
    OTHER,
    REGEXP,
    STR,
    UNDEFINED,
    Arr,
    Fn,
    Kind,
    Later,
    Obj,
    kind,
    only,
    some,
)
from odw.transpile.python_workflow.literals import key_text

ROUNDS = 40
_SMALL = 1 << 31


class Inference(Statements, Members, Calls):
    """The kinds of one script's expressions and bindings."""

    def __init__(self, program: Node, table: ScopeTable) -> None:
        self.table = table
        self.kinds: dict[Node, Kind] = {}
        self.bindings: dict[Binding, Kind] = {}
        self.sites: dict[Any, Any] = {}
        self.changed = True
        self._function: list[Fn] = []
        self.own_methods = frozenset(method_names(program))
        for _ in range(ROUNDS):
            self.changed = False
            self._again(program)
            if not self.changed:
                return
        self.kinds.clear()  # never seen: better to know nothing than something that is not so
        self.bindings.clear()

    def _again(self, program: Node) -> None:
        self._function = []
        for statement in program.body:
            self.statement(statement)

    # --- what is known ------------------------------------------------------------------------------------------------

    def kind_of(self, node: Node) -> Kind:
        """What an expression may be; ANY where nothing is known."""
        return self.kinds.get(node) or kind(ANY)

    def of_binding(self, binding: Binding) -> Kind:
        return self.bindings.get(binding) or kind(ANY)

    def site(self, key: Any, make: Any) -> Any:
        found = self.sites.get(key)
        if found is None:
            found = self.sites[key] = make()
            self.changed = True
        return found

    def grow(self, holder: Any, name: str, more: Kind) -> None:
        """Join ``more`` to an attribute that holds a kind."""
        known: Kind = getattr(holder, name)
        if not more <= known:
            setattr(holder, name, known | more)
            self.changed = True

    def member_grows(self, obj: Obj, name: str, more: Kind) -> None:
        known = obj.members.get(name)
        if known is None or not more <= known:
            obj.members[name] = (known or NOTHING) | more
            self.changed = True

    def bind(self, binding: Binding | None, more: Kind) -> None:
        if binding is None:
            return
        known = self.bindings.get(binding, NOTHING)
        if not more <= known:
            self.bindings[binding] = known | more
            self.changed = True

    def called_with_anything(self, fn: Fn) -> None:
        fn.called_by_library = True
        for index in range(len(fn.node.params)):
            self.argument(fn, index, kind(ANY))
        self.escape(fn.returns)

    # --- statements ---------------------------------------------------------------------------------------------------

    # what the script itself returns is only looked at

    # --- functions ----------------------------------------------------------------------------------------------------

    def function(self, node: Node) -> Kind:
        """The kind of a function expression; its body is gone through with what is known of its parameters."""
        fn: Fn = self.site(node, lambda: Fn(node))
        self._function.append(fn)
        for index, param in enumerate(node.params):
            given = fn.params.get(index, NOTHING)
            if param.type == "RestElement":
                rest: Arr = self.site((node, "rest"), Arr)
                for place in range(index, max(fn.params, default=-1) + 1):
                    self.grow(rest, "items", fn.params.get(place, NOTHING))
                if fn.called_by_library:
                    self.grow(rest, "items", kind(ANY))
                self.pattern(param.argument, kind(rest))
            else:
                if given and any(count <= index for count in fn.counts):
                    given |= kind(UNDEFINED)
                self.pattern(param, given)
        if node.type == "FunctionExpression" and node.id is not None:
            self.bind(self.table.resolve(node.id), kind(fn))
        if node.body.type == "BlockStatement":
            self.statement(node.body)
            if falls_through(node.body):
                self.grow(fn, "returns", kind(UNDEFINED))
        else:
            self.grow(fn, "returns", self.expression(node.body))
        self._function.pop()
        return kind(fn)

    def argument(self, fn: Fn, index: int, value: Kind) -> None:
        known = fn.params.get(index, NOTHING)
        if not value <= known:
            fn.params[index] = known | value
            self.changed = True

    def result_of(self, fn: Fn) -> Kind:
        node = fn.node
        if node.generator:
            return kind(ITERATOR)
        if node.is_async:
            later: Later = self.site((node, "promise"), Later)
            self.grow(later, "value", self.awaited(fn.returns))
            return kind(later)
        return fn.returns

    def class_(self, node: Node) -> None:
        if node.superClass is not None:
            self.expression(node.superClass)
        for member in node.body.body:
            if member.type == "StaticBlock":
                for statement in member.body:
                    self.statement(statement)
                continue
            if member.computed:
                self.expression(member.key)
            if member.value is not None:
                found = self.expression(member.value)
                self.escape(found)

    # --- patterns -----------------------------------------------------------------------------------------------------

    # --- members and items --------------------------------------------------------------------------------------------

    # --- expressions --------------------------------------------------------------------------------------------------

    def expression(self, node: Node) -> Kind:
        handler = getattr(self, f"e_{node.type}", None)
        if handler is None:
            for child in children(node):
                self.expression(child)
            found = kind(ANY)
        else:
            found = handler(node)
        known = self.kinds.get(node, NOTHING)
        if not found <= known:
            found = self.kinds[node] = known | found
            self.changed = True
        else:
            found = known
        return found

    def e_Identifier(self, node: Node) -> Kind:
        binding = self.table.resolve(node)
        if binding is None:
            return {
                "undefined": kind(UNDEFINED),
                "NaN": kind(NUM),
                "Infinity": kind(NUM),
                "cwd": kind(STR),
            }.get(node.name, kind(ANY))
        if binding.kind in ("class", "class-name", "arguments", "import"):
            return kind(ANY)
        return self.bindings.get(binding, NOTHING)

    def e_Literal(self, node: Node) -> Kind:
        if node.regex is not None:
            return kind(REGEXP)
        if node.bigint is not None:
            return kind(OTHER)
        value = node.value
        if value is None:
            return kind(NULL)
        if isinstance(value, bool):
            return kind(BOOL)
        if isinstance(value, str):
            return kind(STR)
        return kind(INT if isinstance(value, int) and abs(value) < _SMALL else FIN)

    def e_TemplateLiteral(self, node: Node) -> Kind:
        for part in node.expressions:
            self.expression(part)
        return kind(STR)

    def e_ArrayExpression(self, node: Node) -> Kind:
        array: Arr = self.site(node, Arr)
        for index, element in enumerate(node.elements):
            if element is None:
                self.grow(array, "items", kind(UNDEFINED))
            elif element.type == "SpreadElement":
                self.grow(array, "items", self.items_of(self.expression(element.argument)))
            else:
                value = self.expression(element)
                self.grow(array, "items", value)
                if not any(e is None or e.type == "SpreadElement" for e in node.elements) and index < 4:
                    holder: Arr = self.site((array, index), Arr)
                    self.grow(holder, "items", value if not array.escaped else kind(ANY))
        return kind(array)

    def e_ObjectExpression(self, node: Node) -> Kind:
        obj: Obj = self.site(node, Obj)
        for member in node.properties:
            if member.type == "SpreadElement":
                self._spread(obj, self.expression(member.argument))
                continue
            if member.computed:
                self.expression(member.key)
                self.grow(obj, "others", self.expression(member.value) | kind(UNDEFINED))
                continue
            name = key_text(member.key)
            if member.kind != "init":
                self.escape(self.expression(member.value))
                self.member_grows(obj, name, kind(ANY))
                continue
            self.member_grows(obj, name, self.expression(member.value))
            obj.always.add(name)
        return kind(obj)

    def _spread(self, obj: Obj, value: Kind) -> None:
        for atom in value:
            if isinstance(atom, Obj):
                for name, held in list(atom.members.items()):
                    self.member_grows(obj, name, held)
                    if atom.sure(name) and len(value - NULLISH) == 1 and not value & NULLISH:
                        obj.always.add(name)
                self.grow(obj, "others", atom.others)
                if atom.others:
                    for name in list(obj.members):
                        self.member_grows(obj, name, atom.others - {UNDEFINED})
            elif atom not in (NULL, UNDEFINED, BOOL, *NUMBERS):
                self.grow(obj, "others", kind(ANY, UNDEFINED))
                for name in list(obj.members):
                    self.member_grows(obj, name, kind(ANY))

    def e_ArrowFunctionExpression(self, node: Node) -> Kind:
        return self.function(node)

    def e_FunctionExpression(self, node: Node) -> Kind:
        return self.function(node)

    def e_ClassExpression(self, node: Node) -> Kind:
        self.class_(node)
        return kind(ANY)

    def e_AwaitExpression(self, node: Node) -> Kind:
        return self.awaited(self.expression(node.argument))

    def e_YieldExpression(self, node: Node) -> Kind:
        if node.argument is not None:
            self.escape(self.expression(node.argument))
        return kind(ANY)

    def e_ChainExpression(self, node: Node) -> Kind:
        return self.expression(node.expression) | kind(UNDEFINED)

    def e_SequenceExpression(self, node: Node) -> Kind:
        found: Kind = NOTHING
        for part in node.expressions:
            found = self.expression(part)
        return found

    def e_SpreadElement(self, node: Node) -> Kind:
        return self.items_of(self.expression(node.argument))

    def e_ConditionalExpression(self, node: Node) -> Kind:
        self.expression(node.test)
        return self.expression(node.consequent) | self.expression(node.alternate)

    def e_LogicalExpression(self, node: Node) -> Kind:
        left, right = self.expression(node.left), self.expression(node.right)
        return joined(node.operator, left) | right

    def e_UnaryExpression(self, node: Node) -> Kind:
        if node.operator == "delete" and node.argument.type == "MemberExpression":
            holder = self.expression(node.argument.object)
            if node.argument.computed:
                self.expression(node.argument.property)
            for obj in some(holder, Obj):
                obj.removed |= obj.always
                obj.mutated = True
            for array in some(holder, Arr):
                self.grow(array, "items", kind(UNDEFINED))
            return kind(BOOL)
        value = self.expression(node.argument)
        if node.operator in ("!", "delete"):
            return kind(BOOL)
        if node.operator == "typeof":
            return kind(STR)
        if node.operator == "void":
            return kind(UNDEFINED)
        if node.operator == "~":
            return kind(INT)
        return value if value and value <= kind(INT, FIN) else kind(NUM)

    def e_BinaryExpression(self, node: Node) -> Kind:
        left = NOTHING if node.left.type == "PrivateIdentifier" else self.expression(node.left)
        found = binary_kind(node.operator, left, self.expression(node.right))
        if node.operator == "/" and left and left <= kind(INT, FIN) and nonzero(node.right):
            return kind(FIN)
        return found

    def e_UpdateExpression(self, node: Node) -> Kind:
        before = self.expression(node.argument)
        found = kind(INT) if only(before, INT) else kind(FIN) if only(before, INT, FIN) else kind(NUM)
        self.assign(node.argument, found)
        return found

    def e_AssignmentExpression(self, node: Node) -> Kind:
        operator = node.operator[:-1]
        value = self.expression(node.right)
        if operator:
            before = self.expression(node.left)
            if operator in ("&&", "||", "??"):
                value = joined(operator, before) | value
            else:
                value = binary_kind(operator, before, value)
        self.assign(node.left, value)
        return value

    def e_MemberExpression(self, node: Node) -> Kind:
        holder = self.expression(node.object)
        if not node.computed:
            return (
                self.member(holder, node.property.name) if node.property.type == "Identifier" else kind(ANY)
            )
        key = self.expression(node.property)
        if node.property.type == "Literal" and isinstance(node.property.value, str):
            return self.member(holder, node.property.value)
        if node.property.type == "Literal" and isinstance(node.property.value, int):
            return (
                self.item_at(holder, node.property.value) if some(holder, Arr) else self.member(holder, None)
            )
        if only(key, INT) and only(holder, Arr):
            return self.items_of(holder) | kind(UNDEFINED)
        return self.member(holder, None)
