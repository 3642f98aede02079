const a = [1, 2, 3], log = []
for (const x of a) { log.push(x); if (a.length < 6) a.push(x * 10) }
for (const x of a) { log.push(x); a.length = 1 }
const b = [1, 2, 3, 4]
for (let i = 0; i < b.length; i++) { if (b[i] % 2) b.splice(i--, 1) }
log.push('b' + b)
const m = new Map([[1, 'a'], [2, 'b']])
for (const [k, v] of m) { log.push(k + v); if (k < 4) m.set(k + 2, 'n') }
const s = new Set([1, 2, 3])
for (const x of s) { log.push(x); s.delete(2); if (x === 3) s.add(9) }
for (const c of 'a😀b') log.push(c.length)
for (const [i, x] of ['p', 'q'].entries()) log.push(i + x)
for (const x of [, 1]) log.push(String(x))
console.log(log.join())
