const log = []
const tick = (x) => { log.push(x); return x }
class A {
  a = tick('a')
  static s = tick('s');
  [tick('computed')] = tick('c value')
  static [tick('static computed')] = this.s + '!'
  b = this.a + 'b'
  fn = () => this.a
  method() { return 'm' }
  bound = this.method
  undef
  'quoted' = 1
  0 = 'zero'
  static { tick('block ' + this.s); this.fromBlock = A.s }
  static last = tick('last')
}
tick('made')
const x = new A()
console.log(log.join())
console.log(Object.keys(x).join(), x.b, x.fn(), x.bound(), 'undef' in x, x[0])
console.log(Object.keys(A).join(), A.fromBlock, A['static computed'])
console.log(x.fn.name, A.prototype.fn)
class B extends A { a = 'over'; get2 = () => super.method(); static t = super.s + 'up' }
console.log(new B().b, new B().a, new B().fn(), new B().get2(), B.t)
class Counter { static #n = 0; static next() { return ++Counter.#n } static { this.next() } }
console.log(Counter.next())
class Acc { ['x'] = 1; accessor = 2; static async = 3; get = 4; set = 5; static static = 6 }
console.log(JSON.stringify(new Acc()), Acc.async, Acc.static)
class Fn { f = function () { return this === undefined ? 'u' : this.constructor.name }; g = class { } }
console.log(new Fn().f(), new Fn().f.name, new Fn().g.name)
