"""What generated workflow scripts talk about: nouns, fields of answers, schemas."""

from __future__ import annotations

from dataclasses import dataclass

from fuzz.choices import Choices

TOPICS = ("src/parser", "the billing service", "README.md", "login flow", "cache layer", "naïve café search", "release 2.0 🚀", "CI pipeline")  # fmt: skip
LENSES = ("security", "performance", "correctness", "style", "tests", "accessibility", "docs", "concurrency")
PERSONAS = ("skeptic", "pragmatist", "purist", "newcomer", "maintainer")
PHASES = ("Scan", "Review", "Verify", "Judge", "Fix", "Synthesize", "Plan", "Draft", "Critique", "Report")
VERBS = ("Review", "Inspect", "Audit", "Summarize", "Check", "Analyze", "Explain", "Rate")
NOUNS = ("finding", "issue", "idea", "claim", "risk", "task", "proposal", "candidate", "bug", "source")


@dataclass(frozen=True)
class Field:
    """One property of an answer. ``kind``: text, enum, integer, number, flag, texts; ``values`` are an enum's."""

    name: str
    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """An object that an agent answers with. The first field is a text."""

    noun: str
    fields: tuple[Field, ...]
    optional: frozenset[str] = frozenset()

    def of_kind(self, *kinds: str) -> list[Field]:
        return [field for field in self.fields if field.kind in kinds]


TITLES = ("title", "name", "summary", "text", "file")
FIELDS = (
    Field("severity", "enum", ("low", "medium", "high", "critical")),
    Field("score", "number"),
    Field("verdict", "enum", ("accept", "revise", "reject")),
    Field("real", "flag"),
    Field("line", "integer"),
    Field("tags", "texts"),
    Field("reason", "text"),
    Field("confidence", "number"),
    Field("owner", "text"),
    Field("steps", "texts"),
    Field("blocking", "flag"),
    Field("votes", "integer"),
)


def make_shape(choices: Choices) -> Shape:
    title = Field(choices.pick(TITLES), "text")
    fields = choices.some(FIELDS, 2, 4)
    optional = frozenset(
        field.name for field in fields if field.kind in ("text", "texts") and choices.chance(25)
    )
    return Shape(choices.pick(NOUNS), (title, *fields), optional)


def plural(noun: str) -> str:
    return noun + "s"


def schema_of(shape: Shape, choices: Choices) -> str:
    """The JSON Schema of one object, as an object literal."""
    properties = ", ".join(f"{field.name}: {_schema_of_field(field, choices)}" for field in shape.fields)
    required = ", ".join(f"'{field.name}'" for field in shape.fields if field.name not in shape.optional)
    closed = "additionalProperties: false, " if choices.chance(40) else ""
    return f"{{ type: 'object', {closed}properties: {{ {properties} }}, required: [{required}] }}"


def list_schema_of(item: str, key: str, choices: Choices) -> str:
    """The schema of ``{key: [item]}``, where ``item`` is the text of a schema or the name of one."""
    most = f", maxItems: {choices.between(2, 5)}" if choices.chance(50) else ""
    array = f"{{ type: 'array', items: {item}{most} }}"
    return f"{{ type: 'object', properties: {{ {key}: {array} }}, required: ['{key}'] }}"


def _schema_of_field(field: Field, choices: Choices) -> str:
    if field.kind == "enum":
        return f"{{ type: 'string', enum: [{', '.join(repr(value) for value in field.values)}] }}"
    if field.kind == "number":
        return "{ type: 'number', minimum: 0, maximum: 10 }" if choices.chance(60) else "{ type: 'number' }"
    if field.kind == "integer":
        return "{ type: 'integer', minimum: 1 }" if choices.chance(60) else "{ type: 'integer' }"
    if field.kind == "texts":
        return "{ type: 'array', items: { type: 'string' } }"
    if field.kind == "flag":
        return "{ type: 'boolean' }"
    return (
        f"{{ type: 'string', description: 'the {field.name}' }}"
        if choices.chance(20)
        else "{ type: 'string' }"
    )


def sample_of(shape: Shape, number: int, choices: Choices) -> str:
    """One object of a shape, as a literal."""
    parts = []
    for field in shape.fields:
        if field.kind == "enum":
            value = repr(choices.pick(field.values))
        elif field.kind == "number":
            value = choices.pick(("0.5", "7.25", "3", "10"))
        elif field.kind == "integer":
            value = str(choices.between(1, 40))
        elif field.kind == "flag":
            value = choices.pick(("false", "true"))
        elif field.kind == "texts":
            value = "[" + ", ".join(repr(lens) for lens in choices.some(LENSES, 0, 2)) + "]"
        else:
            value = repr(f"{choices.pick(LENSES)} {shape.noun} {number}")
        parts.append(f"{field.name}: {value}")
    return f"{{ {', '.join(parts)} }}"
