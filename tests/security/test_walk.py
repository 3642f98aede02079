"""Everything that a script can reach from its global object is an ECMAScript value of the value model, and nothing else."""

from __future__ import annotations

from collections import deque
from typing import Any

from attempts import run_attempt

from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.completion import SCRIPT_ERRORS, NotSupportedYet
from odw.ecma.realm import R
from odw.ecma.values import MISSING, BigInt, ObjectBase, Symbol, undefined


def is_value(value: Any) -> bool:
    """Whether ``value`` is in a row of the table in odw/ecma/values.py."""
    return (
        value is undefined
        or value is None
        or type(value) in (bool, int, float, str, BigInt, Symbol)
        or isinstance(value, ObjectBase)
    )


def walk(root: Any) -> tuple[int, list[str]]:
    """How many objects are reachable from ``root``, and the paths at which something else than a value was met."""
    seen: set[int] = set()
    strange: list[str] = []
    kept: list[Any] = []
    queue = deque([(root, "globalThis")])  # nearest first, so that no long way hides a short one
    while queue:
        value, path = queue.popleft()
        if not is_value(value):
            strange.append(f"{path}: {type(value)}")
        if not isinstance(value, ObjectBase) or id(value) in seen or path.count(".") > 12:
            continue
        seen.add(id(value))
        kept.append(value)
        queue.append((value.js_get_prototype_of(), f"{path}.[[Prototype]]"))
        for key in value.js_own_property_keys():
            if not isinstance(key, str | Symbol):
                strange.append(f"{path}: key {key!r}")
            where = f"{path}.{key}"
            own = value.js_get_own_property(key)
            for part in ("value", "getter", "setter"):
                found = getattr(own, part, MISSING)
                if found is not MISSING:
                    queue.append((found, f"{where}.[[{part}]]"))
            try:
                queue.append((get(value, key), where))
            except (*SCRIPT_ERRORS, NotSupportedYet):
                continue
    return len(seen), strange


def test_the_globals_lead_to_nothing_but_values() -> None:
    body = """
      globalThis.kept = { promise: agent('x'), generator: (function* () { yield 1 })(), match: /a(?<n>b)/d.exec('ab'),
        error: new AggregateError([new Error('x', { cause: agent })], 'm'), url: new URL('https://a.b/c?d=1'), date: new Date(0),
        map: new Map([[1, { a: 1 }]]), proxy: new Proxy({ p: 1 }, {}), bound: agent.bind(null, 1), symbol: Symbol('s'), big: 10n,
        arguments: (function () { return arguments })(1, 2), iterator: [1].values(), klass: class { #p = 1; static s = 2; get g() { return 3 } } }
      kept.answer = await agent('y', { schema: { type: 'object', properties: { a: { type: 'array', items: { type: 'integer' } } } } })
      try { await agent('x', { isolation: 'moon' }) } catch (e) { kept.thrown = e }
      try { null.x } catch (e) { kept.typeError = e }
      return await parallel([() => 1])
    """
    assert run_attempt(body, {"a": [1, {"b": None}]}).ending == "gives [1]"
    count, strange = walk(R.global_object)
    assert strange == []
    assert count > 500  # the walk really went everywhere
