"""What can be proved about the value of an expression: an int and its bounds, a number, a string and its length, a boolean.

    let s = 0; for (let i = 0; i < 1000; i++) s = (s + i * 2) % 97      i: 0 … 1000 (0 … 999 in the body), s: 0 … 96

``ValueTypes(table).of(node)`` is a :class:`Range`, a :class:`Text`, ``NUMBER``, ``BOOLEAN``, ``ARRAY``, or None where nothing is
known. A variable has the join of everything that is ever assigned to it, whoever assigns: closures, generators and jumps
change nothing about that, and reading it before its declaration throws. So ``let`` and ``const`` with a plain initialiser are
looked at, and only if each assignment to them is one of ``=``, ``+=`` and its like, ``++`` and ``--``; nothing else is.

A *counter* is a variable that steps (``i++``, ``i -= 2``, by at most :data:`STEP`) move from values within :data:`START`. In no
run it passes :data:`FAR`: that would take 2**47 steps, weeks of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, NamedTuple, TypeAlias

from odw.transpile.analyze.pristine_math import math_function, math_is_pristine
from odw.transpile.analyze.scope import Binding, ScopeTable
from odw.transpile.estree import Node

SAFE: Final = 2**53  # beyond it a number is no Python int
FAR: Final = 2**52
START: Final = 2**51
STEP: Final = 16
LONGEST_STRING: Final = 2**29 - 24  # as in abstract_ops/operators.py
LONGEST_ARRAY: Final = 2**32 - 1
_ROUNDS: Final = 4  # of exact joins, before a range that still grows is widened
_LEVELS: Final = (0, 255, 65535, 2**31 - 1, 2**32 - 1, START, SAFE)


class Range(NamedTuple):
    """A Python int from ``low`` to ``high``, both within 2**53: never a bool, never -0."""

    low: int
    high: int


class Text(NamedTuple):
    """A string of at most ``longest`` code units."""

    longest: int


Simple: TypeAlias = Literal["number", "boolean", "array", "nothing"]
ValueType: TypeAlias = Range | Text | Simple | None
NUMBER: Final = "number"  # normalised: int or float
BOOLEAN: Final = "boolean"
ARRAY: Final = "array"  # a JSArray of any shape
NOTHING: Final = "nothing"  # no value yet, while the types of variables that depend on each other are found

INT32: Final = Range(-(2**31), 2**31 - 1)
UINT32: Final = Range(0, 2**32 - 1)
STRING: Final = Text(LONGEST_STRING)


def is_number(value: ValueType) -> bool:
    return value == NUMBER or isinstance(value, Range)


def within(value: ValueType, bounds: Range) -> bool:
    """Whether a value is an int inside ``bounds``."""
    return isinstance(value, Range) and bounds.low <= value.low and value.high <= bounds.high


class ValueTypes:
    """The types of one program's expressions, found when first asked for."""

    def __init__(self, table: ScopeTable) -> None:
        self.table = table
        self._of_binding: dict[Binding, ValueType] = {}
        self._of_node: dict[Node, ValueType] = {}
        self._solved = False
        self._solving = False
        self._pristine: bool | None = None

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
        known = self._of_binding.get(binding, NOTHING)
        if known == NOTHING and binding not in self._of_binding and binding.kind == "const":
            self._of_binding[binding] = None  # for an initialiser that mentions it
            known = None if binding.init is None else self.of(binding.init)
            if self._solving:
                del self._of_binding[binding]
            else:
                self._of_binding[binding] = known
            return known
        return None if binding not in self._of_binding else known

    def math_is_pristine(self) -> bool:
        """Whether ``Math`` is, in the whole script, what it was."""
        if self._pristine is None:
            self._pristine = math_is_pristine(self.table)
        return self._pristine

    # Variables

    def _solve(self) -> None:
        """The least solution, by rounds from NOTHING up; ``_ROUNDS`` exact ones, then ranges jump to the next level."""
        self._solving = True
        changing = [b for b in self.table.bindings if self._is_followed(b)]
        found = self._of_binding
        found.update(dict.fromkeys(changing, NOTHING))
        rounds = 0
        while changing:
            before = len(changing)
            grew = False
            for binding in changing:
                old = found[binding]
                new = join(old, self._assigned(binding))
                if new != old:
                    found[binding] = _widened(old, new) if rounds >= _ROUNDS else new
                    grew = True
            rounds += 1
            # What is unknown stays unknown: it needs no more looking at.
            changing = [b for b in changing if found[b] is not None]
            if not grew and before == len(changing):
                break
        for binding, value in found.items():
            if value == NOTHING:  # is never given a value
                found[binding] = None
        self._solving = False
        self._solved = True

    def _is_followed(self, binding: Binding) -> bool:
        if binding.kind != "let" or binding.init is None or not binding.node:
            return False
        writers = self.table.writers
        return all(write in writers for write in binding.writes)

    def _assigned(self, binding: Binding) -> ValueType:
        """The join of all that is assigned to a variable."""
        value = self.of(binding.init)
        up = down = 0
        for write in binding.writes:
            if value is None:
                return None
            writer = self.table.writers[write]
            step = _step(writer)
            if step:
                up, down = max(up, step), min(down, step)
            else:
                value = join(value, self.of(writer))
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
        if operator not in ("<", "<=") or left.type != "Identifier" or self.table.resolve(left) is not binding:
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
            longest += _text_length(self.of(expression))
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
            return Range(~value.high, ~value.low) if isinstance(value, Range) and within(value, INT32) else INT32
        return None

    def _binary(self, node: Node) -> ValueType:
        operator = node.operator
        if operator in _COMPARISONS:
            return BOOLEAN
        left = self.of(node.left)
        return self.operation(operator, left, self.of(node.right))

    def operation(self, operator: str, left: ValueType, right: ValueType) -> ValueType:
        """The type of ``left operator right``; where one side is a number, the other one becomes one or throws."""
        if left == NOTHING or right == NOTHING:
            return NOTHING
        if operator == "+":
            return _sum(left, right)
        if operator == ">>>":
            return _shifted_right(left, right, UINT32)
        if not is_number(left) and not is_number(right):
            return None  # BigInts, perhaps
        if operator in _BITS:
            return _bits(operator, left, right)
        if isinstance(left, Range) and isinstance(right, Range):
            return _arithmetic(operator, left, right)
        return NUMBER

    def _assignment(self, node: Node) -> ValueType:
        operator = node.operator
        if operator == "=":
            return self.of(node.right)
        if operator in ("||=", "&&=", "??="):
            return join(self.of(node.left), self.of(node.right))
        return self.operation(operator[:-1], self.of(node.left), self.of(node.right))

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


def join(one: ValueType, other: ValueType) -> ValueType:
    """What is true of both."""
    if one == other or other == NOTHING:
        return one
    if one == NOTHING:
        return other
    if isinstance(one, Range) and isinstance(other, Range):
        return Range(min(one.low, other.low), max(one.high, other.high))
    if isinstance(one, Text) and isinstance(other, Text):
        return Text(max(one.longest, other.longest))
    return NUMBER if is_number(one) and is_number(other) else None


def _widened(old: ValueType, new: ValueType) -> ValueType:
    if isinstance(old, Range) and isinstance(new, Range):
        low, high = new
        if high > old.high:
            high = next(level for level in _LEVELS if high <= level)
        if low < old.low:
            low = -next(level for level in _LEVELS if -low <= level)
        return Range(low, high)
    return STRING if isinstance(new, Text) else new


def _step(writer: Node) -> int:
    """By how much ``i++``, ``i -= 2`` moves a counter; 0 for any other assignment."""
    if writer.type == "UpdateExpression":
        return 1 if writer.operator == "++" else -1
    if writer.operator in ("+=", "-=") and writer.right.type == "Literal":
        amount = writer.right.value
        if type(amount) is int and 0 < amount <= STEP:
            return amount if writer.operator == "+=" else -amount
    return 0


def _text_length(value: ValueType) -> int:
    """The longest text that ToString makes of a value."""
    if isinstance(value, Text):
        return value.longest
    return 25 if is_number(value) or value == BOOLEAN else LONGEST_STRING


def _sum(left: ValueType, right: ValueType) -> ValueType:
    if isinstance(left, Text) or isinstance(right, Text):
        return Text(min(_text_length(left) + _text_length(right), LONGEST_STRING))
    if isinstance(left, Range) and isinstance(right, Range):
        return _arithmetic("+", left, right)
    return NUMBER if is_number(left) and is_number(right) else None


def _arithmetic(operator: str, left: Range, right: Range) -> ValueType:
    if operator == "+":
        return _safe(left.low + right.low, left.high + right.high)
    if operator == "-":
        return _safe(left.low - right.high, left.high - right.low)
    if operator == "*":
        if _has_negative_zero(left, right):
            return NUMBER
        corners = [a * b for a in left for b in right]
        return _safe(min(corners), max(corners))
    if operator == "%" and left.low >= 0 and right.low > 0:
        return Range(0, min(left.high, right.high - 1))
    return NUMBER


def _has_negative_zero(left: Range, right: Range) -> bool:
    """Whether a product can be -0: a zero times what is below zero."""
    return (left.low <= 0 <= left.high and right.low < 0) or (right.low <= 0 <= right.high and left.low < 0)


def _safe(low: int, high: int) -> ValueType:
    return Range(low, high) if -SAFE <= low and high <= SAFE else NUMBER


def _bits(operator: str, left: ValueType, right: ValueType) -> ValueType:
    if operator == ">>":
        return _shifted_right(left, right, INT32)
    if operator == "&":
        masks = [side.high for side in (left, right) if isinstance(side, Range) and within(side, Range(0, INT32.high))]
        return Range(0, min(masks)) if masks else INT32
    if operator in ("|", "^") and isinstance(left, Range) and isinstance(right, Range):
        if within(left, Range(0, INT32.high)) and within(right, Range(0, INT32.high)):
            return Range(0, (1 << max(left.high, right.high).bit_length()) - 1)
        if operator == "|" and right == (0, 0) and within(left, INT32):
            return left
    if operator == "<<" and isinstance(left, Range) and isinstance(right, Range) and right.low == right.high:
        low, high = left.low << (right.low & 31), left.high << (right.low & 31)
        if within(Range(low, high), INT32):
            return Range(low, high)
    return INT32


def _shifted_right(left: ValueType, right: ValueType, domain: Range) -> ValueType:
    """``>>`` and ``>>>`` by a known count, of what is in the operator's domain or wrapped into it."""
    if not isinstance(right, Range) or right.low != right.high:
        return domain
    count = right.low & 31
    value = left if isinstance(left, Range) and within(left, domain) else domain
    return Range(value.low >> count, value.high >> count)


_COMPARISONS: Final = frozenset({"==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "instanceof"})
_BITS: Final = frozenset({"&", "|", "^", "<<", ">>"})
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
