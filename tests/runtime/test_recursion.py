"""Recursion of a script ends in a RangeError that it may catch, never in a crash. Each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DRIVER = """
import sys, warnings
from pathlib import Path
warnings.simplefilter("error")
sys.path.insert(0, sys.argv[2])
from script_runs import Project
ran = Project(Path(sys.argv[1])).run(sys.stdin.read())
print(ran.outcome.error.message if ran.outcome.error else ran.outcome.result)
"""
CATCH = "try { BODY; return 'ended' } catch (e) { return e instanceof RangeError ? e.message : String(e) }"
FULL = "Maximum call stack size exceeded"


def run(tmp_path: Path, source: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(tmp_path), str(Path(__file__).parent.parent)],
        input=source, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.returncode, done.stderr[-2000:])
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("setup", "body"),
    [
        ("const f = n => f(n + 1) + 1", "f(0)"),
        ("const f = async n => { await f(n + 1) }", "await f(0)"),
        ("const f = n => [n].map(f)", "f(0)"),
        ("const f = () => [1, 2].sort(f)", "f()"),
        ("const o = {get x() { return this.x }}", "o.x"),
        ("const o = {toJSON() { return JSON.stringify(o) }}", "JSON.stringify(o)"),
        ("const f = (...a) => f(...a, 1)", "f()"),
        ("const f = () => Reflect.apply(f, null, [])", "f()"),
        ("const f = () => f.call(); const g = f.bind(null)", "g()"),
        ("const o = {toString() { return `${o}` }}", "String(o)"),
        ("const p = new Proxy({}, {get: (t, k, r) => r[k]})", "p.x"),
        ("class A { constructor() { new A() } }", "new A()"),
        ("function* g() { yield* g() }", "[...g()]"),
        ("const f = s => s.replace(/x/, f)", "f('x')"),
        ("const o = {get [Symbol.toPrimitive]() { return () => o + 1 }}", "o + 1"),
        ("const o = {*[Symbol.iterator]() { yield [...o] }}", "[...o]"),
        ("let d = 1; for (let i = 0; i < 200000; i++) d = [d]", "JSON.stringify(d)"),
        ("let d = {}; for (let i = 0; i < 200000; i++) d = {d}", "structuredClone(d)"),
        ("let d = []; for (let i = 0; i < 200000; i++) d = [d]", "d.flat(Infinity).toString(); String(d)"),
    ],
)  # fmt: skip
def test_deep_recursion_is_a_range_error(tmp_path: Path, setup: str, body: str) -> None:
    assert run(tmp_path, f"{setup}\n{CATCH.replace('BODY', body)}") == FULL


def test_json_text_of_any_depth_is_parsed(tmp_path: Path) -> None:
    body = "JSON.parse('['.repeat(200000) + ']'.repeat(200000))"
    assert run(tmp_path, CATCH.replace("BODY", body)) == "ended"


def test_uncaught_recursion_fails_the_run(tmp_path: Path) -> None:
    assert run(tmp_path, "function f() { return f() }\nf()") == f"RangeError: {FULL}"


def test_recursion_as_deep_as_scripts_really_go_works(tmp_path: Path) -> None:
    assert run(tmp_path, "const sum = n => n === 0 ? 0 : n + sum(n - 1)\nreturn sum(5000)") == "12502500"


def test_long_chains_of_values_are_freed_without_a_crash(tmp_path: Path) -> None:
    source = "let d = null; for (let i = 0; i < 300000; i++) d = {d}\nd = null\nlet p = Promise.resolve(1); for (let i = 0; i < 100000; i++) p = p.then(x => x)\nreturn await p"
    assert run(tmp_path, source) == "1"
