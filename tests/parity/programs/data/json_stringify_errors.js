const t = (f) => { try { console.log('ok', f()) } catch (e) { console.log(`${e.name}: ${e.message}`) } }
const self = {}; self.self = self
t(() => JSON.stringify(self))
const deep = { x: { y: { z: {} } } }; deep.x.y.z.w = deep
t(() => JSON.stringify(deep))
const deeper = { x: { y: { z: { q: { r: {} } } } } }; deeper.x.y.z.q.r.w = deeper
t(() => JSON.stringify(deeper))
const arr = [[]]; arr[0].push(arr)
t(() => JSON.stringify(arr))
const part = { b: { c: {} } }; part.b.c.d = part.b
t(() => JSON.stringify(part))
class Node { constructor() { this.children = []; this.parent = null } }
const root = new Node(), child = new Node(); root.children.push(child); child.parent = root
t(() => JSON.stringify(root))
t(() => JSON.stringify({ tree: [root] }, null, 2))
const nul = Object.create(null); nul.me = nul
t(() => JSON.stringify(nul))
const m = new Map(); m.m = m
t(() => JSON.stringify(m))
const anon = new (class { constructor() { this.self = this } })()
t(() => JSON.stringify(anon))
t(() => JSON.stringify({ a: { toJSON() { return self } } }))
t(() => JSON.stringify(1n)); t(() => JSON.stringify({ big: [1n] })); t(() => JSON.stringify({ a: 1n }, (k, v) => (typeof v === 'bigint' ? String(v) : v)))
BigInt.prototype.toJSON = function () { return `${this}n` }
t(() => JSON.stringify({ b: 5n })); delete BigInt.prototype.toJSON
t(() => JSON.stringify({ get g() { throw new Error('getter') } })); t(() => JSON.stringify({ toJSON() { throw new TypeError('toJSON') } })); t(() => JSON.stringify({ a: 1 }, () => { throw new RangeError('replacer') }))
const shared = { s: 1 }
t(() => JSON.stringify([shared, shared, { shared }]))
const { proxy, revoke } = Proxy.revocable({}, {}); revoke()
t(() => JSON.stringify({ proxy }))
let nested = []; for (let i = 0; i < 2000; i++) nested = [nested]
t(() => JSON.stringify(nested).length)
t(() => JSON.stringify(Object(1n))); t(() => JSON.stringify({ a: [{ b: self }] }))
t(() => JSON.stringify('x', null, Symbol('sp'))); t(() => JSON.stringify({ a: 1 }, null, { toString() { return '--' } }))
