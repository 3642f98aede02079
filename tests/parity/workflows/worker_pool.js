// A pool of workers by Promise.race, and one by shared index.
export const meta = { name: 'worker-pool', description: 'Bounded concurrency by hand' }

const items = Array.from({ length: 9 }, (_, i) => `task-${i}`)
async function pool(limit, jobs) {
  const running = new Set()
  const results = []
  for (const [i, job] of jobs.entries()) {
    const p = job().then((value) => { results[i] = value }).finally(() => running.delete(p))
    running.add(p)
    if (running.size >= limit) await Promise.race(running)
  }
  await Promise.all(running)
  return results
}
const pooled = await pool(3, items.map((item) => () => agent(`Do ${item}`, { label: item }).then((text) => text.includes(item) ? 1 : 0)))
let next = 0
const order = []
async function worker(id) {
  while (next < items.length) {
    const mine = next++
    await agent(`Worker ${id} on ${items[mine]}`, { label: `w${id}:${mine}` })
    order.push(`${id}:${mine}`)
  }
}
await Promise.all([worker('a'), worker('b')])
const limited = await parallel(items.slice(0, 4).map((item, i) => () => agent(`Limited ${item}`, { label: `l${i}` })), { label: 'limited' })
class Semaphore {
  #free
  #queue = []
  constructor(n) { this.#free = n }
  async use(work) {
    if (this.#free > 0) this.#free--
    else await new Promise((resolve) => this.#queue.push(resolve))
    try { return await work() } finally { const go = this.#queue.shift(); if (go) go(); else this.#free++ }
  }
}
const gate = new Semaphore(2)
const gated = []
await Promise.all(['p', 'q', 'r', 's'].map((k) => gate.use(async () => { gated.push(`+${k}`); await agent(`Gate ${k}`); gated.push(`-${k}`) })))
log(order.join(' '))
return { pooled, order, gated, limited: limited.map((t) => typeof t) }
