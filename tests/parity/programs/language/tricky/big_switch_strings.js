const sizes = (b) => { const u = ['B', 'KB', 'MB']; let i = 0; while (b >= 1024 && i < u.length - 1) { b /= 1024; i++ } return `${b % 1 ? b.toFixed(1) : b}${u[i]}` }
console.log([0, 1023, 1024, 1536, 1048576, 5e9].map(sizes).join())
function roman(n) { let out = ''; for (const [v, s] of [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']]) while (n >= v) { out += s; n -= v } return out }
console.log([1994, 2024, 49].map(roman).join())
const fizz = (n) => { switch (true) { case n % 15 === 0: return 'FizzBuzz'; case n % 5 === 0: return 'Buzz'; case n % 3 === 0: return 'Fizz' } return n }
console.log(Array.from({ length: 15 }, (_, i) => fizz(i + 1)).join())
const sieve = (n) => { const c = new Array(n + 1).fill(true); for (let i = 2; i * i <= n; i++) if (c[i]) for (let j = i * i; j <= n; j += i) c[j] = false; return c.reduce((a, v, i) => v && i > 1 ? [...a, i] : a, []) }
console.log(sieve(50).join())
const gcd = (a, b) => b ? gcd(b, a % b) : a, lcm = (...n) => n.reduce((a, b) => a / gcd(a, b) * b); console.log(gcd(48, 18), lcm(4, 6, 10))
const bin = (a, x, lo = 0, hi = a.length - 1) => { while (lo <= hi) { const m = (lo + hi) >>> 1; if (a[m] === x) return m; a[m] < x ? lo = m + 1 : hi = m - 1 } return ~lo }
console.log(bin([1, 3, 5, 7], 5), bin([1, 3, 5, 7], 4))
const qs = ([p, ...r]) => p === undefined ? [] : [...qs(r.filter(x => x < p)), p, ...qs(r.filter(x => x >= p))]; console.log(qs([3, 1, 4, 1, 5, 9, 2, 6]).join())
const matrix = [[1, 2], [3, 4]], tr = (m) => m[0].map((_, j) => m.map(r => r[j])), mul = (a, b) => a.map(r => tr(b).map(c => r.reduce((s, v, i) => s + v * c[i], 0))); console.log(JSON.stringify(mul(matrix, tr(matrix))))
const lev = (a, b) => { const d = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array(b.length).fill(0)]); for (let j = 0; j <= b.length; j++) d[0][j] = j; for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)); return d[a.length][b.length] }
console.log(lev('kitten', 'sitting'), lev('', 'abc'))
const hanoi = (n, a = 'A', b = 'B', c = 'C') => n ? hanoi(n - 1, a, c, b) + hanoi(n - 1, c, b, a) + 1 : 0; console.log(hanoi(8))
