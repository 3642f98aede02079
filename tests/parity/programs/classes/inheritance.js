class A { constructor(n) { this.n = n; this.log = ['A'] } hi() { return 'A.hi ' + this.n } static make(...a) { return new this(...a) } get v() { return 'A.v' } static s = 'As' }
class B extends A { constructor(n) { super(n + 1); this.log.push('B') } hi() { return 'B>' + super.hi() } get v() { return super.v + '+B' } static make(x) { return super.make(x * 2) } }
class C extends B { hi() { return 'C>' + super.hi() } }
const c = C.make(5)
console.log(c.hi(), c.v, c.log.join(), c.n, c instanceof A, c.constructor.name, C.s, Object.getPrototypeOf(C) === B, Object.hasOwn(C, 's'))
class D extends C { constructor(...args) { const f = () => super(...args); f(); this.d = super.hi() } get hi() { return () => 'D.hi' } }
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => new D(1).d); t(() => new D(1).hi())
t(() => new (class extends A { constructor() {} })()); t(() => new (class extends A { constructor() { this.x = 1; super() } })()); t(() => new (class extends A { constructor() { super(); super() } })()); t(() => new (class extends A { constructor() { return 1 } })()); t(() => new (class extends A { constructor() { return { r: 1 } } })().r); t(() => new (class extends A { constructor() { super(7); return undefined } })().n)
t(() => { class X extends null {} return Object.getPrototypeOf(X.prototype) + ' ' + (Object.getPrototypeOf(X) === Function.prototype) }); t(() => new (class extends null {})()); t(() => new (class extends null { constructor() { return Object.create(new.target.prototype) } })() instanceof Object)
t(() => { class Y extends 5 {} }); t(() => { class Y extends undefined {} }); t(() => { class Y extends (() => {}) {} }); t(() => { class Y extends {}.x {} }); t(() => { function F() {} F.prototype = 3; class Y extends F {} })
function Old(x) { this.x = x } Old.prototype.get = function () { return this.x }; Old.st = 'st'
class New extends Old { get() { return 'new ' + super.get() } }
t(() => new New(4).get() + New.st); t(() => new New(1) instanceof Old)
const mixin = (Base) => class extends Base { mixed() { return 'mixed ' + this.hi() } }
t(() => new (mixin(C))(1).mixed()); t(() => mixin(A).name === '')
t(() => { class P { constructor() { this.k = new.target.name } } class Q extends P {} return new Q().k + new P().k })
const obj = { __proto__: { greet() { return 'proto ' + this.w } }, w: 'W', greet() { return 'obj ' + super.greet() }, get z() { return super.greet() } }
t(() => obj.greet()); t(() => obj.z); t(() => { const o2 = { __proto__: obj, w: 'O2' }; return o2.greet() }); t(() => ({ set() { super.q = 5; return Object.keys(this).join() } }).set()); t(() => ({ m() { return super.nope } }).m()); t(() => ({ m() { return super.nope() } }).m())
