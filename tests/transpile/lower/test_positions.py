"""Every Python node stands for a piece of the script."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from odw.transpile.analyze.scope import analyze_scopes
from odw.transpile.emit import compile_module
from odw.transpile.lower.modules import lower_program
from odw.transpile.source import Source
from odw.transpile.syntax import parse

ROOT = Path(__file__).parents[3]
SCRIPTS = sorted(
    [*(ROOT / "examples/js").glob("*.js"), *(ROOT / "tests/parity/programs/language").rglob("*.js")]
)


def lowered(script: str, name: str = "test.js") -> tuple[ast.Module, Source]:
    source = Source(script, name)
    program = parse(source)
    return lower_program(program, source, analyze_scopes(program)), source


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_node_has_a_span_inside_the_script(path: Path) -> None:
    module, source = lowered(path.read_text(encoding="utf-8"), path.name)
    widths = [len(line.encode("utf-8", "surrogatepass")) for line in source.lines]
    for node in ast.walk(module):
        if "lineno" in node._attributes:
            assert (node.lineno, node.col_offset) <= (node.end_lineno, node.end_col_offset), ast.dump(node)
            assert 1 <= node.lineno <= node.end_lineno <= len(widths)
            assert 0 <= node.col_offset <= widths[node.lineno - 1]
            assert node.end_col_offset <= widths[node.end_lineno - 1]
    assert compile_module(module, path.name).co_filename == path.name


def spans(script: str, wanted: type[ast.AST], test: object = lambda node: True) -> list[str]:
    """The script texts of the nodes of one type that pass a test."""
    module, source = lowered(script)
    found = []
    for node in ast.walk(module):
        if isinstance(node, wanted) and test(node):  # type: ignore[operator]
            line = source.lines[node.lineno - 1].encode()  # type: ignore[attr-defined]
            found.append(line[node.col_offset : node.end_col_offset].decode())  # type: ignore[attr-defined]
    return found


def is_call_of(name: str) -> object:
    return lambda node: isinstance(node.func, ast.Name) and node.func.id == name


def test_the_call_attribute_has_the_span_of_the_callee() -> None:
    assert spans("ü.f(1)", ast.Attribute, lambda node: node.attr == "call") == ["ü.f"]


def test_a_call_with_effects_has_the_span_of_the_callee() -> None:
    assert spans("o.f(g())", ast.Call, lambda node: isinstance(node.func, ast.Call)) == ["o.f"]
    assert spans("o.f(g())", ast.Call, is_call_of("method_of")) == ["o"]
    assert spans("f(g())", ast.Call, is_call_of("callee")) == ["f"]


def test_a_helper_has_the_span_of_the_callee() -> None:
    assert spans("o.p.push(1)", ast.Call, is_call_of("call_push")) == ["o.p.push"]


def test_operations_have_the_span_of_the_operand_they_may_blame() -> None:
    script = "for (const x of xs.y) ; const [a] = b; new C(1); p instanceof D; k in o; [...q]; r.s"
    expected = {"iterate": "xs.y", "take": "b", "new": "C", "instance_of": "D", "has": "o", "spread": "q"}
    for function, text in expected.items():
        assert spans(script, ast.Call, is_call_of(function)) == [text]
    assert spans("r.s", ast.Call, is_call_of("get")) == ["r"]


def test_a_name_has_the_span_of_its_identifier() -> None:
    assert spans(
        "let a = 1; f(a)", ast.Name, lambda node: node.id == "a" and isinstance(node.ctx, ast.Load)
    ) == ["a"]
