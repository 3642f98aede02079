class Point {
  constructor(x = 0, y = 0) { this.x = x; this.y = y }
  static origin() { return new this() }
  get norm() { return Math.hypot(this.x, this.y) }
  set norm(n) { const k = n / this.norm; this.x *= k; this.y *= k }
  plus({ x, y }) { return new Point(this.x + x, this.y + y) }
  toString() { return `(${this.x}, ${this.y})` }
  [Symbol.toPrimitive](hint) { return hint === 'number' ? this.norm : this.toString() }
  *[Symbol.iterator]() { yield this.x; yield this.y }
  static [Symbol.hasInstance](v) { return 'x' in v && 'y' in v }
}
const p = new Point(3, 4)
console.log(`${p}`, +p, p + '', p.norm, String(Point.origin()), [...p].join())
p.norm = 10
console.log(String(p), p.plus({ x: 1, y: 1 }) + '', ({ x: 1, y: 2 }) instanceof Point)
console.log(Object.getOwnPropertyNames(Point.prototype).join(), Object.keys(p).join(), JSON.stringify(p), Object.keys(Point.prototype).length)
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => Point()); t(() => Point.call({})); t(() => { Point.prototype = {} }); t(() => new Point.origin()); t(() => new p.plus()); t(() => typeof Point); t(() => { Point.name = 'x' }); t(() => p.nope()); t(() => p.x.y.z)
t(() => { class A { static ['prototype'] = 1 } }); t(() => new class { constructor() { return [1, 2] } }().length); t(() => new class { constructor() { return 1 } }() instanceof Object)
t(() => { const a = new A1(); class A1 {} }); t(() => { class A2 { static x = A2.name; static y = this.x + '!' } return A2.y }); t(() => { let C = class D { self() { return D.name } }; const c = new C(); C = null; return c.self() }); t(() => { class C { m() { C = 1 } } new C().m() })
