"""Shapes that CPython's compiler does not take as they come."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "parity"))

from parity_harness import run_program

LOOPS = "".join(f"for (const x{i} of [1, 2]) {{ try {{ " for i in range(12))
ENDS = "} finally { n++ } }" * 12

PROGRAMS = {
    "plus_chain": ("console.log((" + "+".join(f'"{i},"' for i in range(1000)) + ").length)", ["3890"]),
    "number_chain": ("let x = 1; console.log(" + "+".join(["x"] * 3000) + ")", ["3000"]),
    "ternaries": ("const x = 499; console.log(" + "".join(f"x === {i} ? {i} : " for i in range(500)) + "-1)", ["499"]),
    "else_ifs": ("const x = 599; " + "else ".join(f"if (x === {i}) console.log({i}); " for i in range(600)), ["599"]),
    "elements": ("console.log([" + "1," * 20_000 + "].length)", ["20000"]),
    "properties": ("console.log(Object.keys({" + ",".join(f"k{i}: {i}" for i in range(5000)) + "}).length)", ["5000"]),
    "lines": ("let n = 0\n" + "n += 1\n" * 10_000 + "console.log(n)", ["10000"]),
    "arguments": ("console.log(((...a) => a.length)(" + ",".join("1" * 3000) + "))", ["3000"]),
    "parameters": ("console.log(((" + ",".join(f"p{i}" for i in range(400)) + ") => p399)(..." + "'x'.repeat(400)))", ["x"]),
    "template": ("const x = 1; console.log(`" + "${x}," * 3000 + "`.length)", ["6000"]),
    "template_of_unknowns": (
        "let n = 0; const f = () => n++; console.log(`" + "${f()}" * 10 + ",${f()}" * 2990 + "`.slice(0, 20))",
        ["0123456789,10,11,12,"],
    ),
    "commas": ("let x = 0; console.log((" + ",".join(["x++"] * 2000) + "))", ["1999"]),
    "logical": ("const a = 1; console.log(" + " && ".join(["a"] * 1000) + ")", ["1"]),
    "method_chain": ("console.log([1]" + ".map(x => x + 1)" * 300 + "[0])", ["301"]),
    "cases": ("switch (300) {" + "".join(f"case {i}: console.log({i}); break;" for i in range(500)) + "}", ["300"]),
    "nested_objects": ("console.log(JSON.stringify(" + "{a:" * 200 + "1" + "}" * 200 + ").length)", ["1201"]),
    "nested_functions": ("console.log(" + "(() => " * 150 + "7" + ")()" * 150 + ")", ["7"]),
    "nested_blocks": ("{" * 200 + "console.log('in')" + "}" * 200, ["in"]),
    "nested_ifs": ("const x = 1;" + "if (x) {" * 200 + "console.log('in')" + "}" * 200, ["in"]),
    "nested_while": (
        "".join(f"let i{k} = 0; while (i{k}++ < 1) {{" for k in range(40)) + "console.log('in')" + "}" * 40,
        ["in"],
    ),
    "nested_for_of": (
        "let n = 0;" + "".join(f"for (const x{i} of [1, 2])" for i in range(12)) + "n++; console.log(n)",
        ["4096"],
    ),
    "return_through_many": ("let n = 0; function f() {" + LOOPS + "return x11" + ENDS + "} console.log(f(), n)", ["1 12"]),
    "await_through_many": (
        "let n = 0; async function f() {" + LOOPS + "return await x11" + ENDS + "} console.log(await f(), n)",
        ["1 12"],
    ),
    "jump_through_many": (
        "outer: for (const a of [1, 2, 3]) {"
        + "".join(f"for (const x{i} of [1, 2]) {{" for i in range(12))
        + "if (a === 1) continue outer; if (a === 2) break outer;"
        + "}" * 12
        + "} console.log('out')",
        ["out"],
    ),
    "nested_finally": (
        "let n = 0; const f = () => {" + "try { return 1 } finally { n++; " * 12 + "}" * 12 + "}; console.log(f(), n)",
        ["1 12"],
    ),
    "nested_try": (
        "let n = 0; try {" + "try {" * 25 + "throw 1" + "} catch (e) { throw e + 1 } finally { n++ }" * 25
        + "} catch (e) { console.log(e, n) }",
        ["26 25"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_runs(name: str) -> None:
    script, printed = PROGRAMS[name]
    assert run_program(script, f"{name}.js") == printed
