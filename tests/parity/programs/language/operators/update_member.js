const o = { n: 1, s: '5', nested: { v: 10 }, u: undefined, get acc() { return this._a ?? 0 }, set acc(v) { this._a = v } }
console.log(o.n++, o.n, ++o.n, o.n--, --o.n, o.s++, o.s, o.nested.v++, ++o.nested['v'], o.u++, o.u)
console.log(o.acc++, ++o.acc, o.acc, o.acc += 5, o.acc **= 2)
const a = [1, 2, 3]; let i = 0
console.log(a[i++]++, a[i]++, ++a[i++], a.join(), i)
const counts = {}
for (const w of 'a b a c b a'.split(' ')) counts[w] = (counts[w] || 0) + 1
for (const w of ['x', 'y', 'x']) counts[w] = (counts[w] ?? 0) + 1
console.log(JSON.stringify(counts))
let calls = 0
const get = () => { calls++; return o }
get().n += 5; get()['n'] *= 2; get().n++; get().fresh ??= 1; get().fresh &&= 2
console.log(o.n, o.fresh, calls)
let keyCalls = 0
const key = { toString() { keyCalls++; return 'dyn' } }
o[key] = 1; o[key] += 1; o[key]++; console.log(o.dyn, keyCalls)
let big = 2 ** 53 - 1; big++; console.log(big, ++big)
let f = 0.5; f++; console.log(f, f--, f)
let x = '3', y = null; console.log(x++ + 1, typeof x, y++, y, x-- - y)
;(() => { let z = 1; const g = () => z++ + ++z; console.log(g(), z) })()
