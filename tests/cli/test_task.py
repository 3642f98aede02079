"""``odw task exec`` and what can be asked about a session afterwards."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from cli_case import Run
from task_case import TaskCase, case

from odw.cli.task.report import as_found, question_in, state_after
from odw.runtime.abc import Failure, Report

__all__ = ["case"]


def test_the_answer_and_what_happened(case: TaskCase) -> None:
    done = case("exec", "--runtime", "echo", "--task", "Hello")
    assert (done.returncode, done.stdout) == (0, "you said:\nHello\n")
    lines = done.stderr.splitlines()
    assert (lines[0], lines[-1]) == ("[task] turn 1 on echo: Hello", "[task] completed")


def test_a_report(case: TaskCase) -> None:
    report = case.json("exec", "--runtime", "tokens", "--session", "one", "--task", "Hello", "--model", "m1")
    assert report.pop("started_at") <= report.pop("ended_at")
    assert report == {
        "ok": True,
        "state": "completed",
        "session": "one",
        "runtime": "tokens",
        "model": "m1",
        "cd": str(case.folder),
        "turn": 1,
        "executor_session": None,
        "summary": {
            "last_agent_message": "Well.",
            "usage": {
                "input_tokens": 10,
                "output_tokens": 4,
                "cache_read_input_tokens": 0,
                "cache_creation_input_tokens": 0,
                "reasoning_output_tokens": 0,
                "total_tokens": 14,
                "cost_usd": 0.5,
            },
        },
        "log": str(case.folder / ".odw/tasks/one/events.jsonl"),
    }
    assert case.json("status", "--session", "one") | {"started_at": 0, "ended_at": 0} == report | {"started_at": 0, "ended_at": 0}  # fmt: skip


def test_the_task_from_a_file_and_from_standard_input(case: TaskCase) -> None:
    (case.folder / "task.txt").write_text("From a file")
    assert case("exec", "-r", "echo", "--task-file", "task.txt").stdout == "you said:\nFrom a file\n"
    assert (
        case("exec", "-r", "echo", "--task-file", "-", stdin="From a dash").stdout
        == "you said:\nFrom a dash\n"
    )
    assert case("exec", "-r", "echo", stdin="From a pipe").stdout == "you said:\nFrom a pipe\n"


def test_another_directory(case: TaskCase, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "odw.toml").write_text('[executors.where]\nargv = ["pwd"]\n')
    assert case("exec", "-r", "where", "-t", "x", "--cd", str(there)).stdout == f"{there}\n"
    assert case.json("list", "--cd", str(there))["sessions"][0]["runtime"] == "where"
    assert case.json("list")["sessions"] == []


def test_what_is_on_the_disk_is_private(case: TaskCase) -> None:
    case("exec", "-r", "echo", "-t", "x", "-s", "one")
    home = case.folder / ".odw/tasks"
    paths = [home, home / "one", *(home / "one").iterdir()]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in paths}
    assert {mode for name, mode in modes.items() if (home / "one" / name).is_file()} == {0o600}
    assert (modes["tasks"], modes["one"]) == (0o700, 0o700)
    assert set(modes) >= {"state.json", "events.jsonl", "task-1.txt", "answer-1.txt", "output-1.log"}
    assert (case.folder / ".odw/.gitignore").read_text() == "*\n"


def test_a_secret_is_nowhere(case: TaskCase) -> None:
    canary = "canary-4fd1b7a9c3"
    done = case(
        "exec", "-r", "leak", "-s", "one", "-t", f"Mind {canary}", "--json", env={"LEAK_API_KEY": canary}
    )
    assert "the key is [redacted]" in done.stdout
    files = [path for path in (case.folder / ".odw").rglob("*") if path.is_file()]
    assert len(files) > 5
    assert canary not in done.stdout + done.stderr + "".join(path.read_text() for path in files)


@pytest.mark.parametrize(
    ("words", "state", "category", "code"),
    [
        (("-r", "broken"), "failed", "crash", 1),
        (("-r", "locked"), "blocked", "authentication", 1),
        (("-r", "slow", "--timeout-ms", "200"), "timeout", "timeout", 1),
        (("-r", "deaf", "--timeout-ms", "200"), "timeout", "timeout", 1),
    ],
)
def test_bad_ends(case: TaskCase, words: tuple[str, ...], state: str, category: str, code: int) -> None:
    done = case("exec", *words, "-s", "one", "-t", "x", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], report["state"]) == (code, False, state)
    assert report["error"]["category"] == category
    assert report["error"]["message"] and report["error"]["hint"] is not None
    assert report["session"] == "one"


def test_a_bad_end_for_people(case: TaskCase) -> None:
    done = case("exec", "-r", "broken", "-t", "x")
    assert (done.returncode, done.stdout) == (1, "half an answer\n")
    assert done.stderr.splitlines()[-1] == "odw: failed (crash): sh: exit status 3: out of order"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("exec", "-r", "nobody", "-t", "x"), "--runtime: there is no executor nobody"),
        (("exec", "-r", "echo", "-t", " "), "there is no task"),
        (("exec", "-r", "echo", "-t", "x", "--task-file", "y"), "--task and --task-file exclude each other"),
        (("exec", "-r", "echo", "--task-file", "nowhere"), "--task-file: nowhere: No such file or directory"),
        (("exec", "-r", "echo", "-t", "x", "-s", "../up"), "--session: expected up to 128 letters"),
        (("exec", "-r", "echo", "-t", "x", "--cd", "nowhere"), "--cd: no such directory: nowhere"),
        (("exec", "-r", "echo", "-t", "x", "--timeout-ms", "1.5"), "--timeout-ms: expected a whole number"),
        (
            ("exec", "-r", "echo", "-t", "x", "--provider", "p"),
            "--provider p: the runtime echo has no providers",
        ),
        (("status",), "there is no task session in"),
        (("stop", "-s", "one"), "there is no task session in"),
        (("resume", "-s", "one", "-t", "x"), "there is no task session in"),
    ],
)
def test_wrong_usage_has_an_envelope(case: TaskCase, words: tuple[str, ...], message: str) -> None:
    done = case(*words, "--json")
    envelope = json.loads(done.stdout)
    assert (done.returncode, envelope["ok"], envelope["state"]) == (2, False, "failed")
    assert envelope["error"]["message"].startswith(message)
    assert envelope["error"]["category"] == "configuration"
    assert done.stderr.startswith(f"odw: {message}")
    assert not (case.folder / ".odw").exists()


def test_a_session_by_nearly_its_name(case: TaskCase) -> None:
    case("exec", "-r", "echo", "-t", "x", "-s", "first")
    done = case("status", "-s", "frist")
    assert (done.returncode, done.stderr.splitlines()[1]) == (2, "  Did you mean first?")
    done = case("status", "--runtime", "slow")
    assert "the session first is echo's, not slow's" in done.stderr


def test_the_last_session_is_meant_when_none_is_named(case: TaskCase) -> None:
    case("exec", "-r", "echo", "-t", "x", "-s", "b")
    case("exec", "-r", "broken", "-t", "x", "-s", "a")
    assert case.json("status")["session"] == "a"
    lines = case("list").stdout.splitlines()
    assert [line.split()[:3] for line in lines] == [["a", "failed", "broken"], ["b", "completed", "echo"]]
    assert [each["session"] for each in case.json("list", "--runtime", "echo")["sessions"]] == ["b"]


def test_status_for_people(case: TaskCase) -> None:
    case("exec", "-r", "tokens", "-t", "x", "-s", "one")
    lines = case("status").stdout.splitlines()
    assert lines[:3] == ["session:     one", "state:       completed", "runtime:     tokens"]
    assert "tokens:      14 (10 in, 4 out)" in lines
    assert lines[-1] == "Well."


def test_logs(case: TaskCase) -> None:
    case("exec", "-r", "tokens", "-t", "Do\nit", "-s", "one")
    lines = [line.partition(" ")[2] for line in case("logs").stdout.splitlines()]
    shown = [line for line in lines if "bytes of output" not in line]
    assert shown == ["turn 1 on tokens: Do", "used 14 tokens, $0.5000", "completed"]
    events = [json.loads(line) for line in case("logs", "--json").stdout.splitlines()]
    assert [event["type"] for event in events if event["type"] != "output"] == ["turn", "usage", "end"]


# -- turns


def test_going_on_with_an_executor_that_does_not_remember(case: TaskCase) -> None:
    case("exec", "-r", "echo", "-s", "one", "-t", "First")
    report = case.json("resume", "--wait", "-s", "one", "-t", "Second")
    assert (report["turn"], report["state"]) == (2, "completed")
    assert report["summary"]["last_agent_message"] == (
        "you said:\nThe user said:\nFirst\n\nYou answered:\nyou said:\nFirst\n\nNow the user says:\nSecond"
    )
    assert (case.folder / ".odw/tasks/one/task-2.txt").read_text() == "Second"
    third = case.json("resume", "--wait")["summary"]["last_agent_message"]
    assert third.count("You answered:") == 3  # two turns, and the second quotes one
    assert third.endswith("Now the user says:\nGo on with the task where you left off.")


def test_going_on_in_the_executor_s_own_session(case: TaskCase) -> None:
    home = case.with_opencode()
    first = case.json("exec", "-r", "oc", "-s", "one", "-t", "First")
    assert (first["executor_session"], first["summary"]["usage"]["total_tokens"]) == ("ses_0", 120)
    second = case.json("resume", "--wait", "-t", "Second", "--effort", "high")
    assert (second["executor_session"], second["summary"]["usage"]["total_tokens"]) == ("ses_0", 240)
    starts = [json.loads(line) for line in (home / "starts.jsonl").read_text().splitlines()]
    assert [start["stdin"] for start in starts] == ["First", "Second"]
    assert starts[1]["argv"][-4:] == ["--variant", "high", "--session", "ses_0"]


def test_a_session_begun_anew_forgets(case: TaskCase) -> None:
    case("exec", "-r", "echo", "-s", "one", "-t", "First")
    case("exec", "-r", "echo", "-s", "one", "-t", "Other")
    report = case.json("resume", "--wait", "-t", "More")
    assert report["turn"] == 3
    assert "First" not in report["summary"]["last_agent_message"]
    assert "Other" in report["summary"]["last_agent_message"]


def test_a_question_and_its_answer(case: TaskCase) -> None:
    done = case("exec", "-r", "ask", "-s", "one", "-t", "Paint it", "--may-ask")
    assert (done.returncode, done.stdout) == (0, "Hm.\nNEEDS_INPUT: which colour?\n")
    assert "[task] one asks: which colour?" in done.stderr
    report = case.json("status")
    assert (report["ok"], report["state"], report["question"]) == (True, "waiting_for_user", "which colour?")
    report = case.json("answer", "--text", "blue", "--wait")
    assert (report["state"], report["summary"]["last_agent_message"]) == ("completed", "It is blue.")
    assert "question" not in report
    done = case("answer", "--text", "again")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "odw: the session one asks nothing: it is completed",
    )


def test_a_question_is_only_text_for_those_who_did_not_allow_it(case: TaskCase) -> None:
    assert case.json("exec", "-r", "ask", "-t", "Paint it")["state"] == "completed"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("NEEDS_INPUT: why?", "why?"),
        ("Well.\n**NEEDS_INPUT:** why?\n\n", "why?"),
        ("Well.\n**NEEDS_INPUT: why?**\n\n", "why?"),
        ("NEEDS_INPUT: why?\nI go on.", ""),
        ("see NEEDS_INPUT: why?", ""),
        ("", ""),
    ],
)
def test_questions(text: str, question: str) -> None:
    assert question_in(text) == question


@pytest.mark.parametrize(
    ("category", "state"),
    [
        ("timeout", "timeout"),
        ("cancelled", "stopped"),
        ("quota", "blocked"),
        ("authentication", "blocked"),
        ("configuration", "blocked"),
        ("crash", "failed"),
        ("rate_limit", "failed"),
        ("unknown", "failed"),
    ],
)
def test_states(category: str, state: str) -> None:
    assert state_after(Report("NEEDS_INPUT: x", error=Failure(category, "m")), may_ask=True) == (state, "")


def test_a_session_that_its_process_left_behind() -> None:
    running: dict[str, Any] = {"ok": True, "state": "running", "executor_session": None}
    assert as_found(running, driven=True) == running
    left = as_found(running, driven=False, last_words="boom\n")
    assert (left["ok"], left["state"], left["error"]["category"]) == (False, "failed", "crash")
    assert left["error"]["message"] == "its process ended without a last word: boom"
    left = as_found({**running, "executor_session": "s"}, driven=False)
    assert (left["ok"], left["state"]) == (True, "idle")
    done = {**running, "state": "completed"}
    assert as_found(done, driven=False) == done


# -- the mock, models, doctor: in this process


def test_the_mock(odw: Run, tmp_path: Path) -> None:
    answers = {"version": 1, "answers": [{"prompt": "Hello", "result": "Hi."}]}
    (tmp_path / "m.json").write_text(json.dumps(answers))
    done = odw("task", "exec", "-r", "mock", "-t", "Hello", "--mock-file", "m.json")
    assert (done.returncode, done.stdout) == (0, "Hi.\n")


def test_models_and_doctor_are_odw_s(odw: Run, tmp_path: Path) -> None:
    assert odw("task", "models", "mock").stdout == odw("models", "mock").stdout
    report = json.loads(odw("task", "doctor", "--json", "--cd", str(tmp_path)).stdout)
    assert {executor["name"] for executor in report["executors"]} >= {"claude", "codex"}
