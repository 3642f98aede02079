const out = []
const fs = []
for (let i = 0; i < 3; i++) fs.push(() => i)
for (let i = 0, j = 10; i < 3; i++, j--) fs.push(() => `${i}-${j}`)
for (let i = 0; i < 3; i++) { fs.push(() => i); i++ }
for (let i = 0; i < 3; i++) { fs.push(() => i++); fs.push(() => i) }
for (const k of ['a', 'b']) fs.push(() => k)
for (const k in { p: 1, q: 2 }) fs.push(() => k)
for (let k of [1, 2]) { k *= 10; fs.push(() => k) }
for (const [a, { b }] of [[1, { b: 2 }], [3, { b: 4 }]]) fs.push(() => a + b)
let n = 0
while (n < 2) { const m = n * n; let p = m; fs.push(() => `${m}${p}`); p++; n++ }
do { let q = n; fs.push(() => q++); fs.push(() => q) } while (++n < 4)
for (const f of fs) out.push(f())
console.log(out.join(' '))
console.log(fs.map(f => f()).join(' '))
