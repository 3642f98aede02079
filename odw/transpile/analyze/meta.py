"""``export const meta = {…}``: found, read without running it, and checked.

export const meta = {name: 'a', description: 'b', phases: ['P']}
->  Meta(name="a", description="b", phases=(Phase("P"),), raw={…}, problems=())
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from odw.diagnostics import Diagnostic, Severity, closest
from odw.jsonvalue import JsonValue
from odw.transpile.analyze.literal import NOT_LITERAL, literal_value, static_key
from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.analyze.scope import ScopeTable
    from odw.transpile.source import Source

MISSING = ("ODW204", "missing-meta")
NON_LITERAL = ("ODW205", "non-literal-meta")
INVALID = ("ODW206", "invalid-meta")

REQUIRED_KEYS = ("name", "description")
# What each optional key must hold, in the words of the message.
OPTIONAL_KEYS: dict[str, tuple[str, tuple[type, ...]]] = {
    "title": ("a string", (str,)),
    "whenToUse": ("a string", (str,)),
    "phases": ("an array of {title, detail?, model?} or strings", (list,)),
    "model": ("a string", (str,)),
    "promptSlots": ("an object or an array", (dict, list)),
    "agents": ("an object or an array", (dict, list)),
    "schemas": ("an object", (dict,)),
    "onFailure": ('"null", "throw" or "report"', (str,)),
    "budget": ("a number, a string or an object", (int, float, str, dict)),
}


@dataclass(frozen=True, slots=True)
class Phase:
    """One entry of ``meta.phases``; a plain string is its title."""

    title: str
    detail: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What the script says about itself. ``raw`` has every key as written; ``statement`` is None when there is none.

    Parts that are no literal are left out of ``raw`` and named in ``problems``.
    """

    name: str = ""
    description: str = ""
    phases: tuple[Phase, ...] = ()
    raw: dict[str, JsonValue] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()
    statement: Node | None = None
    value: Node | None = None

    @property
    def phase_titles(self) -> tuple[str, ...]:
        return tuple(phase.title for phase in self.phases)


def read_meta(program: Node, source: Source, table: ScopeTable | None = None) -> Meta:
    """Read the script's meta; never raises: what is wrong is in ``problems``, in source order."""
    reader = _Reader(source)
    statement, value = _find(program)
    if statement is None or value is None:
        reader.report_missing(program)
        return Meta(problems=tuple(reader.problems))
    reader.check_place(program, statement)
    raw: dict[str, Any] = {}
    if value.type == "ObjectExpression":
        raw = literal_value(value, reader.refuse)
        reader.check_keys(value, raw)
    else:
        reader.refuse(value, "not an object literal")
    phases = reader.phases(value, raw)
    clean = _without_gaps(raw)
    name, description = clean.get("name"), clean.get("description")
    return Meta(
        name=name if isinstance(name, str) else "",
        description=description if isinstance(description, str) else "",
        phases=phases,
        raw=clean,
        problems=tuple(sorted(reader.problems, key=lambda d: (d.span.line, d.span.column))),
        statement=statement,
        value=value,
    )


def _find(program: Node) -> tuple[Node | None, Node | None]:
    """The statement ``export const meta = …`` wherever it stands at the top level, and its initialiser."""
    for statement in program.body:
        if statement.type != "ExportNamedDeclaration" or statement.declaration is None:
            continue
        value = _meta_initialiser(statement.declaration)
        if value is not None:
            return statement, value
    return None, None


def _meta_initialiser(declaration: Node) -> Node | None:
    if declaration.type != "VariableDeclaration":
        return None
    for declarator in declaration.declarations:
        if declarator.id.type == "Identifier" and declarator.id.name == "meta":
            initialiser: Node | None = declarator.init
            return initialiser
    return None


class _Reader:
    """Collects the problems of one script's meta."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []

    def report(
        self, kind: tuple[str, str], node: Node, message: str, help: str = "", severity: Severity = "error"
    ) -> None:
        code, rule = kind
        self.problems.append(
            self.source.diagnostic(code, rule, severity, message, node.start, node.end, help)
        )

    def refuse(self, node: Node, what: str) -> None:
        self.report(
            NON_LITERAL,
            node,
            f"meta must be a literal that can be read without running the script: found {what}",
            "Write the value out. Allowed are objects, arrays, strings (also joined with +), numbers, booleans, null "
            "and templates without ${…}.",
        )

    def report_missing(self, program: Node) -> None:
        stem = PurePath(self.source.file).name.split(".")[0] or "my-workflow"
        name = "".join(c if c.isalnum() else "-" for c in stem).strip("-").lower() or "my-workflow"
        lines = f"export const meta = {{\n        name: '{name}', description: 'What this workflow does, in one line.',\n      }}"
        bare = next(
            (s for s in program.body if s.type == "VariableDeclaration" and _meta_initialiser(s) is not None),
            None,
        )
        if bare is not None:
            self.report(
                MISSING,
                bare,
                "the script declares `meta` but does not export it",
                "Write `export const meta = {…}` as the first statement.",
            )
            return
        first = program.body[0] if program.body else program
        code, rule = MISSING
        end = min(first.end, first.start + 1)
        self.problems.append(
            self.source.diagnostic(
                code,
                rule,
                "error",
                "the script has no `export const meta`, so it has no name",
                first.start,
                end,
                f"Add these three lines at the top:\n      {lines}",
            )
        )

    def check_place(self, program: Node, statement: Node) -> None:
        first = next((s for s in program.body if getattr(s, "directive", None) is None), statement)
        if first is not statement:
            self.report(
                INVALID,
                statement.declaration,
                "`export const meta` must be the first statement of the script",
                "Move it above everything but comments.",
            )
        if statement.declaration.kind != "const":
            self.report(
                INVALID,
                statement.declaration,
                f"meta must be declared with `const`: found `{statement.declaration.kind}`",
                "Write `export const meta = {…}`.",
            )

    def check_keys(self, value: Node, raw: dict[str, Any]) -> None:
        entries = {static_key(p): p for p in value.properties if p.type == "Property" and not p.computed}
        known = (*REQUIRED_KEYS, *OPTIONAL_KEYS)
        slips: dict[str, Node] = {}
        for key, entry in entries.items():
            meant = None if key is None or key in known else closest(key, known)
            if meant and meant not in raw:
                slips[meant] = entry
        for key in REQUIRED_KEYS:
            if key in slips:
                found = static_key(slips[key])
                self.report(
                    INVALID,
                    slips.pop(key).key,
                    f"meta needs `{key}`: found `{found}`",
                    f"Did you mean `{key}`?",
                )
            elif key not in raw:
                if len(entries) < len(value.properties):
                    continue  # a spread or computed key, refused already, may have been meant to bring it
                self.report(
                    INVALID, value, f"meta has no `{key}`", f"Add {key}: '…', a string that is not empty."
                )
            elif raw[key] is not NOT_LITERAL and not (isinstance(raw[key], str) and raw[key].strip()):
                self.report(
                    INVALID,
                    entries[key].value,
                    f"meta.{key} must be a string that is not empty: found {_shown(raw[key])}",
                    f"Write {key}: '…'.",
                )
        for meant, entry in slips.items():
            self.report(
                INVALID,
                entry.key,
                f"meta has no use for `{static_key(entry)}`",
                f"Did you mean `{meant}`?",
                "warning",
            )
        for key, (expected, types) in OPTIONAL_KEYS.items():
            found = raw.get(key)
            if key in raw and found is not None and found is not NOT_LITERAL:
                if not isinstance(found, types) or isinstance(found, bool):
                    self.report(
                        INVALID,
                        entries[key].value,
                        f"meta.{key} should be {expected}: found {_shown(found)}",
                        severity="warning",
                    )

    def phases(self, value: Node, raw: dict[str, Any]) -> tuple[Phase, ...]:
        found = raw.get("phases")
        if not isinstance(found, list):
            return ()
        nodes = next(p.value for p in value.properties if p.type == "Property" and static_key(p) == "phases")
        phases = []
        for entry, node in zip(found, nodes.elements, strict=True):
            if isinstance(entry, str) and entry:
                phases.append(Phase(entry))
            elif isinstance(entry, dict) and isinstance(entry.get("title"), str) and entry["title"]:
                detail, model = entry.get("detail"), entry.get("model")
                phases.append(
                    Phase(
                        entry["title"],
                        detail if isinstance(detail, str) else None,
                        model if isinstance(model, str) else None,
                    )
                )
            elif entry is not NOT_LITERAL and not (
                isinstance(entry, dict) and entry.get("title") is NOT_LITERAL
            ):
                slip = closest("title", entry) if isinstance(entry, dict) else None
                self.report(
                    INVALID,
                    node,
                    "an entry of meta.phases should be {title, detail?, model?} or a string that is not empty: "
                    f"found {_shown(entry)}",
                    f"Rename `{slip}` to `title`." if slip else "Give it a `title`.",
                    "warning",
                )
        return tuple(phases)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "an object with " + ", ".join(f"`{k}`" for k in list(value)[:4]) if value else "an empty object"
        )
    if isinstance(value, list):
        return "an array"
    if value == "":
        return "an empty string"
    if isinstance(value, str):
        return "a blank string" if not value.strip() else "a string"
    if value is None:
        return "null"
    return "a boolean" if isinstance(value, bool) else "a number"


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_gaps(v) for k, v in value.items() if v is not NOT_LITERAL}
    if isinstance(value, list):
        return [None if v is NOT_LITERAL else _without_gaps(v) for v in value]
    return value
