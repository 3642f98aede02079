const f1 = () => {}, f2 = function () {}, f3 = function named() {}, f4 = async () => {}, f5 = function* () {}
let f6; f6 = () => {}
const { f7 = () => {} } = {}
const [f8 = function () {}] = []
function decl(a, b = 1, ...c) {}
const o = { m() {}, p: () => {}, ['c' + 1]: () => {}, [Symbol('sym')]: () => {}, [Symbol()]: () => {}, get g() { return 1 }, 'quoted name'() {}, 5() {}, q: (() => {}), r: (0, () => {}) }
console.log([f1, f2, f3, f4, f5, f6, f7, f8, decl, o.m, o.p, o.c1, o['quoted name'], o[5], o.q].map((f) => f.name).join('|'), '[' + o.r.name + ']')
console.log(Object.getOwnPropertySymbols(o).map((s) => '<' + o[s].name + '>').join())
console.log([() => {}, (a) => a, (a, b) => a, (a, b = 1, c) => a, (...r) => r, ({ a }, [b]) => a, decl].map((f) => f.length).join())
class K { static s() {} m(a) {} get x() { return 1 } constructor(a, b) {} static #p() {} static pn() { return K.#p.name } }
console.log(K.name, K.length, K.s.name, K.prototype.m.name, K.prototype.constructor === K, K.pn())
const Anon = class {}, { D = class {} } = {}
console.log(Anon.name, D.name, (class {}).name === '', (class Foo {}).name, new (class Bar {})().constructor.name)
const b = decl.bind(null, 1)
console.log(b.name, b.length, decl.bind().bind().name, (() => {}).bind().name, Object.getOwnPropertyNames(b).join())
console.log(Object.getOwnPropertyNames(decl).sort().join(), Object.getOwnPropertyNames(f1).join(), Object.getOwnPropertyNames(K).join(), Object.getOwnPropertyNames(f5).join())
const d = Object.getOwnPropertyDescriptor(decl, 'name')
console.log(d.writable, d.enumerable, d.configurable)
Object.defineProperty(decl, 'name', { value: 'renamed' })
console.log(decl.name, delete f1.name, f1.name === '', 'name' in f1, Object.hasOwn(f1, 'name'))
console.log(Object.getOwnPropertyDescriptor(f2, 'prototype').enumerable, f2.prototype.constructor === f2, f1.prototype, o.m.prototype, K.prototype === Object.getOwnPropertyDescriptor(K, 'prototype').value)
