function* map(it, f) { for (const x of it) yield f(x) }
function* filter(it, f) { for (const x of it) if (f(x)) yield x }
function* take(it, n) { if (n <= 0) return; for (const x of it) { yield x; if (--n <= 0) return } }
function* naturals() { let n = 0; try { while (true) yield n++ } finally { console.log('naturals closed') } }
console.log([...take(filter(map(naturals(), x => x * x), x => x % 2), 4)].join())
const zip = function* (...its) { const its2 = its.map(i => i[Symbol.iterator]()); while (true) { const rs = its2.map(i => i.next()); if (rs.some(r => r.done)) return; yield rs.map(r => r.value) } }
console.log([...zip([1, 2, 3], 'ab')].map(p => p.join('')).join())
function* permutations(a, n = a.length) { if (n <= 1) yield a.slice(); else for (let i = 0; i < n; i++) { yield* permutations(a, n - 1); const j = n % 2 ? 0 : i; [a[n - 1], a[j]] = [a[j], a[n - 1]] } }
console.log([...permutations([1, 2, 3])].map(p => p.join('')).join())
const lines = function* (text) { let line = ''; for (const c of text) { if (c === '\n') { yield line; line = '' } else line += c } if (line) yield line }
console.log([...lines('a\nbb\nccc')].join('|'))
