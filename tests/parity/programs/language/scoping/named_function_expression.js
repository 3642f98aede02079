const fact = function f(n) { return n < 2 ? 1 : n * f(n - 1) }
console.log(fact(6), typeof f, fact.name)
const g = function self() { try { self = 1 } catch (e) { console.log(e.name, e.message) } return typeof self }
console.log(g())
const h = function name() { { let name = 5; return name } }
console.log(h())
const fs = []
for (let i = 0; i < 3; i++) fs.push(function rec(n) { return n ? rec(n - 1) : i })
console.log(fs.map(f => f(2)).join())
const k = function args(args) { return args }
console.log(k(3))
