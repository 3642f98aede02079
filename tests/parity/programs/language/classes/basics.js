class Point {
  constructor(x, y) { this.x = x; this.y = y }
  get sum() { return this.x + this.y }
  set sum(v) { this.x = v; this.y = 0 }
  add(o) { return new Point(this.x + o.x, this.y + o.y) }
  static origin() { return new this(0, 0) }
  static get dims() { return 2 }
  [Symbol.toPrimitive](hint) { return hint === 'number' ? this.sum : `(${this.x}, ${this.y})` }
  ['comp' + 'uted']() { return 'c' }
  'string key'() { return 's' }
  42() { return 'n' }
}
const p = new Point(1, 2)
console.log(`${p}`, +p, p.sum, `${p.add(p)}`, Point.dims, `${Point.origin()}`)
p.sum = 9
console.log(p.x, p.y, p.computed(), p['string key'](), p[42]())
console.log(typeof Point, Point.name, Point.length, Object.keys(p).join(), Object.getOwnPropertyNames(Point.prototype).join())
console.log(p instanceof Point, Point.prototype.constructor === Point, Object.getPrototypeOf(p) === Point.prototype)
try { Point() } catch (e) { console.log(e.message) }
const Anon = class { }, Named = class Inner { who() { return Inner.name } }
console.log(Anon.name, Named.name, new Named().who(), (class { }).name)
console.log(Object.getOwnPropertyDescriptor(Point.prototype, 'add').enumerable, Object.keys(Point.prototype).length)
const { add } = p
try { add(p) } catch (e) { console.log(e.constructor.name) }
console.log(new (class { constructor() { return { replaced: true } } })().replaced, typeof new (class { constructor() { return 5 } })())
