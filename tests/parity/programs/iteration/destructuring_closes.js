const log = []
const it = () => ({ [Symbol.iterator]() { let i = 0; return { next() { log.push('n' + i); return { done: false, value: i++ } }, return() { log.push('r'); return {} } } } })
{ const [x = log.push('default')] = it(); log.push(x) }
try { const [x, { y }] = { [Symbol.iterator]() { let i = 0; return { next: () => ({ done: false, value: i++ ? undefined : 1 }), return() { log.push('closed'); return {} } } } } } catch (e) { log.push(e.name) }
const target = { set p(v) { throw new Error('setter') } }
try { [target.p] = it() } catch (e) { log.push(e.message) }
let a, b
;[a, , b = 5] = it()
log.push(a, b)
const f = ([p, q] = it()) => p + q
log.push(f())
for (const [k] of [it(), it()]) log.push('k' + k)
console.log(log.join(' '))
