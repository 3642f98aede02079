"""Model → one HTML file. jinja2 is imported here and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from odw.report.details import dumps
from odw.report.model import Model
from odw.report.source import Source, read_source

ASSETS = Path(__file__).parent / "assets"
VENDORED = ("marked.min.js", "purify.min.js")
# The page's own parts share one scope; a part uses only what is before it, until ``main`` starts it all.
PARTS = (
    "dom", "format", "data", "address", "inflate", "json_tree", "markdown", "values", "diff", "syntax", "charts", "tiles", "shares",
    "overview", "graph_layout", "graph_paint", "graph", "timeline_lanes", "timeline_paint", "timeline", "filters", "agents", "drawer",
    "script", "logs", "live", "theme", "main",
)  # fmt: skip
STYLES = ("base", "controls", "values", "overview", "drawings", "agents", "drawer", "script", "print")
_ESCAPED = "<>&\u2028\u2029"


def write_report(run_dir: Path, target: Path | None = None) -> Path:
    """Write the report of the run in ``run_dir`` (default target: ``report.html`` in it) and return its path."""
    path = target or run_dir / "report.html"
    write_text(path, render(read_source(run_dir)))
    return path


def write_text(path: Path, text: str) -> None:
    """Replace the file at ``path`` as a whole, readable by its owner alone."""
    temporary = path.with_name(f".{path.name}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    temporary.replace(path)


def render(source: Source, *, live: bool = False) -> str:
    """The page. A ``live`` one may ask the server it came from for newer data, and nobody else."""
    model = Model(source)
    return page(model.view.name, {**model.page(), "live": live}, live=live)


def page(name: str, data: dict[str, Any], *, live: bool = False) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    scripts, style = _scripts(), _style()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {_hash(style)}",
            *(["connect-src 'self'"] if live else []),
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types dompurify",
        ]
    )
    return environment.get_template("report.html").render(
        name=name or "workflow", policy=policy, style=style, scripts=scripts, island=island(data)
    )


def island(data: Any) -> str:
    """JSON that ends no script element and starts none, whatever is in it."""
    text = dumps(data)
    for char in _ESCAPED:
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@cache
def _scripts() -> Sequence[str]:
    """The vendored libraries, each whole, and the page's own parts as one."""
    own = "\n".join(_read("page", f"{name}.js") for name in PARTS)
    return [*(_read("vendor", name) for name in VENDORED), f"(() => {{\n'use strict';\n{own}\n}})();\n"]


@cache
def _style() -> str:
    return "\n".join(_read("page", f"{name}.css") for name in STYLES)


def _read(folder: str, name: str) -> str:
    return (ASSETS / folder / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
