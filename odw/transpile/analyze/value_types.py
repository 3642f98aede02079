"""What can be proved about the value of an expression: an int and its bounds, a number, a string and its length, a boolean.

    let s = 0; for (let i = 0; i < 1000; i++) s = (s + i * 2) % 97      i: 0 … 1000 (0 … 999 in the body), s: 0 … 96

``ValueTypes(table).of(node)`` is a ``Range``, a ``Text``, ``NUMBER``, ``BOOLEAN``, ``ARRAY``, or None where nothing is
known. A variable has the join of everything that is ever assigned to it, whoever assigns: closures, generators and jumps
change nothing about that, and reading it before its declaration throws. So ``let`` and ``const`` with a plain initialiser are
looked at, and only if each assignment to them is one of ``=``, ``+=`` and its like, ``++`` and ``--``; and the parameters of
functions whose calls are all known (known_functions.py).

A *counter* is a variable that steps (``i++``, ``i -= 2``, by at most ``STEP``) move from values within ``START``. In no
run it passes ``FAR``: that would take 2**47 steps, weeks of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from odw.transpile.analyze.known_functions import KnownFunctions
from odw.transpile.analyze.pristine_math import math_function, math_is_pristine
from odw.transpile.analyze.scope import Binding, ScopeTable
from odw.transpile.analyze.value_domain import (
    ARRAY,
    BOOLEAN,
    FAR,
    INT32,
    LONGEST_ARRAY,
    LONGEST_STRING,
    NOTHING,
    NUMBER,
    START,
    STEP,
    Range,
    Text,
    ValueType,
    is_number,
    join,
    operation,
    text_length,
    widened,
    within,
)
from odw.transpile.estree import Node

_ROUNDS: Final = 4  # of exact joins, before a range that still grows is widened


class ValueTypes:
    """The types of one program's expressions, found when first asked for."""

    def __init__(self, table: ScopeTable) -> None:
        self.table = table
        self._of_binding: dict[Binding, ValueType] = {}  # of what is assigned again
        self._of_constant: dict[Binding, ValueType] = {}
        self._of_node: dict[Node, ValueType] = {}
        self._solved = False
        self._solving = False
        self._pristine: bool | None = None
        self._touched: set[str] | None = None  # globals that are assigned
        self._exposed = False
        self.functions = KnownFunctions(table)
        self._given: dict[Binding, list[Node]] = {}  # what is passed for a parameter

    def of(self, node: Node) -> ValueType:
        """What is known about the value of an expression."""
        if not self._solved and not self._solving:
            self._solve()
        if self._solving:
            return self._evaluate(node)
        known = self._of_node.get(node, NOTHING)
        if known == NOTHING:
            known = self._of_node[node] = self._evaluate(node)
        return known

    def of_binding(self, binding: Binding) -> ValueType:
        """What is known about a variable, wherever it is read."""
        if not self._solved and not self._solving:
            self._solve()
        if binding.kind != "const":
            return self._of_binding.get(binding)
        if binding not in self._of_constant:
            self._of_constant[binding] = None  # for an initialiser that mentions it
            if binding.init is not None:
                self._of_constant[binding] = self.of(binding.init)
        return self._of_constant[binding]

    def math_is_pristine(self) -> bool:
        """Whether ``Math`` is, in the whole script, what it was."""
        if self._pristine is None:
            self._pristine = math_is_pristine(self.table)
        return self._pristine

    def global_is_pristine(self, name: str) -> bool:
        """Whether a global that the realm or the host defines is what it was: nothing assigns it or says ``globalThis``."""
        if self._touched is None:
            unresolved = self.table.unresolved
            self._touched = {node.name for node in unresolved if self.table.is_written(node)}
            self._exposed = any(node.name == "globalThis" for node in unresolved)
        return not self._exposed and name not in self._touched

    # Variables

    def _solve(self) -> None:
        """The least solution, by rounds from NOTHING up; ``_ROUNDS`` exact ones, then ranges jump to the next level."""
        self._solving = True
        changing = [b for b in self.table.bindings if self._is_followed(b)]
        found = self._of_binding
        found.update(dict.fromkeys(changing, NOTHING))
        rounds, grew = 0, True
        while grew:
            grew = False
            self._of_constant.clear()  # they follow from the others
            for binding in changing:
                old = found[binding]
                new = join(old, self._assigned(binding))
                if new != old:
                    found[binding] = widened(old, new) if rounds >= _ROUNDS else new
                    grew = True
            rounds += 1
            changing = [b for b in changing if found[b] is not None]  # what is unknown stays so
        self._of_constant.clear()
        for binding, value in found.items():
            if value == NOTHING:  # is never given a value
                found[binding] = None
        self._solving, self._solved = False, True

    def _is_followed(self, binding: Binding) -> bool:
        if binding.kind == "param":
            given = self.functions.arguments(binding)
            if not given:
                return False
            self._given[binding] = given
        elif binding.kind != "let" or binding.init is None:
            return False
        writers = self.table.writers
        return all(write in writers for write in binding.writes)

    def _assigned(self, binding: Binding) -> ValueType:
        """The join of all that is assigned to a variable."""
        value: ValueType = NOTHING if binding.kind == "param" else self.of(binding.init)
        up = down = 0
        for source in self._sources(binding):
            step = self._step(source, binding)
            if step:
                up, down = max(up, step), min(down, step)
            else:
                value = join(value, self.of(source))
                if value is None:
                    return None
        if not up and not down:
            return value
        if value == NOTHING:
            return NOTHING
        if not within(value, Range(-START, START)):
            return NUMBER if is_number(value) else None
        assert isinstance(value, Range)
        high = value.high
        if up:
            bound = self._bound(binding)
            high = FAR if bound is None else max(high, bound + up)
        return Range(-FAR if down else value.low, min(high, FAR))

    def _sources(self, binding: Binding) -> list[Node]:
        """The expressions whose values are assigned to a variable, or passed for a parameter."""
        writers = [self.table.writers[write] for write in binding.writes]
        return [*self._given[binding], *writers] if binding.kind == "param" else writers

    def _step(self, source: Node, binding: Binding) -> int:
        """By how much ``i++``, ``i -= 2``, or ``f(i + 1)`` inside of ``f``, move a counter; 0 for anything else."""
        if source.type == "UpdateExpression":
            return (1 if source.operator == "++" else -1) if self._means(source.argument, binding) else 0
        if source.type == "AssignmentExpression" and source.operator == "=":
            source = source.right
        if source.type not in ("AssignmentExpression", "BinaryExpression"):
            return 0
        if source.operator not in (("+", "-") if source.type == "BinaryExpression" else ("+=", "-=")):
            return 0
        if not self._means(source.left, binding) or source.right.type != "Literal":
            return 0
        amount = source.right.value
        if type(amount) is not int or not 0 < amount <= STEP:
            return 0
        return amount if source.operator[0] == "+" else -amount

    def _means(self, node: Node, binding: Binding) -> bool:
        return node.type == "Identifier" and self.table.resolve(node) is binding

    def _bound(self, binding: Binding) -> int | None:
        """The largest value that ``for (let i = …; i < n; i++)`` lets ``i`` have in the body, where nothing changes it there."""
        loop = binding.scope.node
        if loop.type != "ForStatement" or binding.scope.kind != "for":
            return None
        if loop.test is None or loop.update is None:
            return None
        for write in binding.writes:
            if not loop.update.start <= write.start < loop.update.end:
                return None
        if len(binding.writes) != 1 or self.table.writers[binding.writes[0]] is not loop.update:
            return None
        return self._limit(loop.test, binding)

    def _limit(self, test: Node, binding: Binding) -> int | None:
        if test.type == "LogicalExpression" and test.operator == "&&":
            return self._limit(test.left, binding)
        if test.type != "BinaryExpression":
            return None
        left, right, operator = test.left, test.right, test.operator
        if operator in (">", ">="):
            left, right, operator = right, left, "<" if operator == ">" else "<="
        if (
            operator not in ("<", "<=")
            or left.type != "Identifier"
            or self.table.resolve(left) is not binding
        ):
            return None
        limit = self.of(right)
        if not isinstance(limit, Range):
            return None
        return limit.high if operator == "<=" else limit.high - 1

    # Expressions

    def _evaluate(self, node: Node) -> ValueType:
        rule = _RULES.get(node.type)
        return None if rule is None else rule(self, node)

    def _identifier(self, node: Node) -> ValueType:
        binding = self.table.resolve(node)
        if binding is None:
            return NUMBER if node.name in ("NaN", "Infinity") else None
        value = self.of_binding(binding)
        if isinstance(value, Range) and binding.scope.kind == "for":
            loop = binding.scope.node
            if loop.type == "ForStatement" and loop.body.start <= node.start:
                bound = self._bound(binding)
                if bound is not None and value.low <= bound < value.high:
                    return Range(value.low, bound)
        return value

    def _literal(self, node: Node) -> ValueType:
        value = node.value
        kind = type(value)
        if kind is int:
            return Range(value, value)
        if kind is float:
            return NUMBER
        if kind is str:
            return Text(len(value))
        return BOOLEAN if kind is bool else None

    def _template(self, node: Node) -> ValueType:
        longest = sum(len(quasi.value["cooked"] or "") for quasi in node.quasis)
        for expression in node.expressions:
            longest += text_length(self.of(expression))
        return Text(min(longest, LONGEST_STRING))

    def _unary(self, node: Node) -> ValueType:
        operator = node.operator
        if operator in ("!", "delete"):
            return BOOLEAN
        if operator == "typeof":
            return Text(9)
        value = self.of(node.argument)
        if value == NOTHING and operator != "void":
            return NOTHING
        if operator == "+":
            return value if isinstance(value, Range) else NUMBER
        if operator == "-" and is_number(value):
            negative = isinstance(value, Range) and not value.low <= 0 <= value.high
            return Range(-value.high, -value.low) if isinstance(value, Range) and negative else NUMBER
        if operator == "~" and is_number(value):
            return (
                Range(~value.high, ~value.low) if isinstance(value, Range) and within(value, INT32) else INT32
            )
        return None

    def _binary(self, node: Node) -> ValueType:
        operator = node.operator
        if operator in _COMPARISONS:
            return BOOLEAN
        left = self.of(node.left)
        return operation(operator, left, self.of(node.right))

    def _assignment(self, node: Node) -> ValueType:
        operator = node.operator
        if operator == "=":
            return self.of(node.right)
        if operator in ("||=", "&&=", "??="):
            return join(self.of(node.left), self.of(node.right))
        return operation(operator[:-1], self.of(node.left), self.of(node.right))

    def _update(self, node: Node) -> ValueType:
        value = self.of(node.argument) if node.argument.type == "Identifier" else None
        if value == NOTHING:
            return NOTHING
        if not is_number(value):
            return None
        if isinstance(value, Range) and not node.prefix:
            return value
        # The variable's own range has the step in it, but for one whose bounds are beyond a counter's.
        return value if isinstance(value, Range) and within(value, Range(-FAR, FAR)) else NUMBER

    def _conditional(self, node: Node) -> ValueType:
        return join(self.of(node.consequent), self.of(node.alternate))

    def _logical(self, node: Node) -> ValueType:
        left = self.of(node.left)
        if node.operator == "??" and left is not None:
            return left
        return join(left, self.of(node.right))

    def _sequence(self, node: Node) -> ValueType:
        return self.of(node.expressions[-1])

    def _array(self, node: Node) -> ValueType:
        return ARRAY

    def _member(self, node: Node) -> ValueType:
        if node.computed or node.property.type != "Identifier" or node.property.name != "length":
            return None
        if node.object.type == "Super":
            return None
        value = self.of(node.object)
        if value == NOTHING:
            return NOTHING
        if isinstance(value, Text):
            return Range(0, value.longest)
        return Range(0, LONGEST_ARRAY) if value == ARRAY else None

    def _call(self, node: Node) -> ValueType:
        name = math_function(self.table, node)
        if name == "imul" and self.math_is_pristine():
            return INT32
        return None


_COMPARISONS: Final = frozenset({"==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "instanceof"})
_RULES: Final[dict[str, Callable[[ValueTypes, Node], ValueType]]] = {
    "ArrayExpression": ValueTypes._array,
    "AssignmentExpression": ValueTypes._assignment,
    "BinaryExpression": ValueTypes._binary,
    "CallExpression": ValueTypes._call,
    "ConditionalExpression": ValueTypes._conditional,
    "Identifier": ValueTypes._identifier,
    "Literal": ValueTypes._literal,
    "LogicalExpression": ValueTypes._logical,
    "MemberExpression": ValueTypes._member,
    "SequenceExpression": ValueTypes._sequence,
    "TemplateLiteral": ValueTypes._template,
    "UnaryExpression": ValueTypes._unary,
    "UpdateExpression": ValueTypes._update,
}
