function F() { return new.target === undefined ? 'call' : { t: new.target === F } }
console.log(F(), new F().t)
class A { constructor() { this.t = new.target.name } m() { return new.target } static make = () => new.target }
class B extends A { }
console.log(new A().t, new B().t, new A().m(), A.make())
class Abstract { constructor() { if (new.target === Abstract) throw new TypeError('abstract!') } }
class Concrete extends Abstract { }
try { new Abstract() } catch (e) { console.log(e.message) }
console.log(new Concrete() instanceof Abstract)
function G() { const f = () => new.target; return { v: f() === G } }
console.log(new G().v)
console.log(Reflect.construct(A, [], B).t, Reflect.construct(A, [], B) instanceof B)
function H(x) { if (!new.target) return new H(x); this.x = x }
console.log(H(3).x, new H(4).x)
