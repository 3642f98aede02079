"""The pytest plugin as people use it: in test files of their own."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import Any

import pytest

import odw.testing.project  # before the inner sessions, so that they share what is imported
import odw.testing.recordings  # noqa: F401

pytest_plugins = ["pytester"]

SCRIPT = """
export const meta = { name: 'review', description: 'Reviews.' }
const found = await parallel(['a', 'b'].map((file) => () => agent(`review ${file}`, {label: `review:${file}`})))
log(`${found.length} reviews`)
return found
"""


@pytest.fixture
def tests(pytester: pytest.Pytester) -> Any:
    """``tests(source, *options)`` runs the tests in ``source`` beside review.js."""
    pytester.makefile(".js", review=SCRIPT)
    pytester.makeini(
        "[pytest]\nfilterwarnings = error\naddopts = --strict-markers -p no:trio -p no:cacheprovider\n"
    )

    def run(source: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(test_it=textwrap.dedent(source))
        return pytester.runpytest_inprocess(*options)

    return run


def test_a_passing_test(tests: Any) -> None:
    tests("""
        def test_review(odw_run):
            run = odw_run("review.js", answers={"review:*": "fine"})
            assert run.result == ["fine", "fine"]
            assert len(run.calls.labelled("review:*")) == 2
    """).assert_outcomes(passed=1)


def test_a_failing_test_shows_the_calls(tests: Any) -> None:
    result = tests("""
        def test_review(odw_run):
            run = odw_run("review.js", answers={"review:a": "fine"})
            assert len(run.calls.labelled("review:*")) == 3
    """)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*assert 2 == 3",
            "E*where 2 = len(<2 calls labelled 'review:*': 1 review:a; 2 review:b>)",
            "*odw run 1*",
            "review completed",
            "  1 review:a",
            "  2 review:b",
            "  log: 2 reviews",
        ]
    )


def test_a_failed_run_shows_why(tests: Any) -> None:
    result = tests("""
        def test_review(odw_run):
            odw_run('''
                export const meta = { name: 'bad', description: 'Fails.' }
                await agent('x', {label: 'x'})
                throw new Error('no luck')
            ''').result
    """)
    result.stdout.fnmatch_lines(
        [
            "E*RunFailed: the run of bad failed: workflow.js:3:*no luck*",
            "*odw run 1*",
            "bad failed: *no luck*",
            "  1 x",
        ]
    )
    assert "odw/runtime" not in result.stdout.str()


def test_a_script_that_is_wrong_is_shown(tests: Any, pytester: pytest.Pytester) -> None:
    pytester.makefile(
        ".js", bad="export const meta = { name: 'x', description: 'x' }\nconst now = Date.now()\n"
    )
    result = tests("""
        def test_review(odw_run):
            odw_run("bad.js")

        def test_name(odw_run):
            odw_run("revue")
    """)
    result.stdout.fnmatch_lines(
        [
            "E*ScriptRejected: bad.js: *",
            "E       bad.js:2:13*ODW*",
            "E*2 | const now = Date.now()",
            "E*^^^^*",
            "E*UsageError: unknown workflow: revue",
            "E*None is saved in .odw/workflows or .claude/workflows*",
        ]
    )
    assert "loader.py" not in result.stdout.str()


def test_recorded_once_and_replayed(tests: Any, pytester: pytest.Pytester) -> None:
    source = """
        import pytest
        from odw.testing import recorded

        class TestReview:
            @pytest.mark.parametrize("word", ["one", "two/three"])
            def test_it(self, odw_run, word):
                assert len(odw_run("review.js", answers=recorded).result) == 2
    """
    missing = tests(source)
    missing.assert_outcomes(failed=2)
    missing.stdout.fnmatch_lines(
        [
            '>*assert len(odw_run("review.js", answers=recorded).result) == 2',
            "E*MissingAnswer: no recorded answer for the call 'review:a' (p0[[]0]/a0, made at review.js:2:61)",
            "E*nothing is recorded yet in recorded/test_it/TestReview-test_it[[]one].json",
            "E*pytest --odw-record 'test_it.py::TestReview::test_it[[]one]'",
        ]
    )
    assert "executor.py" not in missing.stdout.str()
    tests(source, "--odw-record", "--odw-backend", "mock").assert_outcomes(passed=2)
    tests(source).assert_outcomes(passed=2)
    files = sorted((pytester.path / "recorded" / "test_it").iterdir())
    assert len(files) == 2
    assert files[0].name == "TestReview-test_it[one].json"
    assert json.loads(files[0].read_text())["test"] == "test_it.py::TestReview::test_it[one]"


def test_what_is_asked_no_more_is_dropped(tests: Any, pytester: pytest.Pytester) -> None:
    source = """
        from odw.testing import recorded

        def test_it(odw_run):
            odw_run("review.js", answers=recorded)
    """
    record = ("--odw-record", "--odw-backend", "mock")
    file = pytester.path / "recorded" / "test_it" / "test_it.json"

    def labels() -> list[str]:
        return [entry["label"] for entry in json.loads(file.read_text())["calls"]]

    tests(source, *record).assert_outcomes(passed=1)
    pytester.makefile(".js", review=SCRIPT.replace("['a', 'b']", "['c', 'b']"))
    tests(source.rstrip(" ") + "            assert 0\n", *record).assert_outcomes(failed=1)
    assert labels() == [
        "review:a",
        "review:b",
        "review:c",
    ]  # a test that fails drops nothing that was paid for
    tests(source, *record).assert_outcomes(passed=1)
    assert labels() == ["review:b", "review:c"]


def test_real_processes_are_asked_and_replayed(tests: Any, pytester: pytest.Pytester) -> None:
    counting = "import pathlib, sys; open('asked', 'a').write('x'); print(sys.stdin.read().upper(), pathlib.Path('seen').read_text())"
    argv = json.dumps([sys.executable, "-c", counting])
    pytester.path.joinpath("odw.toml").write_text(
        f'default_executor = "shout"\n[executors.shout]\nargv = {argv}\n'
    )
    source = """
        from odw.testing import recorded

        def test_it(odw_run):
            (odw_run.directory / "seen").write_text("by me")
            run = odw_run("review.js", answers=recorded)
            assert run.result == ["REVIEW A by me", "REVIEW B by me"]
            asked = odw_run.directory / "asked"
            print("asked:", asked.read_text() if asked.exists() else "nobody")
    """
    recording = tests(source, "--odw-record", "-s")
    recording.assert_outcomes(passed=1)
    recording.stdout.fnmatch_lines(["*asked: xx"])
    replaying = tests(source, "-s")
    replaying.assert_outcomes(passed=1)
    replaying.stdout.fnmatch_lines(["*asked: nobody"])


def test_nobody_can_be_asked(tests: Any, pytester: pytest.Pytester) -> None:
    toml = 'default_executor = "gone"\n[executors.gone]\nargv = ["no-such-program-of-this-name"]\n'
    pytester.path.joinpath("odw.toml").write_text(toml)
    result = tests(
        """
        from odw.testing import recorded

        def test_it(odw_run):
            odw_run("review.js", answers=recorded)
        """,
        "--odw-record",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E*UsageError: gone could not be asked for 'review:*no-such-program-of-this-name*"]
    )
    assert not pytester.path.joinpath("recorded").exists()


def test_there_is_nobody_to_ask(tests: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    source = """
        from odw.testing import recorded

        def test_it(odw_run):
            odw_run("review.js", answers=recorded)
    """
    result = tests(source, "--odw-record")
    result.stdout.fnmatch_lines(["E*UsageError: *", "E *claude*codex*"])
    misspelt = tests(source, "--odw-record", "--odw-backend", "cluade")
    misspelt.stdout.fnmatch_lines(["E*UsageError: unknown backend: cluade", "E*Did you mean claude?*"])


def test_a_marker_gives_settings(tests: Any) -> None:
    tests("""
        import pytest

        @pytest.mark.odw(budget=1, concurrency=1)
        def test_budget(odw_run):
            assert odw_run("review.js").status == "parked"

        @pytest.mark.odw(args=["c"], stop_after=1)
        def test_args(odw_run):
            script = "export const meta = { name: 'x', description: 'x' }\\nreturn await agent(args[0])"
            assert odw_run(script).calls.prompts == ["c"]
            assert odw_run(script, ["d"]).calls.prompts == ["d"]

        @pytest.mark.odw(1)
        def test_wrong(odw_run): ...

        @pytest.mark.odw(bugdet=1)
        def test_misspelt(odw_run): ...
    """).assert_outcomes(passed=2, errors=2)


def test_with_pytest_trio_and_anyio(tests: Any, pytester: pytest.Pytester) -> None:
    source = """
        import anyio, pytest, trio

        @pytest.fixture(params=["asyncio", "trio"])
        def anyio_backend(request):
            return request.param

        @pytest.mark.anyio
        async def test_in_anyio(odw_run, anyio_backend):
            await anyio.sleep(0)
            assert odw_run("review.js", answers="x").result == ["x", "x"]

        @pytest.mark.trio
        async def test_in_trio(odw_run):
            await trio.sleep(0)
            assert odw_run("review.js", answers="x").result == ["x", "x"]
    """
    pytester.makeini("[pytest]\nfilterwarnings = error\naddopts = --strict-markers -p no:cacheprovider\n")
    tests(source).assert_outcomes(passed=3)


def test_other_peoples_tests_are_left_alone(tests: Any) -> None:
    result = tests("""
        import sys

        def test_nothing(tmp_path):
            assert 1 + 1 == 2
    """)
    result.assert_outcomes(passed=1)
    assert "odw" not in result.stdout.str().replace("odw-", "")


def test_it_says_what_it_has(pytester: pytest.Pytester) -> None:
    markers = pytester.runpytest_inprocess("--markers")
    markers.stdout.fnmatch_lines(["@pytest.mark.odw(**settings): settings of every odw_run in the test*"])
    fixtures = pytester.runpytest_inprocess("--fixtures")
    fixtures.stdout.fnmatch_lines(["odw_run*", "*Runs a workflow in a directory of its own*"])
    help_text = pytester.runpytest_inprocess("--help")
    help_text.stdout.fnmatch_lines(["*--odw-record*"])
