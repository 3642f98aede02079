"""Limits, budget, errors and results: how a run ends. Contract, sections 5 and 9."""

from __future__ import annotations

from typing import Any

import pytest
from script_runs import spending

from odw.runtime.budget_limits import COST, TOTAL, BudgetLimit, budget_limits


def test_the_call_after_the_cap_throws_workflow_agent_cap_error(run_js: Any) -> None:
    source = "await agent('1'); await agent('2'); try { await agent('3') } catch (e) { return [e.name, e.message, e instanceof Error] }"
    ran = run_js(source, max_agents=2)
    assert ran.result == [
        "WorkflowAgentCapError",
        "workflow agent cap reached: 2 agents per run; --max-agents raises it, also on resume",
        True,
    ]


def test_an_uncaught_cap_fails_the_run(run_js: Any) -> None:
    ran = run_js("for (;;) await agent('x')", max_agents=3)
    assert (ran.outcome.status, ran.error.code, ran.outcome.exit_code) == ("failed", "agent_cap", 1)
    assert len(ran.of("agent_done")) == 3


def test_calls_in_flight_finish_and_are_recorded_when_the_cap_ends_the_run(run_js: Any) -> None:
    ran = run_js("agent('a'); agent('b'); await agent('c')", max_agents=2)
    assert ran.error.code == "agent_cap"
    assert len(ran.of("agent_done")) == 2


def test_the_budget_object_without_a_total(run_js: Any) -> None:
    source = "await agent('x'); return [budget.total, budget.spent(), budget.remaining() === Infinity, budget.unit]"
    assert run_js(source, lambda r: spending(output=7)).result == [None, 7, True, "output-tokens"]


def test_the_budget_object_counts_and_never_goes_below_zero(run_js: Any) -> None:
    source = "const a = [budget.total, budget.remaining()]; await agent('x'); return [...a, budget.spent(), budget.remaining()]"
    assert run_js(source, lambda r: spending(output=30), budget=BudgetLimit(20)).result == [20, 20, 30, 0]


def test_agent_throws_once_the_budget_is_spent(run_js: Any) -> None:
    source = "await agent('x'); try { await agent('y') } catch (e) { return e.message }"
    ran = run_js(source, lambda r: spending(output=30), budget=BudgetLimit(20))
    assert ran.result == "workflow budget exhausted: spent 30 >= total 20 tokens"


def test_an_uncaught_spent_budget_parks_the_run(run_js: Any) -> None:
    ran = run_js("for (;;) await agent('x')", lambda r: spending(output=30), budget=BudgetLimit(50))
    assert (ran.outcome.status, ran.outcome.exit_code) == ("parked", 4)
    assert ran.error.message == "workflow budget exhausted: spent 60 >= total 50 tokens"
    assert ran.state["status"] == "parked"


def test_every_attempt_counts_failed_ones_too(run_js: Any) -> None:
    source = "await agent('x', {schema: {type: 'number'}}); return budget.spent()"
    assert run_js(source, lambda r: spending("no", 5)).result == 15


def test_units_of_the_budget(run_js: Any) -> None:
    source = "await agent('x'); return [budget.spent(), budget.unit]"
    answer = lambda r: spending(output=5, input=100)  # noqa: E731
    assert run_js(source, answer, budget=BudgetLimit(1000, TOTAL)).result == [105, "total-tokens"]
    assert run_js(source, answer, budget=BudgetLimit(5, COST)).result == [0, "usd"]


def test_the_overshoot_stays_about_one_call(run_js: Any) -> None:
    source = "await parallel(Array.from({length: 40}, (_, i) => () => agent('x' + i)))"
    ran = run_js(source, lambda r: spending(output=10), budget=BudgetLimit(100), concurrency=4)
    assert ran.outcome.status == "parked"
    assert 100 <= ran.state["budget"]["spent"] <= 140
    assert len([line for line in ran.logs if "halted" in line]) == 1


def test_args_budget_total_seeds_a_total_token_budget() -> None:
    assert budget_limits(None, {"budget": {"total": 500}}, {}).run == BudgetLimit(500, TOTAL)
    assert budget_limits("1k", {"budget": {"total": 500}}, {}).run == BudgetLimit(1000)
    assert budget_limits(None, {"budget": {"total": "x"}}, {"budget": "$2"}).run == BudgetLimit(2, COST)
    assert budget_limits(None, None, {}).run is None


def test_an_executor_without_usage_marks_the_budget_approximate(run_js: Any) -> None:
    assert run_js("await agent('x')").state["budget"]["approx"] is True
    assert run_js("await agent('x')", lambda r: spending()).state["budget"]["approx"] is False


def test_awaiting_what_never_settles_fails_at_once_with_the_place(run_js: Any) -> None:
    ran = run_js("await agent('x')\nawait new Promise(() => {})")
    assert ran.error.message == "waiting for a promise that can never settle"
    assert ran.error.code == "deadlock"
    assert "main.js:3:1" in ran.error.report
    assert "await new Promise" in ran.error.report


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("let n = 0\nwhile (true) { n++ }", "main.js:3:"),
        ("await agent('x')\nfor (;;) {\n}", "main.js:3:"),
        ("Promise.resolve().then(() => {\n  for (;;) {} })\nawait agent('x')", "main.js:3:"),
        ("const f = async () => { while (true) await null }\nawait f()", "main.js:2:"),
        ("void [1].map(() => {\nwhile (1) {}\n})", "main.js:3:"),
        ("try { for (;;) {} } catch {} finally { log('never') }", "main.js:2:"),
        ("return {toJSON() {\nfor (;;) {} }}", "main.js:3:"),
    ],
)
def test_a_slice_that_does_not_end_is_stopped_with_its_line(run_js: Any, source: str, place: str) -> None:
    ran = run_js(source, slice_s=0.3)
    assert ran.error.message == (
        "the script ran for 0.3 s without awaiting anything; an endless loop? (ODW_SCRIPT_SLICE_S raises the limit)"
    )
    assert ran.error.code == "slice_exceeded"
    assert place in ran.error.report
    assert "^" in ran.error.report
    assert ran.logs == []


def test_memory_beyond_the_ceiling_ends_the_run(run_js: Any) -> None:
    ran = run_js("const a = []\nfor (;;) a.push([a.length])", memory_mb=64, slice_s=20)
    assert "MB of memory" in ran.error.message


def test_an_unhandled_rejection_is_logged_with_its_place_and_the_run_goes_on(run_js: Any) -> None:
    ran = run_js("Promise.reject(new Error('lost'))\nPromise.reject('text')\nawait agent('x')\nreturn 'done'")
    assert ran.result == "done"
    assert ran.logs == [
        "[warn] unhandled rejection at main.js:2:20: lost",
        "[warn] unhandled rejection: text",
    ]


def test_a_rejection_handled_later_in_the_same_turn_is_not_reported(run_js: Any) -> None:
    ran = run_js("const p = Promise.reject(new Error('x')); await null; p.catch(() => {}); return 1")
    assert ran.logs == []


def test_a_circular_result_fails_with_its_path(run_js: Any) -> None:
    ran = run_js("const o = {items: [{}]}; o.items[0]['the self'] = o; return o")
    assert ran.error.message == (
        'result_not_serializable: a circular reference at $.items[0]["the self"] cannot be written as JSON'
    )
    assert ran.error.code == "result_not_serializable"
    assert ran.state["status"] == "failed"


def test_a_bigint_result_fails_with_its_path(run_js: Any) -> None:
    assert "a BigInt at $[1]" in run_js("return [1, 2n]").error.message


def test_a_result_that_nests_too_deeply_fails_cleanly(run_js: Any) -> None:
    source = "let v = 1; for (let i = 0; i < {n}; i++) v = [v]; return v"
    assert run_js(source.replace("{n}", "200")).outcome.status == "completed"
    for depth in ("300", "5000", "100000"):
        assert "levels deep" in run_js(source.replace("{n}", depth)).error.message


def test_what_json_leaves_out_of_a_result(run_js: Any) -> None:
    source = "return {u: undefined, f() {}, s: Symbol('x'), n: NaN, i: -Infinity, z: -0, d: new Date(0), a: [undefined, () => 1], m: new Map([[1, 2]]), b: Object(true), big: 1e21}"
    ran = run_js(source)
    assert ran.result == {
        "n": None, "i": None, "z": 0, "d": "1970-01-01T00:00:00.000Z", "a": [None, None], "m": {}, "b": True, "big": 1e21,
    }  # fmt: skip
    assert run_js("").result is None
    assert run_js("return undefined").result is None


def test_a_proxy_or_getter_in_a_result_runs_and_may_throw(run_js: Any) -> None:
    assert run_js("return new Proxy({a: 1}, {get: (t, k) => k === 'a' ? 2 : undefined})").result == {"a": 2}
    assert run_js("return {get x() { throw new Error('g') }}").error.message == "Error: g"


def test_a_thrown_string(run_js: Any) -> None:
    assert run_js("throw 'just text'").error.message == "Uncaught 'just text'"


def test_a_thrown_object(run_js: Any) -> None:
    assert run_js("throw {code: 7, why: ['x']}").error.message == 'Uncaught {"code":7,"why":["x"]}'
    for value in ("null", "undefined", "42"):
        assert run_js(f"throw {value}").error.message == f"Uncaught {value}"


def test_an_uncaught_error_shows_file_line_column_and_caret(run_js: Any) -> None:
    ran = run_js("const x = null\nreturn x.name")
    assert ran.error.message == "TypeError: Cannot read properties of null (reading 'name')"
    head, line, caret = ran.error.report.split("\n")[:3]
    assert head.startswith("main.js:3:8: TypeError: Cannot read")
    assert "return x.name" in line
    assert caret.index("^") == line.index("x.name")
    assert ran.outcome.exit_code == 1
    assert ran.of("workflow_error")[0]["report"] == ran.error.report


def test_an_errors_cause_is_reachable(run_js: Any) -> None:
    source = "try { throw new Error('a', {cause: new TypeError('b')}) } catch (e) { return [e.cause.name, e.cause.message] }"
    assert run_js(source).result == ["TypeError", "b"]


def test_ok_false_is_exit_code_1(run_js: Any) -> None:
    assert run_js("return {ok: false}").outcome.exit_code == 1
    assert run_js("return {ok: true}").outcome.exit_code == 0


def test_agents_still_running_at_the_end_are_noted(run_js: Any) -> None:
    ran = run_js("agent('a'); agent('b'); return 'early'")
    assert ran.result == "early"
    assert ran.notes == ["2 agent calls were still running at the end of the workflow and were stopped"]


def test_a_result_beyond_its_limit_fails_the_run(run_js: Any) -> None:
    source = "const a = await agent('x'); return {a, text: 'y'.repeat(2 ** 20)}"
    ran = run_js(source, max_value_mb=1)
    assert (ran.outcome.status, ran.error.code, ran.outcome.exit_code) == ("failed", "result_too_large", 1)
    assert ran.error.message == (
        "result_too_large: the result has 1.0 MB, more than the 1 MB that a value may have "
        "(ODW_MAX_VALUE_MB raises the limit)"
    )
    assert "odw resume" in ran.error.hint
    assert len(ran.of("agent_done")) == 1  # what was paid for is recorded
    assert ran.of("workflow_done") == []


def test_a_result_within_its_limit(run_js: Any) -> None:
    assert len(run_js("return 'y'.repeat(2 ** 20)", max_value_mb=1).result) == 2**20
