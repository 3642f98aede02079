const withDefault = (o, d) => new Proxy(o, { get: (t, k) => (k in t ? t[k] : d) })
const w = withDefault({ a: 1 }, 0); w.b++; console.log(w.a, w.b, w.zzz)
const negative = (a) => new Proxy(a, { get: (t, k, r) => (typeof k === 'string' && /^-\d+$/.test(k) ? t[t.length + +k] : Reflect.get(t, k, r)) })
console.log(negative([1, 2, 3])[-1], negative([1, 2, 3]).length, negative([4, 5]).map((x) => x).join())
const validated = new Proxy({}, { set(t, k, v) { if (typeof v !== 'number') throw new TypeError(k + ' must be number'); t[k] = v; return true } })
validated.x = 1; try { validated.y = 's' } catch (e) { console.log(e.message, Object.keys(validated).join()) }
const ro = new Proxy({ a: 1 }, { set: () => false, deleteProperty: () => false, defineProperty: () => false })
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => { ro.a = 2 }); t(() => { delete ro.a }); t(() => Object.defineProperty(ro, 'z', { value: 1 })); t(() => Reflect.set(ro, 'a', 1)); t(() => Reflect.deleteProperty(ro, 'a')); t(() => { ro['x y']++ })
const chain = (path = []) => new Proxy(() => {}, { get: (_, k) => chain([...path, k]), apply: (_, __, args) => path.join('.') + '(' + args.join() + ')' })
console.log(chain().users.find.byId(5), chain().a())
const { proxy, revoke } = Proxy.revocable({ a: 1 }, {}); console.log(proxy.a); revoke(); revoke(); t(() => proxy.a); t(() => { proxy.a = 1 }); t(() => 'a' in proxy); t(() => delete proxy.a); t(() => Object.keys(proxy)); t(() => typeof proxy); t(() => Array.isArray(proxy)); t(() => Object.getPrototypeOf(proxy)); t(() => JSON.stringify(proxy)); t(() => ({ ...proxy })); t(() => proxy + '')
const rf = Proxy.revocable(() => 1, {}); t(() => rf.proxy()); rf.revoke(); t(() => rf.proxy()); t(() => typeof rf.proxy); t(() => new rf.proxy())
class Model { constructor(d) { Object.assign(this, d); return new Proxy(this, { get: (t, k, r) => (k === 'upper' ? t.name.toUpperCase() : Reflect.get(t, k, r)) }) } hi() { return 'hi ' + this.name + this.upper } }
class Sub extends Model { #p = 'priv'; x = 1; read() { return this.#p + this.x } }
console.log(new Model({ name: 'bo' }).upper, new Model({ name: 'al' }).hi(), new Sub({ name: 'cy' }).read(), new Sub({ name: 'd' }) instanceof Model)
const counted = new Proxy(class K { constructor(x) { this.x = x } }, { construct(T, args, nt) { const o = Reflect.construct(T, args, nt); o.made = true; return o } }); console.log(new counted(3).x, new counted(3).made, new counted(1) instanceof counted); class Ext extends counted {} console.log(new Ext(4).made, new Ext(4) instanceof Ext)
const inherit = Object.create(new Proxy({}, { get: (t, k, r) => (typeof k === 'symbol' ? undefined : 'trapped ' + k + (r === inherit)), has: (t, k) => k === 'magic', set(t, k, v, r) { return Reflect.defineProperty(r, k, { value: 'via set ' + v, configurable: true, enumerable: true, writable: true }) } })); console.log(inherit.foo, 'magic' in inherit, 'no' in inherit); inherit.q = 1; console.log(inherit.q, Object.keys(inherit).join())
const m = new Proxy(new Map([['k', 1]]), {}); t(() => m.size); t(() => m.get('k')); t(() => Object.prototype.toString.call(m)); t(() => new Proxy(new Date(0), {}).getTime()); t(() => JSON.stringify(new Proxy([1, { a: 2 }], {}))); t(() => [...new Proxy(new Set([1]), { get: (t, k) => (typeof t[k] === 'function' ? t[k].bind(t) : t[k]) })])
t(() => new Proxy(1, {})); t(() => new Proxy({}, null)); t(() => new Proxy({}, { get: 5 }).x); t(() => new Proxy({}, { get: null }).x); t(() => Proxy({}, {})); t(() => Proxy.length + Proxy.name + Proxy.prototype)
