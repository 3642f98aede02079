"""Reads the sample files: sections begin with ``%% title``; each line of a section is a sample, in which ``↵`` stands for a
line feed. A section whose title ends in ``(block)`` is one sample.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def load(name: str) -> list[str]:
    samples: list[str] = []
    for section in (HERE / name).read_text(encoding="utf-8").split("%% ")[1:]:
        title, _, body = section.partition("\n")
        if title.endswith("(block)"):
            samples.append(body)
        else:
            samples.extend(line.replace("↵", "\n") for line in body.split("\n") if line)
    return samples
