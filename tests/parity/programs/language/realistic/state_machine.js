const machine = {
  state: 'idle', log: [],
  on: { idle: { start: 'running' }, running: { pause: 'paused', stop() { this.log.push('stopping'); return 'idle' } }, paused: { resume: 'running', stop: 'idle' } },
  send(ev) {
    const next = this.on[this.state]?.[ev]
    if (!next) { this.log.push(`${this.state}/${ev}?`); return this }
    const prev = this.state
    this.state = typeof next === 'function' ? next.call(this) : next
    this.log.push(`${prev}->${this.state}`)
    return this
  },
}
machine.send('start').send('pause').send('bad').send('resume').send('stop').send('stop')
console.log(machine.log.join(' '))
class Emitter { #h = new Map(); on(e, f) { (this.#h.get(e) ?? this.#h.set(e, []).get(e)).push(f); return () => this.off(e, f) } off(e, f) { const l = this.#h.get(e); const i = l?.indexOf(f) ?? -1; if (~i) l.splice(i, 1) } emit(e, ...a) { for (const f of [...(this.#h.get(e) ?? [])]) f(...a); return this } }
const em = new Emitter(), got = []
const off = em.on('x', (v) => got.push('a' + v)); em.on('x', (v) => { got.push('b' + v); off() })
em.emit('x', 1).emit('x', 2).emit('none')
console.log(got.join())
class LRU { #m = new Map(); constructor(n) { this.n = n } get(k) { if (!this.#m.has(k)) return; const v = this.#m.get(k); this.#m.delete(k); this.#m.set(k, v); return v } set(k, v) { this.#m.delete(k); this.#m.set(k, v); if (this.#m.size > this.n) this.#m.delete(this.#m.keys().next().value); return this } get keys() { return [...this.#m.keys()].join('') } }
const l = new LRU(2).set('a', 1).set('b', 2); l.get('a'); l.set('c', 3); console.log(l.keys, l.get('b'))
class Queue { items = []; running = 0; done = []; constructor(limit) { this.limit = limit } add(job) { this.items.push(job); return this } async run() { const next = async () => { const j = this.items.shift(); if (!j) return; this.running++; this.max = Math.max(this.max ?? 0, this.running); try { this.done.push(await j()) } catch (e) { this.done.push('E' + e) } finally { this.running-- } return next() }; await Promise.all(Array.from({ length: this.limit }, next)); return this.done } }
const q = new Queue(2); for (let i = 0; i < 5; i++) q.add(async () => { for (let k = 0; k < 5 - i; k++) await 0; if (i === 3) throw 'bad'; return i }); console.log((await q.run()).join(), q.max)
