"""The runner of test262, over a checkout of a few files that is made here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.realm import R, activate
from odw.ecma.values import undefined
from tests.ecma.test262.front_matter import FrontMatter, read_front_matter
from tests.ecma.test262.judge import Outcome
from tests.ecma.test262.ledger import Entry, read_ledger, tally, total_of, write_ledger
from tests.ecma.test262.scope import FEATURES, find_tests, group_of, in_scope, skipped_for

ROOT = Path(__file__).parents[2]

HARNESS = {
    "sta.js": """
function Test262Error(message) { this.message = message }
function $DONOTEVALUATE() { throw "evaluated" }
""",
    "assert.js": """
function assert(value, message) { if (value !== true) throw new Test262Error(message) }
assert.same = function (a, b) { assert(a === b, String(a) + " is not " + String(b)) };
""",
    "doneprintHandle.js": """
function $DONE(error) { print(error ? "Test262:AsyncTestFailure:" + error : "Test262:AsyncTestComplete") }
""",
    "helper.js": "var calls = 0; function helper() { calls += 1; return calls }",
    "fnGlobalObject.js": 'var __g = Function("return this;")(); function fnGlobalObject() { return __g }',
}

# path below test/ -> (front matter, code, expected verdict and message)
TESTS: dict[str, tuple[str, str, tuple[str, str]]] = {
    "language/a/passes.js": ("", "assert.same(1 + 1, 2);", ("pass", "")),
    "language/a/fails.js": ("", "assert.same(1 + 1, 3);", ("fail", "Test262Error: 2 is not 3")),
    "language/a/includes.js": (
        "includes: [helper.js]",
        "assert.same(helper() + helper(), 3);",
        ("pass", ""),
    ),
    "language/a/fresh-realm.js": ("", "assert.same(typeof helper, 'undefined');", ("pass", "")),
    "language/a/sloppy.js": ("flags: [noStrict]", "with ({}) {}", ("skip", "sloppy mode")),
    "language/a/hangs.js": ("", "for (;;);", ("fail", "time-out after 0.3 s")),
    "language/a/globals.js": (
        "includes: [fnGlobalObject.js]",
        "var x = 1; function f() { return 2 }\n"
        "assert.same(this.x, 1); assert.same(globalThis.f(), 2); assert.same(fnGlobalObject(), this);"
        "for (var i = 0, n = 2; i < n; i++); for (var k in {a: 1}); assert.same(this.i + this.k, '2a');",
        ("pass", ""),
    ),
    "language/a/await-is-a-name.js": ("", "var await = 3; assert.same(await, 3);", ("pass", "")),
    "language/negative/parse.js": (
        "negative:\n  phase: parse\n  type: SyntaxError",
        "$DONOTEVALUATE(); return;",
        ("pass", ""),
    ),
    "language/negative/accepted.js": (
        "negative:\n  phase: parse\n  type: SyntaxError",
        "$DONOTEVALUATE();",
        ("fail", "accepted, but a SyntaxError was expected"),
    ),
    "language/negative/throws.js": (
        "negative:\n  phase: runtime\n  type: RangeError",
        "throw new RangeError('x');",
        ("pass", ""),
    ),
    "language/negative/throws-another.js": (
        "negative:\n  phase: runtime\n  type: RangeError",
        "throw new TypeError('x');",
        ("fail", "TypeError: x"),
    ),
    "language/modules/exports.js": (
        "flags: [module]",
        "export default function () { throw 'called' }\nassert.same(typeof await 0, 'number');",
        ("pass", ""),
    ),
    "language/modules/links.js": (
        "flags: [module]",
        "import {a} from './a_FIXTURE.js';",
        ("skip", "module linking"),
    ),
    "language/modules/a_FIXTURE.js": ("", "export const a = 1;", ("", "")),
    "built-ins/Promise/then/done.js": (
        "flags: [async]",
        "Promise.resolve().then(() => $DONE());",
        ("pass", ""),
    ),
    "built-ins/Promise/then/done-with-error.js": ("flags: [async]", "$DONE('no');", ("fail", "no")),
    "built-ins/Promise/never.js": ("flags: [async]", "", ("fail", "$DONE was not called")),
    "built-ins/Date/now.js": ("", "Date.now();", ("skip", "clock")),
    "built-ins/Function/made.js": (
        "",
        "try { Function('1') } catch (e) {}",
        ("skip", "Function constructor"),
    ),
    "built-ins/Function/evaluated.js": ("", "eval('1');", ("skip", "eval")),
    "built-ins/Function/realm.js": ("", "$262.createRealm().global;", ("skip", "a second realm")),
    "built-ins/Array/typed.js": ("features: [TypedArray]", "", ("skip", "ArrayBuffer and typed arrays")),
    "built-ins/Temporal/unseen.js": ("", "", ("", "")),
}


class Run(NamedTuple):
    code: int
    shown: str
    failed: dict[str, str]
    skipped: dict[str, str]
    ledger: dict[str, Entry]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("test262")
    (folder / "harness").mkdir()
    for name, text in HARNESS.items():
        (folder / "harness" / name).write_text(text)
    for name, (front, code, _) in TESTS.items():
        path = folder / "test" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"/*---\n{front}\n---*/\n{code}\n")
    return folder


def call(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.ecma.test262", str(checkout), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def run(checkout: Path) -> Run:
    """Everything in scope, run once."""
    failed, skipped, ledger = checkout / "fails", checkout / "skips", checkout / "ledger.toml"
    done = call(
        checkout, "--jobs", "2", "--seconds", "0.3", "--update",
        "--fails", str(failed), "--skips", str(skipped), "--ledger", str(ledger),
    )  # fmt: skip
    assert done.stderr == ""
    tables = [dict(line.split("\t") for line in path.read_text().splitlines()) for path in (failed, skipped)]
    return Run(done.returncode, done.stdout, tables[0], tables[1], read_ledger(ledger))


@pytest.mark.parametrize("test", [name for name, (_, _, expected) in TESTS.items() if expected[0]])
def test_the_outcome(run: Run, test: str) -> None:
    verdict, message = TESTS[test][2]
    found = (
        ("fail", run.failed[test])
        if test in run.failed
        else ("skip", run.skipped[test])
        if test in run.skipped
        else ("pass", "")
    )
    assert found == (verdict, message)


def test_what_is_shown(run: Run) -> None:
    assert run.code == 1
    verdicts = [expected[0] for _, _, expected in TESTS.values()]
    assert f"fail {verdicts.count('fail'):5}  skip {verdicts.count('skip'):5}" in run.shown
    assert "the most frequent failures:" in run.shown


def test_the_ledger_counts_by_directory(run: Run) -> None:
    assert sorted(run.ledger) == [
        "built-ins/Array", "built-ins/Date", "built-ins/Function", "built-ins/Promise",
        "language/a", "language/modules", "language/negative",
    ]  # fmt: skip
    entry = run.ledger["language/a"]
    assert (entry.passed, entry.failed, dict(entry.reasons)) == (5, 2, {"sloppy mode": 1})


def test_a_directory_run_in_part_leaves_the_ledger_alone(run: Run, checkout: Path) -> None:
    ledger = checkout / "ledger.toml"
    before = ledger.read_text()
    done = call(checkout, "built-ins/Promise/then/done.js", "--update", "--ledger", str(ledger))
    assert done.returncode == 0
    assert "0 directories written" in done.stdout
    assert ledger.read_text() == before


def test_the_list_and_a_sample(checkout: Path) -> None:
    listed = call(checkout, "--list").stdout.splitlines()
    assert listed == sorted(name for name, (_, _, expected) in TESTS.items() if expected[0])
    sample = call(checkout, "--list", "--sample", "4").stdout.splitlines()
    assert len(sample) == 4
    assert set(sample) < set(listed)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["nowhere"], "no such test or folder"), (["language/none"], "no such test or folder")],
)
def test_wrong_usage(checkout: Path, arguments: list[str], said: str) -> None:
    done = call(checkout, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_folder_that_is_no_checkout(tmp_path: Path) -> None:
    done = call(tmp_path)
    assert done.returncode == 2
    assert "is no checkout of test262" in done.stderr


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("", FrontMatter()),
        ("flags: [async, module]", FrontMatter(frozenset({"async", "module"}))),
        (
            "features:\n  - BigInt\n  - Symbol.species\nesid: x",
            FrontMatter(features=("BigInt", "Symbol.species")),
        ),
        ("includes: [a.js,\n  b.js]\n", FrontMatter(includes=("a.js", "b.js"))),
        (
            "negative:\n  phase: parse\n  type: SyntaxError\nflags: [raw]",
            FrontMatter(frozenset({"raw"}), phase="parse", error="SyntaxError"),
        ),
        ("description: >\n  type: no\nnegative:\n  type: X", FrontMatter(error="X")),
    ],
)
def test_front_matter(yaml: str, expected: FrontMatter) -> None:
    for newline in ("\n", "\r\n", "\r"):
        text = f"// licence\n/*---\n{yaml}\n---*/\ncode".replace("\n", newline)
        assert read_front_matter(text) == expected


def test_a_text_without_front_matter() -> None:
    assert read_front_matter("/* flags: [async] */") == FrontMatter()


def test_which_tests_count() -> None:
    assert in_scope("language/asi/x.js")
    assert in_scope("built-ins/Map/prototype/get/x.js")
    assert not in_scope("built-ins/Temporal/x.js")
    assert not in_scope("intl402/Collator/x.js")
    assert group_of("language/asi/x.js") == "language/asi"
    assert group_of("language/expressions/class/elements/x.js") == "language/expressions/class"
    assert group_of("built-ins/Map/prototype/get/x.js") == "built-ins/Map"


def test_a_reason_per_skipped_feature() -> None:
    head = FrontMatter(features=("class", "explicit-resource-management", "Temporal"))
    assert skipped_for("language/x.js", head) == "newer than Node 20: explicit-resource-management"
    assert skipped_for("language/eval-code/x.js", FrontMatter()) == "eval"
    assert skipped_for("language/x.js", FrontMatter(features=("class",))) == ""
    assert skipped_for("language/x.js", FrontMatter(frozenset({"raw"}))) == "sloppy mode"
    assert skipped_for("language/x.js", FrontMatter(frozenset({"raw"}), phase="parse")) == ""


@pytest.mark.parametrize(
    ("feature", "owner", "key"),
    [
        ("Math.sumPrecise", "math", "sumPrecise"),
        ("RegExp.escape", "regexp_constructor", "escape"),
        ("Iterator.prototype.join", "iterator_prototype", "join"),
        ("iterator-chunking", "iterator_prototype", "chunks"),
        ("iterator-includes", "iterator_prototype", "includes"),
        ("await-dictionary", "promise_constructor", "allKeyed"),
        ("json-parse-with-source", "json", "rawJSON"),
    ],
)
def test_a_feature_is_skipped_only_as_long_as_it_is_absent(feature: str, owner: str, key: str) -> None:
    activate()
    assert FEATURES[feature] == f"newer than Node 20: {feature}"
    assert get(getattr(R, owner), key) is undefined


def test_fixtures_are_no_tests(checkout: Path) -> None:
    assert find_tests(checkout / "test", ["language/modules"]) == [
        "language/modules/exports.js",
        "language/modules/links.js",
    ]


def test_the_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    outcomes = [
        ("language/asi/a.js", Outcome("pass")),
        ("language/asi/b.js", Outcome("skip", "eval")),
        ("built-ins/Map/c.js", Outcome("fail", "no")),
    ]
    ledger = tally(outcomes)
    path = tmp_path / "ledger.toml"
    write_ledger(path, ledger)
    assert read_ledger(path) == ledger
    total = total_of(ledger)
    assert (total.passed, total.failed, total.skipped, total.percent) == (1, 1, 1, 50.0)
    assert read_ledger(tmp_path / "none.toml") == {}
