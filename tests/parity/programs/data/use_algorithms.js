const lev = (a, b) => { const d = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array(b.length).fill(0)]); for (let j = 0; j <= b.length; j++) d[0][j] = j; for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)); return d[a.length][b.length] }
console.log(lev('kitten', 'sitting'), lev('', 'abc'), lev('flaw', 'lawn'))
const perms = (xs) => (xs.length < 2 ? [xs] : xs.flatMap((x, i) => perms([...xs.slice(0, i), ...xs.slice(i + 1)]).map((p) => [x, ...p])))
console.log(perms(['a', 'b', 'c']).map((p) => p.join('')).join(), perms([1, 2, 3, 4, 5]).length)
const topo = (deps) => { const out = [], mark = {}; const visit = (n, path = []) => { if (mark[n] === 2) return; if (mark[n] === 1) throw new Error(`cycle: ${[...path, n].join(' -> ')}`); mark[n] = 1; for (const d of deps[n] ?? []) visit(d, [...path, n]); mark[n] = 2; out.push(n) }; Object.keys(deps).forEach((n) => visit(n)); return out }
console.log(topo({ app: ['lib', 'ui'], ui: ['core'], lib: ['core'], core: [] }).join())
try { topo({ a: ['b'], b: ['c'], c: ['a'] }) } catch (e) { console.log(e.message) }
const chunk = (xs, n) => Array.from({ length: Math.ceil(xs.length / n) }, (_, i) => xs.slice(i * n, i * n + n))
console.log(JSON.stringify(chunk([1, 2, 3, 4, 5, 6, 7], 3)), JSON.stringify(chunk([], 2)))
const zip = (...as) => as[0].map((_, i) => as.map((a) => a[i])); console.log(JSON.stringify(zip([1, 2], ['a', 'b'], [true, false])))
const bs = (xs, t) => { let lo = 0, hi = xs.length - 1; while (lo <= hi) { const m = (lo + hi) >>> 1; if (xs[m] === t) return m; if (xs[m] < t) lo = m + 1; else hi = m - 1 } return ~lo }
console.log(bs([1, 3, 5, 7], 5), bs([1, 3, 5, 7], 4), bs([], 1))
const sieve = (n) => { const c = new Array(n + 1).fill(true); c[0] = c[1] = false; for (let i = 2; i * i <= n; i++) if (c[i]) for (let j = i * i; j <= n; j += i) c[j] = false; return c.flatMap((p, i) => (p ? i : [])) }
console.log(sieve(60).join())
const gcd = (a, b) => (b ? gcd(b, a % b) : Math.abs(a)); console.log(gcd(48, 36), gcd(17, 5), gcd(0, 9), gcd(-12, 18))
const merge = (iv) => [...iv].sort((a, b) => a[0] - b[0]).reduce((acc, [s, e]) => { const last = acc.at(-1); if (last && s <= last[1]) last[1] = Math.max(last[1], e); else acc.push([s, e]); return acc }, [])
console.log(JSON.stringify(merge([[5, 8], [1, 3], [2, 4], [10, 11], [8, 9]])))
const bfs = (g, a, b) => { const q = [[a]], seen = new Set([a]); while (q.length) { const p = q.shift(), n = p.at(-1); if (n === b) return p; for (const m of g[n] ?? []) if (!seen.has(m)) { seen.add(m); q.push([...p, m]) } } return null }
console.log(bfs({ a: ['b', 'c'], b: ['d'], c: ['e'], d: ['f'], e: ['f'] }, 'a', 'f').join('>'), bfs({ a: [] }, 'a', 'z'))
const roman = (n) => [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']].reduce((s, [v, r]) => { while (n >= v) { s += r; n -= v } return s }, ''); console.log([1, 4, 9, 14, 40, 90, 400, 1994, 3999].map(roman).join())
const knap = (items, cap) => { const best = new Array(cap + 1).fill(0); for (const { w, v } of items) for (let c = cap; c >= w; c--) best[c] = Math.max(best[c], best[c - w] + v); return best[cap] }; console.log(knap([{ w: 3, v: 4 }, { w: 4, v: 5 }, { w: 2, v: 3 }], 7))
const transpose = (m) => m[0].map((_, i) => m.map((r) => r[i])), mul = (a, b) => a.map((r) => transpose(b).map((c) => r.reduce((s, x, i) => s + x * c[i], 0))); console.log(JSON.stringify(mul([[1, 2], [3, 4]], [[5, 6], [7, 8]])), JSON.stringify(transpose([[1, 2, 3], [4, 5, 6]])))
const rle = (s) => s.replace(/(.)\1*/g, (m, c) => c + m.length); console.log(rle('aaabccdddd'), rle(''), 'a3b1'.replace(/(.)(\d+)/g, (_, c, n) => c.repeat(n)))
const b64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', enc = (s) => { let o = ''; for (let i = 0; i < s.length; i += 3) { const [a, b, c] = [0, 1, 2].map((k) => s.charCodeAt(i + k)); o += b64[a >> 2] + b64[((a & 3) << 4) | (b >> 4)] + (isNaN(b) ? '=' : b64[((b & 15) << 2) | (c >> 6)]) + (isNaN(c) ? '=' : b64[c & 63]) } return o }; console.log(['', 'f', 'fo', 'foo', 'foob', 'Hello, World!'].map(enc).join())
const hanoi = (n, a = 'A', b = 'B', c = 'C') => (n ? [...hanoi(n - 1, a, c, b), a + c, ...hanoi(n - 1, b, a, c)] : []); console.log(hanoi(3).join(' '), hanoi(8).length)
const nqueens = (n, row = 0, cols = []) => (row === n ? 1 : Array.from({ length: n }, (_, c) => c).filter((c) => cols.every((q, r) => q !== c && Math.abs(q - c) !== row - r)).reduce((s, c) => s + nqueens(n, row + 1, [...cols, c]), 0)); console.log([1, 4, 5, 6].map((n) => nqueens(n)).join())
const semver = (a, b) => { const [x, y] = [a, b].map((v) => v.split('.').map(Number)); for (let i = 0; i < 3; i++) if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0); return 0 }; console.log(['1.10.0', '1.2', '1.2.10', '0.9.9', '1.2.0'].sort(semver).join())
