"""Which engine matches what, and that they agree where two can."""

from __future__ import annotations

import pytest
from text_cases import rows

from odw.ecma.regexp.compiled import LONG, CompiledPattern, compile_regexp
from odw.ecma.regexp.engines import compile_text
from odw.ecma.regexp.machine import match_at
from odw.ecma.regexp.translate import Exactness, translate


@pytest.mark.parametrize(
    ("source", "flags", "exactness"),
    [
        (r"\s*(\w+)?\s", "gi", Exactness.ALL),
        (r"(?<year>\d{4})-(\d\d)", "", Exactness.ALL),
        (r"^.*$", "m", Exactness.ALL),
        (r"(['\"]).*?\1", "", Exactness.ALL),
        (r"(?<=a|bc)d", "", Exactness.ALL),
        (r"\p{L}+", "u", Exactness.ALL),
        (r"\p{RGI_Emoji}+", "v", Exactness.ALL),
        (r"(?:(?<x>a)|(?<x>b))\k<x>", "", Exactness.NOTHING),
        (r"[\w--\d]", "v", Exactness.ALL),
        (r"(?:(a)|b)*", "", Exactness.SPAN),
        (r"(?!(a))b", "", Exactness.SPAN),
        (r"(?<=(a)(b))c", "", Exactness.SPAN),
        (r"(?:(a)|b)*\1", "", Exactness.NOTHING),
        (r"(?:a*)*", "", Exactness.NOTHING),
        (r"(?<=a+)b", "", Exactness.NOTHING),
        (r"(a)\1", "i", Exactness.NOTHING),
        (r"\1(a)", "", Exactness.NOTHING),
    ],
)
def test_a_translation_is_trusted_only_where_the_languages_agree(
    source: str, flags: str, exactness: Exactness
) -> None:
    assert translate(compile_regexp(source, flags).pattern).exactness is exactness


def span_by_machine(compiled: CompiledPattern, text: str) -> tuple[int, int] | None:
    for start in range(len(text) + 1):
        bounds = match_at(compiled.program(), text, start)
        if bounds is not None:
            return bounds[0]
    return None


def test_the_machine_and_the_translations_find_the_same_match() -> None:
    differing = []
    for source, flags, text, result, *_ in rows("regexp"):
        if isinstance(result, str):
            continue
        compiled = compile_regexp(source, flags)
        compiled.prepare()
        if compiled.engine is None or not text.isascii():
            continue
        match = compiled.engine.search(text)
        if (None if match is None else match.span()) != span_by_machine(compiled, text):
            differing.append((source, flags, text))
    assert differing == []


def test_a_translation_for_long_subjects_finds_the_same() -> None:
    differing = []
    for source, flags, text, result, *_ in rows("regexp"):
        if isinstance(result, str):
            continue
        compiled = compile_regexp(source, flags)
        plain, interruptible = translate(compiled.pattern), translate(compiled.pattern, interruptible=True)
        assert plain.exactness is interruptible.exactness
        if plain.exactness is Exactness.NOTHING or plain.text == interruptible.text:
            continue
        matches = [compile_text(t.text, compiled.flags).search(text) for t in (plain, interruptible)]
        if len({None if match is None else match.regs for match in matches}) != 1:
            differing.append((source, flags, text))
    assert differing == []


@pytest.mark.parametrize(
    ("source", "flags", "runs"),
    [
        (r"\s*x", "", 1),
        (r"\s*x", "iu", 1),
        (r"a+b{2,}[^c]{0,5000}", "", 3),
        (r"(?:a|(?:b|c))*x", "", 1),
        (r"((a)|b)*x", "", 1),  # its groups are not written: the machine finds the captures
        (r"[\w--a]*x", "v", 1),
        (r"(?<=a{4096})b", "", 1),
        (r"a{5000,}?b", "", 1),
        (r"a*?b{3}c?(?:de)*[^f]{2,40}", "", 0),
    ],
)
def test_runs_are_taken_in_pieces_in_long_subjects(source: str, flags: str, runs: int) -> None:
    """Each piece is a step of the engine, which looks for signals every so many steps."""
    pattern = compile_regexp(source, flags).pattern
    assert translate(pattern, interruptible=True).text.count("{4096})*)") == runs
    assert translate(pattern).text.count("{4096})*)") == 0


@pytest.mark.parametrize("source", [r"\s*x", r"((a)|\s)*x", r"\s+$"])
@pytest.mark.parametrize("flags", ["", "u"])
def test_a_match_in_a_long_subject_is_where_it_would_be(source: str, flags: str) -> None:
    subject = "-" * LONG + " " * 5000 + ("x" if source[-1] == "x" else "")
    bounds = compile_regexp(source, flags).search(subject, 0)
    assert bounds is not None
    assert bounds[0] == (LONG, len(subject))


def test_the_machine_does_not_recurse_with_the_subject() -> None:
    compiled = compile_regexp(r"^(?:(a)|(b)|)*c", "")
    assert compiled.search("ab" * 50_000 + "c", 0) is not None


def test_a_compiled_pattern_is_shared() -> None:
    assert compile_regexp("a", "g") is compile_regexp("a", "g")


@pytest.mark.parametrize(
    ("source", "subject", "end"),
    [
        (r"[\q{abc|ab|abcd|b|}a-c]", "abcx", 3),
        (r"[\q{ab|a|}]$", "b", 1),
        (r"^[\q{a|ab}]b$", "ab", 2),
        (r"^\p{RGI_Emoji}$", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", 8),
        (r"\p{Emoji_Keycap_Sequence}", "#\ufe0f\u20e3", 3),
    ],
)
def test_a_class_with_strings_matches_the_longest_first(source: str, subject: str, end: int) -> None:
    found = compile_regexp(source, "v").search(subject, 0)
    assert found is not None and found[0][1] == end


def test_long_strings_of_a_class_do_not_recurse() -> None:
    compiled = compile_regexp("^[\\q{" + "a" * 6000 + "|" + "a" * 5999 + "b}]$", "v")
    assert compiled.search("a" * 5999 + "b", 0) == ((0, 6000),)


def test_a_subject_with_astral_characters_has_its_own_engine() -> None:
    compiled = compile_regexp(r"\p{L}+", "u")
    assert compiled.search("1ab", 0) == ((1, 3),)
    assert compiled.search("\ud83d\ude00\ud801\udc00b", 0) == ((2, 5),)
