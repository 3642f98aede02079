from __future__ import annotations

import pytest

from odw.transpile.analyze.captures import Captures
from odw.transpile.analyze.scope import Binding, ScopeTable, analyze_scopes
from odw.transpile.estree import Node, walk
from odw.transpile.source import Source
from odw.transpile.syntax import parse


def table_of(script: str) -> ScopeTable:
    return analyze_scopes(parse(Source(script, "test.js")))


def binding(table: ScopeTable, name: str, nth: int = 0) -> Binding:
    return [b for b in table.bindings if b.name == name][nth]


def identifiers(table: ScopeTable, name: str) -> list[Node]:
    return [node for node in walk(table.program) if node.type == "Identifier" and node.name == name]


def test_each_identifier_resolves_to_its_own_declaration() -> None:
    table = table_of("const x = 1; { const x = 2; x } x")
    _, inner, use_inner, use_outer = identifiers(table, "x")
    assert table.resolve(use_inner) is table.resolve(inner) is binding(table, "x", 1)
    assert table.resolve(use_outer) is binding(table, "x", 0)


@pytest.mark.parametrize(
    ("script", "kinds"),
    [
        ("const a = 1; let b; var c; function d() {} class e {}", "var const let function class class-name"),
        ("(function f(a, {b}, ...c) { arguments })", "function-name param param param arguments"),
        ("try {} catch ({a, b}) {}", "catch catch"),
        ("for (const a of []) ; for (let b = 0;;) ; for (var c in {}) ;", "var const let"),
        ("switch (1) { case 1: let a; default: function b() {} }", "let function"),
        ("import a, {b as c} from 'm'", "import import"),
    ],
)
def test_kinds_of_binding(script: str, kinds: str) -> None:
    assert [b.kind for b in table_of(script).bindings] == kinds.split()


@pytest.mark.parametrize(
    "script",
    [
        "({key: 1, method() {}, get g() { return 1 }})",
        "o = 1; o.property; o?.property",
        "label: for (;;) break label",
        "(function () { new.target })",
        "class A { field = 1; #p; m() { this.#p } }",
        "const {key: local} = 1",
    ],
)
def test_keys_labels_and_meta_properties_are_no_references(script: str) -> None:
    assert {node.name for node in table_of(script).unresolved} <= {"o"}


def test_a_shorthand_property_is_a_reference() -> None:
    assert [node.name for node in table_of("({a}); const {b = c} = {}").unresolved] == ["a", "c"]


def test_unresolved_identifiers_say_how_they_are_used() -> None:
    table = table_of("typeof a; b = 1; c += 1; d")
    uses = [table.reference(node) for node in table.unresolved]
    assert [(u.node.name, u.is_read, u.is_write, u.is_typeof) for u in uses if u] == [
        ("a", True, False, True),
        ("b", False, True, False),
        ("c", True, True, False),
        ("d", True, False, False),
    ]


def test_writes_are_assignments_after_the_declaration() -> None:
    table = table_of("let a = 1; a = 2; a++; [a] = []; ({a} = {}); for (a of []) ; const b = a; b")
    assert len(binding(table, "a").writes) == 5
    assert binding(table, "b").writes == []
    assert len(binding(table, "b").references) == 1


def test_captured_and_init() -> None:
    table = table_of("const a = 1, b = 2; () => a; b; const {c} = {}")
    assert binding(table, "a").captured and not binding(table, "b").captured
    assert binding(table, "a").init.value == 1
    assert binding(table, "c").init is None


def test_var_and_functions_are_hoisted() -> None:
    table = table_of("f(v); if (1) { var v = 1 } function f() {}")
    assert table.unresolved == []
    assert binding(table, "v").scope.kind == "module"


def test_a_default_does_not_see_the_body() -> None:
    table = table_of("const x = 1; (function (a = x) { const x = 2 })")
    assert table.resolve(identifiers(table, "x")[1]) is binding(table, "x", 0)


def test_function_facts_pass_through_arrows() -> None:
    table = table_of("(function () { () => [this, arguments, new.target] })")
    scope = next(s for s in table.scopes if s.kind == "function" and not s.is_arrow)
    assert scope.uses_this and scope.uses_arguments and scope.uses_new_target


def test_scopes_in_loops() -> None:
    table = table_of("for (const a of []) { let b } { let c } (() => { let d })")
    assert [binding(table, name).scope.in_loop for name in "abcd"] == [True, True, False, False]


@pytest.mark.parametrize(
    ("script", "storage"),
    [
        ("const x = 1; () => x", "local"),
        ("for (const x of []) () => x", "by-value"),
        ("for (const x of []) x", "local"),
        ("for (let x = 0; x < 1; x++) () => x", "by-value"),
        ("for (let x = 0; x < 1;) { () => x; x++ }", "cell"),
        ("for (let x = 0, f = () => x; ; x++) ;", "cell"),
        ("for (;;) { let x = 1; () => x++ }", "cell"),
        ("for (;;) { () => x; const x = 1 }", "cell"),
        ("for (;;) { const x = () => x }", "cell"),
        ("for (;;) { const x = 1; function f() { x } }", "cell"),
        ("for (;;) { var x = 1; () => x }", "local"),
        ("for (;;) { try {} catch (x) { () => x } }", "by-value"),
        ("(() => { const x = 1; () => x })", "local"),
    ],
)
def test_storage(script: str, storage: str) -> None:
    table = table_of(script)
    assert Captures(table).storage(binding(table, "x")) == storage


def test_deep_trees_cost_no_stack() -> None:
    table = table_of("const a = 1; f(" + " + ".join(["a"] * 3000) + ")")
    assert len(binding(table, "a").references) == 3000
