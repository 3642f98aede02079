"""Functions that keep variables of a loop: each turn has its own, and it goes on changing (ECMA-262 14.7.4.4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_runs import differences_of, written_of

CASES = [
    "const ts=[]; for (const x of ['a','b']) { async function go(n) { return n > 2 ? n : go(n+1) } ts.push(() => go(0)) } return await parallel(ts)",
    "const ts=[]; for (let x of ['a','b']) { x = x + '!'; ts.push(() => x) } return ts.map(f => f())",
    "const ts=[]; for (let [k, v] of [['a',1],['b',2]]) { ts.push(() => k + v++) } ts[0](); return ts.map(f => f())",
    "const ts=[]; for (let i = 0; i < 3; i++) { ts.push(() => i++) } ts[0](); return ts.map(f => f())",
    "const ts=[]; for (let i = 0; i < 6; i++) { if (i % 2) continue; ts.push(() => i); i++; } return ts.map(f => f())",
    "const ts=[]; for (let i = 0; i < 3;) { ts.push(() => i); i++; if (i == 1) continue } return ts.map(f => f())",
    "const ts=[]; outer: for (let i = 0; i < 3; i++) { let c = 0; for (const y of [1,2]) { if (y == 2) break; c += y; ts.push(() => c += i) } } ts[1](); return ts.map(f => f())",
    "const ts=[]; for (const w of ['a','b']) { let r; ts.push(async () => { r ??= await agent(w); return r }) } return await parallel(ts)",
    "const ts=[]; for (const w of ['a','b']) { let { a, b = 2 } = { a: w }; const inc = () => { b += 1; return a + b }; ts.push(inc) } return ts.map(f => f() + f())",
    "const out=[]; for (const w of ['a','b']) { let tries = 0; const attempt = async () => { tries++; if (tries < 3) return attempt(); return `${w}${tries}` }; out.push(attempt) } return await Promise.all(out.map(f => f()))",
    "const out=[]; for (const w of ['a','b']) { let n = 0; function up() { n += 1; return n } out.push(up); up() } return out.map(f => f())",
    "const out=[]; for (const w of ['a','b']) { out.push(up); let n = 0; function up() { n += 1; return n } up() } return out.map(f => f())",
    "const xs=[1,2].map((s) => ({ up: () => ++s, get: () => s })); xs[0].up(); return xs.map(x => x.get())",
    "const out=[]; let k = 0; while (k < 3) { let m = k; const p = agent(`q${k}`).then((t) => { m += t.length; return m }); out.push(p, Promise.resolve(m)); k++ } return await Promise.all(out)",
    "const fns=[]; ['a','b'].forEach((w, i) => { let n = i; fns.push(() => n++); fns.push(() => w + n) }); return fns.map(f => f())",
    "const fns=[]; for (const k in {p:1,q:2}) { let c = k; c += '?'; fns.push(() => c) } return fns.map(f => f())",
    "const fns=[]; for (let i = 0, n = 2; i < n; i++) { fns.push(() => [i, n]); if (i == 1) n = 1 } return fns.map(f => f())",
    "const fns=[]; for (let i = 0; i < 2; i++) { let s = 'x'; const add = (t) => { s = s + t; return s }; try { await agent(`z${i}`); add('1') } finally { add('2') } fns.push(() => s) } return fns.map(f => f())",
    "const fns=[]; for (let i = 0; i < 2; i++) { let done = false; let x = (done = i > 0) ? 1 : 2; fns.push(() => { const was = x++; return [done, was, x] }) } return fns.map(f => f())",
    "const rs=[]; for (const w of ['a']) { const f = () => g; try { f() } catch (e) { rs.push(e.message) } let g = 1; rs.push(f()); g++ ; setTimeout(() => { g++ }, 0); } return rs",
    "const fns=[]; for (const w of ['a','b']) { function even(n) { return n === 0 ? w : odd(n - 1) } function odd(n) { return n === 0 ? w + '!' : even(n - 1) } fns.push(() => even(3), () => odd(3), odd) } return fns.map(f => f(2))",
    "let n = 0; const o = { up: () => ++n, add: (k) => n += k }; o.up(); o.add(3); return n",
    "let last; const seen = []; ['a','b'].map((w) => (last = w)); const f = (w) => (last = w, seen.push(w)); f('z'); [1].forEach(f); return [last, seen]",
    "const fns=[]; do { let q = fns.length; q++; fns.push(() => q) } while (fns.length < 3); return fns.map(f => f())",
    "const fns=[]; for (const w of ['a','b','c']) { switch (w) { case 'a': { let z = 1; z++; fns.push(() => z); break } default: { let z = w; fns.push(() => { z += z; return z }) } } } return fns.map(f => f())",
]


@pytest.mark.parametrize("body", CASES)
def test_each_turn_has_its_own_variables(body: str, tmp_path: Path) -> None:
    assert differences_of(body, tmp_path) == []


def test_what_changes_is_a_cell_and_what_does_not_is_a_default() -> None:
    text = written_of(
        "const xs = []\nfor (const w of ['a']) { let n = 0; xs.push(() => { n += w.length; return n }) }\nreturn xs.map((f) => f())"
    )
    assert 'n = js.Cell("n", 0)' in text
    assert "def handle(*, n=n, w=w)" in text
    assert "n.value += js.length(w)" in text
