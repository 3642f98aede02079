"""agent(prompt, options): contract, section 3."""

from __future__ import annotations

import json
from typing import Any

import pytest
from script_runs import Project, failing

from odw.runtime.abc import Planned, Report

SCHEMA = "{type: 'object', properties: {n: {type: 'integer'}}, required: ['n']}"


def caught(call: str) -> str:
    return f"try {{ await {call}; return 'fine' }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("42", "42"),
        ("undefined", "undefined"),
        ("null", "null"),
        ("['a', 'b']", "a,b"),
        ("({})", "[object Object]"),
        ("({toString() { return 'own' }})", "own"),
    ],
)
def test_the_prompt_is_converted_with_to_string(run_js: Any, value: str, text: str) -> None:
    ran = run_js(f"return await agent({value})")
    assert ran.result == f"re: {text}"


def test_a_symbol_is_no_prompt(run_js: Any) -> None:
    assert run_js(caught("agent(Symbol('x'))")).result.startswith("TypeError: Cannot convert a Symbol")


def test_without_schema_the_result_is_the_text(run_js: Any) -> None:
    assert run_js("return await agent('x')", lambda r: '{"n": 1}').result == '{"n": 1}'


def test_the_default_label_is_60_characters_of_the_prompt_with_white_space_collapsed(run_js: Any) -> None:
    ran = run_js("await agent('  one\\n\\t two ' + 'x'.repeat(100)); await agent('b', {label: 'mine'})")
    labels = [event["label"] for event in ran.of("agent_start")]
    assert labels == [("one two " + "x" * 100)[:60], "mine"]


def test_the_default_phase_is_the_current_phase(run_js: Any) -> None:
    ran = run_js("await agent('a'); phase('P'); await agent('b'); await agent('c', {phase: 'Q'})")
    assert [event["phase"] for event in ran.of("agent_start")] == [None, "P", "Q"]


def test_the_model_is_that_of_the_option_the_phase_the_meta_the_run(run_js: Any) -> None:
    meta = "export const meta = {name: 'm', description: 'd', model: 'of-meta', phases: [{title: 'P', model: 'of-phase'}]}\n"
    source = "await agent('a'); phase('P'); await agent('b'); await agent('c', {model: 'own'})"
    ran = run_js(source, meta=meta, model="of-run")
    assert [request.model for request in ran.executor.seen] == ["of-meta", "of-phase", "own"]
    assert [r.model for r in run_js("await agent('a')", model="of-run").executor.seen] == ["of-run"]
    assert [r.model for r in run_js("await agent('a')").executor.seen] == [None]


def test_with_schema_the_result_is_the_validated_value(run_js: Any) -> None:
    ran = run_js(f"return await agent('x', {{schema: {SCHEMA}}})", lambda r: 'Sure:\n```json\n{"n": 3}\n```')
    assert ran.result == {"n": 3}
    assert ran.executor.seen[0].schema["required"] == ["n"]


def test_a_schema_value_need_not_be_an_object(run_js: Any) -> None:
    assert run_js("return await agent('x', {schema: {type: 'number'}})", lambda r: "7").result == 7


def test_a_structured_answer_is_taken_before_the_text(run_js: Any) -> None:
    answer = Report(text="I found three", value={"n": 3})
    assert run_js(f"return await agent('x', {{schema: {SCHEMA}}})", lambda r: answer).result == {"n": 3}


def test_a_schema_mismatch_asks_again_with_the_validators_messages(run_js: Any) -> None:
    answers = ['{"n": "no"}', "no json at all", '{"n": 5}']
    ran = run_js(f"return await agent('x', {{schema: {SCHEMA}}})", lambda r: answers[r.attempt - 1])
    assert ran.result == {"n": 5}
    first, second, third = ran.executor.seen
    assert (first.attempt, first.feedback) == (1, ())
    assert (second.feedback, second.previous) == (("$.n: 'no' is not of type 'integer'",), answers[0])
    assert (third.feedback, third.previous) == (("$: the answer holds no JSON",), answers[1])
    assert [e["attempt"] for e in ran.of("agent_schema_invalid")] == [1, 2]
    done = ran.of("agent_done")[0]
    assert [attempt["text"] for attempt in done["attempts"]] == answers, "nothing paid for is lost"


def test_three_attempts_by_default_then_null(run_js: Any) -> None:
    ran = run_js(f"return await agent('x', {{label: 'L', schema: {SCHEMA}}})", lambda r: "{}")
    assert ran.result is None
    assert len(ran.executor.seen) == 3
    assert ran.logs == [
        "[L] failed: the answer does not match the schema after 3 attempts: $: 'n' is a required property"
    ]
    done = ran.of("agent_done")[0]
    assert done["ok"] is False
    assert done["error"]["category"] == "schema"
    assert [event["final"] for event in ran.of("agent_schema_invalid")] == [False, False, True]


def test_max_attempts_sets_how_often_it_is_asked(run_js: Any) -> None:
    for option in ("maxAttempts: 2", "retry: {maxAttempts: 2}"):
        ran = run_js(f"return await agent('x', {{{option}, schema: {SCHEMA}}})", lambda r: "{}")
        assert len(ran.executor.seen) == 2


@pytest.mark.parametrize(
    "schema", ["{type: 'objekt'}", "5", "[]", "true", "{required: 'n'}", "'no/such.json'"]
)
def test_an_invalid_schema_throws_at_the_call(run_js: Any, schema: str) -> None:
    ran = run_js(caught(f"agent('x', {{schema: {schema}}})"))
    assert ran.result.startswith("Error: agent({schema}) received an invalid JSON Schema: ")
    assert ran.of("agent_start") == []


def test_a_schema_may_be_a_path_relative_to_the_project(project: Project) -> None:
    project.write("schemas/n.json", '{"type": "object", "required": ["n"]}', meta="")
    ran = project.run("return await agent('x', {schema: 'schemas/n.json'})", lambda r: '{"n": 1}')
    assert ran.result == {"n": 1}
    ran = project.run(caught("agent('x', {schema: '../../etc/passwd'})"))
    assert ran.result.endswith("leads out of the project")


def test_a_schema_may_be_named_in_meta(run_js: Any) -> None:
    meta = "export const meta = {name: 'm', description: 'd', schemas: {N: {type: 'number'}}}\n"
    assert run_js("return await agent('x', {schema: 'N'})", lambda r: "1", meta=meta).result == 1


def test_a_ref_inside_the_schema_works_and_one_to_the_outside_fetches_nothing(run_js: Any) -> None:
    inside = "{$defs: {s: {type: 'string'}}, type: 'array', items: {$ref: '#/$defs/s'}}"
    assert run_js(f"return await agent('x', {{schema: {inside}}})", lambda r: '["a"]').result == ["a"]
    outside = "{$ref: 'http://localhost:1/x.json'}"
    ran = run_js(f"return await agent('x', {{schema: {outside}}})", lambda r: "{}")
    assert ran.result is None
    assert "not in it" in ran.logs[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            "{isolation: 'vm'}",
            'agent({isolation}) received an unknown isolation "vm"; known: "worktree", {worktree: true, dirty: true}',
        ),
        ("{runtime: 'gpt'}", 'agent({runtime}) received an unknown runtime "gpt"; known: other, planner'),
        ("{runtime: 7}", "agent({runtime}) received an unknown runtime 7; known: other, planner"),
        ("{onFailure: 'x'}", 'agent({onFailure}) received "x"; known: "null", "throw", "report"'),
    ],
)
def test_an_unknown_option_value_throws_and_lists_what_there_is(
    run_js: Any, options: str, message: str
) -> None:
    ran = run_js(caught(f"agent('x', {options})"), runtimes=("other",))
    assert ran.result == f"Error: {message}"
    assert ran.of("agent_start") == []


def test_a_provider_on_a_runtime_without_providers_throws(run_js: Any) -> None:
    from odw.runtime.fakes import FakeExecutor

    ran = run_js(caught("agent('x', {provider: 'p'})"), executor=FakeExecutor())
    assert ran.result == "Error: agent({provider}) is not possible with the runtime fake: it has no providers"


def test_an_unknown_effort_is_passed_on_and_noted_once(run_js: Any) -> None:
    ran = run_js("await agent('a', {effort: 'huge'}); await agent('b', {effort: 'huge'})")
    assert [request.effort for request in ran.executor.seen] == ["huge", "huge"]
    assert len(ran.notes) == 1
    assert '"huge"' in ran.notes[0]


def test_a_failed_agent_gives_null_and_a_log_line(run_js: Any) -> None:
    ran = run_js("return await agent('x', {label: 'L'})", lambda r: failing())
    assert ran.result is None
    assert ran.logs == ["[L] failed: no luck"]
    assert ran.state["failedAgents"] == [
        {"index": 1, "label": "L", "error": {"category": "unknown", "message": "no luck", "retryable": False}}
    ]


def test_on_failure_throw_rejects(run_js: Any) -> None:
    ran = run_js(caught("agent('x', {label: 'L', onFailure: 'throw'})"), lambda r: failing())
    assert ran.result == "WorkflowAgentError: [L] failed: no luck"


def test_on_failure_report_gives_the_structured_object(run_js: Any) -> None:
    ran = run_js(
        "phase('P'); return await agent('x', {label: 'L', onFailure: 'report'})", lambda r: failing("quota")
    )
    assert ran.result["ok"] is False
    assert ran.result["origin"] == {"phase": "P", "agent": "L", "attempt": 1}
    assert ran.result["error"] == {"category": "quota", "message": "no luck", "retryable": False}
    assert set(ran.result["feedback"]) == {"retryable", "user_message", "next_action"}
    assert ran.outcome.exit_code == 1


def test_on_failure_of_the_option_wins_over_meta_and_meta_over_the_run(run_js: Any) -> None:
    source = "return [await agent('x', {onFailure: 'null'}), (await agent('y')).ok]"
    meta = "export const meta = {name: 'm', description: 'd', onFailure: 'report'}\n"
    assert run_js(source, lambda r: failing(), meta=meta, on_failure="throw").result == [None, False]
    ran = run_js(caught("agent('x')"), lambda r: failing(), on_failure="throw")
    assert ran.result.startswith("WorkflowAgentError")


def test_an_unknown_option_is_kept_in_the_journal(run_js: Any) -> None:
    ran = run_js("await agent('x', {colour: 'red'})")
    assert ran.of("agent_start")[0]["config"] == {"colour": "red"}
    assert ran.executor.seen[0].options["colour"] == "red"


def test_options_that_are_not_json_throw(run_js: Any) -> None:
    ran = run_js("const o = {}; o.o = o; " + caught("agent('x', o)"))
    assert ran.result.startswith(
        "TypeError: agent() received options that are not JSON: a circular reference"
    )


def test_a_hostile_answer_pollutes_nothing(run_js: Any) -> None:
    answer = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'
    source = "const v = await agent('x', {schema: {}}); return [({}).polluted === undefined, v.polluted === undefined, Object.keys(v)]"
    assert run_js(source, lambda r: answer).result == [True, True, ["__proto__", "constructor"]]


def test_a_very_deep_answer_ends_in_a_value_or_null_and_never_in_a_crash(run_js: Any) -> None:
    for depth in (900, 3000, 9000, 50_000):
        ran = run_js(
            "const v = await agent('x', {schema: {}}); return v === null || Array.isArray(v)",
            lambda r, depth=depth: "[" * depth + "]" * depth,
        )
        assert ran.result is True


def test_every_agent_gets_its_index_path_and_key(run_js: Any) -> None:
    ran = run_js("await agent('a'); await parallel([() => agent('b'), () => agent('a', {label: 'other'})])")
    a, b, c = ran.of("agent_start")
    assert [e["index"] for e in (a, b, c)] == [1, 2, 3]
    assert [e["path"] for e in (a, b, c)] == ["a0", "p0[0]/a0", "p0[1]/a0"]
    assert a["key"] == c["key"] != b["key"], "the label is no part of a call's identity"


def test_the_preview_holds_8000_characters_and_the_whole_prompt_is_in_nodes(run_js: Any) -> None:
    ran = run_js("await agent('x'.repeat(9000))")
    start = ran.of("agent_start")[0]
    assert len(start["promptPreview"]) == 8000
    assert (ran.dir / start["promptRef"]).read_text() == "x" * 9000


def test_a_large_result_goes_to_nodes_and_comes_back_whole(run_js: Any) -> None:
    ran = run_js("return (await agent('x')).length", lambda r: "y" * 100_000)
    assert ran.result == 100_000
    assert (ran.dir / ran.of("agent_done")[0]["resultRef"]).read_text() == "y" * 100_000


def test_transport_failures_are_tried_again_after_a_pause(run_js: Any) -> None:
    ran = run_js(
        "return await agent('x', {retry: {backoff: 4}})",
        lambda r: failing("overload", "busy", True) if r.attempt < 3 else "ok",
    )
    assert ran.result == "ok"
    first, second = ran.of("agent_retry")
    assert (first["attempt"], second["attempt"]) == (2, 3)
    assert 3 <= first["delayMs"] <= 5
    assert 6 <= second["delayMs"] <= 10


def test_authentication_quota_and_configuration_are_not_tried_again(run_js: Any) -> None:
    for category in ("authentication", "quota", "configuration"):
        ran = run_js("return await agent('x')", lambda r, c=category: failing(c))
        assert len(ran.executor.seen) == 1


def test_a_timeout_is_a_failure_that_is_tried_again(run_js: Any) -> None:
    for option in ("timeoutMs: 5", "timeout: 0.005"):
        ran = run_js(
            f"return await agent('x', {{{option}, label: 'L', maxAttempts: 2}})",
            lambda r: Planned(Report(text="late"), 30.0),
        )
        assert ran.result is None
        assert ran.logs == ["[L] failed: no answer within 0.005 s"]
        assert len(ran.executor.seen) == 2


def test_an_executor_that_raises_is_a_failed_attempt(run_js: Any) -> None:
    def answer(request: Any) -> str:
        raise ValueError("boom")

    ran = run_js("return await agent('x', {label: 'L'})", answer)
    assert ran.result is None
    assert ran.logs == ["[L] failed: the executor failed: ValueError: boom"]


def test_node_objects_of_pandacode_choose_the_runtime(run_js: Any) -> None:
    source = "return [await pandacode.codex('a'), await pandacode.claude('b', {label: 'L'}), await pandacode.bamboo('c', null), await pandacode.exec('d')]"
    ran = run_js(source, runtimes=("codex", "claude", "bamboo"))
    assert [request.runtime for request in ran.executor.seen] == ["codex", "claude", "bamboo", "planner"]
    assert ran.executor.seen[1].label == "L"


def test_the_result_of_each_call_is_a_new_object(run_js: Any) -> None:
    source = "const [a, b] = await Promise.all([agent('x', {schema: {}}), agent('x', {schema: {}})]); a.n = 2; return [a.n, b.n]"
    assert run_js(source, lambda r: json.dumps({"n": 1})).result == [2, 1]
