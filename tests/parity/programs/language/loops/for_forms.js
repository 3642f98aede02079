let s = ''
for (let i = 0; i < 3; i++) s += i
for (let i = 3; i--;) s += i
for (;;) { s += '!'; break }
let k = 0
for (; k < 2;) { s += 'k'; k++ }
for (var a = 0, b = 5; a < b; a++, b--) s += a * b
for (const o = { n: 0 }; o.n < 2; o.n++) s += 'o' + o.n
for (let i = 0, n = [1, 2, 3].length; i < n; ++i) { if (i === 1) continue; s += i }
console.log(s)
let i = 0
while (i < 10) { i++; if (i % 2) continue; if (i > 6) break; s = 'w' + i }
console.log(s, i)
do { i -= 3 } while (i > 0)
console.log(i)
do { i++; if (i < 3) continue; break } while (true)
console.log(i)
let c = 0
do { if (c === 1) continue; c += 10 } while (c++ < 5)
console.log(c)
for (let x = 0; x < 2; x++) for (let y = 0; y < 2; y++) s += `${x}${y},`
console.log(s)
for (k of [7, 8]) ;
console.log(k)
const t = {}
for (t.x of [1, 2]) ;
for (t['y'] in { z: 1 }) ;
console.log(JSON.stringify(t))
