"""parallel, pipeline and fanout: contract, section 4."""

from __future__ import annotations

from typing import Any

import pytest
from script_runs import failing


def error_of(call: str) -> str:
    return f"try {{ await {call}; return 'fine' }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("parallel()", "parallel() expects an array of functions"),
        ("parallel('abc')", "parallel() expects an array of functions"),
        ("parallel(() => 1)", "parallel() expects an array of functions"),
        ("parallel({length: 1})", "parallel() expects an array of functions"),
        (
            "parallel([agent('x')])",
            "parallel() expects an array of functions, not promises. Wrap each call: () => agent(...)",
        ),
        (
            "parallel([() => 1, 5])",
            "parallel() expects an array of functions, not promises. Wrap each call: () => agent(...)",
        ),
        ("pipeline()", "pipeline() expects an array as the first argument"),
        ("pipeline('ab', x => x)", "pipeline() expects an array as the first argument"),
        (
            "pipeline([1], 5)",
            "pipeline() stages must be functions: pipeline(items, item => ..., result => ...)",
        ),
        (
            "pipeline([], x => x, null)",
            "pipeline() stages must be functions: pipeline(items, item => ..., result => ...)",
        ),
        ("fanout(5, x => x)", "fanout() expects an array as the first argument"),
        ("fanout([1])", "fanout() expects a function as the second argument: fanout(items, item => ...)"),
    ],
)
def test_wrong_arguments_throw_a_type_error(run_js: Any, call: str, message: str) -> None:
    assert run_js(error_of(call)).result == f"TypeError: {message}"


def test_parallel_keeps_the_order_and_gives_each_thunk_its_index(run_js: Any) -> None:
    source = "return await parallel([0, 1, 2].map(() => async i => { await agent('a' + i, {mockDelayMs: 1}); return i }))"
    assert run_js(source).result == [0, 1, 2]


def test_parallel_is_a_barrier(run_js: Any) -> None:
    source = """
    const order = []
    await parallel([async () => { await agent('a'); await agent('b'); order.push('slow') }, () => { order.push('fast') }])
    order.push('after')
    return order
    """
    assert run_js(source).result == ["fast", "slow", "after"]


def test_parallel_gives_null_for_undefined_and_keeps_other_falsy_values(run_js: Any) -> None:
    source = (
        "return await parallel([() => {}, () => null, () => 0, () => '', () => false, async () => undefined])"
    )
    assert run_js(source).result == [None, None, 0, "", False, None]


def test_a_thunk_that_throws_gives_null_and_a_log_line(run_js: Any) -> None:
    source = """
    return await parallel([
      () => { throw new Error('sync') }, async () => { throw new TypeError('late') }, () => { throw 'text' },
      () => Promise.reject({message: 'object'}), () => { throw 42 }, () => 'fine', () => null.x,
    ])
    """
    ran = run_js(source)
    assert ran.result == [None, None, None, None, None, "fine", None]
    assert sorted(ran.logs) == [
        "parallel[0] failed: sync",
        "parallel[1] failed: late",
        "parallel[2] failed: text",
        "parallel[3] failed: object",
        "parallel[4] failed: 42",
        "parallel[6] failed: Cannot read properties of null (reading 'x')",
    ]
    assert [e["item"] for e in ran.of("parallel_item_error")] == [0, 2, 4, 6, 1, 3]
    assert ran.of("parallel_done")[0]["failed"] == 6


def test_parallel_of_nothing_is_an_empty_array(run_js: Any) -> None:
    ran = run_js("return [await parallel([]), await pipeline([], x => x), await fanout([], x => x)]")
    assert ran.result == [[], [], []]
    assert [e["type"] for e in ran.events if "parallel" in e["type"]] == [
        "parallel_start",
        "parallel_done",
    ] * 2


def test_parallel_takes_node_objects(run_js: Any) -> None:
    source = "return await parallel([{prompt: 'a', label: 'L'}, () => agent('b'), {prompt: 'c', phase: 'Q'}])"
    ran = run_js(source)
    assert ran.result == ["re: a", "re: b", "re: c"]
    assert [(e["label"], e["phase"]) for e in ran.of("agent_start")] == [("L", None), ("b", None), ("c", "Q")]


@pytest.mark.parametrize("name", ["max", "concurrency"])
def test_max_limits_how_many_run_at_once(run_js: Any, name: str) -> None:
    source = f"""
    let now = 0, most = 0
    const thunk = i => async () => {{ most = Math.max(most, ++now); await agent('a' + i); now--; return i }}
    return [await parallel([0, 1, 2, 3, 4].map(thunk), {{{name}: 2}}), most]
    """
    assert run_js(source, concurrency=16).result == [[0, 1, 2, 3, 4], 2]


def test_parallel_takes_a_label_and_a_phase(run_js: Any) -> None:
    ran = run_js(
        "await parallel([() => agent('a'), () => agent('b', {phase: 'own'})], {label: 'L', phase: 'P'})"
    )
    assert ran.of("parallel_start")[0]["label"] == "L"
    assert [e["phase"] for e in ran.of("agent_start")] == ["P", "own"]


def test_failed_agents_are_null_in_the_array(run_js: Any) -> None:
    ran = run_js(
        "return (await parallel([() => agent('a'), () => agent('bad', {label: 'B'}), () => agent('c')])).filter(Boolean)",
        lambda r: failing() if r.prompt == "bad" else r.prompt,
    )
    assert ran.result == ["a", "c"]
    assert ran.logs == ["[B] failed: no luck"]


def test_pipeline_gives_each_stage_previous_item_and_index(run_js: Any) -> None:
    source = "return await pipeline(['a', 'b'], (p, item, i) => [p, item, i], async (p, item, i) => [...p, item, i])"
    assert run_js(source).result == [["a", "a", 0, "a", 0], ["b", "b", 1, "b", 1]]


def test_pipeline_without_stages_gives_the_items(run_js: Any) -> None:
    assert run_js("return await pipeline([1, undefined, null, 'x'])").result == [1, None, None, "x"]


def test_pipeline_has_no_barrier_between_stages(run_js: Any) -> None:
    source = """
    const order = []
    await pipeline([2, 0], async n => { for (let i = 0; i < n; i++) await agent('x'); order.push('1:' + n); return n },
      n => { order.push('2:' + n) })
    return order
    """
    assert run_js(source).result == ["1:0", "2:0", "1:2", "2:2"]


def test_a_stage_that_returns_null_skips_the_later_ones_and_undefined_does_not(run_js: Any) -> None:
    source = """
    const seen = []
    const results = await pipeline(['null', 'undefined', 'zero'],
      x => ({null: null, undefined: undefined, zero: 0})[x], (p, x) => { seen.push(x); return p === undefined ? 'was undefined' : p })
    return [results, seen]
    """
    assert run_js(source).result == [[None, "was undefined", 0], ["undefined", "zero"]]


def test_a_null_item_reaches_the_first_stage(run_js: Any) -> None:
    assert run_js("return await pipeline([null], x => x === null)").result == [True]


def test_a_stage_that_throws_gives_null_skips_the_rest_and_is_logged(run_js: Any) -> None:
    source = """
    const seen = []
    const r = await pipeline([1, 2], x => { if (x === 2) throw new Error('odd'); return x }, x => { seen.push(x); return x })
    return [r, seen]
    """
    ran = run_js(source)
    assert ran.result == [[1, None], [1]]
    assert ran.logs == ["pipeline[1] failed: odd"]
    assert ran.of("pipeline_done")[0]["failed"] == 1


def test_a_last_stage_that_returns_undefined_leaves_undefined(run_js: Any) -> None:
    assert run_js(
        "const r = await pipeline([1], () => {}); return [r.length, r[0] === undefined]"
    ).result == [1, True]


def test_pipeline_calls_have_paths_by_item_and_stage(run_js: Any) -> None:
    ran = run_js("await pipeline([1, 2], x => agent('a' + x), r => agent('b' + r))")
    assert [e["path"] for e in ran.of("agent_start")] == [
        "l0[0.0]/a0",
        "l0[1.0]/a0",
        "l0[0.1]/a0",
        "l0[1.1]/a0",
    ]


def test_fanout_maps_items_with_their_index(run_js: Any) -> None:
    ran = run_js(
        "return await fanout(['a', 'b'], async (x, i) => x + i + await agent(x), {label: 'F', max: 1})"
    )
    assert ran.result == ["a0re: a", "b1re: b"]
    assert ran.of("parallel_start")[0]["label"] == "F"


def test_a_halt_never_becomes_null_and_is_logged_once_with_what_it_dropped(run_js: Any) -> None:
    source = "try { return await parallel([0, 1, 2, 3, 4].map(i => () => agent('a' + i))) } catch (e) { return e.name }"
    ran = run_js(source, max_agents=2)
    assert ran.result == "WorkflowAgentCapError"
    assert [line for line in ran.logs if "halted" in line] == [
        "parallel halted, 5 of 5 results dropped: workflow agent cap reached: 2 agents per run; --max-agents raises it, also on resume"
    ]
    assert not any("failed" in line for line in ran.logs)


def test_a_halt_passes_a_pipeline_and_a_nested_fanout_with_one_log_line(run_js: Any) -> None:
    source = "await pipeline([1, 2], x => parallel([() => agent('a' + x)]))"
    ran = run_js(source, max_agents=1)
    assert ran.error.message.startswith("workflow agent cap reached")
    assert len([line for line in ran.logs if "halted" in line]) == 1


def test_the_limit_is_enforced_for_thousands_of_items(run_js: Any) -> None:
    ran = run_js("return (await parallel(Array.from({length: 3000}, (_, i) => () => i))).length")
    assert ran.result == 3000


def test_a_patched_promise_all_changes_nothing(run_js: Any) -> None:
    source = "Promise.all = () => 'patched'; Array.prototype.map = null; return await parallel([() => 1, () => agent('x')])"
    assert run_js(source).result == [1, "re: x"]
