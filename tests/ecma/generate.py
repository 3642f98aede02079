"""Writes recorded/<area>.jsonl: calls of built-ins with what node gives for each. Run it by hand: ``python generate.py``.

The calls are every method over tables of telling arguments, thinned by a seeded random choice.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from call_values import (
    ARRAYS,
    CALLBACKS,
    ELEMENTS,
    INDICES,
    JSON_TEXTS,
    JSON_VALUES,
    LOOSE,
    NOT_FUNCTIONS,
    NUMBERS,
    PATTERNS,
    RECEIVERS,
    REPLACEMENTS,
    STRINGS,
    UNDEFINED,
    f,
    n,
)

HERE = Path(__file__).parent


def words(text: str) -> list[str]:
    return text.split()


def array_calls() -> Iterator[tuple[str, Any, list[Any]]]:
    p = "Array.prototype."
    for a in ARRAYS:
        for name in (
            "pop",
            "shift",
            "reverse",
            "toReversed",
            "flat",
            "toString",
            "join",
            "sort",
            "toSorted",
            "slice",
            "toLocaleString",
        ):
            yield p + name, a, []
        for name in (
            "map",
            "filter",
            "forEach",
            "some",
            "every",
            "find",
            "findIndex",
            "findLast",
            "findLastIndex",
            "flatMap",
            "reduce",
            "reduceRight",
            "sort",
            "toSorted",
        ):
            for c in CALLBACKS + NOT_FUNCTIONS:
                yield p + name, a, [c]
        for c in ("add", "subtract", "show", "nothing"):
            for name in ("reduce", "reduceRight"):
                yield p + name, a, [f(c)]
                yield p + name, a, [f(c), 10]
                yield p + name, a, [f(c), UNDEFINED]
        for c in ("subtract", "greater", "nothing", "nan", "boom", "show"):
            yield p + "sort", a, [f(c)]
            yield p + "toSorted", a, [f(c)]
        for i in INDICES:
            for name in ("at", "flat", "slice", "splice", "toSpliced", "join"):
                yield p + name, a, [i]
            for name in ("fill", "with", "includes", "indexOf", "lastIndexOf", "splice", "toSpliced"):
                for e in ELEMENTS:
                    yield p + name, a, [e, i]
                    yield p + name, a, [i, e]
            for j in INDICES:
                yield p + "slice", a, [i, j]
                yield p + "copyWithin", a, [i, j]
                yield p + "fill", a, ["f", i, j]
                for name in ("splice", "toSpliced"):
                    yield p + name, a, [i, j, "n", [1]]
                yield p + "copyWithin", a, [0, i, j]
        for e in ELEMENTS:
            for name in ("push", "unshift", "concat", "includes", "indexOf", "lastIndexOf"):
                yield p + name, a, [e]
                yield p + name, a, [e, ARRAYS[2], e]
    for v in [*ARRAYS, *RECEIVERS]:
        yield "Array.from", UNDEFINED, [v]
        yield "Array.from", UNDEFINED, [v, f("show")]
        yield "Array.of", UNDEFINED, [v, v]
        yield "Array.isArray", UNDEFINED, [v]
        for name in ("map", "push", "join", "concat", "at", "sort", "toSorted", "includes", "indexOf"):
            yield p + name, v, [f("identity")]
    for v in [*NUMBERS[:5], 3, -1, 1.5, "3", 4294967296, n("NaN")]:
        yield "Array", UNDEFINED, [v]
        yield "Array", UNDEFINED, [v, 1]


def string_calls() -> Iterator[tuple[str, Any, list[Any]]]:
    p = "String.prototype."
    for s in [*STRINGS, *RECEIVERS]:
        for name in words(
            "trim trimStart trimEnd toUpperCase toLowerCase toString valueOf isWellFormed toWellFormed normalize bold big anchor link split at charAt "
            "repeat toLocaleUpperCase toLocaleLowerCase concat padStart replace"
        ):
            yield p + name, s, []
        for form in ("NFC", "NFD", "NFKC", "NFKD", "x"):
            yield p + "normalize", s, [form]
        for i in INDICES:
            for name in (
                "at",
                "charAt",
                "charCodeAt",
                "codePointAt",
                "slice",
                "substring",
                "substr",
                "repeat",
            ):
                if not (name == "repeat" and s == n("-0")):
                    yield p + name, s, [i]
            yield p + "padStart", s, [i, "xy"]
            yield p + "padEnd", s, [i]
            for j in INDICES:
                for name in ("slice", "substring", "substr"):
                    yield p + name, s, [i, j]
        for pattern in PATTERNS:
            for name in (
                "includes",
                "startsWith",
                "endsWith",
                "indexOf",
                "lastIndexOf",
                "split",
                "concat",
                "localeCompare",
            ):
                yield p + name, s, [pattern]
            for i in INDICES:
                for name in ("includes", "startsWith", "endsWith", "indexOf", "lastIndexOf", "split"):
                    yield p + name, s, [pattern, i]
            for r in REPLACEMENTS:
                yield p + "replace", s, [pattern, r]
                yield p + "replaceAll", s, [pattern, r]
    for filler in ("", "ab", "\ud83d\ude00", UNDEFINED, 5):
        for size in (5, 12, 1e10):
            yield p + "padStart", "abc", [size, filler]
            yield p + "padEnd", "abc", [size, filler]
    for v in [*NUMBERS, *LOOSE]:
        yield "String", UNDEFINED, [v]
        yield "String.fromCharCode", UNDEFINED, [v, 65]
        yield "String.fromCodePoint", UNDEFINED, [v, 128512]
        yield "String.raw", UNDEFINED, [{"o": [["raw", v]]}, 1, 2]
    yield "String.raw", UNDEFINED, [{"o": [["raw", ["a", "b", "c"]]]}, 1]
    yield p + "repeat", "abc", [2**28]
    yield p + "repeat", "abc", [-1]


def number_calls() -> Iterator[tuple[str, Any, list[Any]]]:
    p = "Number.prototype."
    for x in [*NUMBERS, "5", {"o": []}]:
        for d in [UNDEFINED, 0, 1, 2, 3, 10, 20, 50, 100, 101, -1, 1.9, n("NaN"), "2", n("Infinity")]:
            for name in ("toFixed", "toPrecision", "toExponential"):
                yield p + name, x, [d]
        for r in [UNDEFINED, 2, 3, 8, 10, 16, 32, 36, 1, 37, n("NaN"), "16"]:
            yield p + "toString", x, [r]
        yield p + "toLocaleString", x, []
        yield p + "valueOf", x, []
    for v in [*NUMBERS, *LOOSE]:
        for name in (
            "Number",
            "parseFloat",
            "parseInt",
            "isNaN",
            "isFinite",
            "BigInt",
            "Number.isInteger",
            "Number.isSafeInteger",
            "Number.isNaN",
            "Number.isFinite",
        ):
            yield name, UNDEFINED, [v]
        for radix in (0, 2, 8, 10, 16, 36, 1, 37, "16", n("NaN")):
            yield "parseInt", UNDEFINED, [v, radix]
    for text in (
        "12px",
        "  -42abc",
        "0x",
        "0xZ",
        "1e3",
        ".5",
        "-.5e-2x",
        "1.2.3",
        "--1",
        "Infinityx",
        "-Infinity",
        "9" * 30,
        "z" * 12,
        "101",
        "-0",
        "\u00a07",
        "1n",
    ):
        for radix in (UNDEFINED, 2, 10, 16, 36):
            yield "parseInt", UNDEFINED, [text, radix]
        yield "parseFloat", UNDEFINED, [text]
        yield "Number", UNDEFINED, [text]
        yield "BigInt", UNDEFINED, [text]
    big = ["0", "1", "-1", "255", "-256", "123456789012345678901234567890", "-98765432109876543210"]
    for b in big:
        for width in (0, 1, 8, 64, 65, 200, -1, 9007199254740992, UNDEFINED):
            yield "BigInt.asIntN", UNDEFINED, [width, {"b": b}]
            yield "BigInt.asUintN", UNDEFINED, [width, {"b": b}]
        for r in (UNDEFINED, 2, 10, 16, 36, 7, 1):
            yield "BigInt.prototype.toString", {"b": b}, [r]
        yield "BigInt.prototype.toLocaleString", {"b": b}, []


def math_calls() -> Iterator[tuple[str, Any, list[Any]]]:
    exact = words("abs ceil floor round trunc sign sqrt fround clz32")
    close = words(
        "acos acosh asin asinh atan atanh cbrt expm1 cos cosh exp log log1p log2 log10 sin sinh tan tanh"
    )
    for x in [*NUMBERS, *LOOSE]:
        for name in exact:
            yield f"Math.{name}", UNDEFINED, [x]
    for x in [0, n("-0"), 1, -1, n("NaN"), n("Infinity"), n("-Infinity"), 2, 1000, -1000]:
        for name in close:
            yield f"Math.{name}", UNDEFINED, [x]
        for y in [0, n("-0"), 1, -1, 0.5, 2, -3, n("NaN"), n("Infinity"), n("-Infinity")]:
            for name in ("pow", "atan2", "hypot", "max", "min", "imul"):
                yield f"Math.{name}", UNDEFINED, [x, y]
    for a in NUMBERS:
        for b in ([], [n("NaN")], ["3", None], [n("-0"), 0], [0, n("-0")]):
            yield "Math.max", UNDEFINED, [a, *b]
            yield "Math.min", UNDEFINED, [a, *b]
            yield "Math.hypot", UNDEFINED, [a, *b]
            yield "Math.imul", UNDEFINED, [a, 3, *b]
    yield "Math.max", UNDEFINED, []
    yield "Math.min", UNDEFINED, []
    yield "Math.hypot", UNDEFINED, []


def json_calls() -> Iterator[tuple[str, Any, list[Any]]]:
    replacers: list[Any] = [
        UNDEFINED,
        None,
        f("keyValue"),
        f("nothing"),
        f("boom"),
        ["a", "b", 10, {"o": []}, "a"],
        [],
        {"o": []},
    ]
    for v in JSON_VALUES:
        for r in replacers:
            for gap in (UNDEFINED, 0, 2, "--", 20, "0123456789abc", n("NaN"), -1, {"o": []}, 1.9):
                yield "JSON.stringify", UNDEFINED, [v, r, gap]
    for text in JSON_TEXTS:
        for reviver in (UNDEFINED, f("keyValue"), f("nothing"), 5):
            yield "JSON.parse", UNDEFINED, [text, reviver]
    for v in LOOSE:
        yield "JSON.parse", UNDEFINED, [v]


def uri_calls() -> Iterator[tuple[str, Any, list[Any]]]:
    texts: list[Any] = [
        *STRINGS,
        *LOOSE,
        "a b&c=d/e?f#g",
        "é日本😀".replace("😀", "\ud83d\ude00"),
        "%41%2f%3F%23",
        "%E9",
        "%e2%82%ac",
        "%F0%9F%98%80",
        "%",
        "%4",
        "%zz",
        "%C0%80",
        "%ED%A0%80",
        "%F8%80%80%80",
        "-_.!~*'();/?:@&=+$,#",
        "%25%20",
        "%c3%a9x",
        "%E2%82",
        "100%",
    ]
    for name in ("encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent"):
        for text in texts:
            yield name, UNDEFINED, [text]


AREAS = {
    "array": (array_calls, 4000),
    "string": (string_calls, 4000),
    "number": (number_calls, 2500),
    "math": (math_calls, 1500),
    "json": (json_calls, 1500),
    "uri": (uri_calls, 500),
}


def record(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ask node."""
    lines = "\n".join(json.dumps(case) for case in cases)
    run = subprocess.run(
        ["node", str(HERE / "judge.mjs")], input=lines, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in run.stdout.split("\n") if line]


def main(areas: list[str]) -> None:
    for area in areas or AREAS:
        calls, most = AREAS[area]
        cases = [{"target": t, "self": s, "args": a} for t, s, a in calls()]
        if len(cases) > most:
            cases = random.Random(20).sample(cases, most)
        outcomes = record(cases)
        text = "".join(json.dumps({**c, **o}) + "\n" for c, o in zip(cases, outcomes, strict=True))
        (HERE / "recorded" / f"{area}.jsonl").write_text(text)
        print(area, len(cases))


if __name__ == "__main__":
    main(sys.argv[1:])
