const counter = (() => { let c = 0; return { next: () => ++c, reset() { c = 0 } } })()
counter.next(); counter.next(); console.log(counter.next()); counter.reset(); console.log(counter.next())
const memo = (fn, cache = new Map()) => (k) => cache.has(k) ? cache.get(k) : (cache.set(k, fn(k)), cache.get(k))
let computed = 0
const sq = memo(x => { computed++; return x * x })
console.log(sq(4), sq(4), computed)
console.log((function () { return 'fe' }()), (() => 'arrow')(), !function () { return false }(), +function () { return 5 }())
const fns = { a() { return b() }, }; function b() { return 'b' } console.log(fns.a())
const Y = f => (x => x(x))(x => f(y => x(x)(y)))
console.log(Y(f => n => n ? n * f(n - 1) : 1)(5))
let leak
{ const secret = 42; leak = () => secret }
console.log(leak(), typeof secret)
const throttle = (f) => { let busy = false; return (...a) => { if (busy) return 'busy'; busy = true; try { return f(...a) } finally { busy = false } } }
const th = throttle((g) => g ? g() : 'done'); console.log(th(() => th()), th())
const pipe = (...fs) => (x) => fs.reduce((a, f) => f(a), x)
console.log(pipe(x => x + 1, x => `${x}!`, x => x.padStart(4, '_'))(9))
const gen = (start) => ({ next: () => start++, peek: () => start })
const g1 = gen(5), g2 = gen(50); g1.next(); g1.next(); g2.next(); console.log(g1.peek(), g2.peek())
