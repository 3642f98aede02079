const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => (x) => x + 1); t(() => function foo(a, b) { return a /* c */ + b }); t(() => async (x) => { await x }); t(() => class A { m() {} }); t(() => function* g() { yield 1 })
t(() => Math.max); t(() => (function () {}).bind()); t(() => Function.prototype.toString.call({})); t(() => Function.prototype); t(() => Object.getOwnPropertyDescriptor(Map.prototype, 'size').get)
t(() => (() => 1).toString().length); t(() => `${() => 5}`); t(() => JSON.stringify({ f() {}, g: () => 1 })); t(() => JSON.stringify([() => 1])); t(() => typeof (() => 1)); t(() => (() => 1) + 1)
const f = () => 1
f.count = 0; f.count++; f.list = [1]
t(() => f.count + Object.keys(f).join()); t(() => f instanceof Function && f instanceof Object); t(() => Object.getPrototypeOf(f) === Function.prototype); t(() => f.constructor === Function)
t(() => Object.getPrototypeOf(async () => {}).constructor.name); t(() => Object.getPrototypeOf(function* () {}).constructor.name); t(() => Object.getPrototypeOf(async function* () {})[Symbol.toStringTag])
t(() => Function[Symbol.hasInstance] === Function.prototype[Symbol.hasInstance]); t(() => Function.prototype[Symbol.hasInstance].call(Array, [])); t(() => Object.getOwnPropertyDescriptor(Function.prototype, Symbol.hasInstance).writable)
t(() => f.caller); t(() => f.arguments); t(() => Object.hasOwn(f, 'caller'))
const memo = (fn, cache = new Map()) => (k) => cache.has(k) ? cache.get(k) : (cache.set(k, fn(k)), cache.get(k))
let calls = 0
const sq = memo((x) => (calls++, x * x))
t(() => [sq(3), sq(3), sq(4), calls].join())
const compose = (...fs) => (x) => fs.reduceRight((v, f) => f(v), x)
t(() => compose((x) => x + 1, (x) => x * 2)(5)); t(() => ((a) => (b) => (c) => a + b + c)(1)(2)(3)); t(() => (function fact(n) { return n < 2 ? 1 : n * fact(n - 1) })(10))
t(() => { const r = (n) => n === 0 ? 0 : 1 + r(n - 1); return r(2000) }); t(() => { const r = () => r() + 1; r() })
