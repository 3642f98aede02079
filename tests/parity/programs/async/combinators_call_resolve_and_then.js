const log = []
class Tracked extends Promise {
  static resolve(v) { log.push('resolve ' + (typeof v === 'object' ? 'object' : v)); return super.resolve(v) }
  then(a, b) { log.push('then'); return super.then(a, b) }
}
const r = Tracked.all([1, Tracked.resolve(2), 3])
console.log(r instanceof Tracked, r.constructor.name)
console.log((await r).join())
console.log(log.join(' '))
