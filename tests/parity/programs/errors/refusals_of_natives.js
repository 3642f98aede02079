// Why a native said no, in V8's words.
const log = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
const fixed = Object.defineProperty([1, 2], 'length', { writable: false })
log(() => Object.defineProperty(fixed, 2, { value: 1 }))
log(() => { fixed[2] = 1 })
log(() => { Object.freeze([1]).constructor = 1 })
log(() => { Object.preventExtensions({}).toString = 1 })
log(() => Object.fromEntries(null))
for (const v of [undefined, null, 5, 's', {}, [], Symbol('x'), 10n]) {
  log(() => Reflect.apply(v, 1, []))
  log(() => Function.prototype.apply.call(v, 1, []))
}
const { call, apply } = Function.prototype
const o = { call }
log(() => call.call(5))
log(() => call.apply(5))
log(() => o.call())
log(() => apply.apply(5, [1]))
log(() => Reflect.apply(call, 5, [1]))
// for-in asks a proxy for its keys and its prototype before it asks for any property
const asked = []
const keen = new Proxy({}, { get: (_, trap) => (...args) => { asked.push(trap); return Reflect[trap](...args) } })
for (const k in new Proxy({ a: 1, b: 2 }, keen)) asked.push(k)
console.log(asked.join())
