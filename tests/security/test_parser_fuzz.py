"""Whatever bytes a script file holds, the front end answers with compiled code or with Diagnostics: never another exception, and
in a number of steps that grows about as the text does."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odw.diagnostics import Diagnostic, render_text
from odw.errors import OdwError, ScriptRejected
from odw.transpile.driver import compile_script
from odw.transpile.emit import CompiledScript
from odw.transpile.source import Source, load_source

ROOT = Path(__file__).parent.parent.parent
META = "export const meta = { name: 'n', description: 'd' }\n"
SCRIPTS = [
    path.read_text("utf-8")
    for folder in ("tests/parity/programs", "tests/parity/workflows", "examples/js")
    for path in sorted((ROOT / folder).rglob("*.js"))
]
PIECES = [re.findall(r"\w+|\s+|[^\w\s]", text) for text in SCRIPTS]
TOKENS = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    ",",
    ".",
    "...",
    "?.",
    "??",
    "??=",
    "=>",
    "=",
    "==",
    "===",
    "!=",
    "!==",
    "<",
    ">",
    "<=",
    ">=",
    "<<",
    ">>",
    ">>>",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "++",
    "--",
    "&",
    "|",
    "^",
    "~",
    "!",
    "&&",
    "||",
    "&&=",
    "||=",
    "+=",
    "-=",
    "*=",
    "/=",
    "?",
    ":",
    "#",
    "@",
    "\\",
    "`",
    "${",
    '"',
    "'",
    "await",
    "async",
    "yield",
    "function",
    "function*",
    "class",
    "extends",
    "super",
    "this",
    "new",
    "new.target",
    "import",
    "import.meta",
    "export",
    "default",
    "const",
    "let",
    "var",
    "if",
    "else",
    "for",
    "of",
    "in",
    "while",
    "do",
    "switch",
    "case",
    "break",
    "continue",
    "return",
    "throw",
    "try",
    "catch",
    "finally",
    "typeof",
    "void",
    "delete",
    "instanceof",
    "static",
    "get",
    "set",
    "null",
    "true",
    "false",
    "undefined",
    "arguments",
    "eval",
    "with",
    "debugger",
    "enum",
    "a",
    "b",
    "c",
    "_",
    "$",
    "None",
    "lambda",
    "__class__",
    "0",
    "1",
    "1n",
    "0x1",
    "1_0",
    ".5",
    "1e400",
    "08",
    "/a/",
    "/(/",
    "/[/v",
    "//",
    "/*",
    "*/",
    "<!--",
    "-->",
    "#!",
    "𝒜",
    "ﬁ",
    "''",
    '""',
    "``",
    "'x'",
    "meta",
    "agent",
]
TOKENS += ["\n", "\r", "\u2028", "\ufeff", "\u200d", "\ud800", "\U0001d49c", "\x00", "\t", " ", "\\u0061", "\\u{110000}", "\\x", "'\\", "`${`"]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _small_heap() -> Iterator[None]:
    """What the tests before have left is not looked through again and again, nor is their recursion limit this module's."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    sys.setrecursionlimit(limit)


def examples(count: int) -> settings:
    """Settings for ``count`` examples, the same ones in every run."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        deadline=None, derandomize=True, database=None, max_examples=count, suppress_health_check=slow
    )


def answer(text: str) -> CompiledScript | Sequence[Diagnostic]:
    """What the front end makes of a text; a diagnostic has to be one that can be shown."""
    source = Source(text, "fuzz.js")
    try:
        compiled = compile_script(source)
    except ScriptRejected as error:
        assert error.diagnostics, text
        for found in error.diagnostics:
            _check(found, source)
        return error.diagnostics
    return compiled


def _check(found: Diagnostic, source: Source) -> None:
    assert re.fullmatch(r"ODW\d{3}", found.code)
    assert found.message
    assert 1 <= found.span.line <= found.span.end_line <= len(source.lines) + 1
    assert found.span.column >= 0
    shown = render_text(found)
    assert "Traceback" not in shown
    shown.encode("utf-8")


@examples(300)
@given(st.text(st.characters(), max_size=60))
def test_any_text(text: str) -> None:
    answer(text)
    answer(META + text)


@examples(400)
@given(st.lists(st.sampled_from(TOKENS), max_size=25), st.sampled_from(["", " "]))
def test_any_tokens(tokens: list[str], between: str) -> None:
    answer(META + between.join(tokens))


@examples(250)
@given(st.data())
def test_scripts_with_changes(data: st.DataObject) -> None:
    pieces = list(data.draw(st.sampled_from(PIECES)))
    start = data.draw(st.integers(0, max(0, len(pieces) - 120)))
    part = pieces[start : start + 120]
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(part)))
        match data.draw(st.integers(0, 4)):
            case 0:
                del part[at : at + data.draw(st.integers(1, 4))]
            case 1:
                part.insert(at, data.draw(st.sampled_from(TOKENS)))
            case 2:
                part[at:at] = part[at : at + data.draw(st.integers(1, 20))]
            case 3:
                other = data.draw(st.sampled_from(PIECES))
                cut = data.draw(st.integers(0, len(other)))
                part[at:at] = other[cut : cut + 10]
            case 4:
                part[at : at + 2] = reversed(part[at : at + 2])
    answer(META + "".join(part))


@examples(200)
@given(st.binary(max_size=80), st.booleans())
@example(b"\xff\xfe\x00", False)
@example(b"\xef\xbb\xbfreturn 1", True)
@example(b"\xed\xa0\x80", True)
def test_any_bytes(data: bytes, after_meta: bool) -> None:
    try:
        source = load_source(META.encode() * after_meta + data, "fuzz.js")
    except OdwError as error:
        assert error.message
        return
    answer(source.text)


OPENINGS = (
    "(", "[", "{", "((a,", "(a=", "[a=", "({a:", "({a=", "`${", "a=>", "(a)=>", "async(", "async(a=", "async a=>", "a?", "a?b:", "a?.[", "a.b(", "!", "-", "- -", "typeof ",
    "await ", "new ", "new a(", "x=", "x+", "x**", "x??", "x&&", "a,", "...", "/*", "//", "/(", "'", "class{", "class{static{", "class extends ", "class{[", "class A{a=", "if(a)",
    "if(a);else ", "for(;;)", "for(a of ", "while(a)", "do ", "try{", "a:", "function(){", "function a(){", "(function(){", "(()=>{", "function*a(){yield ", "switch(a){case ", "{a:",
    "let[", "let{a:", "const{a=", "throw ", "return ", "/a/.b", "<!--", "#", "@", "import(", "import a from ", "export default ", "a`", "0", "\\u{", "\u2028", "a\n", ";", "a+b\n++",
)  # fmt: skip


def steps_grow_as_the_text_does(opening: str, closing: bool) -> None:
    """No grammar of covers and look-aheads is read again and again: twice the depth costs about twice the steps."""
    brackets = {"(": ")", "[": "]", "{": "}", "`": "`"}
    ends = "".join(brackets.get(c, "") for c in reversed(opening)) if closing else ""

    def text(depth: int) -> str:
        return META + opening * depth + "1" + ends * depth

    small, large = steps(text(12)), steps(text(24))
    assert large < 3 * small + 2000, (opening, closing, small, large)


def steps(text: str) -> int:
    """How many Python functions are called on the way to an answer."""
    count = 0

    def on_event(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    answer(text)  # what is imported and compiled on the first time is no part of it
    gc.disable()
    sys.setprofile(on_event)
    try:
        answer(text)
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


def any_depth_is_answered(opening: str) -> None:
    answer(META + opening * 1000)
    answer(META + opening * 1000 + "1" + ")]}`"[len(opening) % 4] * 1000)


@pytest.mark.parametrize("part", range(4))
def test_depth_costs_no_more_than_its_length(part: int) -> None:
    """In a process of its own: recursion limits and heaps of a whole suite are another matter."""
    done = subprocess.run(
        [sys.executable, __file__, str(part)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]


def main(part: int) -> None:
    """A quarter of the openings."""
    for opening in OPENINGS[part::4]:
        steps_grow_as_the_text_does(opening, False)
        steps_grow_as_the_text_does(opening, True)
        any_depth_is_answered(opening)


if __name__ == "__main__":
    main(int(sys.argv[1]))
