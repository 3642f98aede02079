// Functions and classes under computed keys: each takes the name that its own key had.
class C { ['a' + 1] = () => {}; ['b' + 1] = function () {}; ['c' + 1] = class {}; static ['d' + 1] = () => {}; ['e' + 1]() {} ; static ['f' + 1] = class { static ['g' + 1]() {} } }
const c = new C()
console.log(c.a1.name, c.b1.name, c.c1.name, C.d1.name, c.e1.name, C.f1.name, C.f1.g1.name)
const o = { ['x' + 1]: class { ['m' + 1]() { return 1 } static ['s' + 1] = 2; ['f' + 1] = () => 3 }, ['y' + 1]: class { ['n' + 1] = class {} }, ['z' + 1]: () => {} }
console.log(o.x1.name, Object.getOwnPropertyNames(o.x1.prototype).join(), o.x1.s1, new o.x1().f1.name, o.y1.name, new o.y1().n1.name, o.z1.name)
const A = class { ['k' + 1] = class { ['j' + 1]() { return class { ['i' + 1] = () => {} } } } }
const j = new (new A().k1)()
console.log(j.constructor.name, j.j1.name, new (j.j1())().i1.name)
const nest = (n) => ({ ['p' + n]: class { ['q' + n] = { ['r' + n]: class { ['s' + n] = () => n } } } })
const [first, second] = [nest(1), nest(2)]
console.log(first.p1.name, Object.keys(new first.p1().q1).join(), new (new second.p2().q2.r2)().s2.name, new (new second.p2().q2.r2)().s2(), new first.p1().q1.r1.name)
const keys = []
for (const k of ['u', 'v']) keys.push({ [`${k}!`]: class { [`${k}?`]() {} }, [`${k}.`]: function () {} })
console.log(keys.map((k) => Object.values(k).map((f) => f.name).join()).join(';'))
