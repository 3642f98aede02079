const m = new Map([[1, 'a'], [2, 'b'], [3, 'c']])
for (const [k] of m) { console.log(k); if (k === 1) { m.delete(2); m.set(4, 'd') } if (k === 3) { m.delete(1); m.set(1, 'again') } }
const n = new Map([[1, 1]])
let count = 0
for (const [k] of n) { n.delete(k); if (++count < 5) n.set(k + 1, 1); console.log('n ' + k) }
const c = new Map([[1, 1], [2, 2]])
for (const [k] of c) { console.log('c ' + k); if (k === 1) { c.clear(); c.set(9, 9) } }
const it = new Map([[1, 1]]).keys()
it.next(); console.log(it.next().done, it.next().done)
const big = new Map(Array.from({ length: 200 }, (_, i) => [i, i]))
const seen = []
for (const [k] of big) { seen.push(k); if (k === 50) for (let i = 0; i < 190; i++) if (i !== 100) big.delete(i); if (k === 195) big.set('new', 1) }
console.log(seen.length, seen.slice(50).join())
const walker = big.values()
walker.next()
big.clear()
big.set('x', 'fresh')
console.log(walker.next().value, walker.next().done)
const f = new Map([[1, 1], [2, 2], [3, 3]])
f.forEach((v, k) => { console.log('f ' + k); f.delete(k); if (k < 3) f.set(k + 10, 1) })
console.log([...f.keys()].join())
