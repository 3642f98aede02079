function* g() {
  const o = { [yield 'key']: yield 'val', ...(yield 'spread') }
  const a = [yield 1, ...(yield 2), yield 3]
  const t = `${yield 't1'}-${yield 't2'}`
  const c = (yield 'cond') ? yield 'yes' : yield 'no'
  const f = (yield 'fn')(yield 'arg', ...(yield 'args'))
  const l = (yield 'and') && (yield 'and2') || (yield 'or') || 'x'
  const [d = yield 'default'] = []
  let x = 1; x += yield 'compound'; x = x + (yield 'plus') * x
  o.p = yield 'assign'; o[yield 'idx'] = yield 'v2'
  const n = new (yield 'ctor')(yield 'ctor arg')
  const opt = (yield 'opt')?.[yield 'optkey']
  delete o[yield 'del']; const h = (yield 'in1') in (yield 'in2')
  for (const q of yield 'iter') yield 'q' + q
  if (yield 'if') yield 'then'
  while (yield 'while') yield 'body'
  switch (yield 'switch') { case yield 'case': yield 'hit' }
  try { throw yield 'throw' } catch (e) { yield 'caught ' + e }
  return JSON.stringify({ o, a, t, c, f, l, d, x, n: n.v, opt, h })
}
const sends = [undefined, 'K', 'V', { s: 1 }, 10, [20, 21], 30, 'T1', 'T2', false, 'NO', (...a) => a.join('+'), 'A', ['B', 'C'], 1, 0, 'OR', 'D', 5, 2, 'P', 'I', 'V2', class { constructor(v) { this.v = v } }, 'cv', { ok: 'oo' }, 'ok', 'p', 'z', { z: 1 }, ['q1', 'q2'], 0, 0, 1, 1, 0, 0, 'S', 'S', 0, 'err', 0]
const it = g(), out = []
for (const s of sends) { const r = it.next(s); out.push(String(r.value)); if (r.done) break }
console.log(out.join(' '))
