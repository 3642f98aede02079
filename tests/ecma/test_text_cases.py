"""Regular expressions, dates, Intl and URLs against tables of what node answers."""

from __future__ import annotations

from typing import Any

import pytest
from text_cases import attempt, plain, report, revived, rows, script

from odw.ecma.abstract_ops.object_operations import construct, get, invoke, put
from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.realm import R, activate
from odw.ecma.values import undefined


@pytest.fixture(autouse=True)
def realm() -> None:
    activate()


def check(table: list[Any], answer: Any) -> None:
    failures = []
    for row in table:
        got = attempt(lambda row=row: answer(row))
        if got != row[-1]:
            failures.append((*row[:-1], "expected", row[-1], "got", got))
    assert not failures, report(failures, len(table))


def regexp_answers(source: str, flags: str, text: str) -> Any:
    def make(letters: str) -> Any:
        return construct(R.regexp_constructor, [source, letters])

    compiled = make(flags)
    match = invoke(make(flags.replace("g", "").replace("d", "") + "d"), "exec", text)
    every = make(flags.replace("g", "") + "g")

    def list_arguments(this: Any, *values: Any) -> str:
        shown = [",".join(value) if isinstance(value, dict) else value for value in values]
        return f"{{{'|'.join('' if value is undefined else to_string(value) for value in shown)}}}"

    lister = builtin(list_arguments, "", 0)
    groups = None if match is None else get(match, "groups")
    return [
        None if match is None else plain(get(match, "indices")),
        None if groups in (None, undefined) else [[name, plain(value)] for name, value in groups.items()],
        attempt(lambda: invoke(text, "replace", every, "<$&|$1|$`>")),
        attempt(lambda: invoke(text, "replace", every, lister)),
        plain(invoke(text, "split", compiled)),
        plain(invoke(text, "match", every)),
        invoke(text, "search", compiled),
    ]


def test_regular_expressions() -> None:
    table = [[*row[:3], row[3] if isinstance(row[3], str) else row[3:]] for row in rows("regexp")]
    check(table, lambda row: regexp_answers(*row[:3]))


def test_dates() -> None:
    def answer(row: list[Any]) -> Any:
        name, argument, _ = row
        if name in ("parse", "UTC"):
            arguments = [argument] if name == "parse" else argument
            return plain(invoke(R.date_constructor, name, *map(script, arguments)))
        if name == "new":
            arguments = [script(value) for value in argument]
            return plain(invoke(construct(R.date_constructor, arguments), "getTime"))
        value, *arguments = argument if isinstance(argument, list) else [argument]
        date = construct(R.date_constructor, [script(value)])
        return plain(invoke(date, name, *map(script, arguments)))

    check(rows("dates"), answer)


def test_intl() -> None:
    def answer(row: list[Any]) -> Any:
        kind, options, argument, _ = row
        formatter = construct(get(R.intl, kind), ["en-US", script(options)])
        if kind in ("NumberFormat", "DateTimeFormat"):
            return get(formatter, "format").call(undefined, revived(argument))
        if kind == "PluralRules":
            return invoke(formatter, "select", script(argument))
        if kind == "ListFormat":
            return invoke(formatter, "format", script(argument))
        return invoke(formatter, "format", *argument)

    check(rows("intl"), answer)


PARTS = (
    "href",
    "origin",
    "protocol",
    "username",
    "password",
    "host",
    "hostname",
    "port",
    "pathname",
    "search",
    "hash",
)


def test_urls() -> None:
    def answer(row: list[Any]) -> Any:
        part, value, base, _ = row
        if part == "new":
            url = construct(R.url_constructor, [value] if base is None else [value, base])
        else:
            url = construct(R.url_constructor, [base])
            put(url, part, value)
        return [to_string(get(url, name)) for name in PARTS]

    check(rows("urls"), answer)
