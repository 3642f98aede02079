"""The mock executor: contract, section 10."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from odw.errors import UsageError
from odw.executors import KINDS, RUNTIMES, create_mock, mock_backend
from odw.runtime.abc import CallRequest, Failure, Planned, Usage

KEY = "0123456789abcdef" * 4
OBJECT = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}


def request(
    prompt: str = "Do it", schema: Any = None, cwd: str = "/", attempt: int = 1, **options: Any
) -> CallRequest:
    label = options.pop("label", "job")
    return CallRequest(prompt, options, schema, None, None, "mock", label, None, 1, KEY, "a0", cwd, attempt)


def plan(answers: Path | None = None, **fields: Any) -> Planned:
    planned: Planned = create_mock(str(answers) if answers else None).plan(request(**fields))  # type: ignore[attr-defined]
    return planned


def mock_file(folder: Path, answers: list[Any], **more: Any) -> Path:
    path = folder / "answers.json"
    path.write_text(json.dumps({"version": 1, "answers": answers, **more}))
    return path


def test_a_call_without_schema_gets_a_text_that_is_always_the_same() -> None:
    first, second = plan().report, plan().report
    assert first == second
    assert isinstance(first.text, str) and "job" in first.text and not first.value
    assert first.usage is not None and first.usage.output > 0 and first.usage.input > 0


def test_a_call_with_schema_gets_a_value() -> None:
    value = plan(schema=OBJECT).report.value
    assert list(value) == ["n"] and isinstance(value["n"], int)


@pytest.mark.parametrize(
    ("options", "schema", "text", "value"),
    [
        ({"mockText": "hello"}, None, "hello", None),
        ({"mockResult": "hello"}, None, "hello", None),
        ({"mockResult": {"n": 3}}, OBJECT, '{"n": 3}', {"n": 3}),
        ({"mockResult": None}, {"type": "null"}, "null", None),
        ({"mockText": '{"n": 4}'}, OBJECT, '{"n": 4}', None),
    ],
)
def test_mock_text_and_mock_result(options: Any, schema: Any, text: str, value: Any) -> None:
    report = plan(schema=schema, **options).report
    assert report.text == text
    assert (report.value or None) == value


def test_mock_tokens_and_mock_delay() -> None:
    planned = plan(mockTokens=1234, mockDelayMs=50)
    assert planned.report.usage is not None and planned.report.usage.output == 1234
    assert planned.delay_ms == 50
    assert plan(mockDelayMs=-1).delay_ms == plan(mockDelayMs="soon").delay_ms == 0


@pytest.mark.parametrize(
    ("options", "message", "retryable"),
    [
        ({"mockFail": True}, "mock failure", False),
        ({"mockFail": "broken"}, "broken", False),
        ({"mockFail": "broken", "mockRetryable": True}, "broken", True),
        ({"mockFail": {"category": "quota", "message": "none left"}}, "none left", False),
    ],
)
def test_mock_fail(options: Any, message: str, retryable: bool) -> None:
    error = plan(**options).report.error
    assert error is not None
    assert (error.message, error.retryable) == (message, retryable)
    assert plan(mockFail=False).report.error is None


def test_mock_write_file_writes_inside_the_agents_directory(tmp_path: Path) -> None:
    assert plan(cwd=str(tmp_path), mockWriteFile={"path": "a/b.txt", "content": "x"}).report.error is None
    assert (tmp_path / "a/b.txt").read_text() == "x"


@pytest.mark.parametrize("path", ["../x", "/tmp/x", ".", "", "a/../../x", 7, None, "link/x", "nul\0"])
def test_mock_write_file_stays_inside(tmp_path: Path, path: Any) -> None:
    inner, outer = tmp_path / "inner", tmp_path / "outer"
    inner.mkdir()
    outer.mkdir()
    (inner / "link").symlink_to(outer)
    try:
        error = plan(cwd=str(inner), mockWriteFile={"path": path, "content": "x"}).report.error
    except ValueError:
        pass  # the runtime makes a failed attempt of what an executor raises
    else:
        assert error is not None and error.category == "configuration"
    assert list(outer.iterdir()) == []


def test_the_first_answer_whose_keys_all_match_wins(tmp_path: Path) -> None:
    path = mock_file(
        tmp_path,
        [
            {"prompt": "Do it", "label": "other", "result": "wrong label"},
            {"promptRegex": "^D.*t$", "label": "j?b", "result": "right"},
            {"prompt": "Do it", "result": "too late"},
            {"schema": OBJECT, "result": {"n": 9}},
        ],
    )
    assert plan(path).report.text == "right"
    assert plan(path, prompt="Else", schema=OBJECT).report.value == {"n": 9}
    assert plan(path, prompt="Else").report.error is None  # synthesized


def test_results_come_one_per_match_and_the_last_repeats(tmp_path: Path) -> None:
    mock: Any = create_mock(str(mock_file(tmp_path, [{"results": ["a", "b"]}])))
    assert [mock.plan(request()).report.text for _ in range(4)] == ["a", "b", "b", "b"]


def test_fail_tokens_and_delay_of_an_answer(tmp_path: Path) -> None:
    fail = {"category": "overload", "message": "later", "retryable": True}
    path = mock_file(tmp_path, [{"label": "job", "fail": fail, "tokens": 5, "delayMs": 7}])
    planned = plan(path)
    assert planned.report.error == Failure("overload", "later", retryable=True)
    assert planned.report.usage is not None and planned.report.usage.output == 5
    assert planned.delay_ms == 7


def test_default_error_fails_what_nothing_matches(tmp_path: Path) -> None:
    error = plan(mock_file(tmp_path, [], default="error")).report.error
    assert error is not None and error.category == "configuration" and "job" in error.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "expected an object"),
        ('{"version": 2}', "$.version"),
        ('{"version": 1, "answers": 3}', "$.answers"),
        ('{"version": 1, "answers": [4]}', "$.answers[0]"),
        ('{"version": 1, "answers": [{"promt": "x"}]}', "unknown key 'promt'"),
        ('{"version": 1, "answers": [{"promptRegex": "("}]}', "not a regular expression"),
        ('{"version": 1, "answers": [{"results": []}]}', "$.answers[0].results"),
        ('{"version": 1, "answers": [{"fail": true}]}', "$.answers[0].fail"),
        ('{"version": 1, "answers": [{"delayMs": -1}]}', "$.answers[0].delayMs"),
        ('{"version": 1, "default": "guess"}', "$.default"),
    ],
)
def test_a_bad_mock_file_is_named_with_the_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(UsageError) as error:
        create_mock(str(path))
    assert "bad.json" in error.value.message
    assert message in error.value.message


def test_a_missing_mock_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.json"):
        create_mock(str(tmp_path / "none.json"))


async def test_run_and_plan_agree() -> None:
    mock: Any = create_mock()
    assert await mock.run(request(), lambda event: None) == mock.plan(request()).report


def test_the_mock_backend_takes_every_runtime() -> None:
    backend = mock_backend()
    assert backend.default in backend.runtimes
    assert set(backend.runtimes) == set(RUNTIMES)
    assert set(KINDS) <= set(RUNTIMES)
    assert Usage(1, 2).total == 3
