"""The generator of workflow scripts: they are what lint accepts, they use what agents use, and they run as in Node."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from fuzz.workflow_scripts import workflow_scripts
from fuzz.workflow_sides import compare, script_of
from odw.transpile.driver import check_script
from odw.transpile.source import Source

COUNT = 60


@pytest.fixture(scope="module")
def scripts() -> list[str]:
    return workflow_scripts(7, COUNT)


@pytest.fixture(scope="module")
def more_scripts() -> list[str]:
    return workflow_scripts(7, 150)


def test_a_seed_is_a_list_of_scripts(scripts: list[str]) -> None:
    assert workflow_scripts(7, COUNT) == scripts
    assert workflow_scripts(7, 3) == scripts[:3]
    assert workflow_scripts(8, 3) != scripts[:3]
    assert len(set(scripts)) == COUNT


def test_lint_has_nothing_against_them(scripts: list[str]) -> None:
    for text in scripts:
        found = check_script(Source(text, "generated.js")).diagnostics
        assert [item.message for item in found if item.severity == "error"] == []


@pytest.mark.parametrize(
    "use",
    [
        r"await parallel\(", r"await pipeline\(", r"fanout\(", r"Promise\.all\(", r"Promise\.allSettled", r"phase\('", r"log\(`", r"budget\.",
        r"schema: [A-Z]", r"schema: \{", r"label: `", r"model: ", r"typeof args === 'string'", r"new Set\(", r"new Map\(", r"\.sort\(",
        r"toSorted", r"\.slice\(", r"\.reduce\(", r"\.flatMap\(", r"\?\?", r"\?\.", r"try \{", r"catch \(e", r"finally", r"throw new Error",
        r"while \(", r"for \(let", r"for \(const", r"switch \(", r"async function", r"=> \{", r"function \w+\(\{", r"\.\.\.", r"JSON\.stringify",
        r"return \{ ok", r"continue", r"break", r"localeCompare", r"Array\.from\(\{ length", r"JSON\.parse", r"onFailure: 'throw'",
        r"const \{ \w+ = ", r"\.then\(", r"\.filter\(Boolean\)", r"Object\.entries", r"/\[?\\?\w.*?/[a-z]*\.test\(",
    ],
)  # fmt: skip
def test_what_agents_write_occurs(more_scripts: list[str], use: str) -> None:
    assert any(re.search(use, text) for text in more_scripts)


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH")
def test_they_do_what_they_do_in_node() -> None:
    scripts = [script_of(2026, number) for number in range(12)]
    for script, found in zip(scripts, compare(scripts), strict=True):
        assert found == [], script.source


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH")
def test_a_difference_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    import fuzz.workflow_sides as sides

    real = sides.job_of

    def changed(name: str, path: Path, *rest: object, **more: object) -> dict[str, object]:
        job = real(name, path, *rest, **more)
        return job | {"source": job["source"].replace("return {", "return { more: 1,")}

    monkeypatch.setattr(sides, "job_of", changed)
    (found,) = compare([script_of(2026, 0)])
    assert found[0].startswith("result")
