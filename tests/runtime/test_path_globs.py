"""Globs of allowPaths and forbidPaths, as .gitignore reads them."""

from __future__ import annotations

import pytest

from odw.runtime.path_globs import matching_glob


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("src/**", ["src/a", "src/b/c"], ["src", "a/src/b", "srcs/a"]),
        ("src/", ["src/a", "src/b/c", "lib/src/x"], ["srcs/a"]),
        ("docs", ["docs", "docs/a", "x/docs/a"], ["docs2"]),
        ("/setup.py", ["setup.py"], ["a/setup.py"]),
        ("./setup.py", ["setup.py"], ["setup_py"]),
        ("*.lock", ["a.lock", "b/c/d.lock"], ["a.lock2", "lock"]),
        ("src/*.py", ["src/a.py"], ["src/b/a.py", "src/a.pyc"]),
        ("**/test_*.py", ["test_a.py", "a/b/test_c.py"], ["a/b/tests.py"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/b/c"], ["a/xb"]),
        ("*.{ts,tsx}", ["a.ts", "b/a.tsx"], ["a.js", "a.{ts,tsx}"]),
        ("{a,b}/{c,d}", ["a/c", "b/d"], ["a/b", "c/d"]),
        ("f?le[0-9]", ["file1", "fale2"], ["f/le1", "filex", "fle1"]),
        ("x[!a]", ["xb"], ["xa", "x/"]),
        ("[", ["["], ["a"]),
        ("a+(b).c", ["a+(b).c"], ["aab.c", "a+(b)xc"]),
        ("**", ["a", "a/b"], []),
        ("../shared/**", ["../shared/a"], ["shared/a"]),
    ],
)
def test_a_glob(glob: str, yes: list[str], no: list[str]) -> None:
    assert [path for path in yes if matching_glob(path, ["nothing", glob]) != glob] == []
    assert [path for path in no if matching_glob(path, [glob]) is not None] == []
