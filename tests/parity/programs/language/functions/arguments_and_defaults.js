const f = (a, b = a + 1, c = b * 2, ...rest) => [a, b, c, ...rest].join()
console.log(f(1), f(1, undefined, 5), f(1, null), f(1, 2, 3, 4, 5), f())
console.log(f.length, ((a, b) => { }).length, ((a, b = 1, c) => { }).length, ((...r) => { }).length, (({ a }, [b]) => { }).length, (function () { }).length)
let n = 0
const g = (a = n++) => a
console.log(g(), g(), g(10), g(), n)
const h = (a, cb = () => a) => { a = 'changed'; return cb() }
console.log(h('orig'))
function outerDefault(x = y(), z = () => x) { var x = x + '!'; function y2() { return x } return [x, z(), y2()].join() } function y() { return 'y' }
console.log(outerDefault())
function many() { return arguments.length } 
console.log(many(1, 2, 3), many(...[1, 2], 3, ...'ab'), many.apply(null, { length: 2 }), many.call(null, 1))
const obj = { m(a = this.v) { return a }, v: 'tv', n: (a = typeof this) => a }
console.log(obj.m(), obj.n())
console.log(((a, b) => [a, b].join())(1), ((a) => a)(1, 2, 3), (() => { })(1))
const curry = a => b => c => a + b + c
console.log(curry(1)(2)(3), (a => a)(5), (() => ({}))().x, (() => ({ a: 1 }))().a, (() => [])().length)
const compose = (...fs) => x => fs.reduceRight((v, f) => f(v), x)
console.log(compose(x => x + 1, x => x * 2)(5))
function shadow(a, a2 = a) { { let a = 5; a2 += a } return a2 }
console.log(shadow(1))
const big = (...a) => a.length
console.log(big(...Array(300).fill(1)), Math.max(...Array.from({ length: 1000 }, (_, i) => i)))
console.log((function f(n) { return n > 0 ? n + f(n - 1) : 0 })(10))
console.log((function () { 'use strict'; return this === undefined })(), (a => { return })(1))
function hoistedParam(a) { function a() { return 'fn' } return typeof a } console.log(hoistedParam(1))
function varParam(a) { var a; return a } console.log(varParam('kept'))
console.log([1, 2, 3].map(parseInt).join(), ['1', '2', '3'].map(Number).join(), [3, 1, 2].sort().map(String).join())
