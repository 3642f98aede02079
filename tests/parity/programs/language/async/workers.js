const log = []
async function pool(items, n, work) {
  const results = new Array(items.length)
  let next = 0
  const worker = async (id) => { while (next < items.length) { const i = next++; log.push(`${id}>${i}`); results[i] = await work(items[i]) } }
  await Promise.all(Array.from({ length: n }, (_, id) => worker(id)))
  return results
}
const r = await pool([3, 1, 2, 4], 2, async (x) => { for (let i = 0; i < x; i++) await null; return x * 10 })
console.log(r.join(), log.join())
const retry = async (f, n) => { for (let i = 1; ; i++) { try { return await f(i) } catch (e) { if (i >= n) throw e; log.push('retry' + i) } } }
console.log(await retry(async (i) => { if (i < 3) throw new Error('x'); return 'ok' + i }, 5))
try { await retry(async () => { throw new Error('always') }, 2) } catch (e) { console.log(e.message) }
const debounce = new Map()
const once = (k, f) => debounce.get(k) ?? (debounce.set(k, f()), debounce.get(k))
console.log(await Promise.all([once('a', async () => 1), once('a', async () => 2)]).then(x => x.join()))
const deferred = () => { let resolve, reject; const promise = new Promise((a, b) => { resolve = a; reject = b }); return { promise, resolve, reject } }
const d = deferred(); queueMicrotask(() => d.resolve('deferred')); console.log(await d.promise)
const chain = [1, 2, 3].reduce((p, x) => p.then(async (acc) => [...acc, await x]), Promise.resolve([]))
console.log((await chain).join())
console.log(await Promise.resolve(1).then(x => { throw x + 1 }).then(() => 'skip', e => e + 1).finally(() => 'ignored'))
