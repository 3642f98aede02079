"""Groups of one name in alternatives that exclude each other (ECMA-262 2025, which Node 20 does not know yet)."""

from __future__ import annotations

import pytest
from programs import run_program

from odw.ecma.regexp.compiled import compile_regexp
from odw.ecma.regexp.tree import RegExpSyntaxError


@pytest.mark.parametrize(
    ("program", "line"),
    [
        (r"/(?<y>\d{4})-(?<m>\d\d)|(?<m>\d\d)\/(?<y>\d{4})/.exec('05/2024').groups", '{"y":"2024","m":"05"}'),
        (r"/(?<y>a)(?<x>a)|(?<x>b)(?<y>b)/.exec('bb').groups", '{"y":"b","x":"b"}'),
        (r"/(?:(?<x>a)|(?<x>b))\k<x>/.exec('abb')[0]", '"bb"'),
        (r"/(?:(?:(?<x>a)|(?<x>b)|c)\k<x>){2}/.exec('aac').groups", "{}"),
        (r"/(?<=(?:\k<x>(?<x>a)|(?<x>b)))c/.exec('aac').index", "2"),
        (r"'ab'.replace(/(?<x>a)|(?<x>b)/g, '[$<x>]')", '"[a][b]"'),
        (r"/(?<x>a)|(?<x>b)/d.exec('_b').indices.groups.x", "[1,2]"),
    ],
)
def test_the_group_that_matched_counts(program: str, line: str) -> None:
    assert run_program(f"console.log(JSON.stringify({program}))", "groups.js") == [line]


@pytest.mark.parametrize(
    "pattern", ["(?<x>a)(?<x>b)", "(?:(?<x>a)|b)(?<x>c)", "(?<x>(?<x>a)|b)", "(?=(?<x>a))|(?<y>b)(?<y>)"]
)
def test_groups_that_may_both_match_are_refused(pattern: str) -> None:
    with pytest.raises(RegExpSyntaxError, match="Duplicate capture group name"):
        compile_regexp(pattern, "")
