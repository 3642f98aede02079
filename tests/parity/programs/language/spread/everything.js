const a = [1, 2], s = new Set([3, 4]), m = new Map([['k', 'v']]), str = 'hé😀'
console.log([...a, ...s, ...m, ...str].length, [...a, 0, ...a].join(), [...[], ...''].length, [...str].length)
console.log(Math.max(...a, ...s), String.fromCharCode(...[72, 105]), ((...r) => r.length)(...a, 9, ...s))
console.log(JSON.stringify({ ...{ a: 1, b: 2 }, b: 3, ...{ c: 4 }, ...null, ...undefined, ...5, ...'hi', ...[9], ...true }))
const src = { get g() { return 'got' }, [Symbol('s')]: 1, __proto__: { inherited: 1 } }
const cp = { ...src }
console.log(cp.g, Object.getOwnPropertySymbols(cp).length, 'inherited' in Object.keys(cp), Object.getOwnPropertyDescriptor(cp, 'g').value)
const order = { z: 1, ...{ a: 2, z: 3 }, b: 4, 2: 'two', 1: 'one' }
console.log(Object.keys(order).join(), order.z)
const cond = true, none = false
console.log(JSON.stringify({ a: 1, ...(cond && { b: 2 }), ...(none && { c: 3 }), ...(cond ? { d: 4 } : {}) }), [1, ...(cond ? [2] : []), ...(none ? [3] : [])].join())
const clone = structuredClone ? { ...order } : null, deep = { in: { x: 1 } }, sh = { ...deep }; sh.in.x = 2
console.log(clone !== order, deep.in.x)
console.log(new Date(...[0]).getTime(), new (class { constructor(...a) { this.n = a.length } })(...a, ...a).n)
const holes = [, 1, , 2, ,]
console.log(holes.length, 0 in holes, [...holes].map(String).join(), holes.map(x => x * 2).length, [...holes][0])
function f(x, ...[y, z = 'dz']) { return [x, y, z].join() }
console.log(f(...[1]), f(...[1, 2, 3]))
const merge = (...os) => os.reduce((acc, o) => ({ ...acc, ...o }), {})
console.log(JSON.stringify(merge({ a: 1 }, { b: 2 }, { a: 3 })))
console.log([...function* () { yield* [1, 2] }()].join(), [..."a,b".split(',')].join(''), Array.from({ length: 3, ...[7, 8, 9] }).join())
const setterTarget = { set x(v) { throw 'called' } }
console.log(JSON.stringify({ ...{ x: 1 }, y: 2 }), Object.assign({}, ...[{ p: 1 }, { q: 2 }]).q)
