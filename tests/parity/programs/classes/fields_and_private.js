const order = []
const log = (x) => (order.push(x), x)
class A { [log('k1')] = log('v1'); static [log('k2')] = log('sv2'); a = 1; b = this.a + 1; c; 'quoted d' = 4; 5 = 5; arrow = () => this.a; static s = this.name; constructor() { log('ctor'); this.z = 26 } static { log('static block'); this.fromBlock = this.s + '!' } }
const a = new A()
console.log(order.join(), Object.keys(a).join(), JSON.stringify(a), a.b, a.arrow.call(null), A.s, A.fromBlock, a.arrow.name, 'c' in a)
class Counter {
  #n = 0; static #made = 0; #secret() { return 's' + this.#n } get #dbl() { return this.#n * 2 } set #dbl(v) { this.#n = v / 2 }
  constructor() { Counter.#made++ } inc() { this.#n++; this.#n += 1; return this } get n() { return this.#n } reveal() { return this.#secret() + this.#dbl } setD(v) { this.#dbl = v; return this.#n }
  static made() { return Counter.#made } static has(o) { return #n in o } static peek(o) { return o.#n } static #priv() { return 'sp' } static callPriv() { return this.#priv() } eq(o) { return this.#n === o?.#n }
}
const c = new Counter().inc()
console.log(c.n, c.reveal(), c.setD(20), Counter.made(), Counter.has(c), Counter.has({}), Counter.callPriv(), JSON.stringify(c), Object.getOwnPropertyNames(c).length, c.eq(c), c.eq(null))
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => Counter.peek({})); t(() => Counter.has(1)); t(() => { class S extends Counter {} return S.callPriv() }); t(() => { class S extends Counter {} return S.peek(new S()) })
class W { #f = 1; #m() {} get #g() { return 1 } set #st(v) {} static wm(o) { o.#m = 1 } static wg(o) { o.#g = 1 } static rs(o) { return o.#st } static rm(o) { return o.#m() } static wf(o) { o.#f = 2 } }
t(() => W.wm(new W())); t(() => W.wg(new W())); t(() => W.rs(new W())); t(() => W.rm({})); t(() => W.wf({})); t(() => W.wf(new W()))
class Base { constructor(o) { return o } } class Stamp extends Base { #s = 'stamped'; static read(o) { return o.#s } }
const plain = {}; new Stamp(plain); t(() => Stamp.read(plain)); t(() => new Stamp(plain)); t(() => Object.keys(plain).length)
class P1 { x = 'P1.x'; getX() { return this.x } } class P2 extends P1 { x = 'P2.x' } t(() => new P2().getX()); class P3 extends P1 { get x() { return 'acc' } } t(() => new P3().x)
class Def { set v(x) { throw new Error('setter ran') } v = 1 } t(() => new Def().v); t(() => { const mk = () => class { #p = 1; static r(o) { return o.#p } }; const X = mk(), Y = mk(); return X.r(new Y()) })
class Gen { *#g() { yield* [1, 2] } async #a() { return 3 } all() { return [...this.#g()].join() } } t(() => new Gen().all()); t(() => { class F { static f = () => this.name; static g = function () { return this === F }; } return F.f() + F.g() })
t(() => { const k = 'dyn'; class G { static [k] = 1; [k + 2] = 2; static async *[Symbol.asyncIterator]() {} } return G.dyn + new G().dyn2 + typeof G[Symbol.asyncIterator] }); t(() => { class N { a = () => super.toString === Object.prototype.toString; } return new N().a() })
