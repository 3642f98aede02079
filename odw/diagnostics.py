"""A finding about a script and how it is shown: text with a caret, JSON, SARIF, GitHub annotations.

A span's lines are 1-based and its columns 0-based code points, the end exclusive; what people see counts columns from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


class Span(NamedTuple):
    """A piece of a file: 1-based lines, 0-based columns, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Diagnostic(NamedTuple):
    """One finding. ``code`` like "ODW101", ``rule`` like "wall-clock"; ``help`` says what to write instead."""

    code: str
    rule: str
    severity: Severity
    message: str
    file: str
    span: Span
    source_line: str = ""
    help: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "file": self.file,
            "line": self.span.line,
            "column": self.span.column + 1,
            "endLine": self.span.end_line,
            "endColumn": self.span.end_column + 1,
            "help": self.help,
        }


def render_text(diagnostic: Diagnostic) -> str:
    """``file:line:column: severity CODE (rule): message``, the source line with a caret, and the help."""
    d = diagnostic
    head = f"{d.file}:{d.span.line}:{d.span.column + 1}: {d.severity} {d.code} ({d.rule}): {d.message}"
    lines = [head]
    if d.source_line:
        lines.append(caret(d.source_line, d.span))
    if d.help:
        lines.append(f"  help: {d.help}")
    return printable("\n".join(lines))


def caret(source_line: str, span: Span, width: int = 110) -> str:
    """The source line, cut to ``width`` around the span, with a line of carets under it, both after a gutter."""
    end = span.end_column if span.end_line == span.line else len(source_line)
    start = min(span.column, len(source_line))
    end = max(min(end, len(source_line)), start + 1)
    left = max(0, min(start - width // 2, len(source_line) - width)) if len(source_line) > width else 0
    shown = source_line[left : left + width].replace("\t", " ")
    pad = _columns(shown[: start - left])
    marks = max(1, _columns(shown[start - left : end - left]))
    number = str(span.line)
    cut_left, cut_right = ("…" if left else ""), ("…" if left + width < len(source_line) else "")
    return (
        f"  {number} | {cut_left}{shown}{cut_right}\n"
        f"  {' ' * len(number)} | {' ' * (pad + len(cut_left))}{'^' * min(marks, width)}"
    )


def render_github(diagnostic: Diagnostic) -> str:
    """One workflow command that GitHub shows beside the line."""
    d = diagnostic
    level = {"error": "error", "warning": "warning", "note": "notice"}[d.severity]
    text = _sentences(d).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = d.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return (
        f"::{level} file={file},line={d.span.line},col={d.span.column + 1},endLine={d.span.end_line},"
        f"endColumn={d.span.end_column + 1},title={d.code} {d.rule}::{text}"
    )


def _sentences(d: Diagnostic) -> str:
    return f"{d.message}. {d.help}".rstrip(". ") + "."


def to_report(diagnostics: Sequence[Diagnostic], files: int) -> dict[str, Any]:
    """All findings about ``files`` scripts as one JSON value, with their counts."""
    return {
        "version": 1,
        "files": files,
        "errors": sum(d.severity == "error" for d in diagnostics),
        "warnings": sum(d.severity == "warning" for d in diagnostics),
        "diagnostics": [d.to_json() for d in diagnostics],
    }


def to_sarif(
    diagnostics: Sequence[Diagnostic], version: str, pages: Mapping[str, tuple[str, str]] | None = None
) -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run. ``pages``: rule code -> its summary and its documentation in Markdown."""
    names = dict(sorted((d.code, d.rule) for d in diagnostics))
    order = {code: index for index, code in enumerate(names)}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "odw",
                        "version": version,
                        "rules": [_sarif_rule(code, name, pages or {}) for code, name in names.items()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(d, order[d.code]) for d in diagnostics],
            }
        ],
    }


def _sarif_rule(code: str, name: str, pages: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code, "name": name}
    if code in pages:
        summary, page = pages[code]
        rule["shortDescription"] = {"text": summary}
        rule["help"] = {"text": summary, "markdown": page}
    return rule


def _sarif_result(d: Diagnostic, index: int) -> dict[str, Any]:
    from urllib.parse import quote

    region = {
        "startLine": d.span.line,
        "startColumn": d.span.column + 1,
        "endLine": d.span.end_line,
        "endColumn": d.span.end_column + 1,
    }
    return {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": d.severity,
        "message": {"text": _sentences(d)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(d.file)}, "region": region}}],
    }


_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\|$)|[@-Z\\-_])", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200e\u200f]")


def printable(text: str) -> str:
    """Text that can change nothing about a terminal: escape sequences removed, other controls, line separators and bidi marks shown.

    Newlines and tabs stay; surrogate pairs are joined, lone surrogates replaced.
    """
    text = _ANSI.sub("", text)
    text = _CONTROL.sub(lambda m: "" if m[0] == "\r" else f"\\u{ord(m[0]):04x}", text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _columns(text: str) -> int:
    """Terminal columns: wide East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate a mistyped ``word`` most likely meant, or None: one slip for up to five letters, else two.

    A slip is a wrong, missing, extra or swapped letter (optimal string alignment distance); case costs nothing.
    """
    best: tuple[int, str] | None = None
    limit = 1 if len(word) <= 5 else 2
    for candidate in candidates:
        if candidate == word or abs(len(candidate) - len(word)) > limit or len(candidate) < 3:
            continue
        distance = _slips(word.lower(), candidate.lower())
        if distance <= limit and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best[1] if best else None


def _slips(a: str, b: str) -> int:
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
