// Reads and writes that the fast paths of plain objects, arrays, strings and instances must leave to the prototypes.
const show = (label, f) => { try { console.log(label, String(f())) } catch (e) { console.log(label, `${e.name}: ${e.message}`) } }
const plain = { own: 1 }
console.log(plain.own, plain.absent, plain.toString === Object.prototype.toString, plain['own'], plain['absent'])
Object.prototype.shared = 'from Object.prototype'
console.log(plain.shared, [].shared, 'text'.shared, (5).shared, (() => 0).shared, new (class {})().shared, new Map().shared)
plain.shared = 'own'; console.log(plain.shared, delete plain.shared, plain.shared, delete Object.prototype.shared, plain.shared)
let seen = []
Object.defineProperty(Object.prototype, 'watched', { get() { return typeof this }, set(v) { seen.push(v) }, configurable: true })
console.log(plain.watched, [].watched, 's'.watched, (1).watched, new (class {})().watched)
plain.watched = 1; [].watched = 2; class W {} const w = new W(); w.watched = 3; show('primitive', () => { 's'.watched = 4; return 'set' })
console.log(seen.join(), Object.keys(plain).join(), Object.keys(w).join()); delete Object.prototype.watched
Object.defineProperty(Object.prototype, 'fixed', { value: 'f', writable: false, configurable: true })
show('plain', () => { plain.fixed = 1 }); show('instance', () => { w.fixed = 1 }); show('array', () => { [].fixed = 1 }); console.log(plain.fixed, w.fixed); delete Object.prototype.fixed

const array = [1, 2]
Array.prototype.last = function () { return this[this.length - 1] }; console.log(array.last(), array['last'](), array.length); delete Array.prototype.last
Object.defineProperty(Array.prototype, 'head', { get() { return this[0] }, configurable: true }); console.log(array.head); delete Array.prototype.head; console.log(array.head)
array.extra = 'x'; console.log(array.extra, array.push === Array.prototype.push, Object.keys(array).join()); array.push = () => 'mine'; console.log(array.push(3), array.length)

String.prototype.twice = function () { return this + this }; console.log('ab'.twice(), 'ab'['twice']()); delete String.prototype.twice; console.log('ab'.twice)
String.prototype[0] = 'zero'; String.prototype[5] = 'five'; console.log('ab'[0], 'ab'['0'], 'ab'[5], 'ab'['5'], ''['0'], 'ab'.at(0)); delete String.prototype[0]; delete String.prototype[5]
Object.defineProperty(String.prototype, '1', { get() { return 'getter' }, configurable: true }); console.log('ab'['1'], 'a'['1'], 'abc'.length, 'abc'.slice(1)); delete String.prototype[1]; console.log('ab'['1'], 'a'['1'])
Object.defineProperty(String.prototype, 'tail', { get() { 'use strict'; return typeof this + this.slice(1) }, configurable: true }); console.log('abc'.tail); delete String.prototype.tail

class Base { get both() { return 'got ' + this.x } set both(v) { this.x = v } only() { return 'base' } }
class Sub extends Base { constructor() { super(); this.both = 5; this.y = 6 } }
const s = new Sub(); console.log(s.both, Object.keys(s).join(), s.only())
Base.prototype.only = () => 'patched'; console.log(s.only()); Sub.prototype.only = function () { return super_free(this) }; const super_free = (o) => 'sub ' + o.y; console.log(s.only()); s.only = () => 'own'; console.log(s.only(), delete s.only, s.only())
Object.freeze(s); show('frozen', () => { s.y = 7 }); show('frozen new', () => { s.z = 7 }); show('frozen delete', () => delete s.y); console.log(s.y)
const shut = Object.preventExtensions(new Sub()); show('shut', () => { shut.y = 8; return shut.y }); show('shut new', () => { shut.z = 8 })
const locked = new Sub(); Object.defineProperty(locked, 'y', { value: 1 }); locked.y = 2; console.log(locked.y); Object.defineProperty(locked, 'y', { writable: false }); show('locked', () => { locked.y = 3 }); console.log(locked.y)
const child = Object.create({ get g() { return this.v }, v: 1, m: 2 }, { v: { value: 3 } }); console.log(child.g, child.m, child.v); show('own fixed', () => { child.v = 4 }); child.m = 9; console.log(child.m, Object.keys(child).join())
const bare = Object.create(null); console.log(bare.toString, bare['x']); bare.x = 1; console.log(bare.x, 'x' in bare, delete bare.x, bare.x)
const trapped = Object.create(new Proxy({}, { get: (t, k) => `trap ${String(k)}`, set(t, k, v, r) { console.log('set', String(k), v, r === trapped); return true } })); console.log(trapped.a, trapped['b']); trapped.c = 1; console.log(Object.keys(trapped).length)
const heir = Object.create([1, 2, 3]); console.log(heir.length, heir[1], heir.push === Array.prototype.push); heir[7] = 'x'; heir.length = 1; console.log(heir.length, Object.keys(heir).join())
const fn = function f(a, b) {}; console.log(fn.name, fn.length, fn.prototype.constructor === fn, fn.absent, Object.keys(fn).length); fn.own = 1; console.log(fn.own, delete fn.name, fn.name, fn.length)
const arrow = (a) => a; console.log(arrow.prototype, arrow.name, 'name' in arrow, Object.getOwnPropertyNames(arrow).join()); Object.setPrototypeOf(arrow, { borrowed: 'b' }); console.log(arrow.borrowed, arrow.call, arrow.name, arrow.length)
Function.prototype.extra = 'fn'; console.log((() => 0).extra, class {}.extra, Math.max.extra, plain.extra); delete Function.prototype.extra
const computed = { [`a${1}`]() {}, get ['b']() { return 1 }, async c() {}, *d() {}, [Symbol('e')]: () => 1, [Symbol()]: () => 2 }; console.log(Reflect.ownKeys(computed).map((k) => { const f = Object.getOwnPropertyDescriptor(computed, k); return JSON.stringify((f.value ?? f.get).name) }).join())
show('in', () => ('x' in { x: 1 }) + ' ' + ('y' in { x: 1 }) + ' ' + ('toString' in {}) + ' ' + (1 in [1, 2]) + ' ' + (Symbol.iterator in []))
