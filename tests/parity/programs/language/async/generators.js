const log = []
async function* g() { try { log.push('start'); const x = yield 1; log.push('got ' + x); yield Promise.resolve('unwrapped'); yield await Promise.resolve(3); return 'end' } finally { log.push('fin') } }
const it = g(); const show = async (p) => log.push(JSON.stringify(await p))
await show(it.next('lost')); await show(it.next('X')); await show(it.next()); await show(it.next()); await show(it.next())
for await (const x of g()) { log.push('loop ' + x); if (x === 'unwrapped') break }
const queue = g(); const ps = [queue.next(), queue.next(), queue.next(), queue.next(), queue.next()]
log.push((await Promise.all(ps)).map(r => `${r.value}:${r.done}`).join())
const r = g(); await r.next(); await show(r.return('ret')); await show(r.next())
const t = g(); await t.next(); try { await t.throw('thr') } catch (e) { log.push('caught ' + e) }
async function* d() { const r = yield* g(); log.push('r=' + r); yield* [Promise.resolve('p1'), 'p2'] }
for await (const x of d()) log.push('d ' + x)
async function* rej() { yield Promise.reject('rejected yield') }
try { for await (const x of rej()) ; } catch (e) { log.push(e) }
async function* c() { try { yield 1 } catch (e) { yield 'c ' + e } }
const ci = c(); await ci.next(); await show(ci.throw('E'))
for await (const x of [Promise.resolve('a'), 'b']) log.push(x)
for await (const [k, v] of new Map([['m', 1]])) log.push(k + v)
async function* params({ n } = { n: 2 }) { for (let i = 0; i < n; i++) yield () => i }
const fs = []; for await (const f of params()) fs.push(f)
log.push(fs.map(f => f()).join())
const manual = { [Symbol.asyncIterator]() { let i = 0; return { next: async () => ({ value: i++, done: i > 2 }), return: async () => { log.push('async ret'); return {} } } } }
for await (const x of manual) { log.push('m' + x); break }
const o = { async *[Symbol.asyncIterator]() { yield this.v }, v: 'ov' }
for await (const x of o) log.push(x)
log.push(typeof g, Object.prototype.toString.call(it))
console.log(log.join('\n'))
