"""Write docs/rules/ from the rules: ``python tools/rule_docs.py``."""

from __future__ import annotations

from pathlib import Path

from odw.dsl.rule_pages import python_pages
from odw.transpile.rules.document import pages

TARGET = Path(__file__).parent.parent / "docs" / "rules"


def main() -> None:
    made = {**pages(), **python_pages()}
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (TARGET / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
