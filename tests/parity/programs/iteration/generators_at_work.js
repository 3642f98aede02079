function* naturals() { let n = 0; while (true) yield n++ }
function* take(n, it) { for (const x of it) { if (n-- <= 0) return; yield x } }
function* map(f, it) { for (const x of it) yield f(x) }
console.log([...take(5, map((x) => x * x, naturals()))].join())
function* walk(t) { if (!t) return; yield* walk(t.l); yield t.v; yield* walk(t.r) }
console.log([...walk({ v: 4, l: { v: 2, l: { v: 1 }, r: { v: 3 } }, r: { v: 6 } })].join())
const fib = { *[Symbol.iterator]() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b] } } }
const [f0, f1, , f3, ...none] = take(6, fib)
console.log(f0, f1, f3, none.join())
for (const x of fib) { if (x > 50) break; if (x % 2) continue; console.log(x) }
class Range { constructor(a, b) { this.a = a; this.b = b } *[Symbol.iterator]() { for (let i = this.a; i < this.b; i++) yield i } static *chain(...rs) { for (const r of rs) yield* r } }
console.log(Math.max(...new Range(1, 5)), [...Range.chain(new Range(0, 2), new Range(5, 7))].join(), Array.from(new Range(0, 3), (x) => x * 2).join())
function* perms(a, n = a.length) { if (n <= 1) yield a.slice(); else for (let i = 0; i < n; i++) { yield* perms(a, n - 1); const j = n % 2 ? 0 : i; [a[n - 1], a[j]] = [a[j], a[n - 1]] } }
console.log([...perms(['a', 'b', 'c'])].map((p) => p.join('')).join())
