const o = { b: 2, a: 1 }
console.log(Object.keys(o) + '', Object.values(o) + '', Object.entries(o) + '')
console.log(JSON.stringify(Object.fromEntries([['x', 1], ['y', 2], ['x', 3]])), JSON.stringify(Object.fromEntries(new Map([['m', 1]]))))
console.log(JSON.stringify(Object.fromEntries(Object.entries({ p: 1, q: 2 }).map(([k, v]) => [k.toUpperCase(), v * 10]))))
console.log(Object.is(NaN, NaN), Object.is(0, -0), Object.is('a', 'a'), Object.is({}, {}))
const target = { a: 1 }
console.log(Object.assign(target, { b: 2 }, null, undefined, 5, 'xy', [9]) === target, JSON.stringify(target))
const t = (f) => { try { console.log(JSON.stringify(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => Object.keys(null)); t(() => Object.keys(undefined)); t(() => Object.keys(5)); t(() => Object.keys('ab')); t(() => Object.entries('ab')); t(() => Object.values([1, , 3]))
t(() => Object.assign(null, {})); t(() => Object.assign(5, { a: 1 }).a); t(() => Object.fromEntries([1])); t(() => Object.fromEntries([{ 0: 'k', 1: 'v' }])); t(() => Object.fromEntries(5)); t(() => Object.fromEntries())
t(() => Object.hasOwn({ x: 1 }, 'x')); t(() => Object.hasOwn([1], 0)); t(() => Object.hasOwn('a', 'length')); t(() => Object.hasOwn(null, 'x'))
t(() => Object(1) + 1); t(() => typeof Object('s')); t(() => Object(null)); t(() => new Object(5).valueOf()); t(() => Object(Symbol.iterator).description); t(() => typeof Object(1n)); t(() => Object(o) === o)
t(() => ({}).toString.call([])); t(() => Object.prototype.toString.call(null)); t(() => [undefined, 1, 's', true, () => 1, new Date(0), /x/, new Error('e'), new Map(), Symbol(), 1n, JSON, Math, globalThis && 1, (function () { return arguments })(), new Set(), Promise.resolve(), function* () {}(), new (class A {})(), { [Symbol.toStringTag]: 'Tag' }].map((x) => Object.prototype.toString.call(x)))
t(() => [Object.name, Object.length, Object.keys.name, Object.assign.length, Object.defineProperty.length])
t(() => { const o = {}; Object.defineProperty(o, 'x', { enumerable: true, get() { throw new Error('getter') } }); return Object.values(o) })
t(() => ({ a: 1 }).propertyIsEnumerable('a')); t(() => [].propertyIsEnumerable('length')); t(() => ({}).valueOf()); t(() => ({ toString: () => 'T' }).toLocaleString())
