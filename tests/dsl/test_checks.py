"""The linter for workflows in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from odw.dsl.checks import check_text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "py").glob("*.py"))


def found(source: str) -> list[tuple[str, int, int]]:
    return [(d.code, d.span.line, d.span.column + 1) for d in check_text(source.encode(), "f.py")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import time\ntime.time()\n", [("ODW101", 2, 1)]),
        ("from time import time as t\nx = t()\n", [("ODW101", 2, 5)]),
        ("from datetime import datetime\né = datetime.now()\n", [("ODW101", 2, 5)]),
        ("import datetime as d\nd.date.today()\n", [("ODW101", 2, 1)]),
        ("import random\nrandom.choice([1])\nrandom.Random(3).random()\n", [("ODW102", 2, 1)]),
        ("import random\nrandom.Random()\n", [("ODW102", 2, 1)]),
        ("from uuid import uuid4\nuuid4()\n", [("ODW102", 2, 1)]),
        ("import trio\nasync def f():\n    await trio.sleep(1)\n", [("ODW103", 3, 11)]),
        ("import os\nos.environ['A']\nopen('x')\n", [("ODW104", 2, 1), ("ODW104", 3, 1)]),
        ("import threading\nthreading.Thread()\n", [("ODW107", 2, 1)]),
        ("import odw\nasync def f(x):\n    odw.call('x')\n    await odw.call('y')\n", [("ODW301", 3, 5)]),
        (
            "import odw\n@odw.agent\nasync def a(): ...\nasync def f():\n    a()\n    await a()\n",
            [("ODW301", 5, 5)],
        ),
        (
            "import odw\nasync def f(xs):\n    await odw.parallel_map(f, set(xs))\n    for x in {1, 2}:\n        await f(x)\n",
            [("ODW106", 3, 31), ("ODW106", 4, 14)],
        ),
        ("def f(:\n", [("ODW200", 1, 7)]),
    ],
)
def test_it_finds(source: str, expected: list[tuple[str, int, int]]) -> None:
    assert found(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "import odw, time\n@odw.step\nasync def f():\n    return time.time()\n",
        "import odw, time\n@odw.step(name='x')\ndef f():\n    return open('x').read()\n",
        "import time\nif __name__ == '__main__':\n    print(time.time())\n",
        "import time\ntime.time()  # odw-allow ODW101 only a greeting\n",
        "import time\ndef f(time):\n    return time.time()\n",
        "'import time; time.time()'\n",
        "from datetime import datetime\ndatetime(2026, 1, 1)\n",
        "class random:\n    x = 1\nrandom.x\n",
        "async def f(xs):\n    for x in sorted(set(xs)):\n        await f(x)\n",
    ],
)
def test_it_is_silent(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_clean(example: Path) -> None:
    assert found(example.read_text()) == []
