const log = []
const t = (x, r = x) => { log.push(x); return r }
class Base { }
class K extends t('heritage', Base) {
  [t('m1')]() { }
  static [t('sm1')]() { }
  [t('f1')] = t('f1 value')
  static [t('sf1')] = t('sf1 value')
  get [t('g1')]() { return 1 }
  static { t('static block') }
  [t('f2')] = t('f2 value')
  static [t('sf2')] = t('sf2 value')
}
log.push('--'); new K(); log.push('--'); new K()
console.log(log.join(' '))
let C2 = class Inner { static self = Inner; static name2 = Inner.name; static f() { return Inner } }
const Saved = C2; C2 = null
console.log(Saved.self === Saved, Saved.name2, Saved.f() === Saved)
const name = class { static name = 'overridden' }
console.log(name.name)
async function g() { class Z extends (await Base) { [await 'k']() { return 'awaited key' } static v = 3 } return new Z().k() + Z.v }
console.log(await g())
function* h() { class Y { [yield 'key']() { return 'y' } } return Object.getOwnPropertyNames(Y.prototype).join() }
const it = h(); it.next(); console.log(it.next('given').value)
