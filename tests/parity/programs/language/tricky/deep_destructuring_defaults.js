const log = []
const t = (x) => { log.push(x); return x }
const f = ({ a: { b: [, { c = t('c') } = {}] = [t('skip')], ...ra } = {}, [t('dyn')]: d = t('d'), ...rest } = {}, [e, , ...[g = t('g'), ...h]] = [1, 2], { length } = 'str', ...[{ z = t('z') } = {}]) => JSON.stringify([c, ra, d, rest, e, g, h, length, z])
console.log(f())
console.log(f({ a: { b: [0, { c: 1 }], k: 2 }, dyn: 3, more: 4 }, ['E', 'skip', 'G', 'H1', 'H2'], [1, 2, 3, 4], { z: 'Z' }))
console.log(log.join())
const { a = 1, b = a + 1, c = () => a + b, d = c() } = {}
console.log(a, b, c(), d)
const { x: { y: { z: w = 'deep' } = {} } = {} } = { x: { y: undefined } }
console.log(w)
const fn = (a, b = () => a, c = (a = 5, b())) => [a, b(), c].join()
console.log(fn(1))
const swap = ({ l, r }) => ({ l: r, r: l }); let { l, r } = swap(swap(swap({ l: 'L', r: 'R' }))); console.log(l, r)
for (const { k = 'dk', v: [v1 = 'dv', ...vs] = [] } of [{}, { k: 1, v: [2, 3, 4] }, { v: [undefined] }]) console.log(k, v1, vs.length)
const m = new Map([['p', { q: [1, 2] }]]); for (const [k, { q: [, second] }] of m) console.log(k, second)
try { const { n: { o } } = { n: null } } catch (e) { console.log(e.message) }
try { (({ u: [v] }) => v)({}) } catch (e) { console.log(e.constructor.name) }
try { const [[x]] = [null] } catch (e) { console.log(e.constructor.name) }
let i = 0; const arr = []; ({ a: arr[i++], b: arr[i++], ...arr[i++] } = { a: 'A', b: 'B', c: 'C' }); console.log(JSON.stringify(arr), i)
const o = {}; [o.a = 1, [o.b = 2] = [], { q: o.c = 3 } = {}] = []; console.log(JSON.stringify(o))
