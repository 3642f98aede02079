"""Objects that Python has no equal for: URL, URLSearchParams, getters and setters."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_runs import differences_of

CASES = [
    "const o = {}; for (const w of ['bb', 'a', 'ccc']) o[w.length] = w; return { o, p: { 2: 'x', 1: 'y' } }",
    "const u = new URL('../c/d.html?x=1&y=%C3%BC&x=3#frag', 'https://user:pw@example.com:8443/a/b/?old#f'); const p = u.searchParams; p.append('z', 'a b&c'); p.delete('y'); u.pathname = 'n m'; return [u.href, u.host, u.pathname, p.getAll('x'), [...p].length, [...p.keys()], p.get('q'), p.has('x'), u.origin, u.hash, u.port, String(u), `${p}`, JSON.stringify({ u, p }), u.searchParams === p, u.toString(), p.size]",
    "const out = []; for (const a of ['https://www.x.org/a/', 'nope', await agent('an address')]) { try { const u = new URL(a); out.push(u.hostname.replace(/^www\\./, '') + u.pathname.replace(/\\/+$/, '')) } catch (e) { out.push([e.name, e.message, e.code, e.input]) } } return out",
    "const q = new URLSearchParams({ a: 1, b: 'x y' }); q.set('a', 'é'); const seen = []; q.forEach((v, k) => seen.push(k + v)); const r = new URLSearchParams('?k=v&k=w'); return [q.toString(), seen, Object.fromEntries(r), [...r.entries()], new URLSearchParams([['m', 'n']]).get('m'), new URL('http://a') instanceof URL, URL.canParse('x:y'), URL.parse('nope'), URL.parse('/b', 'http://a')?.href, typeof q]",
    "let n = 1; const o = { a: 1, get now() { return n }, set now(v) { n = v * 2 }, get half() { n++; return n / 2 }, b: 2 }; o.now = 5; const seen = [o.now, o.half, o['half'], Object.keys(o), JSON.stringify(o), { ...o }, 'now' in o, Object.entries(o).length]; try { o.half = 3 } catch (e) { seen.push(e.message) } const { now, ...rest } = o; delete o.now; seen.push(now, rest, o.now, Object.values(o), o, o.items, o.values, String(o)); return seen",
    "const made = (start) => { let n = start; return { up: () => ++n, get value() { return n } } }; const xs = [1, 2].map(made); xs[0].up(); log(`${xs[0].value}`); const t = await agent(`n is ${xs[0].value}`, { get label() { return 'l' } }); return [xs.map((x) => x.value), t, xs]",
    "const o = { get log() { return 1 }, f(x) { return x }, set only(v) { this_ = v } }; let this_ = 0; o.only = 4; for (const k in o) log(k); return [o.f(o.log), o.only === undefined, this_, Object.assign({}, o).log, structuredClone({ a: o.log })]",
]


@pytest.mark.parametrize("body", CASES)
def test_objects_of_the_library_replay(body: str, tmp_path: Path) -> None:
    assert differences_of(body, tmp_path) == []
