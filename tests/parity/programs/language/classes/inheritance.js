const log = []
class A {
  constructor(n) { log.push('A' + n); this.n = n; this.init() }
  init() { log.push('A.init') }
  hello() { return 'A' + this.n }
  static create(...a) { return new this(...a) }
  get v() { return 'av' }
  set v(x) { this._v = x }
}
class B extends A {
  field = log.push('B.field')
  constructor(n) { log.push('before'); super(n + 1); log.push('after') }
  init() { super.init(); log.push('B.init') }
  hello() { return 'B' + super.hello() }
  get v() { return 'b' + super.v }
  set v(x) { super.v = x + '!' }
  static create(n) { return super.create(n * 2) }
  arrow() { return (() => super.hello())() }
  ['dyn' + 1]() { return super['hel' + 'lo']() }
}
class C extends B { }
const c = C.create(5)
console.log(c.hello(), c.v, c.arrow(), c.dyn1(), c instanceof A, c.constructor.name)
c.v = 'set'
console.log(c._v, Object.keys(c).join())
console.log(log.join())
class D extends Array { sum() { return this.reduce((a, b) => a + b, 0) } }
const d = D.from([1, 2, 3])
console.log(d.sum(), d.map(x => x * 2).sum(), d.length, Array.isArray(d), d.filter(x => x > 1) instanceof D)
class N extends null { static s() { return 's' } }
console.log(N.s(), Object.getPrototypeOf(N.prototype))
const Mixin = (Base) => class extends Base { mixed() { return 'mixed ' + this.hello() } }
class M extends Mixin(A) { }
console.log(new M(1).mixed(), Object.getPrototypeOf(M).name)
class E extends Error { constructor(...a) { super(...a); this.name = this.constructor.name } }
class F extends E { }
try { throw new F('deep') } catch (e) { console.log(String(e), e instanceof E, e instanceof Error) }
