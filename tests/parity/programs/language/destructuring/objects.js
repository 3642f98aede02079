const { a, b: renamed, c = 3, d: { e, f = 'F' } = {}, ...rest } = { a: 1, b: 2, d: { e: 5 }, g: 6, h: 7 }
console.log(a, renamed, c, e, f, JSON.stringify(rest))
const key = 'dyn', { [key]: dyn, [key + 2]: dyn2 = 'def', ...others } = { dyn: 1, z: 2 }
console.log(dyn, dyn2, JSON.stringify(others))
const { length, 0: first, [length - 1]: last } = 'word'
console.log(length, first, last)
const { x = 1, y = 2, z = 3 } = { x: undefined, y: null }
console.log(x, y, z)
const { 'quoted-key': q, 1.5: n } = { 'quoted-key': 'Q', 1.5: 'N' }
console.log(q, n)
let p1, p2
;({ p1, p2 = p1 } = { p1: 'P' })
console.log(p1, p2)
const o = {}
;({ a: o.x, b: o['y'], c: [o.z = 9], ...o.rest } = { a: 1, b: 2, c: [], d: 4 })
console.log(JSON.stringify(o))
const { toString } = 5
console.log(toString === Number.prototype.toString)
const {} = {}
const { nested: { deep: { deepest } } } = { nested: { deep: { deepest: '!' } } }
console.log(deepest)
const f2 = ({ a = 1, b: { c = 2 } = {} } = {}, ...[d2, { e: e2 }]) => [a, c, d2, e2].join()
console.log(f2(undefined, 'D', { e: 'E' }), f2({ a: 5, b: { c: 6 } }, 7, {}))
console.log((({ a }, { a: b2 }) => a + b2)({ a: 1 }, { a: 2 }))
const sym = Symbol('s'), { [sym]: s } = { [sym]: 'symbol' }
console.log(s)
const copy = (({ drop, ...keep }) => keep)({ drop: 1, keep: 2, also: 3 })
console.log(JSON.stringify(copy))
