class A { constructor(n) { this.n = n } hi() { return 'A' + this.n } }
class D extends A { constructor(...args) { const f = () => super(...args); f(); this.d = super.hi() } arrow = () => super.hi() + '!'; later() { return [1, 2].map(() => super.hi()).join() } }
console.log(new D(1).d, new D(2).arrow(), new D(3).later())
class E extends A { constructor() { try { this.x } catch (e) { console.log(e.name) } super(5); (() => { this.y = super.hi() })() } } console.log(new E().y)
class F extends A { constructor(flag) { if (flag) super('then'); else super('else'); const { n } = this; this.copy = n } } console.log(new F(true).copy, new F(false).copy)
class G extends A { static make = async () => { await null; return new this(9).hi() }; async later() { await null; return super.hi() } *gen() { yield super.hi() } async *agen() { yield super.hi() } } console.log(await G.make(), await new G(1).later(), [...new G(2).gen()].join(), (await new G(3).agen().next()).value)
