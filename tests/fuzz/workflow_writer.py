"""The script under construction: its lines, its names, and what its variables hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fuzz.choices import Choices
from fuzz.workflow_words import Field, Shape, list_schema_of, plural, schema_of

HOOKS = frozenset(("agent", "parallel", "pipeline", "phase", "log", "budget", "args", "workflow", "input", "cwd", "meta", "console"))  # fmt: skip


@dataclass(frozen=True)
class Var:
    """A variable of the script. ``shape`` is that of the object, or of a list's items; None: text. ``many``: it is an array."""

    name: str
    shape: Shape | None
    many: bool


class Writer:
    """Collects the script. ``scope`` holds what later statements may use; a block drops what was declared in it."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.lines: list[str] = []
        self.helpers: dict[str, str] = {}  # name of a helper function -> its text
        self.constants: dict[str, str] = {}  # name of a schema -> its text
        self.scope: list[Var] = []
        self.numbers: list[str] = []
        self.results: dict[str, str] = {}  # key of the script's result -> expression
        self.phases: list[str] = []
        self.phase_now = ""
        self.semicolon = "" if choices.chance(75) else ";"
        self._names = set(HOOKS)
        self._indent = 0

    # lines
    def line(self, text: str) -> None:
        self.lines.append("  " * self._indent + text if text else "")

    def statement(self, text: str) -> None:
        first, *rest = f"{text}{self.semicolon}".split("\n")
        self.line(first)
        self.lines += ["  " * self._indent + more for more in rest]

    def comment(self, *texts: str) -> None:
        if self.choices.chance(35):
            self.line(f"// {self.choices.pick(texts)}")

    @contextmanager
    def block(self, head: str, end: str = "}", scoped: bool = True) -> Iterator[None]:
        self.line(f"{head} {{" if head else "{")
        known, numbers = list(self.scope), list(self.numbers)
        self._indent += 1
        yield
        self._indent -= 1
        self.line(end)
        if scoped:
            self.scope, self.numbers = known, numbers

    # names
    def fresh(self, *words: str) -> str:
        """A name that the script does not use yet, like one of ``words``."""
        for word in [self.choices.pick(words), *words]:
            if word not in self._names:
                self._names.add(word)
                return word
        number = 2
        while f"{words[0]}{number}" in self._names:
            number += 1
        self._names.add(f"{words[0]}{number}")
        return f"{words[0]}{number}"

    def declare(self, name: str, shape: Shape | None, many: bool) -> Var:
        var = Var(name, shape, many)
        self.scope.append(var)
        return var

    def a_list(self, objects: bool | None = None) -> Var:
        """A list in scope, rather a late one; of objects, of texts, or either."""
        lists = [var for var in self.scope if var.many and objects in (None, var.shape is not None)]
        if not lists:
            lists = [var for var in self.scope if var.many]
        return lists[-1 - min(self.choices.below(len(lists)), self.choices.below(len(lists)))]

    def helper(self, name: str, text: str) -> str:
        self.helpers.setdefault(name, text)
        self._names.add(name)
        return name

    def schema(self, shape: Shape, many: str = "") -> str:
        """An expression for a shape's schema: mostly a constant, made once. ``many`` is the key of a list of such objects."""
        text = schema_of(shape, self.choices)
        if many:
            text = list_schema_of(text, many, self.choices)
        if self.choices.chance(25):
            return text
        word = shape.noun.upper()
        stems = (plural(shape.noun).upper(), f"{word}S_SCHEMA") if many else (word, f"{word}_SCHEMA")
        name = self.fresh(*stems)
        self.constants[name] = text
        return name

    # expressions
    def seen(self, item: str, shape: Shape | None) -> str:
        """What a prompt says of an item: an expression for a ``${…}``."""
        if shape is None:
            return self.choices.pick((item, item, f"{item}.toUpperCase()", f"{item}.trim().slice(0, 20)"))
        field = self.choices.pick(shape.fields)
        path = f"{item}.{field.name}"
        safe = (
            f"({path} ?? {'[]' if field.kind == 'texts' else repr('none')})"
            if field.name in shape.optional
            else path
        )
        if field.kind == "texts":
            return self.choices.pick(
                (f"{safe}.join(', ')", f"{safe}.length", f"{safe}.map((t) => `#${{t}}`).join(' ')")
            )
        if field.kind in ("text", "enum"):
            return self.choices.pick(
                (safe, safe, f"{safe}.toUpperCase()", f"JSON.stringify({path})", f"{safe}.padEnd(12, '.')")
            )
        if field.kind == "number":
            return self.choices.pick((safe, f"{safe}.toFixed(1)", f"Math.round({path} * 10) / 10"))
        return safe

    def title(self, item: str, shape: Shape | None) -> str:
        return item if shape is None else f"{item}.{shape.fields[0].name}"

    def test(self, item: str, shape: Shape | None) -> str:
        """A condition on an item."""
        if shape is None:
            return self.choices.pick(
                (
                    f"{item}.length > 6",
                    f"!{item}.includes('docs')",
                    f"/[aeiou]{{2}}/.test({item})",
                    f"{item}.startsWith('s')",
                )
            )
        return self._test_of(item, self.choices.pick(shape.fields[1:]), shape)

    def _test_of(self, item: str, field: Field, shape: Shape) -> str:
        path = f"{item}.{field.name}"
        if field.kind == "flag":
            return self.choices.pick((path, f"!{path}", f"{path} === true"))
        if field.kind in ("number", "integer"):
            return f"{path} {self.choices.pick(('>=', '>', '<'))} {self.choices.pick((1, 2, 5, 7.5))}"
        if field.kind == "enum":
            few = self.choices.some(field.values, 1, 2)
            if len(few) == 1:
                return f"{path} {self.choices.pick(('===', '!=='))} '{few[0]}'"
            return f"[{', '.join(map(repr, few))}].includes({path})"
        if field.kind == "texts":
            return self.choices.pick((f"({path} ?? []).length > 1", f"{path}?.some((t) => t.length > 4)"))
        return self.choices.pick(
            (f"({path} ?? '').length > 10", f"Boolean({path})", f"/\\w+ \\w+/.test({path} ?? '')")
        )

    def order(self, a: str, b: str, shape: Shape | None) -> str:
        """What a comparator gives for two items."""
        if shape is None:
            return self.choices.pick(
                (f"{a}.localeCompare({b})", f"{a}.length - {b}.length || ({a} < {b} ? -1 : 1)")
            )
        ways = [f"{self.title(a, shape)}.localeCompare({self.title(b, shape)})"]
        for field in shape.of_kind("number", "integer"):
            ways.append(f"{b}.{field.name} - {a}.{field.name}")
        for field in shape.of_kind("enum"):
            rank = self.helper(f"{field.name}Rank", self._rank(field))
            ways.append(f"{rank}({b}) - {rank}({a})")
        return " || ".join(self.choices.some(ways, 1, 2))

    def _rank(self, field: Field) -> str:
        table = ", ".join(f"{value}: {number}" for number, value in enumerate(field.values))
        name = f"{field.name}Rank"
        return self.choices.pick(
            (
                f"const {name} = (item) => ({{ {table} }})[item.{field.name}] ?? -1",
                f"function {name}({{ {field.name} }}) {{\n  const order = [{', '.join(map(repr, field.values))}]\n  return order.indexOf({field.name})\n}}",
            )
        )
