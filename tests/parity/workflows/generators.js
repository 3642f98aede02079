// Work lists as generators, pages as async generators.
export const meta = { name: 'generators', description: 'yield, yield*, return, throw, for await' }

const trail = []
function* chunks(list, size) {
  for (let i = 0; i < list.length; i += size) {
    const control = yield list.slice(i, i + size)
    if (control === 'stop') return 'stopped'
  }
  return 'ended'
}
async function* pages(topic) {
  let page = 0
  try {
    while (true) {
      const text = await agent(`Page ${page} of ${topic}`, { label: `${topic}-p${page}` })
      yield { page, ok: text.length > 0 }
      if (++page >= 4) return
    }
  } finally {
    await null
    trail.push(`closed ${topic} at ${page}`)
  }
}
async function* all(...topics) { for (const t of topics) yield* pages(t) }
const read = []
for await (const { page, ok } of pages('cats')) { read.push(`${page}${ok}`); if (page === 1) break }
for await (const { page } of all('x', 'y')) read.push(page)
const batches = []
for (const batch of chunks([1, 2, 3, 4, 5], 2)) batches.push(await parallel(batch.map((n) => () => agent(`Item ${n}`, { label: `item ${n}` }).then(() => n * n))))
const g = chunks([1, 2, 3], 1)
const manual = [g.next(), g.next('go'), g.next('stop'), g.next()]
function* inner() { try { const x = yield 'a'; trail.push(x); yield 'b' } catch (e) { yield `caught ${e}` } finally { trail.push('inner done') } return 'r' }
function* outer() { const r = yield* inner(); yield `got ${r}` }
const o = outer()
const delegated = [o.next().value, o.throw('E').value, o.next().value, o.return('early'), o.next().done]
const fib = (function* () { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b] } })()
const take = (it, n) => Array.from({ length: n }, () => it.next().value)
const spread = [...new Map([['k', 1]]).entries(), ...'ab', ...chunks([7], 1)]
const [first, ...others] = chunks([1, 2, 3], 1)
const iterable = { from: 1, to: 3, [Symbol.iterator]() { let n = this.from; const last = this.to; return { next: () => (n <= last ? { value: n++, done: false } : { value: undefined, done: true }), return() { trail.push('iter closed'); return {} } } } }
for (const n of iterable) if (n === 2) break
for await (const v of [agent('late').then(() => 'l'), 'now', Promise.resolve(3)]) trail.push(v)
log(trail.join(';'))
return { read, batches, manual, delegated, fib: take(fib, 8), spread, first, others, max: Math.max(...iterable), trail }
