const base = { greet() { return 'hi ' + this.name }, shared: [1] }
const o = Object.create(base, { name: { value: 'bo', writable: true } })
console.log(o.greet(), Object.getPrototypeOf(o) === base, base.isPrototypeOf(o), o.hasOwnProperty('greet'))
o.shared.push(2)
console.log(base.shared.join())
o.shared = []
console.log(base.shared.length, o.shared.length)
console.log('greet' in o, Object.hasOwn(o, 'greet'), Object.keys(o).join())
const n = Object.create(null)
n.x = 1
console.log(typeof n.toString, 'x' in n, JSON.stringify(n), Object.keys(n).join())
try { String(n) } catch (e) { console.log(e.message) }
const lit = { __proto__: base, name: 'lit' }
console.log(lit.greet(), Object.keys(lit).join(), { __proto__: 5 }.x, Object.getPrototypeOf({ __proto__: null }))
const own = { ['__proto__']: 1 }
console.log(Object.keys(own).join(), own.__proto__, Object.getPrototypeOf(own) === Object.prototype)
const short = (() => { const __proto__ = 7; return { __proto__ } })()
console.log(Object.keys(short).join(), short.__proto__)
const j = JSON.parse('{"__proto__": {"evil": 1}, "a": 2}')
console.log(Object.keys(j).join(), j.evil, Object.getPrototypeOf(j) === Object.prototype, ({}).evil)
const c = Object.assign({}, j)
console.log(Object.keys(c).join(), c.evil, ({ ...j }).evil)
const x = {}
x.__proto__ = base
console.log(x.shared.join(), x.__proto__ === base)
Object.setPrototypeOf(x, null)
console.log(x.__proto__, Object.getPrototypeOf(x))
const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => { const a = {}, b = { __proto__: a }; a.__proto__ = b })
t(() => Object.setPrototypeOf(Object.preventExtensions({}), {}))
t(() => Object.setPrototypeOf(Object.prototype, {}))
t(() => Object.setPrototypeOf({}, 1))
t(() => Object.create(undefined))
t(() => Object.getPrototypeOf(1) === Number.prototype)
t(() => Object.setPrototypeOf(1, null))
const deep = {}
let last = deep
for (let i = 0; i < 50; i++) last = Object.create(last)
deep.found = 'yes'
console.log(last.found)
