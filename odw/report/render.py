"""Model → one HTML file. jinja2 is imported here and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from odw.report.model import ReportModel, read_run


def write_report(run_dir: Path, target: Path | None = None) -> Path:
    """Write the report of the run in ``run_dir`` (default target: ``report.html`` in it) and return its path."""
    path = target or run_dir / "report.html"
    html = render(read_run(run_dir))
    temporary = path.with_name(f".{path.name}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(html)
    temporary.replace(path)
    return path


def render(model: ReportModel) -> str:
    environment = Environment(
        loader=PackageLoader("odw.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = environment.get_template("report.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template("report.html").render(
        model=model, style=style, style_hash=f"sha256-{digest}"
    )
