"""phase, log, console, checkpoint, promptSlot, odw, args, timers: contract, sections 2 and 4."""

from __future__ import annotations

from typing import Any

import pytest


def error_of(call: str) -> str:
    return f"try {{ await {call}; return 'fine' }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}"


def test_phase_takes_a_title_and_a_detail(run_js: Any) -> None:
    ran = run_js("phase('A'); phase('B', 'why'); return [phase('A')]")
    assert [(e["title"], e.get("detail")) for e in ran.of("phase")] == [
        ("A", None),
        ("B", "why"),
        ("A", None),
    ]
    assert ran.state["phases"] == ["A", "B"]


def test_log_takes_one_string_and_converts_other_values(run_js: Any) -> None:
    ran = run_js(
        "log('text'); log({a: 1}); log([1, 'x']); log(undefined); log(null); log(7); log(); return log('y') === undefined"
    )
    assert ran.logs[:3] == ["text", '{"a":1}', '[1,"x"]']
    assert ran.logs[4:6] == ["null", "7"]
    assert ran.result is True


def test_console_methods_log_with_prefixes(run_js: Any) -> None:
    ran = run_js(
        "console.log('a', {b: 1}); console.info('i'); console.debug('d'); console.warn('w'); console.error('e')"
    )
    assert ran.logs == ['a {"b":1}', "i", "d", "[warn] w", "[error] e"]


def test_long_lines_are_cut_and_say_so(run_js: Any) -> None:
    ran = run_js(
        "log('a'.repeat(2 ** 20 + 5)); console.warn('b'.repeat(2 ** 21)); phase('c'.repeat(2 ** 21))"
    )
    assert ran.logs[0] == "a" * 2**20 + "… [cut: 1,048,576 of 1,048,581 characters are shown]"
    assert ran.logs[1].endswith("b… [cut: 1,048,576 of 2,097,159 characters are shown]")
    assert ran.state["phases"] == ["c" * 2**20 + "… [cut: 1,048,576 of 2,097,152 characters are shown]"]


def test_prompts_and_checkpoints_have_a_limit(run_js: Any) -> None:
    large = "'é'.repeat(2 ** 20)"
    rest = "has 2.0 MB, more than the 1 MB that a value may have (ODW_MAX_VALUE_MB raises the limit)"
    asked = run_js(error_of(f"agent({large})"), max_value_mb=1)
    assert asked.result == f"RangeError: the prompt of agent() {rest}"
    assert asked.of("agent_start") == []
    assert (
        run_js(error_of(f"checkpoint('c', {large})"), max_value_mb=1).result
        == f"RangeError: a checkpoint {rest}"
    )
    assert run_js(error_of(f"checkpoint('c', {large})"), max_value_mb=2).result == "fine"


def test_checkpoint_is_recorded_and_in_the_state(run_js: Any) -> None:
    ran = run_js("checkpoint('first', {n: 1}); checkpoint('second'); checkpoint('first', 2)")
    assert [(e["name"], e["value"]) for e in ran.of("checkpoint")] == [
        ("first", {"n": 1}),
        ("second", None),
        ("first", 2),
    ]
    assert ran.state["checkpoints"] == {"first": 2, "second": None}


def test_checkpoint_refuses_what_is_not_json(run_js: Any) -> None:
    ran = run_js(error_of("(async () => checkpoint('x', {a: 1n}))()"))
    assert (
        ran.result
        == "TypeError: checkpoint() received a value that is not JSON: a BigInt at $.a cannot be written as JSON"
    )


def test_prompt_slot_takes_the_prompt_from_args_and_fills_it(run_js: Any) -> None:
    args = {"prompts": {"ask": "Look at {{context}} and {{input}}!"}, "n": 1}
    ran = run_js("return promptSlot('ask', 'this {{input}}')", args={"prompts": {"ask": "See {{context}}."}})
    assert ran.result == "See this {{input}}.", "a marker in what is put in stays"
    assert '"n": 1' in run_js("return promptSlot('ask', {a: 1})", args=args).result


def test_a_prompt_slot_without_prompt_throws_and_says_how_to_pass_it(run_js: Any) -> None:
    ran = run_js(error_of("(async () => promptSlot('ask'))()"))
    assert (
        ran.result == 'Error: promptSlot("ask") has no prompt: pass it in args as {"prompts": {"ask": "…"}}'
    )


def test_the_suggested_prompt_serves_dry_runs_and_where_args_allow_it(run_js: Any) -> None:
    source = "return promptSlot('ask', null, 'suggested {{context}}')"
    assert run_js(source, dry_run=True).result == "suggested "
    assert run_js(source, args={"allowSuggestedPrompts": True}).result == "suggested "
    assert "allowSuggestedPrompts" in run_js(source).error.message


def test_odw_tells_about_the_run(run_js: Any) -> None:
    ran = run_js("return {...odw}")
    assert ran.result == {
        "backend": "planner",
        "runId": ran.outcome.run_id,
        "runDir": ran.outcome.run_dir,
        "statePath": f"{ran.outcome.run_dir}/state.json",
        "resumeFrom": None,
    }


def test_cwd_is_the_project(run_js: Any, project: Any) -> None:
    assert run_js("return cwd").result == str(project.root)


def test_args_are_undefined_when_nothing_was_passed(run_js: Any) -> None:
    assert run_js("return [typeof args, typeof input]").result == ["undefined", "undefined"]


@pytest.mark.parametrize(
    "args", [None, 0, "", "text", [1, {"a": 2}], {"a": {"b": [1.5, True, None]}}, "😀\u2028"]
)
def test_args_are_what_was_passed(run_js: Any, args: Any) -> None:
    assert run_js("return [args, input]", args=args).result == [args, args]


def test_args_are_a_deep_copy_that_the_script_may_change(run_js: Any) -> None:
    args = {"list": [1]}
    assert run_js("args.list.push(2); args.x = 1; return args", args=args).result == {"list": [1, 2], "x": 1}
    assert args == {"list": [1]}


def test_proto_keys_in_args_are_harmless(run_js: Any) -> None:
    args = {"__proto__": {"polluted": True}, "constructor": {"prototype": {"polluted": True}}}
    source = (
        "const copy = {...args}; return [({}).polluted, args.polluted, Object.keys(args)].map(x => x ?? null)"
    )
    assert run_js(source, args=args).result == [None, None, ["__proto__", "constructor"]]


def test_every_hook_can_be_shadowed(run_js: Any) -> None:
    source = "const log = x => x + 1; function parallel(agent) { return agent } return [log(1), parallel('p'), ((args, budget) => args + budget)(1, 2)]"
    assert run_js(source).result == [2, "p", 3]


def test_default_export_forms_get_args(run_js: Any) -> None:
    for form in ("export default async function (args) {", "export async function workflow(args) {"):
        assert run_js(form + " return [args.n, await agent('x')] }", args={"n": 1}).result == [1, "re: x"]
    assert run_js("export default (args) => args.n", args={"n": 2}).result == 2


def test_timers_fire_by_time_then_by_order(run_js: Any) -> None:
    source = """
    const order = []
    const at = (name, ms) => new Promise(done => setTimeout(() => { order.push(name); done() }, ms))
    await Promise.all([at('c', 3), at('a1', 1), at('b', 2), at('a2', 1), at('a0', 0), at('none')])
    return order
    """
    ran = run_js(source)
    assert ran.result == ["a1", "a2", "a0", "none", "b", "c"]
    assert len(ran.of("timer_fired")) == 6


def test_a_timer_passes_arguments_and_can_be_cleared(run_js: Any) -> None:
    source = """
    const got = []
    const t = setTimeout(() => got.push('never'), 1)
    clearTimeout(t); clearTimeout(undefined); clearTimeout('x')
    await new Promise(done => setTimeout((a, b) => { got.push(a, b); done() }, 1, 'A', 'B'))
    const u = setTimeout(() => got.push('u'), 2), v = setTimeout(() => clearTimeout(u), 2)
    await new Promise(done => setTimeout(done, 3))
    return got
    """
    assert run_js(source).result == ["A", "B", "u"]


def test_a_timer_keeps_its_workflow(run_js: Any) -> None:
    ran = run_js("await parallel([() => new Promise(r => setTimeout(() => r(agent('x')), 1))])")
    assert ran.of("agent_start")[0]["path"] == "p0[0]/a0"


def test_a_callback_that_throws_is_logged_with_its_place_and_the_run_goes_on(run_js: Any) -> None:
    source = """
    setTimeout(() => { throw new Error('in a timer') }, 1)
    queueMicrotask(() => { throw new TypeError('in a job') })
    await new Promise(done => setTimeout(done, 2))
    return 'done'
    """
    ran = run_js(source)
    assert ran.result == "done"
    assert ran.logs == [
        "[warn] uncaught error in a callback at main.js:4:34: in a job",
        "[warn] uncaught error in a callback at main.js:3:30: in a timer",
    ]


def test_set_timeout_wants_a_function(run_js: Any) -> None:
    assert run_js(error_of("(async () => setTimeout('code', 1))()")).result.startswith(
        'TypeError: The "callback" argument'
    )


@pytest.mark.parametrize(
    "name", ["fetch", "process", "require", "Buffer", "crypto", "performance", "setInterval", "WeakRef"]
)
def test_absent_globals_are_reference_errors_that_say_why(run_js: Any, name: str) -> None:
    source = f"try {{ {name}.x; return 'there' }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}"
    assert run_js(source).result.startswith(f"ReferenceError: {name} is not defined: ")


@pytest.mark.parametrize("call", ["Math.random()", "Date.now()", "new Date()", "Date()"])
def test_clock_and_randomness_throw_at_run_time_whatever_the_alias(run_js: Any, call: str) -> None:
    source = f"const G = [globalThis][0]; const {{Math, Date}} = G; try {{ {call}; return 'ran' }} catch (e) {{ return e.message }}"
    ran = run_js(source)
    assert "args" in ran.result or "index" in ran.result
