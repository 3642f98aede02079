let n = 0
const o = { get x() { return ++n }, set x(v) { n = v * 10 }, get f() { n++; return (...a) => a.length + n }, get [Symbol.toPrimitive]() { return () => ++n } }
console.log(o.x + o.x, o.x++, n, o.x += 1, n, --o.x, n)
console.log(o.f(1, 2), o.f?.(), o?.f(o.x), n)
console.log(`${o}${o}`, o + o, o * 1, n)
const { x, x: y } = o
console.log(x, y)
const arr = [1, 2, 3]
Object.defineProperty(arr, 1, { get() { n++; return 'got' + n } })
console.log(arr.join(), [...arr].join(), arr.map(v => v).join(), n)
const spread = { ...o }; console.log(spread.x === spread.x, typeof spread.f)
const p = new Proxy({}, { get: (t, k) => typeof k === 'string' ? `<${k}>` : undefined, has: (t, k) => k !== 'no', set(t, k, v) { n = v; return true }, deleteProperty: () => true, ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) })
console.log(p.anything, p['k' + 1], 'no' in p, 'yes' in p, (p.z = 99, n), delete p.q, Object.keys(p).join(), JSON.stringify({ ...p }))
const { q1, ...qrest } = p; console.log(q1, JSON.stringify(qrest))
for (const k in p) console.log(k)
