const a = [1, 2, 3]
for (const x of a) { if (a.length < 6) a.push(x * 10); console.log(x) }
const b = [1, 2, 3, 4]
for (const x of b) { console.log(x); b.shift() }
const c = [1, , 3]
console.log([...c].map(String).join(), c.length)
for (const [i, x] of c.entries()) console.log(i, x)
console.log([...c.keys()].join())
const d = [1, 2, 3]
for (const x of d) { d.length = 1; console.log(x) }
const it = [1, 2][Symbol.iterator]()
it.next(); it.next(); console.log(it.next().done, it.next().done)
const e = Object.freeze([7, 8])
console.log([...e].join(), Math.max(...e))
const f = [0, 1]
Object.defineProperty(f, 1, { get() { return 'getter' } })
for (const x of f) console.log(x)
const [x, y] = f
console.log(x, y)
