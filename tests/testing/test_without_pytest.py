"""``odw.testing.run`` needs no pytest."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import odw.testing

SCRIPT = "export const meta = { name: 'case', description: 'A case.' }\nreturn await agent('hello', {label: 'a'})\n"


def test_run() -> None:
    run = odw.testing.run(SCRIPT, answers={"a": "hi"})
    assert run.result == "hi"
    assert run.resume().calls.replayed.labels == ["a"]


def test_the_directory_goes_with_the_run() -> None:
    run = odw.testing.run(SCRIPT)
    directory = run.directory
    assert directory.exists()
    del run
    gc.collect()  # a run and its directory know each other
    assert not directory.exists()


def test_pytest_need_not_be_there(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['pytest'] = sys.modules['_pytest'] = None\n"
        "import odw.testing\n"
        f"assert odw.testing.run({SCRIPT!r}, answers='x').result == 'x'\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_the_plugin_imports_nothing_before_a_test_asks(tmp_path: Path) -> None:
    code = (
        "import sys, pytest, odw.testing.plugin\n"
        "loaded = sorted(name for name in sys.modules if name.startswith('odw'))\n"
        "assert loaded == ['odw', 'odw.testing', 'odw.testing.plugin'], loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_name_is_there() -> None:
    assert sorted(odw.testing.__all__) == list(odw.testing.__all__)
    assert set(odw.testing.__all__) <= set(dir(odw.testing))
    assert set(odw.testing._HOME) == set(odw.testing.__all__)
