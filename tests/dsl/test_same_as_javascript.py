"""A workflow in Python makes the calls that its JavaScript twin makes: equal keys at equal places, in equal order; and equal results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from script_runs import Ran

from odw.runtime.abc import Planned, Report

Run = Callable[..., Ran]

# name -> the body in JavaScript, the body in Python
PAIRS = {
    "sequence": (
        "const a = await agent('one'); return [a, await agent('two', {label: 'l', model: 'm', maxTokens: 5})]",
        "a = await odw.call('one'); return [a, await odw.call('two', label='l', model='m', max_tokens=5)]",
    ),
    "schema": (
        "return await agent('x', {schema: {type: 'object', required: ['a'], properties: {a: {type: 'integer'}}}})",
        "return await odw.call('x', schema={'type': 'object', 'required': ['a'], 'properties': {'a': {'type': 'integer'}}})",
    ),
    "parallel": (
        "return await parallel([1, 2, 3].map((n) => () => agent(`do ${n}`)))",
        "return await odw.parallel([lambda n=n: odw.call(f'do {n}') for n in [1, 2, 3]])",
    ),
    "nested": (
        "return await parallel([0, 1].map((i) => () => parallel([0, 1].map((j) => () => agent(`${i} ${j}`)))))",
        "return await odw.parallel_map(lambda i: odw.parallel_map(lambda j: odw.call(f'{i} {j}'), range(2)), range(2))",
    ),
    "uneven": (
        "return await parallel([() => parallel([() => agent('deep')]), () => agent('flat')])",
        "return await odw.parallel([odw.parallel([odw.call('deep')]), odw.call('flat')])",
    ),
    "limited": (
        "return await parallel([1, 2, 3, 4, 5].map((n) => () => agent(`do ${n}`)), {max: 2})",
        "return await odw.parallel_map(lambda n: odw.call(f'do {n}'), [1, 2, 3, 4, 5], max=2)",
    ),
    "pipeline": (
        "return await pipeline(['a', 'b', 'c'], (x) => agent(`1 ${x}`), (y, x, i) => agent(`2 ${x} ${i} ${y}`))",
        "return await odw.pipeline(['a', 'b', 'c'], lambda x: odw.call(f'1 {x}'), lambda y, x, i: odw.call(f'2 {x} {i} {y}'))",
    ),
    "gathered": (
        "return await Promise.all([1, 2].map(async (n) => [await parallel([() => agent(`a ${n}`), () => agent(`b ${n}`)]), await agent(`c ${n}`)]))",
        "async def one(n):\n        return [await odw.parallel([odw.call(f'a {n}'), odw.call(f'b {n}')]), await odw.call(f'c {n}')]\n"
        "    return await odw.gather([one(1), one(2)])",
    ),
    "failures": (
        "return await parallel([() => agent('bad'), () => { throw new Error('no') }, () => agent('ok')])",
        "def no(): raise ValueError('no')\n    return await odw.parallel([odw.call('bad'), no, odw.call('ok')])",
    ),
    "phases": (
        "phase('A'); const a = await agent('one'); phase('B'); return [a, await parallel([() => agent('two')], {phase: 'C'})]",
        "odw.phase('A'); a = await odw.call('one'); odw.phase('B'); return [a, await odw.parallel([odw.call('two')], phase='C')]",
    ),
    "timers": (
        "await new Promise((r) => setTimeout(r, 5)); return agent('late')",
        "await odw.sleep(0.005); return await odw.call('late')",
    ),
}


def answer(request: Any) -> Any:
    if request.prompt == "bad":
        raise ValueError("no luck")
    if request.schema:
        return Planned(Report(value={"a": 3}))
    return f"re: {request.prompt}"


def made(ran: Ran) -> list[tuple[Any, ...]]:
    starts = sorted(ran.of("agent_start"), key=lambda event: event["index"])
    return [(e["index"], e["path"], e["key"], e["label"], e["phase"]) for e in starts]


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.usefixtures("trio_order")
def test_twins_make_the_same_calls(name: str, run_js: Run, run_py: Run) -> None:
    script, python = PAIRS[name]
    js = run_js(script, answer)
    py = run_py(f"@odw.workflow\nasync def case():\n    {python}\n", answer)
    assert js.result == py.result
    assert made(js) == made(py)
    assert made(js)


def test_a_run_of_the_script_is_gone_on_with_in_python(run_js: Run, run_py: Run) -> None:
    script, python = PAIRS["pipeline"]
    js = run_js(script, answer)
    py = run_py(f"@odw.workflow\nasync def case():\n    {python}\n", answer, resume_from=js.dir.name)
    assert py.result == js.result
    assert py.executor.seen == []
