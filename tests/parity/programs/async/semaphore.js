class Semaphore {
  #free; #waiting = []
  constructor(n) { this.#free = n }
  async acquire() { if (this.#free > 0) { this.#free--; return } await new Promise((r) => this.#waiting.push(r)) }
  release() { const next = this.#waiting.shift(); if (next) next(); else this.#free++ }
  async use(f) { await this.acquire(); try { return await f() } finally { this.release() } }
}
const s = new Semaphore(2)
let running = 0, peak = 0
const job = (i) => s.use(async () => { running++; peak = Math.max(peak, running); console.log('run ' + i); await null; await null; running--; if (i === 3) throw new Error('job 3'); return i })
const r = await Promise.allSettled([1, 2, 3, 4, 5].map(job))
console.log(r.map((x) => x.value ?? x.reason.message).join(), peak)
