const log = []
class Seq {
  constructor(src) { this.src = src }
  static from(it) { return new Seq(it) }
  *[Symbol.iterator]() { yield* this.src }
  map(f) { const s = this; return new Seq({ *[Symbol.iterator]() { let i = 0; for (const x of s) yield f(x, i++) } }) }
  filter(f) { const s = this; return new Seq((function* () { for (const x of s) { if (f(x)) yield x } })()) }
  take(n) { const s = this; return new Seq({ *[Symbol.iterator]() { if (!n) return; let k = 0; for (const x of s) { yield x; if (++k >= n) return } } }) }
  toArray() { return [...this] }
}
function* src() { try { for (let i = 1; ; i++) { log.push('p' + i); yield i } } finally { log.push('closed') } }
console.log(Seq.from(src()).map(x => x * x).filter(x => x % 2).take(3).toArray().join(), log.join())
function* interleave(...its) { const active = its.map(i => i[Symbol.iterator]()); while (active.length) { for (let i = 0; i < active.length; i++) { const { value, done } = active[i].next(); if (done) { active.splice(i--, 1); continue } yield value } } }
console.log([...interleave([1, 2, 3], 'ab', new Set(['x']))].join(''))
function* walk(o, path = '$') { for (const [k, v] of Object.entries(o)) { const p = Array.isArray(o) ? `${path}[${k}]` : `${path}.${k}`; if (v && typeof v === 'object') yield* walk(v, p); else yield [p, v] } }
console.log([...walk({ a: 1, b: [2, { c: 3 }], d: { e: null } })].map(([p, v]) => p + '=' + v).join(' '))
const co = (g) => { const it = g(); const step = (v) => { const r = it.next(v); return r.done ? r.value : Promise.resolve(r.value).then(step) }; return Promise.resolve(step()) }
console.log(await co(function* () { const a = yield Promise.resolve(1); const b = yield a + 1; return a + b }))
const it = src(); it.next(); const [x, y] = { [Symbol.iterator]: () => it }; console.log(x, y, JSON.stringify(it.next()))
