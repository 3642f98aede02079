const log = []
const o = { b: 1, a: 2, 10: 'x', 2: 'y', [Symbol('s')]: 3 }
for (const k in o) log.push(k)
for (const k in [5, , 6]) log.push(typeof k + k)
for (const k in 'ab') log.push(k)
for (const k in null) log.push('no')
for (const k in undefined) log.push('no')
for (const k in 5) log.push('no')
class P { constructor() { this.own = 1 } method() {} }
P.prototype.inherited = 2
for (const k in new P()) log.push(k)
const child = Object.create({ up: 1, own: 0 }, { own: { value: 1, enumerable: true }, hid: { value: 2 } })
for (const k in child) log.push(k)
for (let k in { x: 1, y: 2 }) { k += '!'; log.push(k) }
const d = { a: 1, b: 2, c: 3 }
for (const k in d) { log.push(k); delete d.b }
for (var v in { last: 1 }) ;
log.push(v)
const shadow = Object.create({ e: 1 }, { e: { value: 2, enumerable: false } })
for (const k in shadow) log.push('shadowed ' + k)
for (const [first] in { hello: 1 }) log.push(first)
console.log(log.join())
