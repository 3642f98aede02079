"""What the author of a broken script reads, and where it points."""

from __future__ import annotations

import pytest

from odw.diagnostics import Diagnostic, render_text
from odw.errors import ScriptRejected
from odw.transpile.source import Source
from odw.transpile.syntax import parse


def diagnose(script: str) -> Diagnostic:
    with pytest.raises(ScriptRejected) as caught:
        parse(Source(script, "x.js"))
    (found,) = caught.value.diagnostics
    assert (found.code, found.rule, found.severity, found.file) == ("ODW200", "syntax-error", "error", "x.js")
    assert caught.value.message == f"x.js: {found.message}"
    return found


# (script, message, line, column from 1, what the caret covers)
CASES = [
    ("f(a))", "Unexpected token ')': no '(' is open here", 1, 5, ")"),
    (
        "const a = [1, 2",
        "Unexpected end of input: ']' is missing for the '[' opened at line 1, column 11",
        1,
        16,
        "",
    ),
    (
        "async function f() {\n  if (a) {\n    b()\n  }\n",
        "Unexpected end of input: '}' is missing for the '{' opened at line 1, column 20",
        5,
        1,
        "",
    ),
    (
        "await parallel([\n  () => agent('a'),\n  () => agent('b'),\n)",
        "Unexpected token ')': ']' is missing for the '[' opened at line 1, column 16",
        4,
        1,
        ")",
    ),
    (
        "x = `a\nb ${c",
        "Unexpected end of input: '}' is missing for the '${' opened at line 2, column 3",
        2,
        6,
        "",
    ),
    ("x = `a\nb ${c}\nd", "Unterminated template literal, opened at line 1, column 5", 1, 5, "`a"),
    ("x = `a\nb", "Unterminated template literal, opened at line 1, column 5", 1, 5, "`a"),
    ("x = 'it is\ny = 1", "Unterminated string, opened at line 1, column 5", 1, 5, "'it is"),
    ("a\n/* b\nc", "Unterminated comment, opened at line 2, column 1", 2, 1, "/* b"),
    ("log('a' 'b')", "missing ) after argument list: Unexpected string", 1, 9, "'b'"),
    ("agent('it's')", "missing ) after argument list: Unexpected identifier 's'", 1, 11, "s"),
    ("agent('a', label: 'b')", "Unexpected token ':'", 1, 17, ":"),
    ("const a = {b: 1 c: 2}", "Unexpected identifier 'c'", 1, 17, "c"),
    ("let a = 1\nconst b = 2\nlet a = 3", "Identifier 'a' has already been declared", 3, 5, "a"),
    ("const a", "Missing initializer in const declaration", 1, 8, ""),
    (
        "xs.map(x => { await f(x) })",
        "await is only valid in async functions and at the top level of the script",
        1,
        15,
        "await",
    ),
    ("let await = 1", "'await' is a reserved word here: it cannot be a name", 1, 5, "await"),
    ("a ?? b || c", "'??' and '||' cannot be mixed without parentheses", 1, 8, "||"),
    ("const x = 010", "Octal literals are not allowed in strict mode: write 0o10", 1, 11, "010"),
    ("with (a) b", "Strict mode code may not include a with statement", 1, 1, "with"),
    ("break", "Illegal break statement", 1, 1, "break"),
    ("continue", "Illegal continue statement: no surrounding iteration statement", 1, 1, "continue"),
    ("try { a() }\nb()", "Missing catch or finally after try", 2, 1, "b"),
    ("if (a) const b = 1", "Lexical declaration cannot appear in a single-statement context", 1, 8, "const"),
    (
        "function f() { import 'a' }",
        "'import' is only allowed at the top level of the script",
        1,
        16,
        "import",
    ),
    ("x = /(/", "Invalid regular expression: /(/: Unterminated group", 1, 5, "/(/"),
    ("x = /a/gg", "Invalid regular expression flags", 1, 8, "gg"),
    (
        "a => {}\n() => {}\nclass A { constructor() { super() } }",
        "'super' keyword unexpected here",
        3,
        27,
        "super",
    ),
    ("x = “a”", "Invalid or unexpected token '“'", 1, 5, "“"),
    ("y = '😀' + 'é' z", "Unexpected identifier 'z'", 1, 15, "z"),
    ("a\r\nb\rc\u2028d e", "Unexpected identifier 'e'", 4, 3, "e"),
    (
        "async () => { (x = await y) => 1 }",
        "An await expression is not allowed in parameters",
        1,
        20,
        "await",
    ),
    ("({a = 1})", "Invalid shorthand property initializer", 1, 5, "="),
    ("f() = 1", "Invalid left-hand side in assignment", 1, 1, "f()"),
    ("a?.b = 1", "Invalid left-hand side in assignment", 1, 1, "a?.b"),
    ("export const a = 1\nexport {a}", "Duplicate export of 'a'", 2, 9, "a"),
    (
        "class A { #a; b() { this.#c } }",
        "Private field '#c' must be declared in an enclosing class",
        1,
        26,
        "#c",
    ),
    ("x \x00", "Invalid or unexpected token U+0000", 1, 3, "\x00"),
]


@pytest.mark.parametrize(("script", "message", "line", "column", "covered"), CASES, ids=[c[0] for c in CASES])
def test_message_and_place(script: str, message: str, line: int, column: int, covered: str) -> None:
    found = diagnose(script)
    span = found.span
    shown = found.source_line[span.column : span.end_column if span.end_line == line else None]
    assert (found.message, span.line, span.column + 1, shown) == (message, line, column, covered)


def test_the_rendered_text_shows_line_and_caret() -> None:
    text = render_text(diagnose("const ok = 1\nconst x = [1, 2 3]\n"))
    assert text == (
        "x.js:2:17: error ODW200 (syntax-error): Unexpected number\n"
        "  2 | const x = [1, 2 3]\n"
        "    |                 ^"
    )


def test_help_for_typographic_quotes_and_await() -> None:
    assert diagnose("log(“a”)").help == "Use a plain quote: ' or \"."
    assert "async" in diagnose("f(() => { await a })").help
