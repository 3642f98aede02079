function* g(a) { const b = yield a + 1; const c = yield b * 2; return a + b + c }
const it = g(1)
console.log(JSON.stringify([it.next('ignored'), it.next(10), it.next(5), it.next()]))
function* range(a, b, s = 1) { for (let i = a; i < b; i += s) yield i }
console.log([...range(0, 5)].join(), Array.from(range(0, 10, 3), x => x * 2).join(), Math.max(...range(1, 4)))
const [p, q, ...r] = range(5, 10)
console.log(p, q, r.join())
function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b] } }
for (const x of fib()) { if (x > 50) break; console.log(x) }
function* empty() { }
console.log([...empty()].length, JSON.stringify(empty().next()))
function* multi() { const x = (yield 1) + (yield 2); yield `${yield x}!`; yield [yield, yield] }
const m = multi(); console.log([m.next(), m.next(10), m.next(20), m.next('s'), m.next(), m.next('a'), m.next('b'), m.next()].map(x => JSON.stringify(x.value)).join())
const obj = { *[Symbol.iterator]() { yield* [1, 2]; yield 3 } }
console.log([...obj].join(), Object.fromEntries((function* () { yield ['k', 1] })()).k)
console.log(typeof g, g.name, g.length, Object.prototype.toString.call(it), it[Symbol.iterator]() === it, it instanceof g)
try { new g() } catch (e) { console.log(e.message) }
const ge = function* named() { yield typeof named }
console.log(ge().next().value)
