"""Everything that a script can reach from its global object is an ECMAScript value of the value model, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from attempts import run_attempt
from walk import NOT_FOR_SCRIPTS, Walk, is_value

from odw.ecma.realm import R
from odw.ecma.values import JSFunction, JSObject

OBJECTS = """
  globalThis.kept = {
    promise: agent('x'), generator: (function* () { yield 1 })(), asyncGenerator: (async function* () { yield 1 })(),
    match: /a(?<n>b)/d.exec('ab'), matches: 'aa'.matchAll(/a/g), error: new AggregateError([new Error('x', { cause: agent })], 'm'),
    url: new URL('https://a.b/c?d=1'), date: new Date(0), map: new Map([[1, { a: 1 }], [{}, agent]]), set: new Set([log, 'x']),
    weak: new WeakMap([[{}, 1]]), proxy: new Proxy({ p: 1 }, { get: () => 5 }), callable: new Proxy(agent, {}),
    bound: agent.bind(null, 1), symbol: Symbol('s'), registered: Symbol.for('r'), big: 10n, boxes: [Object(1), Object('s'), Object(1n), Object(Symbol('b'))],
    arguments: (function () { return arguments })(1, 2), iterator: [1].values(), mapIterator: new Map([[1, 2]]).entries(), holes: [, 1],
    klass: class { #p = 1; static s = 2; get g() { throw new TypeError('a getter') } static #q() {} },
    frozen: Object.freeze({ f: 1 }), bare: Object.create(null), tag: ((s) => s)`a${1}b`, namespace: Math, segmenter: new Intl.Segmenter('en'),
    segments: new Intl.Segmenter('en').segment('ab'), collator: new Intl.Collator('en'), thenable: { then(r) { kept.resolve = r; r(1) } },
    executor: new Promise((resolve, reject) => { globalThis.settlers = [resolve, reject] }),
  }
  kept.instance = new kept.klass()
  await kept.thenable
  kept.answer = await agent('y', { schema: { type: 'object', properties: { a: { type: 'array', items: { type: 'integer' } } } } })
  kept.report = await agent('z', { schema: { type: 'integer' }, mockResult: 'no', maxAttempts: 1, onFailure: 'report' })
  kept.thrown = []
  for (const mistake of [
    () => agent('x', { isolation: 'moon' }), () => null.x, () => undefined(), () => { (function f() { f() })() }, () => JSON.parse('{'), () => new RegExp('('),
    () => x, () => { const a = 1; a = 2 }, () => Symbol() + '', () => 1n + 1, () => 'x'.repeat(-1), () => new Array(-1), () => [].reduce((a) => a),
    () => workflow('nowhere'), () => workflow({ scriptPath: '../../x.js' }), () => parallel([1]), () => pipeline(1), () => agent(Symbol()), () => structuredClone(agent),
    () => promptSlot('none'), () => checkpoint('c', 1n), () => log(Symbol('s')), () => agent('f', { schema: { type: 'integer' }, mockResult: 'no', maxAttempts: 1, onFailure: 'throw' }),
    () => new URL('x'), () => decodeURI('%'), () => Reflect.construct(1), () => new Proxy({}, null), () => Promise.any([]), () => Reflect.get(Math, 'random')(),
  ]) { try { kept.thrown.push(await mistake()) } catch (e) { kept.thrown.push(e) } }
"""

# Every function is called with odd values, as itself and as a constructor; what comes of it is kept and called in its turn.
CALLS = """
  const odd = () => [undefined, null, -0, 5, 'x', Symbol.iterator, 10n, {}, [1, 2], (a) => a, new Proxy({}, {}), new Map([[1, 2]]), /x/g, new Date(0), Promise.resolve(1)]
  const never = new Set([setTimeout, workflow, agent, parallel, fanout, pipeline, promptSlot, Object.freeze, Object.seal, Object.preventExtensions, Reflect.preventExtensions,
    Object.setPrototypeOf, Reflect.setPrototypeOf, Object.defineProperty, Object.defineProperties, Reflect.defineProperty, Reflect.deleteProperty, ...Object.values(pandacode)])
  const seen = new Set(), functions = [], results = []
  const look = (v) => {
    if ((typeof v !== 'object' && typeof v !== 'function') || v === null || seen.has(v)) return
    seen.add(v)
    if (typeof v === 'function' && !never.has(v) && !/Range(ToParts)?$/.test(v.name)) functions.push(v)  // those are not supported
    look(Reflect.getPrototypeOf(v))
    for (const key of Reflect.ownKeys(v)) {
      const own = Reflect.getOwnPropertyDescriptor(v, key)
      if (v === Intl && own.get) continue
      for (const part of [own.value, own.get, own.set]) look(part)
    }
  }
  for (const name of Reflect.ownKeys(globalThis)) if (name !== 'kept') look(globalThis[name])
  let calls = 0
  for (const f of functions) for (let n = 0; n < 15; n++) {
    const values = odd()
    for (const act of [() => Reflect.apply(f, values[n], values.slice(n, n + 3)), () => Reflect.construct(f, values.slice(n, n + 2))]) {
      calls++
      try { results.push(act()) } catch (e) { results.push(e) }
    }
  }
  globalThis.results = results
  return [functions.length > 400, calls > 12000]
"""


def test_the_globals_lead_to_nothing_but_values() -> None:
    assert (
        run_attempt(f"{OBJECTS} return await parallel([() => 1])", {"a": [1, {"b": None}]}).ending
        == "gives [1]"
    )
    found = Walk(("globalThis", R.global_object))
    assert found.strange == []
    assert len(found.met) > 650  # the walk really went everywhere
    assert any(".[[thrown]]" in path for path in found.paths.values())


def test_whatever_is_called_gives_or_throws_values() -> None:
    ran = run_attempt(CALLS, {"a": 1}, slice_s=60)
    assert ran.ending == "gives [true, true]", ran
    assert [word for word in NOT_FOR_SCRIPTS if word in ran.seen] == []
    found = Walk(("results", R.global_object["results"]))
    assert found.strange == []
    assert len(found.met) > 5000


@pytest.mark.parametrize("stranger", [lambda: 1, [], {}, object(), len, "x".join, type, Walk, (1,), b"x", 1j])
def test_the_walk_knows_what_is_no_value(stranger: Any) -> None:
    assert not is_value(stranger)
    found = Walk(("root", JSObject({"a": stranger})))
    assert found.strange == [f"root.a.[[value]]: {type(stranger)}", f"root.a: {type(stranger)}"]


def test_the_walk_knows_a_text_that_tells_too_much() -> None:
    assert len(Walk(("root", JSObject({"a": f"{JSFunction}"}))).strange) == 2
    assert len(Walk(("root", JSObject({"a": __file__}))).strange) == 0  # the project's own place is no secret
