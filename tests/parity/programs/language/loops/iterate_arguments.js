function f() { let s = 0; for (const a of arguments) s += a; for (let i = 0; i < arguments.length; i++) s += arguments[i]; return s + [...arguments].length }
console.log(f(1, 2, 3))
function g(a, b = 5, ...c) { arguments[0] = 9; return [a, b, c.length, arguments.length].join() }
console.log(g(1), g(1, undefined, 3, 4))
const h = function () { return (() => arguments[0])() }
console.log(h('lexical'))
console.log((function () { return typeof arguments + Object.prototype.toString.call(arguments) })())
console.log((function (a) { return Array.from(arguments, x => x * 2).join() })(1, 2))
function k({ a } = {}, [b] = [3]) { return `${a} ${b} ${arguments.length}` }
console.log(k({ a: 1 }), k())
