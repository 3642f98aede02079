const fs = []
for (const x of [1, 2]) { try { throw { m: x } } catch ({ m }) { fs.push(() => m); m > 1 && fs.push(() => m + x) } }
function f(a, b = () => a, { c } = { c: a }) { a++; fs.push(() => `${a}${b()}${c}`); return (x) => { a = x } }
const setA = f(5); setA(9)
for (let i = 0; i < 2; i++) { const g = (n) => n ? g(n - 1) + i : 0; fs.push(() => g(3)) }
for (const k of ['p', 'q']) { let v = k; fs.push(() => v += '!'); if (k === 'q') v = 'Z' }
for (let [i, j] = [0, 5]; i < j; i += 2, j -= 1) fs.push(() => i + ':' + j)
console.log(fs.map(g => g()).join(' '), fs.map(g => g()).join(' '))
