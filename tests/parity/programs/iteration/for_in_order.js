const o = { b: 1, 2: 1, a: 1, 1: 1, [Symbol('s')]: 1 }
for (const k in o) console.log(k, typeof k)
class A { constructor() { this.own = 1 } method() {} }
A.prototype.inherited = 2
const x = new A()
for (const k in x) console.log(k)
const child = Object.create({ p: 1, q: 2 }, { q: { value: 3, enumerable: false }, r: { value: 4, enumerable: true } })
for (const k in child) console.log(k)
const d = { a: 1, b: 2, c: 3 }
for (const k in d) { console.log(k); delete d.b; d.z = 1 }
for (const k in ['x', , 'z']) console.log(k)
for (const k in 'hi') console.log(k)
for (const k in null) console.log('never')
for (const k in undefined) console.log('never')
for (const k in 5) console.log('never')
for (const k in () => {}) console.log('never')
