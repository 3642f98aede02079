const o = {
  _v: 1,
  get v() { return this._v }, set v(x) { this._v = x * 2 },
  get ['comp' + 1]() { return 'c1' },
  get 5() { return 'five' },
  async am() { return 'async' }, *gm() { yield 1 }, async *agm() { yield 2 },
  get: 1, set: 2, async: 3, static: 4, await: 5, new: 6,
}
o.v = 5
console.log(o.v, o.comp1, o[5], await o.am(), [...o.gm()].join(), (await o.agm().next()).value, o.get + o.set + o.async + o.static + o.await + o.new)
const d = Object.getOwnPropertyDescriptor(o, 'v')
console.log(d.get.name, d.set.name, d.enumerable, o.am.name, o.gm.name)
class S { static a = 1; static b = this.a + 1; static m() { return this.b } static get g() { return S.m() } static async as() { return this.a } static *gen() { yield this.b } }
console.log(S.m(), S.g, await S.as(), [...S.gen()].join())
const readonly = { get x() { return 1 } }
try { readonly.x = 2 } catch (e) { console.log(e.message) }
const wo = { set x(v) { } }
console.log(wo.x)
class T { get only() { return 1 } }
try { new T().only = 5 } catch (e) { console.log(e.message) }
const proto = { hi() { return 'proto ' + this.name } }
const child = { __proto__: proto, name: 'kid', hi() { return 'child ' + super.hi() } }
console.log(child.hi(), Object.getPrototypeOf(child) === proto, Object.keys(child).join())
const weird = { '__proto__': null }, computed = { ['__proto__']: 1 }, short = { __proto__() { return 1 } }
console.log(Object.getPrototypeOf(weird), Object.keys(computed).join(), Object.keys(short).join())
console.log({ __proto__: 5 } instanceof Object)
