const log = []
const base = { set v(x) { log.push('set ' + x); this._v = x }, get v() { return this._v }, get ro() { return 1 } }
Object.defineProperty(base, 'fixed', { value: 1, writable: false })
const o = Object.create(base)
o.v = 5
console.log(log.join(), o.v, Object.keys(o).join(), base._v)
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => { o.ro = 2 })
t(() => { o.fixed = 2 })
Object.defineProperty(o, 'fixed', { value: 2, enumerable: true })
t(() => o.fixed)
t(() => Reflect.set(o, 'ro', 1))
t(() => Reflect.set({}, 'v', 1, 5))
const target = {}
t(() => Reflect.set(base, 'v', 9, target) + ' ' + target._v)
t(() => Reflect.set({}, 'k', 9, target) + ' ' + target.k)
t(() => Reflect.get({ get x() { return this.y } }, 'x', { y: 'recv' }))
Object.defineProperty(Object.prototype, 'zzz', { set(v) { log.push('proto ' + v) }, configurable: true })
const p = {}
p.zzz = 1
const q = { zzz: 2 }
console.log(log.join('|'), Object.keys(p).length, q.zzz)
delete Object.prototype.zzz
p.zzz = 3
console.log(p.zzz)
