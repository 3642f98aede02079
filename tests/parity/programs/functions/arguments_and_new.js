function args() { return [arguments.length, [...arguments].join('-'), typeof arguments, Object.prototype.toString.call(arguments), Array.isArray(arguments)].join() }
console.log(args(), args(1, undefined, 3), args(...[1, 2], 3))
function mod(a) { arguments[0] = 'changed'; return [a, arguments[0], arguments.length].join() }
console.log(mod('orig'), mod())
function keys() { return Object.keys(arguments).join() + '|' + Object.getOwnPropertyNames(arguments).join() }
console.log(keys('a', 'b'))
function inner() { return (() => arguments[0])('no') }
console.log(inner('outer'))
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => (function () { return arguments.callee })()); t(() => (function () { return JSON.stringify(arguments) })(1, 'b')); t(() => (function () { let s = 0; for (const x of arguments) s += x; return s })(1, 2, 3))
t(() => (function () { return Array.prototype.map.call(arguments, (x) => x * 2).join() })(1, 2)); t(() => (function () { arguments.length = 1; return [...arguments].length })(1, 2))
function Ctor(v) { if (!new.target) return 'no new'; this.v = v; if (v === 'obj') return { other: 1 }; if (v === 'prim') return 5 }
t(() => Ctor(1)); t(() => new Ctor(1).v); t(() => new Ctor('obj').other); t(() => new Ctor('prim').v); t(() => new Ctor().v)
Ctor.prototype = { hello: 'h' }
t(() => new Ctor(2).hello); t(() => new Ctor(2).constructor === Object); t(() => new Ctor() instanceof Ctor)
Ctor.prototype = 5
t(() => Object.getPrototypeOf(new Ctor()) === Object.prototype); t(() => ({}) instanceof Ctor)
function dflt(a, b = a + 1, { c = b, d } = {}, [e = c] = []) { return [a, b, c, d, e].join() }
t(() => dflt(1)); t(() => dflt(1, undefined, { d: 5 }, [9])); t(() => dflt(1, null, { c: 0 })); t(() => dflt.length)
t(() => ((a, b = () => a) => { a = 5; return b() })(1)); t(() => ((a = b, b = 1) => a)()); t(() => (({ x }) => x)()); t(() => (([x]) => x)({}))
