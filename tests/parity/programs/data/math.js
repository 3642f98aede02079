const f = (x) => (Object.is(x, -0) ? '-0' : String(x))
const xs = [0, -0, 0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 0.49999999999999994, 1e300, -7.7, NaN, Infinity, -Infinity, 4503599627370497.5, 2147483648.5, '3.7', null, undefined, true, [], [9.9], {}]
for (const n of ['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'fround', 'clz32', 'sqrt', 'cbrt']) console.log(n, xs.map((x) => f(Math[n](x))).join(' '))
for (const n of ['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'exp', 'expm1', 'log', 'log2', 'log10', 'log1p']) console.log(n, [0, -0, 1, -1, 0.5, 2, 10, 100, -3.7, NaN, Infinity, -Infinity].map((x) => f(Math[n](x))).join(' '))
console.log(f(Math.max()), f(Math.min()), f(Math.max(1, '3', 2)), f(Math.min(0, -0)), f(Math.max(-0, 0)), f(Math.max(1, NaN, 3)), f(Math.max(...[4, 8, 1])), f(Math.min(null, 1)), f(Math.max(undefined, 1)), f(Math.max([2], [3])))
console.log(f(Math.hypot()), f(Math.hypot(3, 4)), f(Math.hypot(1, 1)), f(Math.hypot(NaN, Infinity)), f(Math.hypot(-5)), f(Math.hypot(1e200, 1e200)), f(Math.hypot(1, 2, 3, 4)), f(Math.hypot('3', [4])))
console.log(Math.imul(3, 4), Math.imul(-5, 12), Math.imul(0xffffffff, 5), Math.imul(0x7fffffff, 2), Math.imul(2 ** 32, 5), Math.imul(1.9, '2.9'))
console.log(Math.pow(2, 10), Math.pow(2, -1), Math.pow(-8, 1 / 3), Math.pow(1, Infinity), Math.pow(NaN, 0), f(Math.pow(-0, 3)), f(Math.pow(-0, -3)), Math.pow(2, 0.5), Math.pow(10, 308), Math.pow(10, -324), Math.pow(-2, 3), 0.1 ** 20)
console.log(f(Math.atan2(0, -0)), Math.atan2(1, 1), Math.atan2(-1, -1), f(Math.atan2(-0, 1)), Math.atan2(1, 0), Math.atan2(Infinity, -Infinity), Math.atan2(3, -4), Math.atan2(1e-20, 1e20))
console.log(Math.PI, Math.E, Math.LN2, Math.LN10, Math.LOG2E, Math.LOG10E, Math.SQRT2, Math.SQRT1_2, Object.prototype.toString.call(Math))
let h = 0x811c9dc5
for (const c of 'hash me') { h ^= c.charCodeAt(0); h = Math.imul(h, 0x01000193) }
console.log(h >>> 0, (h >>> 0).toString(16))
console.log(Math.round(2.5), Math.round(-2.5), Math.round(1e15 + 0.5), Math.round(0.1 * 10) / 10, Math.round(-0.2) === 0, Math.round(4503599627370495.5), Math.floor(-0.5), f(Math.ceil(-0.5)))
console.log(Math.log(8) / Math.log(2), Math.log(1000) / Math.LN10, Math.exp(1) === Math.E, Math.sqrt(2) * Math.sqrt(2), Math.cbrt(27), Math.log2(8), Math.log10(1000), Math.log2(3), Math.exp(-1), Math.sin(Math.PI), Math.cos(Math.PI / 2), Math.tan(Math.PI / 4), Math.sin(1e22))
for (let i = 1; i <= 12; i++) console.log(Math.log(i), Math.exp(i / 3), Math.sin(i), Math.cos(i), Math.sqrt(i), Math.pow(i, 1.3), Math.cbrt(i), Math.tanh(i / 5), Math.log1p(i / 7))
console.log(Object.getOwnPropertyNames(Math).sort().join(), Math.max.length, Math.hypot.length, Math.atan2.length)
try { Math.max(Symbol()) } catch (e) { console.log(e.name + ': ' + e.message) }
const order = []
Math.max({ valueOf() { order.push(1); return NaN } }, { valueOf() { order.push(2); return 1 } })
console.log(order.join())
