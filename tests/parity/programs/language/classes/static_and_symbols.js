class Registry {
  static #items = new Map(); static size = 0
  static register(k, v) { this.#items.set(k, v); this.size = this.#items.size; return this }
  static get [Symbol.toStringTag]() { return 'Reg' } static *[Symbol.iterator]() { yield* this.#items }
  static { this.register('init', 0) } static get first() { return this.#items.keys().next().value } static async load() { return [...this].length }
  get [Symbol.toStringTag]() { return 'RegInst' } [Symbol.toPrimitive](h) { return h === 'number' ? 7 : 'prim' } *[Symbol.iterator]() { yield 'i' } async *[Symbol.asyncIterator]() { yield 'ai' }
  static [Symbol.hasInstance](x) { return x === 'fake' || Function.prototype[Symbol.hasInstance].call(this, x) }
}
Registry.register('a', 1).register('b', 2)
console.log(Registry.size, Registry.first, [...Registry].join(';'), String(Registry).slice(0, 14), Object.prototype.toString.call(Registry), await Registry.load())
const r = new Registry(); console.log(`${r}`, +r, [...r].join(), Object.prototype.toString.call(r), 'fake' instanceof Registry, r instanceof Registry)
for await (const x of r) console.log(x)
class Sub extends Registry { static register(k, v) { return super.register('sub' + k, v) } } Sub.register('x', 1); console.log(Registry.size, Object.hasOwn(Sub, 'size'), Sub.size, [...Sub].length)
class Temp { static #c(x) { return x * 9 / 5 + 32 } static toF(x) { return Temp.#c(x) } #k = 273; static ['make' + 1](v) { const t = new this(); t.#k += v; return t.#k } } console.log(Temp.toF(100), Temp.make1(1))
const sym = Symbol('m'); class SymM { [sym]() { return 'sm' } static [sym] = 's'; get [Symbol.for('g')]() { return 'sg' } } console.log(new SymM()[sym](), SymM[sym], new SymM()[Symbol.for('g')], Object.getOwnPropertySymbols(SymM.prototype).length, SymM.prototype[sym].name)
class Base { static create() { return new this() } whoami() { return this.constructor.name } get up() { return Object.getPrototypeOf(Object.getPrototypeOf(this)).constructor.name } } class D1 extends Base { } console.log(Base.create().whoami(), D1.create().whoami(), new D1().up)
