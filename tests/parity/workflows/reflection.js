// Proxies, Reflect, symbols, property descriptors: rarely seen, yet allowed.
export const meta = { name: 'reflection', description: 'Meta-programming around agents' }

const calls = []
const tracked = new Proxy(agent, { apply(target, self, [prompt, options]) { calls.push(prompt); return Reflect.apply(target, self, [`<${prompt}>`, { label: 'traced', ...options }]) } })
const ask = new Proxy({}, { get: (_, name) => (topic) => tracked(`${String(name)} ${topic}`) })
const [summary, review] = await Promise.all([ask.summarize('the repo'), ask.review('the diff')])
const frozen = Object.freeze({ a: 1, inner: { b: 2 } })
const failures = [() => { frozen.a = 2 }, () => { delete frozen.a }, () => { frozen.c = 1 }].map((f) => { try { f(); return 'fine' } catch (e) { return e.message } })
frozen.inner.b = 3
const hidden = Object.defineProperty({ shown: 1 }, 'secret', { value: 2, enumerable: false })
const accessor = Object.getOwnPropertyDescriptor({ get x() { return 1 } }, 'x')
const validator = new Proxy({}, { set(t, k, v) { if (typeof v !== 'number') throw new TypeError(`${k} must be a number`); t[k] = v; return true }, has: (t, k) => k.startsWith('ok'), deleteProperty: () => false, ownKeys: () => ['p', 'q'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 0 }) })
validator.n = 5
const proxied = [validator.n, 'okay' in validator, 'no' in validator, Object.keys(validator), (() => { try { validator.s = 'x' } catch (e) { return e.message } })(), (() => { try { delete validator.n } catch (e) { return e.message } })()]
const sym = Symbol('tag')
const tagged = { [sym]: 1, plain: 2, [Symbol.toPrimitive]: (hint) => (hint === 'number' ? 42 : `hint:${hint}`) }
const coerced = [`${tagged}`, +tagged, tagged + '', sym.description, Object.getOwnPropertySymbols(tagged).length, JSON.stringify(tagged)]
const bound = function (a, b) { return [this?.x, a, b, arguments.length] }.bind({ x: 1 }, 'first')
const weak = new WeakMap([[frozen, 'meta']])
const ops = [Reflect.has(hidden, 'secret'), Reflect.ownKeys(hidden), Object.entries(hidden), typeof accessor.get, accessor.set, weak.get(frozen), bound('second'), bound.name, bound.length, Object.is(NaN, NaN), Array.isArray(new Proxy([], {}))]
log(calls.join(','))
return { n: [summary, review].map((t) => t.length > 0), calls, failures, b: frozen.inner.b, proxied, coerced, ops }
