// Few elements among many indices.
const log = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
const a = [1, 2]
a[4294967294] = 'end'
console.log(a.length, Object.keys(a).join(), 5 in a, a.indexOf('end', -3), a.at(-1), a[4294967293])
log(() => a.push(1)); console.log(a.length, a[4294967295])
log(() => { a.length = 4294967296 })
a.length = 2; console.log(a.join(), a.push(7), a.join())
const b = []; b.length = 6e6; b[5e6] = 1; b[7] = 2
console.log(JSON.stringify(Object.entries(b)), b.filter(() => true).join(), b.length, b.reduce((x, y) => x + y))
b.forEach((v, i) => { if (i === 7) b[9] = 'nine'; console.log(i, v) })
b.reduceRight((x, v, i) => { console.log(i, v) }, 0)
b.sort(); console.log(Object.keys(b).join(), b.length)
Object.freeze(b); log(() => { b[5] = 1 }); log(() => { b.length = 0 }); log(() => b.pop())
const c = []; Object.defineProperty(c, 4e9, { value: 1 }); log(() => { c.length = 3 }); console.log(c.length)
const d = [5]; d.length = 2e7; console.log(d.slice(-1).length, d.slice(0, 3).length, Array.isArray(d), d.at(-1))
const t = [1, 2, 3]; t.length = 5e6; console.log(structuredClone(t).length, t.concat([6]).length); 
class S extends Array {} ; const s = new S(4e9); console.log(s instanceof S, s.length)
