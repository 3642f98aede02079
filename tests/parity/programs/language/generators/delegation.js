const log = []
function* inner() { try { const x = yield 'i1'; log.push('inner got ' + x); yield 'i2'; return 'inner result' } finally { log.push('inner fin') } }
function* outer() { try { const r = yield* inner(); log.push(r); yield* [1, 2]; yield* 'ab'; return 'outer result' } catch (e) { log.push('outer caught ' + e); yield 'recovered' } }
let it = outer()
for (const v of [undefined, 'sent', undefined, undefined, undefined, undefined, undefined]) log.push(JSON.stringify(it.next(v)))
it = outer(); it.next(); log.push(JSON.stringify(it.throw('thrown in')), JSON.stringify(it.next()))
it = outer(); it.next(); log.push(JSON.stringify(it.return('ret')))
const custom = { [Symbol.iterator]() { return { next(v) { log.push('next ' + v); return { value: v, done: v === 'stop' } }, return(v) { log.push('return ' + v); return { value: v + '!', done: true } }, throw(v) { log.push('throw ' + v); return { value: 'caught', done: false } } } } }
function* d() { return (yield* custom) + ' done' }
it = d(); it.next('lost'); it.next('a'); log.push(JSON.stringify(it.throw('t'))); log.push(JSON.stringify(it.next('stop')))
it = d(); it.next(); log.push(JSON.stringify(it.return('r')))
function* noThrow() { yield* { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { log.push('closed'); return {} } }) } }
it = noThrow(); it.next(); try { it.throw('x') } catch (e) { log.push(e.message) }
function* tree(t) { if (t) { yield* tree(t.l); yield t.v; yield* tree(t.r) } }
log.push([...tree({ v: 2, l: { v: 1 }, r: { v: 4, l: { v: 3 } } })].join())
console.log(log.join('\n'))
