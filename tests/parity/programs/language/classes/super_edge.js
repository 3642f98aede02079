const log = []
class P { constructor() { log.push('P'); } m() { return 'P.m' } static s() { return 'P.s' } }
class Q extends P {
  constructor(when) {
    const call = () => super()
    try { this.x } catch (e) { log.push(e.name) }
    if (when === 'arrow') call()
    else if (when === 'cond') when ? super() : 0
    else if (when === 'none') return { replaced: 1 }
    else if (when === 'try') { try { super() } finally { log.push('fin') } }
    else return 5
    this.y = 1
  }
}
for (const w of ['arrow', 'cond', 'none', 'try', 'bad']) { try { log.push(w + JSON.stringify(new Q(w))) } catch (e) { log.push(e.name + ': ' + e.message) } }
class R extends P { constructor() { super(); this.f = () => super.m(); this.g = async () => super.m() } *gen() { yield super.m() } static t() { return super.s() + (() => super.s())() } }
const r = new R()
log.push(r.f(), await r.g(), r.gen().next().value, R.t())
const obj = { __proto__: { v: 'pv', w() { return this.own } }, own: 'mine', get x() { return super.v }, y() { super.z = 5; return this.z }, q() { return super.w() }, missing() { return super.nope } }
log.push(obj.x, obj.y(), obj.q(), String(obj.missing()))
Object.setPrototypeOf(obj, { v: 'changed', w() { return 'new w' } })
log.push(obj.x, obj.q())
console.log(log.join('\n'))
